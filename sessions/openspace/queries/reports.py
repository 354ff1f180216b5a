from __future__ import annotations

from collections.abc import Collection

from rooms.queries import people_of
from sessions.openspace.events import ReportCard
from sessions.openspace.models import ReportState, Topic, TopicReport
from sessions.openspace.rules import can_confirm_report, can_edit_report
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person


def topic_for(person: Person, pk: int) -> Topic | None:
    """The topic with its gathering and the person's active `gathering_seat`; None when there is none for them."""
    topic = Topic.objects.select_related("gathering__training_session").filter(pk=pk).first()
    if topic is None:
        return None
    topic.gathering.seat = topic.gathering_seat = seat_in(person, topic.gathering.training_session.cohort_id)
    return topic if topic.gathering_seat else None


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
