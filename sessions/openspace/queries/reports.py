from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from rooms.queries import people_of
from sessions.openspace.events import ReportCard
from sessions.openspace.models import (
    Gathering,
    ReportState,
    Slot,
    Stage,
    Stay,
    Topic,
    TopicReport,
    TopicState,
)
from sessions.openspace.rules import can_confirm_report, can_edit_report, slots_over
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person

LONG_ENOUGH = timedelta(minutes=1)
"""Who was in the space for less than this has looked in, not taken part."""


class MissingReport(NamedTuple):
    """A topic whose time is over and whose report is not confirmed: nobody began it, or it is a draft."""

    topic: Topic
    state: ReportState


def topic_for(person: Person, pk: int) -> Topic | None:
    """The topic with its gathering and the person's active seat; None when there is none for them."""
    topic = Topic.objects.select_related("gathering__training_session").filter(pk=pk).first()
    if topic is None:
        return None
    topic.gathering.seat = seat_in(person, topic.gathering.training_session.cohort_id)
    return topic if topic.gathering.seat else None


def topic_readers(topic_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may follow the topic's report. One query."""
    seats = Seat.objects.filter(person_id__in=person_ids, ended_at__isnull=True, person__is_active=True)
    own = seats.filter(cohort__training_sessions__gatherings__topics=topic_id)
    return set(own.values_list("person_id", flat=True))


def report_state_of(person: Person, topic: Topic) -> ReportCard:
    """The report for the person; one that nobody began is empty."""
    report = TopicReport.objects.filter(topic=topic).first()
    written = report or TopicReport(topic=topic, state=ReportState.NONE)
    return ReportCard(
        topic=topic.pk,
        gathering=topic.gathering_id,
        title=topic.title,
        language=topic.language,
        convener=topic.convener_id,
        summary=written.summary,
        recommendations=written.recommendations,
        resources=written.resources,
        requests=written.requests,
        next_steps=written.next_steps,
        participants=written.participants,
        revisions=written.revisions,
        editors=written.editors,
        state=written.state,
        confirmed_by=written.confirmed_by_id,
        confirmed_at=written.confirmed_at,
        changed_at=written.changed_at,
        may_edit=can_edit_report(person, topic),
        may_confirm=can_confirm_report(person, topic),
        people=people_of(topic.gathering.training_session.cohort_id),
        me=person.pk,
    )


def missing_reports(gathering: Gathering) -> list[MissingReport]:
    """In the order of their numbers, with their conveners. A topic that goes on in a later round is not missing yet.

    Four queries.
    """
    over = slots_over(gathering, gathering.slots.all())
    offered = gathering.topics.filter(state=TopicState.OFFERED, did_not_happen=False).order_by("number")
    topics = offered.select_related("convener").prefetch_related("placements")
    reports = TopicReport.objects.filter(topic__gathering=gathering)
    states = dict(reports.values_list("topic", "state"))
    return [
        MissingReport(topic, ReportState(states.get(topic.pk, ReportState.NONE)))
        for topic in topics
        if states.get(topic.pk) != ReportState.CONFIRMED and _is_over(gathering, topic, over)
    ]


def people_in(topic: Topic, now: datetime) -> list[int]:
    """Ids of the convener and of those who were in the topic's spaces during its rounds, up to now.

    In the order in which they came; see LONG_ENOUGH. A round that was not started counts as planned.
    """
    lengths: dict[int, timedelta] = defaultdict(timedelta)
    for placement in topic.placements.select_related("slot").order_by("slot__starts_at"):
        slot = placement.slot
        start, end = _time_of(slot, now)
        stays = Stay.objects.filter(space=placement.space_id, since__lt=end).exclude(until__lte=start)
        for person, since, until in stays.order_by("since").values_list("person", "since", "until"):
            lengths[person] += min(until or end, end) - max(since, start)
    convener = [topic.convener_id] if topic.convener_id else []
    stayed = [person for person, length in lengths.items() if length >= LONG_ENOUGH]
    return list(dict.fromkeys([*convener, *stayed]))


def _time_of(slot: Slot, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the slot was held so far."""
    end = slot.ends_at if slot.started_at is None else now
    return slot.started_at or slot.starts_at, min(slot.ended_at or end, now)


def _is_over(gathering: Gathering, topic: Topic, over: Collection[int]) -> bool:
    """All of its rounds are over; once the gathering is closed, those that were held."""
    slots = [placement.slot_id for placement in topic.placements.all()]
    held = [slot in over for slot in slots]
    return any(held) and (gathering.stage == Stage.CLOSED or all(held))
