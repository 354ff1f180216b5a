"""Whether something is late: from its last day, its progress and today in the plan's zone. Never kept."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.plans.models import Progress

SOON = 14
"""Days."""


class Timeliness(StrEnum):
    DONE = "done"
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DATE = "no_date"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Timeliness.DONE: pgettext_lazy("timeliness", "Done"),
    Timeliness.ON_TIME: _("On time"),
    Timeliness.DUE_SOON: _("Due soon"),
    Timeliness.OVERDUE: _("Overdue"),
    Timeliness.NO_DATE: _("No date"),
}


def timeliness_of(progress: str, due_until: date | None, today: date) -> Timeliness:
    """`today`: see `today_in`. The last day itself is not late; what is complete is done, however late."""
    if progress == Progress.COMPLETE:
        return Timeliness.DONE
    if due_until is None:
        return Timeliness.NO_DATE
    if due_until < today:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if (due_until - today).days <= SOON else Timeliness.ON_TIME


def days_left(due_until: date, today: date) -> int:
    """Whole days from today to the last day; negative when it has passed."""
    return (due_until - today).days


def today_in(time_zone: str, now: datetime) -> date:
    """The day that it is in the plan's zone: a due day ends at midnight there."""
    return now.astimezone(ZoneInfo(time_zone)).date()
