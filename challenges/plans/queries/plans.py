from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy

from django.db.models import Q, QuerySet

from challenges.plans.models import Audience, Evidence, Plan, PlanState
from challenges.plans.rules import can_begin, can_see, is_consultant, is_own, is_school
from synergy.cohorts.models import Cohort, Role, Seat
from synergy.cohorts.queries import active_seats, seats_of
from synergy.cohorts.rules import can_moderate
from synergy.journal.facts import StreamId
from synergy.people.models import Person


def plan_stream(plan_id: int) -> StreamId:
    return StreamId("plan", plan_id)


def plan_for(person: Person, pk: int) -> Plan | None:
    """The plan with the person's active `seat`; None when there is no such plan for them."""
    return plan_for_each([person], pk).get(person.pk)


def plan_for_each(persons: Sequence[Person], pk: int) -> dict[int, Plan]:
    """`plan_for` for many persons at once, by their ids. Two queries."""
    return _seen_by([person.pk for person in persons], pk)


def plan_readers(plan_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may follow the plan. Two queries."""
    return set(_seen_by(person_ids, plan_id))


def plans_for(person: Person) -> list[Plan]:
    """All that the person may see, with institution, cohort, owner and `seat`. Two queries.

    First those of one's own institution; then those where one is consultant, those that wait for the
    school's answer, and the others; of equals the one that changed last.
    """
    seats = list(seats_of(person))
    found = list(visible_plans(person, seats).order_by("-changed_at", "-pk"))
    for plan in found:
        plan.seat = _seat_for(plan, seats)
    return sorted(found, key=lambda plan: _place(person, plan))


def visible_plans(person: Person, seats: Sequence[Seat]) -> QuerySet[Plan]:
    """What `rules.can_see` allows with these active seats of the person."""
    visible = Q(pk__in=[])
    agreed = Q(approved_at__isnull=False)
    for seat in seats:
        here = Q(cohort=seat.cohort_id)
        visible |= here & (Q(institution=seat.institution_id) | Q(consultant=person.pk))
        visible |= here & agreed & Q(audience=Audience.COHORT)
        programme = Q(cohort__edition__programme=seat.cohort.edition.programme_id)
        visible |= programme & agreed & Q(audience=Audience.PROGRAMME)
        if can_moderate(seat):
            visible |= here
    return Plan.objects.select_related("institution", "cohort__edition", "owner").filter(visible)


def cohorts_to_plan_in(person: Person) -> list[Cohort]:
    """The cohorts where the person may begin a plan for their institution; the newest first."""
    return [seat.cohort for seat in seats_of(person) if can_begin(seat)]


def possible_contributors(plan: Plan) -> set[int]:
    """Ids of those who may be named beside an owner: the team, and all of its cohort if the audience is wider."""
    here = active_seats(plan.cohort_id).filter(person__is_active=True)
    if plan.audience == Audience.INSTITUTION:
        here = here.filter(institution=plan.institution_id, role=Role.PARTICIPANT)
    return set(here.values_list("person_id", flat=True))


def evidence_for(person: Person, pk: int) -> Evidence | None:
    """Evidence of a plan that the person may see."""
    evidence = Evidence.objects.filter(pk=pk).first()
    if evidence is None or plan_for(person, evidence.plan_id) is None:
        return None
    return evidence


def _seen_by(person_ids: Collection[int], pk: int) -> dict[int, Plan]:
    """{person id: the plan as this person sees it}; who may not see it is left out."""
    rows = Plan.objects.select_related("institution", "cohort__edition", "owner", "consultant")
    plan = rows.filter(pk=pk).first()
    if plan is None:
        return {}
    seats: dict[int, list[Seat]] = {}
    programme = plan.cohort.edition.programme_id
    active = Seat.objects.filter(person__in=person_ids, ended_at__isnull=True, person__is_active=True)
    near = active.filter(cohort__edition__programme=programme)
    for seat in near.select_related("person", "institution", "cohort__edition").order_by("pk"):
        seats.setdefault(seat.person_id, []).append(seat)
    found = {}
    for person_id, own in seats.items():
        seen = copy(plan)
        seen.seat = _seat_for(plan, own)
        if can_see(own[0].person, seen):
            found[person_id] = seen
    return found


def _seat_for(plan: Plan, seats: Sequence[Seat]) -> Seat | None:
    """Of the active seats of one person: the one in the cohort, else one in the programme."""
    programme = plan.cohort.edition.programme_id
    near = [seat for seat in seats if seat.cohort.edition.programme_id == programme]
    return next((seat for seat in near if seat.cohort_id == plan.cohort_id), next(iter(near), None))


def _place(person: Person, plan: Plan) -> int:
    """Where it stands in the list; equals keep their order."""
    if is_own(person, plan):
        return 0
    if is_consultant(person, plan):
        return 1
    return 2 if plan.state == PlanState.PROPOSED and is_school(person, plan) else 3
