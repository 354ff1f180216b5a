"""What plans wait for a person, as the first page says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.models import Plan, PlanState, RequestState
from challenges.plans.queries.due import Due, due_for
from challenges.plans.timeliness import SOON, Timeliness
from sessions.waiting import Urgency, Waiting
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person

ICON = "list-checks"


def plans_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """What is late or due soon, returned plans, and what waits for the school's answer. Five queries at most."""
    seats = list(seats_of(person))
    lines = _due([due for due in due_for(person, now) if due.days <= SOON])
    lines += _returned(person, [seat for seat in seats if seat.role == Role.PARTICIPANT])
    return lines + _for_the_school([seat.cohort_id for seat in seats if can_moderate(seat)])


def _due(found: list[Due]) -> list[Waiting]:
    if not found:
        return []
    late = [due for due in found if due.timeliness == Timeliness.OVERDUE]
    urgency: Urgency = "now" if late else "soon"
    if len(found) > 1:
        number = len(late) or len(found)
        words = (
            ngettext("%(number)d thing is overdue", "%(number)d things are overdue", number)
            if late
            else ngettext("%(number)d thing is due soon", "%(number)d things are due soon", number)
        )
        return [
            _line(_("Plans"), words % {"number": number}, _("See what is due"), "plans:due", urgency=urgency)
        ]
    (due,) = found
    detail = (
        _("Overdue. Report it complete, or ask for another date.")
        if late
        else _("Due soon. Report how far it is.")
    )
    line = _line(
        _("Plan"),
        str(due.item),
        _("Report"),
        "plans:item",
        due.item.plan_id,
        due.item.pk,
        detail=detail,
        urgency=urgency,
        language=due.item.plan.language,
    )
    return [line]


def _returned(person: Person, seats: list[Seat]) -> list[Waiting]:
    """To its owner and the co-ordinators."""
    here = Q(pk__in=[])
    for seat in seats:
        mine = Q() if seat.is_coordinator else Q(owner=person)
        here |= Q(cohort=seat.cohort_id, institution=seat.institution_id) & mine
    plans = Plan.objects.filter(here, state=PlanState.RETURNED).order_by("-changed_at", "pk") if seats else []
    return [
        _line(
            _("Plan"),
            str(plan),
            _("Read the questions"),
            "plans:edit",
            plan.pk,
            detail=_("A facilitator has questions. Answer them and propose it again."),
            language=plan.language,
        )
        for plan in plans
    ]


def _for_the_school(cohorts: list[int]) -> list[Waiting]:
    if not cohorts:
        return []
    here = Plan.objects.filter(cohort__in=cohorts)
    lines = []
    proposed = list(here.filter(state=PlanState.PROPOSED).order_by("changed_at", "pk"))
    if proposed:
        words = ngettext(
            "%(number)d plan waits for approval", "%(number)d plans wait for approval", len(proposed)
        )
        lines.append(
            _one_or_list(
                proposed, words % {"number": len(proposed)}, _("Approve it, or ask the institution.")
            )
        )
    waiting = Count("items__change_requests", filter=Q(items__change_requests__state=RequestState.OPEN))
    asked = list(
        here.filter(state=PlanState.APPROVED).annotate(asked=waiting).filter(asked__gt=0).order_by("pk")
    )
    if asked:
        number = sum(plan.asked for plan in asked)
        words = ngettext("%(number)d change is asked for", "%(number)d changes are asked for", number)
        lines.append(
            _one_or_list(asked, words % {"number": number}, _("A change is asked for. Agree or decline."))
        )
    return lines


def _one_or_list(plans: Sequence[Plan], words: str, detail: str) -> Waiting:
    if len(plans) > 1:
        return _line(_("Plans"), words, _("Read them"), "plans:list")
    (plan,) = plans
    return _line(
        _("Plan"), str(plan), _("Read it"), "plans:plan", plan.pk, detail=detail, language=plan.language
    )


def _line(
    about: str,
    text: str,
    button: str,
    name: str,
    *args: int,
    detail: str = "",
    urgency: Urgency = "soon",
    language: str = "",
) -> Waiting:
    return Waiting(
        about=about,
        text=text,
        button=button,
        address=reverse(name, args=args),
        icon=ICON,
        detail=detail,
        urgency=urgency,
        language=language,
    )
