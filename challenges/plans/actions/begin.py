"""Where plans come from: the advice that an institution takes up, a next step of an Open Space topic, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.actions.progress import challenge_is_in_plan
from challenges.consultations.models import Answer, Recommendation
from challenges.models import Challenge
from challenges.plans.actions.held import hold, tell
from challenges.plans.actions.setting import put_moment
from challenges.plans.actions.tree import next_number
from challenges.plans.cards import item_card
from challenges.plans.events import ItemsAdded
from challenges.plans.models import Item, Kind, Plan, PlanState
from challenges.plans.moments import read_moment
from challenges.plans.queries.next_steps import is_for, sides_of
from challenges.plans.rules import WRITABLE, can_begin
from challenges.rules import is_author
from rooms.text import clean_line
from sessions.openspace.events import NextStep
from sessions.openspace.models import Topic, TopicReport
from synergy.cohorts.actions import lock_cohort
from synergy.cohorts.models import Cohort, Seat
from synergy.cohorts.queries import seat_in
from synergy.live.refusals import Refused
from synergy.people.models import Person


def begin_plan(*, person: Person, cohort: Cohort, now: datetime) -> Plan:
    """An empty draft for the person's institution. Raises Refused (`forbidden`).

    Who has begun one there and not written a word gets that one: a form sent twice makes one draft.
    """
    with transaction.atomic():
        seat = _seat_to_begin(person, cohort)
        own = Plan.objects.filter(cohort=cohort, institution=seat.institution, created_by=person)
        own = own.filter(
            state=PlanState.DRAFT, challenge=None, topic=None, source="", revisions={}, items=None
        )
        return own.first() or _new(person, seat, now)


def plan_from_challenge(*, person: Person, challenge: Challenge, now: datetime) -> Plan:
    """An objective for each recommendation that the institution has accepted or adapted. Raises Refused.

    The plan that was made of it before is that one, with objectives for what was accepted since; as long as
    it is written, that is.
    """
    with transaction.atomic():
        seat = _seat_to_begin(person, challenge.cohort)
        require(is_author(person, challenge), _("Only participants of the institution may do this."))
        plan = challenge.plans.exclude(state=PlanState.STOPPED).order_by("pk").first()
        if plan is None:
            if not _taken_up(challenge).exists():
                detail = _("Accept or adapt a recommendation first. The plan is made from these.")
                raise Refused("conflict", detail)
            title = clean_line(challenge.title, 200)
            plan = _new(person, seat, now, title=title, language=challenge.language, challenge=challenge)
            challenge_is_in_plan(person=person, challenge=challenge, now=now)
        hold(plan)
        if plan.state in WRITABLE:
            _take_up(person, plan, now)
    return plan


def plan_from_topic(*, person: Person, topic: Topic, step: int, now: datetime) -> Plan:
    """The topic is the objective, its next step number `step` (from 0) the milestone. Raises Refused."""
    with transaction.atomic():
        cohort = topic.gathering.training_session.cohort
        seat = _seat_to_begin(person, cohort)
        report = TopicReport.objects.filter(topic=topic).select_related("topic").first()
        steps = msgspec.convert(report.next_steps if report else [], list[NextStep])
        if report is None or not 0 <= step < len(steps):
            raise Refused("not_found", _("This next step is not in the report any more."))
        what = steps[step]
        side = sides_of({cohort.pk: seat.institution_id})[cohort.pk]
        require(is_for(side, report, what), _("Only participants of the institution may do this."))
        same = Plan.objects.filter(topic=topic, institution=seat.institution, cohort=cohort)
        for plan in same.exclude(state=PlanState.STOPPED):
            if plan.items.filter(title=what.what).exists():
                return plan
        title = clean_line(what.what or topic.title, 200)
        plan = _new(person, seat, now, title=title, language=topic.language, topic=topic)
        objective = _item(person, plan, Kind.OBJECTIVE, topic.title, now, number="1", description=topic.why)
        milestone = _item(person, plan, Kind.MILESTONE, what.what, now, number="1.1", parent=objective)
        milestone.owner_wording = what.who
        put_moment(milestone, "due", read_moment(what.when))
        milestone.save()
    return plan


def _seat_to_begin(person: Person, cohort: Cohort) -> Seat:
    """Nobody else begins one in the cohort until the transaction ends. Raises Refused."""
    seat = seat_in(person, cohort.pk)
    if seat is None or not can_begin(seat):
        raise Refused("forbidden", _("Participants begin plans, for their institution."))
    lock_cohort(cohort.pk)
    return seat


def _taken_up(challenge: Challenge) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(challenge=challenge, state__in=[Answer.ACCEPTED, Answer.ADAPTED])
    return rows.order_by("number")


def _new(person: Person, seat: Seat, now: datetime, **fields: Any) -> Plan:
    """Of the person's institution; they own it until they name somebody else."""
    language = fields.pop("language", person.language)
    return Plan.objects.create(
        cohort=seat.cohort,
        institution=seat.institution,
        language=language,
        owner=person,
        time_zone=person.time_zone,
        created_by=person,
        created_at=now,
        changed_at=now,
        **fields,
    )


def _take_up(person: Person, plan: Plan, now: datetime) -> None:
    """Adds what is taken up and has no objective yet; one that was taken out of the plan stays out."""
    assert plan.challenge is not None
    there = set(plan.items.values_list("recommendation", flat=True))
    added = [
        _objective(person, plan, advice, now)
        for advice in _taken_up(plan.challenge)
        if advice.pk not in there
    ]
    if added:
        tell(plan, ItemsAdded(items=[item_card(item, []) for item in added]), person, now)


def _objective(person: Person, plan: Plan, advice: Recommendation, now: datetime) -> Item:
    words = (advice.text if advice.state == Answer.ACCEPTED else advice.answer_text or advice.text).strip()
    title = clean_line(words.partition("\n")[0], 500)
    return _item(
        person,
        plan,
        Kind.OBJECTIVE,
        title,
        now,
        number=_next_number(plan),
        description="" if title == words else words,
        recommendation=advice,
    )


def _next_number(plan: Plan) -> str:
    """Of an objective."""
    rows = list(plan.items.values_list("number", "parent"))
    return next_number(
        {number for number, _parent in rows}, [each for each, parent in rows if not parent], ""
    )


def _item(person: Person, plan: Plan, kind: str, title: str, now: datetime, **fields: Any) -> Item:
    """The last one under its parent."""
    position = plan.items.filter(parent=fields.get("parent")).count()
    return Item.objects.create(
        plan=plan,
        kind=kind,
        title=title[:500],
        position=position,
        created_by=person,
        created_at=now,
        **fields,
    )
