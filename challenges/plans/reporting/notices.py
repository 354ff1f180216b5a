"""What people are told about reports: the kinds of notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.plans.notices import DUE_NOW, DUE_SOON, OVERDUE, tells, with_days
from synergy.notices.kinds import register
from synergy.notices.models import Mail

DUE, LATE = "plan_report_due", "plan_report_late"
SUBMITTED, RETURNED, APPROVED = "plan_report_submitted", "plan_report_returned", "plan_report_approved"
SHADOW, DECIDED = "plan_report_shadow", "plan_decided"
DECISION_KINDS = {
    DUE_SOON: "plan_decision_in_14_days",
    DUE_NOW: "plan_decision_in_3_days",
    OVERDUE: "plan_decision_overdue",
}
"""Of a decision that is due: the kind of what is due in a plan at the same distance → its own."""


def _again(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """`again`, whether it answers questions, in words."""
    words = (
        gettext("It comes again, after your questions.")
        if values.get("again")
        else gettext("It waits to be read.")
    )
    return {**values, "again": words}


KINDS = (
    tells(
        DUE,
        label=_("A report of yours is due"),
        title=_("Report on %(period)s: %(title)s"),
        text=_("The period %(period)s ended on %(ends)s. Write how the plan “%(title)s” is, and submit it."),
        prepare=with_days,
    ),
    tells(
        LATE,
        label=_("A report of yours is a week late"),
        title=_("Still missing, the report on %(period)s: %(title)s"),
        text=_(
            "The period %(period)s of the plan “%(title)s” ended on %(ends)s. Its report is not submitted."
        ),
        prepare=with_days,
    ),
    tells(
        SUBMITTED,
        label=_("A report is submitted, if you facilitate or advise"),
        title=_("Report on %(period)s: %(title)s"),
        text=_("%(who)s has submitted the report of %(institution)s on %(period)s. %(again)s"),
        prepare=_again,
    ),
    tells(
        RETURNED,
        label=_("Your report comes back with questions"),
        title=_("Questions on your report on %(period)s: %(title)s"),
        text=_("%(who)s has read the report of %(institution)s on %(period)s, and asks:"),
        quote="why",
    ),
    tells(
        APPROVED,
        label=_("Your report is approved"),
        title=_("Approved, the report on %(period)s: %(title)s"),
        text=_("%(who)s has approved the report of %(institution)s on %(period)s."),
        mail=Mail.DIGEST,
    ),
    tells(
        SHADOW,
        label=_("The consultant has written a shadow report"),
        title=_("Shadow report on %(period)s: %(title)s"),
        text=_(
            "%(who)s has written the shadow report on the plan of %(institution)s. Read where you differ."
        ),
    ),
    tells(
        DECIDED,
        label=_("A stocktake gives you something to do"),
        title=_("Decided in a stocktake: %(title)s"),
        text=_("%(who)s has written down that you take this on:"),
        quote="text",
    ),
    tells(
        DECISION_KINDS[DUE_SOON],
        label=_("What you took on in a stocktake is due in 14 days"),
        title=_("Due on %(due)s: a decision on %(title)s"),
        text=_("You took this on in a stocktake:"),
        quote="text",
        prepare=with_days,
        mail=Mail.DIGEST,
    ),
    tells(
        DECISION_KINDS[DUE_NOW],
        label=_("What you took on in a stocktake is due in 3 days"),
        title=_("Due on %(due)s: a decision on %(title)s"),
        text=_("You took this on in a stocktake. Tick it off when it is done:"),
        quote="text",
        prepare=with_days,
    ),
    tells(
        DECISION_KINDS[OVERDUE],
        label=_("What you took on in a stocktake is overdue"),
        title=_("Overdue since %(due)s: a decision on %(title)s"),
        text=_("You took this on in a stocktake. Tick it off when it is done:"),
        quote="text",
        prepare=with_days,
    ),
)


def register_notices() -> None:
    for kind in KINDS:
        register(kind)
