"""Periods of a plan, the two voices that report on each, and stocktakes with what was decided.

# Note [What a report changes]

A report freezes what its voice says of a period; it sets nothing on the plan. How far an item is, is said
by who owns it (`item.report`), and a report begins with what was said there. So an approved report stays
true of its period while the plan goes on.

# Note [One order of locks]

What happens to reports locks the report's own stream first, then the plan's `reporting`, then the plan:
a period cannot be closed, and a plan cannot be stopped, while somebody writes.
"""
