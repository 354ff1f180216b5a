"""What people are told about plans: the kinds of notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from challenges.plans.models import PlanState
from synergy.notices.kinds import NoticeKind, register
from synergy.notices.models import Mail

GROUP = _("Plans")
ASKED = "plan_change_asked"
AGREED, DECLINED = "plan_change_agreed", "plan_change_declined"
TALK, TALKED = "plan_talk", "plan_talked"
RESPONSIBLE = "plan_responsible"
CONSULTED = "plan_consulted"
HANDED = "plan_handed_over"
DUE_SOON, DUE_NOW, OVERDUE = "plan_due_in_14_days", "plan_due_in_3_days", "plan_overdue"


def kind_of(state: str) -> str:
    """The name of the notice that tells of a step into this state."""
    return f"plan_{state}"


def tells(name: str, **words: Any) -> NoticeKind:
    return NoticeKind(name=name, group=GROUP, **words)


def with_days(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """`due` and `ends`, ISO dates or nothing, in the words of the active language."""
    days = {name: values[name] for name in ("due", "ends") if name in values}
    words = {
        name: date_format(date.fromisoformat(day), "DATE_FORMAT") if day else gettext("no date")
        for name, day in days.items()
    }
    return {**values, **words}


def _counted(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """`things`: how many, in words."""
    number = values["number"]
    return {
        **values,
        "things": ngettext("%(number)d thing", "%(number)d things", number) % {"number": number},
    }


KINDS = (
    tells(
        kind_of(PlanState.PROPOSED),
        label=_("A plan waits for your approval, if you facilitate"),
        title=_("A plan waits for you: %(title)s"),
        text=_("%(who)s has proposed the plan “%(title)s” of %(institution)s."),
    ),
    tells(
        kind_of(PlanState.RETURNED),
        label=_("Your plan comes back with questions"),
        title=_("Questions on your plan: %(title)s"),
        text=_("%(who)s has read the plan “%(title)s” of %(institution)s, and asks:"),
        quote="why",
    ),
    tells(
        kind_of(PlanState.APPROVED),
        label=_("Your plan is approved"),
        title=_("Approved: %(title)s"),
        text=_(
            "%(who)s has approved the plan “%(title)s” of %(institution)s. Its dates and targets are agreed now."
        ),
    ),
    tells(
        kind_of(PlanState.DONE),
        label=_("A plan is done"),
        title=_("Done: %(title)s"),
        text=_("%(who)s says that the plan “%(title)s” of %(institution)s is done."),
        quote="why",
        mail=Mail.DIGEST,
    ),
    tells(
        kind_of(PlanState.STOPPED),
        label=_("A plan is stopped"),
        title=_("Stopped: %(title)s"),
        text=_("%(who)s has stopped the plan “%(title)s” of %(institution)s. The reason:"),
        quote="why",
    ),
    tells(
        ASKED,
        label=_("Somebody asks for another date or target, if you facilitate"),
        title=_("A change is asked for: %(item)s"),
        text=_("%(who)s asks for a change in the plan “%(title)s” of %(institution)s. The reason:"),
        quote="why",
    ),
    tells(
        AGREED,
        label=_("A change that you asked for is agreed"),
        title=_("Agreed: %(item)s"),
        text=_("%(who)s agrees to the change in the plan “%(title)s”."),
        quote="why",
    ),
    tells(
        DECLINED,
        label=_("A change that you asked for is declined"),
        title=_("Declined: %(item)s"),
        text=_("%(who)s declines the change in the plan “%(title)s”. The reason:"),
        quote="why",
    ),
    tells(
        TALK,
        label=_("Somebody begins to discuss what you answer for"),
        title=_("A discussion has begun: %(item)s"),
        text=_("%(who)s has opened a room to discuss this. It stands in the plan “%(title)s”."),
        mail=Mail.DIGEST,
    ),
    tells(
        TALKED,
        label=_("Something new is said about what you answer for"),
        title=_("New in the discussion: %(item)s"),
        text=_("Others have written in the room for this. It stands in the plan “%(title)s”."),
        mail=Mail.DIGEST,
    ),
    tells(
        RESPONSIBLE,
        label=_("You become responsible for something"),
        title=_("You are responsible: %(item)s"),
        text=_("%(who)s has named you in the plan “%(title)s”."),
    ),
    tells(
        CONSULTED,
        label=_("You become the consultant of a plan"),
        title=_("You are the consultant: %(title)s"),
        text=_("%(who)s has named you in the plan “%(title)s”."),
    ),
    tells(
        HANDED,
        label=_("Somebody's things are handed over to you"),
        title=_("You are responsible for %(things)s in %(title)s"),
        text=_("%(who)s hands over to you what %(whose)s was responsible for in the plan “%(title)s”."),
        prepare=_counted,
    ),
    tells(
        DUE_SOON,
        label=_("Something of yours is due in 14 days"),
        title=_("Due on %(due)s: %(item)s"),
        text=_("This is due in two weeks. It stands in the plan “%(title)s”."),
        prepare=with_days,
        mail=Mail.DIGEST,
    ),
    tells(
        DUE_NOW,
        label=_("Something of yours is due in 3 days"),
        title=_("Due on %(due)s: %(item)s"),
        text=_("This is due in a few days. It stands in the plan “%(title)s”. Report how far it is."),
        prepare=with_days,
    ),
    tells(
        OVERDUE,
        label=_("Something of yours is overdue"),
        title=_("Overdue since %(due)s: %(item)s"),
        text=_("Report it complete, or ask for another date and say why. It stands in the plan “%(title)s”."),
        prepare=with_days,
    ),
)


def register_notices() -> None:
    for kind in KINDS:
        register(kind)
