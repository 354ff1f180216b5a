"""Access tokens: a person lets another program in, as far as they may see and no further than they say.

A program sends `Authorization: Bearer syn_…`. Views that take tokens say so with `doors.for_programs`; all
others know only people who are signed in.
"""
