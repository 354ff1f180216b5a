"""What plans wait for a person, as the first page says it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.models import Plan, PlanState, RequestState
from challenges.plans.queries.due import Due, due_for
from challenges.plans.timeliness import SOON, Timeliness
from sessions.waiting import MANY, Urgency, Waiting
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person

ICON = "list-checks"


def plans_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """What is late or due soon, one's own drafts and returned plans, what waits for the school. Five queries at most."""
    seats = list(seats_of(person))
    lines = [_due(due) for due in due_for(person, now)[:MANY] if due.days <= SOON]
    return lines + plans_to_answer(person, seats)


def plans_to_answer(person: Person, seats: list[Seat]) -> list[Waiting]:
    """Without what is due: plans to write and to approve, changes that are asked for."""
    lines = _to_write(person, [seat for seat in seats if seat.role == Role.PARTICIPANT])
    return lines + _for_the_school([seat.cohort_id for seat in seats if can_moderate(seat)])


def _due(due: Due) -> Waiting:
    is_late = due.timeliness == Timeliness.OVERDUE
    detail = (
        ngettext(
            "%(number)d day late. Report it complete, or ask for another date.",
            "%(number)d days late. Report it complete, or ask for another date.",
            -due.days,
        )
        % {"number": -due.days}
        if is_late
        else ngettext(
            "Due in %(number)d day. Report how far it is.",
            "Due in %(number)d days. Report how far it is.",
            due.days,
        )
        % {"number": due.days}
        if due.days
        else _("Due today. Report how far it is.")
    )
    return _line(
        _("Plan"),
        str(due.item),
        _("Report"),
        "plans:item",
        due.item.plan_id,
        due.item.pk,
        detail=detail,
        urgency="now" if is_late else "soon",
        language=due.item.plan.language,
    )


def _to_write(person: Person, seats: list[Seat]) -> list[Waiting]:
    """To its owner and the co-ordinators."""
    if not seats:
        return []
    here = Q(pk__in=[])
    for seat in seats:
        mine = Q() if seat.is_coordinator else Q(owner=person)
        here |= Q(cohort=seat.cohort_id, institution=seat.institution_id) & mine
    plans = Plan.objects.filter(here, state__in=[PlanState.RETURNED, PlanState.DRAFT])
    return [_own(plan) for plan in plans.order_by("changed_at", "pk")[:MANY]]


def _own(plan: Plan) -> Waiting:
    is_returned = plan.state == PlanState.RETURNED
    return _line(
        _("Plan"),
        str(plan),
        _("Read the questions") if is_returned else _("Go on writing"),
        "plans:edit",
        plan.pk,
        detail=_("There are questions about it. Answer them and propose it again.")
        if is_returned
        else _("A draft of your institution. Propose it when it is ready."),
        urgency="today" if is_returned else "soon",
        language=plan.language,
        since=plan.changed_at,
    )


def _for_the_school(cohorts: list[int]) -> list[Waiting]:
    """Proposed plans, and changes that are asked for."""
    if not cohorts:
        return []
    here = Plan.objects.filter(cohort__in=cohorts).select_related("institution")
    proposed = here.filter(state=PlanState.PROPOSED).order_by("changed_at", "pk")
    of_open = Q(items__change_requests__state=RequestState.OPEN)
    asked = here.filter(of_open, state=PlanState.APPROVED).annotate(
        asked=Count("items__change_requests"), first=Min("items__change_requests__at")
    )
    return [
        *[
            _to_answer(plan, _("Approve it, or ask the institution."), plan.changed_at)
            for plan in proposed[:MANY]
        ],
        *[_to_answer(plan, _asked(plan.asked), plan.first) for plan in asked.order_by("first", "pk")[:MANY]],
    ]


def _asked(number: int) -> str:
    words = ngettext(
        "%(number)d change is asked for. Agree or decline.",
        "%(number)d changes are asked for. Agree or decline.",
        number,
    )
    return words % {"number": number}


def _to_answer(plan: Plan, detail: str, since: datetime) -> Waiting:
    return _line(
        _("Plan"),
        str(plan),
        _("Read it"),
        "plans:plan",
        plan.pk,
        detail=detail,
        urgency="today",
        language=plan.language,
        whose=plan.institution.name,
        since=since,
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
    whose: str = "",
    since: datetime | None = None,
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
        whose=whose,
        since=since,
    )
