from __future__ import annotations

from collections.abc import Iterable

from challenges.plans.cards import (
    baseline_card,
    doors_of,
    evidence_card,
    item_card,
    reading_card,
    request_card,
    step_card,
)
from challenges.plans.events import PlanCard, PlanSnapshot, Rights
from challenges.plans.models import ChangeRequest, Item, Plan, Reading
from challenges.plans.rules import can_talk, is_consultant, is_member, is_school
from rooms.events import PersonCard
from rooms.queries import people_of
from synergy.people.models import Person


def plan_state_of(person: Person, plan: Plan) -> PlanCard:
    """The fresh state for the person. Never more queries for more items, readings or evidence."""
    items = list(plan.items.order_by("pk").prefetch_related("contributors"))
    readings = list(Reading.objects.filter(item__plan=plan).order_by("pk"))
    requests = list(ChangeRequest.objects.filter(item__plan=plan).order_by("pk"))
    evidence = list(plan.evidence.order_by("pk").prefetch_related("items"))
    steps = list(plan.steps.order_by("pk"))
    baseline = plan.baselines.order_by("-number").first()
    named = _named_in(plan, items, [*readings, *requests, *evidence, *steps])
    return PlanCard(
        id=plan.pk,
        cohort=plan.cohort_id,
        institution=plan.institution_id,
        institution_name=plan.institution.name,
        country=plan.institution.country,
        title=plan.title,
        summary=plan.summary,
        language=plan.language,
        state=plan.state,
        audience=plan.audience,
        owner=plan.owner_id,
        consultant=plan.consultant_id,
        challenge=plan.challenge_id,
        topic=plan.topic_id,
        starts=plan.starts,
        ends=plan.ends,
        time_zone=plan.time_zone,
        steps=[step_card(row) for row in steps],
        items=[item_card(row) for row in items],
        readings=[reading_card(row) for row in readings],
        requests=[request_card(row) for row in requests],
        evidence=[evidence_card(row) for row in evidence],
        baseline=baseline_card(baseline) if baseline else None,
        revisions=plan.revisions,
        editors=plan.editors,
        created_by=plan.created_by_id,
        created_at=plan.created_at,
        changed_at=plan.changed_at,
        approved_at=plan.approved_at,
        open=doors_of(plan.state),
        rights=rights_of(person, plan),
        people=_people(plan, named),
        me=person.pk,
    )


def rights_of(person: Person, plan: Plan) -> Rights:
    seat = plan.seat
    member = is_member(person, plan)
    return Rights(
        member=member,
        coordinator=member and seat is not None and seat.is_coordinator,
        school=is_school(person, plan),
        consultant=is_consultant(person, plan),
        talk=can_talk(person, plan),
    )


def snapshot_of(plan: Plan) -> PlanSnapshot:
    """The plan as it stands, without what was removed. Three queries."""
    rows = plan.items.filter(removed_at__isnull=True).order_by("position", "pk")
    readings = Reading.objects.filter(item__plan=plan, item__removed_at__isnull=True).order_by("on", "pk")
    return PlanSnapshot(
        title=plan.title,
        summary=plan.summary,
        starts=plan.starts,
        ends=plan.ends,
        owner=plan.owner_id,
        items=[item_card(row) for row in rows.prefetch_related("contributors")],
        readings=[reading_card(row) for row in readings],
    )


def _people(plan: Plan, named: set[int | None]) -> dict[str, PersonCard]:
    """See `PlanCard.people`."""
    people = people_of(plan.cohort_id)
    if plan.seat is not None and plan.seat.cohort_id == plan.cohort_id:
        return people
    return {key: card for key, card in people.items() if card.id in named}


def _named_in(plan: Plan, items: Iterable[Item], signed: Iterable[object]) -> set[int | None]:
    named = {plan.owner_id, plan.consultant_id, plan.created_by_id, *plan.editors.values()}
    for item in items:
        named |= {item.owner_id, item.progress_by_id, *item.editors.values()}
        named |= {person.pk for person in item.contributors.all()}
    for row in signed:
        named |= {getattr(row, "by_id", None), getattr(row, "answered_by_id", None)}
    return named
