"""Values as a person reads them in a sheet: words of the pages, days as days, times in the reader's zone."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from challenges.plans.events import MomentCard
from challenges.plans.models import Precision
from synergy.people.templatetags.synergy import zone


def said(value: object) -> date | str:
    """What a request changes: a text, a moment, nothing."""
    if isinstance(value, dict):
        since = value.get("since")
        is_day = value.get("precision") == Precision.DAY and since == value.get("until")
        return date.fromisoformat(since) if is_day and since else str(value.get("wording", ""))
    return "" if value is None else str(value)


def day_or_words(moment: MomentCard | None) -> date | str:
    if moment is None:
        return ""
    is_day = moment.precision == Precision.DAY and moment.since == moment.until  # and no span of days
    return moment.since if is_day and moment.since else moment.wording


def word(choices: type[TextChoices], value: str) -> str:
    """As the pages say it; a value of a newer Synergy as it is."""
    return str(choices(value).label) if value in choices.values else value


def local(at: datetime | None) -> datetime | None:
    return localtime(at).replace(second=0, microsecond=0) if at else None


def at_head() -> str:
    return in_zone(_("At"))


def in_zone(words: str) -> str:
    """ "At (Warsaw time)"."""
    return f"{words} ({zone()})"
