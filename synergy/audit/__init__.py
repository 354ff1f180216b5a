"""The audit trail: who signed in, who gave and took rights, who looked at and took away what belongs to others.

What people change in challenges, plans and rooms stands in the log (`synergy.journal`), with who did it and
when; here stands what no fact tells. Like the log it knows nothing of people: `by` and `cohort` are numbers.
Rows are added and, when they are old, removed; nothing changes them, but the erasure of a person's name.
"""
