"""Who is told of what happens to a plan: in its transaction, and once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from challenges.plans.models import ChangeRequest, Item, Plan, PlanState, PlanStep, RequestState
from challenges.plans.notices import AGREED, ASKED, CONSULTED, DECLINED, HANDED, RESPONSIBLE, TALK, kind_of
from challenges.plans.queries.due import members_of
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats
from synergy.cohorts.rules import can_moderate
from synergy.notices.actions import notify
from synergy.people.models import Person

TO_TEAM = (PlanState.RETURNED, PlanState.APPROVED, PlanState.STOPPED)
TO_SCHOOL = (PlanState.PROPOSED, PlanState.DONE, PlanState.STOPPED)
TO_CONSULTANT = (PlanState.APPROVED, PlanState.DONE, PlanState.STOPPED)
"""The states whose coming is told, and to whom. Who took the step needs not be told of it."""


def tell_of_step(plan: Plan, step: PlanStep, now: datetime) -> None:
    if step.to_state == PlanState.DRAFT:
        return
    seats = [seat for seat in _seats(plan) if seat.person_id != step.by_id]
    notify(
        people=[seat.person for seat in seats if _concerns(plan, seat, step.to_state)],
        kind=kind_of(step.to_state),
        key=str(step.pk),
        values={**_values(plan, step.by), "why": step.why},
        address=reverse("plans:plan", args=[plan.pk]),
        now=now,
    )


def tell_of_request(plan: Plan, request: ChangeRequest, now: datetime) -> None:
    """One that was asked: the school. One that was answered: who asked, and who owns the item or the plan."""
    if request.state == RequestState.OPEN:
        people = [seat.person for seat in _seats(plan) if can_moderate(seat)]
        _tell(plan, request.item, ASKED, people, request.by, request.why, str(request.pk), now)
        return
    if request.state == RequestState.WITHDRAWN or request.answered_by is None:
        return
    concerned = {request.by_id, request.item.owner_id, plan.owner_id}
    team = {person for _cohort, _institution, person in members_of([plan])}
    people = list(Person.objects.filter(pk__in=team & concerned))
    kind = AGREED if request.state == RequestState.ACCEPTED else DECLINED
    _tell(plan, request.item, kind, people, request.answered_by, request.answer_why, str(request.pk), now)


def tell_owner(plan: Plan, item: Item, person: Person, now: datetime) -> None:
    """Somebody else has named the owner."""
    if item.owner is not None and item.owner_id != person.pk:
        key = f"{item.pk}/{item.revisions.get('owner', 0)}"
        _tell(plan, item, RESPONSIBLE, [item.owner], person, "", key, now)


def tell_of_talk(plan: Plan, item: Item, person: Person, now: datetime) -> None:
    """Somebody has opened a room for it: who answers for it, or else for the plan."""
    owner = item.owner or plan.owner
    if owner is not None:
        _tell(plan, item, TALK, [owner], person, "", str(item.pk), now)


def tell_of_role(plan: Plan, field: str, person: Person, now: datetime) -> None:
    """Somebody else has named the plan's owner or consultant (`field`)."""
    named: Person | None = getattr(plan, field)
    if named is None or named.pk == person.pk:
        return
    notify(
        people=[named],
        kind=RESPONSIBLE if field == "owner" else CONSULTED,
        key=f"{plan.pk}/{field}/{plan.revisions[field]}",
        values={**_values(plan, person), "item": str(plan)},
        address=reverse("plans:plan", args=[plan.pk]),
        now=now,
    )


def tell_of_hand_over(plan: Plan, owner: int, to: int, number: int, person: Person, now: datetime) -> None:
    """One notice, however many things it is."""
    people = Person.objects.in_bulk([owner, to])
    if not number or to == person.pk:
        return
    notify(
        people=[people[to]],
        kind=HANDED,
        key=f"{plan.pk}/{owner}/{now.isoformat()}",
        values={**_values(plan, person), "whose": people[owner].name, "number": number},
        address=reverse("plans:plan", args=[plan.pk]),
        now=now,
    )


def _tell(
    plan: Plan,
    item: Item,
    kind: str,
    people: Iterable[Person],
    by: Person,
    why: str,
    key: str,
    now: datetime,
) -> None:
    notify(
        people=[person for person in people if person.pk != by.pk],
        kind=kind,
        key=key,
        values={**_values(plan, by), "item": str(item), "why": why},
        address=reverse("plans:item", args=[plan.pk, item.pk]),
        now=now,
    )


def _seats(plan: Plan) -> list[Seat]:
    return list(active_seats(plan.cohort_id).filter(person__is_active=True))


def _concerns(plan: Plan, seat: Seat, state: str) -> bool:
    in_team = seat.role == Role.PARTICIPANT and seat.institution_id == plan.institution_id
    return (
        (in_team and state in TO_TEAM)
        or (can_moderate(seat) and state in TO_SCHOOL)
        or (seat.person_id == plan.consultant_id and state in TO_CONSULTANT)
    )


def _values(plan: Plan, by: Person) -> dict[str, str]:
    return {"title": str(plan), "institution": plan.institution.name, "who": by.name}
