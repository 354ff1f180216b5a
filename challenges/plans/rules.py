"""Who may do what with a plan. Each rule is a plain yes or no; the whole table is tested at once.

A rule goes by the seat that the plan was loaded with. The school (facilitators and organisers) never
changes an institution's words: it approves, returns with questions and answers requests.
"""

from __future__ import annotations

from challenges.plans.models import Audience, Item, Plan, PlanState
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.rules import can_moderate, is_active
from synergy.people.models import Person

WRITABLE = (PlanState.DRAFT, PlanState.RETURNED)
"""The states in which all of the plan is free."""
LIVE = (*WRITABLE, PlanState.APPROVED)
"""The states in which its institution works on it."""


def can_begin(seat: Seat | None) -> bool:
    """Begin a plan for the institution of the seat."""
    return seat is not None and is_active(seat) and seat.role == Role.PARTICIPANT


def can_see(person: Person, plan: Plan) -> bool:
    """Its institution, its consultant and the school always; others from its approval, if the audience says so."""
    seat = _seat(person, plan)
    if seat is None or not is_active(seat):
        return False
    if is_own(person, plan) or is_school(person, plan) or is_consultant(person, plan):
        return True
    if plan.approved_at is None:
        return False
    is_near = seat.cohort_id == plan.cohort_id
    return plan.audience == Audience.PROGRAMME or (plan.audience == Audience.COHORT and is_near)


def is_own(person: Person, plan: Plan) -> bool:
    """Of the person's institution, in this cohort."""
    seat = _seat(person, plan)
    return (
        seat is not None
        and is_active(seat)
        and (seat.cohort_id, seat.institution_id) == (plan.cohort_id, plan.institution_id)
    )


def is_member(person: Person, plan: Plan) -> bool:
    """A participant of the institution that carries it out."""
    return can_begin(_seat(person, plan)) and is_own(person, plan)


def is_lead(person: Person, plan: Plan) -> bool:
    """A co-ordinator of that institution, or the one who is accountable for the plan."""
    seat = _seat(person, plan)
    leads = seat is not None and (seat.is_coordinator or plan.owner_id == person.pk)
    return leads and is_member(person, plan)


def is_school(person: Person, plan: Plan) -> bool:
    """A facilitator or organiser of its cohort."""
    seat = _seat(person, plan)
    return can_moderate(seat) and seat is not None and seat.cohort_id == plan.cohort_id


def is_consultant(person: Person, plan: Plan) -> bool:
    seat = _seat(person, plan)
    if seat is None or not is_active(seat) or seat.cohort_id != plan.cohort_id:
        return False
    return plan.consultant_id == person.pk


def can_assign(person: Person, plan: Plan) -> bool:
    """Say who is accountable."""
    return is_lead(person, plan) or is_school(person, plan)


def can_report(person: Person, plan: Plan, item: Item) -> bool:
    """Say how far an item is: its owner and the leads; all members where it has no owner."""
    if plan.state != PlanState.APPROVED or not is_member(person, plan):
        return False
    return item.owner_id in (None, person.pk) or is_lead(person, plan)


def can_talk(person: Person, plan: Plan) -> bool:
    """In the rooms of its items: the team, the consultant and the school; peers when they may read the plan."""
    seat = _seat(person, plan)
    is_near = seat is not None and seat.cohort_id == plan.cohort_id and seat.role != Role.OBSERVER
    return is_near and can_see(person, plan)


def _seat(person: Person, plan: Plan) -> Seat | None:
    return plan.seat if plan.seat and plan.seat.person_id == person.pk else None
