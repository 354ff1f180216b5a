"""What people are told about reports: the kinds of notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from challenges.plans.notices import GROUP
from synergy.notices.kinds import NoticeKind, register
from synergy.notices.models import Mail

DUE, LATE = "plan_report_due", "plan_report_late"
SUBMITTED, RETURNED, APPROVED = "plan_report_submitted", "plan_report_returned", "plan_report_approved"
SHADOW, DECIDED = "plan_report_shadow", "plan_decided"


def _with_end(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """`ends`, an ISO date, in the words of the active language."""
    return {**values, "ends": date_format(date.fromisoformat(values["ends"]), "DATE_FORMAT")}


def _tells(name: str, **words: Any) -> NoticeKind:
    return NoticeKind(name=name, group=GROUP, **words)


KINDS = (
    _tells(
        DUE,
        label=_("A report of yours is due"),
        title=_("Report on %(period)s: %(title)s"),
        text=_("The period %(period)s ended on %(ends)s. Write how the plan “%(title)s” is, and submit it."),
        prepare=_with_end,
    ),
    _tells(
        LATE,
        label=_("A report of yours is a week late"),
        title=_("Still missing, the report on %(period)s: %(title)s"),
        text=_(
            "The period %(period)s of the plan “%(title)s” ended on %(ends)s. Its report is not submitted."
        ),
        prepare=_with_end,
    ),
    _tells(
        SUBMITTED,
        label=_("A report is submitted, if you facilitate or advise"),
        title=_("Report on %(period)s: %(title)s"),
        text=_("%(who)s has submitted the report of %(institution)s on %(period)s."),
    ),
    _tells(
        RETURNED,
        label=_("Your report comes back with questions"),
        title=_("Questions on your report on %(period)s: %(title)s"),
        text=_("%(who)s has read the report of %(institution)s on %(period)s, and asks:"),
        quote="why",
    ),
    _tells(
        APPROVED,
        label=_("Your report is approved"),
        title=_("Approved, the report on %(period)s: %(title)s"),
        text=_("%(who)s has approved the report of %(institution)s on %(period)s."),
        mail=Mail.DIGEST,
    ),
    _tells(
        SHADOW,
        label=_("The consultant has written a shadow report"),
        title=_("Shadow report on %(period)s: %(title)s"),
        text=_(
            "%(who)s has written the shadow report on the plan of %(institution)s. Read where you differ."
        ),
    ),
    _tells(
        DECIDED,
        label=_("A stocktake gives you something to do"),
        title=_("Decided in a stocktake: %(title)s"),
        text=_("%(who)s has written down that you take this on:"),
        quote="text",
    ),
)


def register_notices() -> None:
    for kind in KINDS:
        register(kind)
