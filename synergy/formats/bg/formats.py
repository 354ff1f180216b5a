"""Bulgarian dates as they are written; Django's own begin with a zero."""

DATE_FORMAT = "j F Y г."
MONTH_DAY_FORMAT = "j F"
