"""From rows to the file of a gathering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rooms.models import Notes
from rooms.notes.document import Document, merge
from rooms.notes.queries import UPDATES_LIMIT, notes_stream, updates_in
from sessions.openspace.archive.file import (
    AboutRecord,
    ActionRecord,
    AnnouncementRecord,
    CallRecord,
    CircleRecord,
    GatheringFile,
    NextStepRecord,
    NotesRecord,
    PersonRecord,
    PlacementRecord,
    ReportRecord,
    RequestRecord,
    SourceRecord,
    StayRecord,
    TopicRecord,
    VoteRecord,
    WordRecord,
)
from sessions.openspace.archive.records import person_record, slot_record, space_record
from sessions.openspace.models import (
    CircleKind,
    Gathering,
    ReportState,
    Stage,
    Topic,
    TopicReport,
    TopicState,
    VotingState,
)
from synergy.cohorts.queries import seats_with_past
from synergy.journal import log
from synergy.people.models import Person


def export_gathering(gathering: Gathering) -> GatheringFile:
    """Everything about the gathering at one moment, votes of single people included: keep the file safe."""
    with log.snapshot():
        return _Exporter(gathering).file()


class _Exporter:
    """Looks up the names that the file uses for keys, and notes which people were named."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._spaces = list(gathering.spaces.select_related("room").order_by("position", "pk"))
        self._slots = list(gathering.slots.order_by("starts_at", "pk"))
        self._topics = list(
            gathering.topics.select_related("report", "notes")
            .prefetch_related("not_with", "placements", "interests", "votes")
            .order_by("number")
        )
        self._space_at = {space.pk: at for at, space in enumerate(self._spaces)}
        self._space_of_room = {space.room_id: at for at, space in enumerate(self._spaces)}
        self._slot_at = {slot.pk: at for at, slot in enumerate(self._slots)}
        self._number_of = {topic.pk: topic.number for topic in self._topics}
        self._helpers: dict[int, list[int]] = {}
        helpers = Topic.co_conveners.through.objects.filter(topic__gathering=gathering).order_by("pk")
        for topic, person in helpers.values_list("topic", "person"):
            self._helpers.setdefault(topic, []).append(person)
        self._emails = dict(Person.objects.values_list("pk", "email"))
        self._named: dict[int, None] = {}

    def file(self) -> GatheringFile:
        gathering = self._gathering
        about = self._about()
        topics = [self._topic(topic) for topic in self._topics]
        rest: dict[str, Any] = {
            "requests": [self._request(row) for row in gathering.requests.order_by("pk")],
            "stays": [
                StayRecord(self._email(row.person_id), self._space_at[row.space_id], row.since, row.until)
                for row in gathering.stays.order_by("pk")
            ],
            "announcements": [
                AnnouncementRecord(self._email(row.by_id), row.text, row.language, row.at)
                for row in gathering.announcements.order_by("pk")
            ],
            "calls": [self._call(row) for row in gathering.calls.order_by("pk")],
            "actions": [self._action(row) for row in gathering.actions.order_by("pk")],
            "words": [
                WordRecord(self._email(row.person_id), row.word, row.at)
                for row in gathering.words.order_by("pk")
            ],
            "sources": [self._source(row) for row in gathering.imported_rows.order_by("pk")],
        }
        return GatheringFile(
            schema="synergy.gathering",
            version=1,
            gathering=about,
            people=self._people(),
            spaces=[space_record(space) for space in self._spaces],
            slots=[slot_record(slot) for slot in self._slots],
            topics=topics,
            **rest,
        )

    def _email(self, pk: int) -> str:
        self._named[pk] = None
        return self._emails[pk]

    def _email_or_none(self, pk: int | None) -> str | None:
        return None if pk is None else self._email(pk)

    def _all_emails(self, pks: Iterable[int]) -> list[str]:
        """Of those who still have an account: lists in JSON may name others."""
        return [self._email(pk) for pk in pks if pk in self._emails]

    def _about(self) -> AboutRecord:
        gathering = self._gathering
        circle = None
        if gathering.circle_kind:
            order = self._all_emails(gathering.circle_order)
            circle = CircleRecord(CircleKind(gathering.circle_kind), order, gathering.circle_at)
        return AboutRecord(
            on=gathering.on,
            theme=gathering.theme,
            givens=gathering.givens,
            sponsor=gathering.sponsor,
            stage=Stage(gathering.stage),
            is_market_open=gathering.is_market_open,
            runs_by_clock=gathering.runs_by_clock,
            circle=circle,
            voting=VotingState(gathering.voting),
            points_each=gathering.points_each,
            last_number=gathering.last_number,
            created_at=gathering.created_at,
            closed_at=gathering.closed_at,
        )

    def _topic(self, topic: Topic) -> TopicRecord:
        placements = sorted(topic.placements.all(), key=lambda row: self._slot_at[row.slot_id])
        return TopicRecord(
            number=topic.number,
            title=topic.title,
            why=topic.why,
            language=topic.language,
            convener=self._email_or_none(topic.convener_id),
            proposed_by=self._email(topic.proposed_by_id),
            co_conveners=self._all_emails(self._helpers.get(topic.pk, [])),
            not_with=sorted(self._number_of[other.pk] for other in topic.not_with.all()),
            wished_capacity=topic.wished_capacity,
            state=TopicState(topic.state),
            merged_into=self._number_of.get(topic.merged_into_id or 0),
            did_not_happen=topic.did_not_happen,
            created_at=topic.created_at,
            placements=[
                PlacementRecord(self._slot_at[row.slot_id], self._space_at[row.space_id])
                for row in placements
            ],
            interested=[self._email(row.person_id) for row in _by_key(topic.interests.all())],
            votes=[VoteRecord(self._email(row.person_id), row.points) for row in _by_key(topic.votes.all())],
            report=self._report(topic.report) if hasattr(topic, "report") else None,
            notes=self._notes(topic),
        )

    def _report(self, report: TopicReport) -> ReportRecord:
        return ReportRecord(
            summary=report.summary,
            recommendations=report.recommendations,
            resources=report.resources,
            requests=report.requests,
            next_steps=[
                NextStepRecord(step.get("what", ""), step.get("who", ""), step.get("when", ""))
                for step in report.next_steps
            ],
            participants=self._all_emails(report.participants),
            revisions=report.revisions,
            editors={name: self._email(pk) for name, pk in report.editors.items() if pk in self._emails},
            state=ReportState(report.state),
            confirmed_by=self._email_or_none(report.confirmed_by_id),
            confirmed_at=report.confirmed_at,
            changed_at=report.changed_at,
        )

    def _notes(self, topic: Topic) -> NotesRecord | None:
        if topic.notes is None:
            return None
        document = _document(topic.notes)
        return NotesRecord(
            space=self._space_of_room[topic.notes.room_id],
            title=topic.notes.title,
            document=document.update,
            text=document.text,
            created_at=topic.notes.created_at,
        )

    def _request(self, row: Any) -> RequestRecord:
        return RequestRecord(
            kind=row.kind,
            by=self._email(row.by_id),
            topic=self._number_of[row.topic_id],
            other=self._number_of.get(row.other_id),
            from_slot=self._slot_at.get(row.from_slot_id),
            slot=self._slot_at.get(row.slot_id),
            space=self._space_at.get(row.space_id),
            waiting_for=self._all_emails(row.waiting_for),
            state=row.state,
            created_at=row.created_at,
        )

    def _call(self, row: Any) -> CallRecord:
        return CallRecord(
            by=self._email(row.by_id),
            space=self._space_at.get(row.space_id),
            text=row.text,
            state=row.state,
            taken_by=self._email_or_none(row.taken_by_id),
            at=row.at,
            closed_at=row.closed_at,
        )

    def _action(self, row: Any) -> ActionRecord:
        return ActionRecord(
            topic=self._number_of.get(row.topic_id),
            what=row.what,
            convener=self._email(row.convener_id),
            first_step=row.first_step,
            due=row.due,
            by=self._email(row.by_id),
            created_at=row.created_at,
            removed_at=row.removed_at,
        )

    def _source(self, row: Any) -> SourceRecord:
        return SourceRecord(
            source=row.source,
            key=row.key,
            slot=self._slot_at.get(row.slot_id),
            space=self._space_at.get(row.space_id),
            topic=self._number_of.get(row.topic_id),
        )

    def _people(self) -> list[PersonRecord]:
        """Those whom the file names, by address."""
        seats = {seat.person_id: seat for seat in seats_with_past(self._gathering.training_session.cohort_id)}
        people = Person.objects.filter(pk__in=self._named).order_by("email")
        return [person_record(person, seats.get(person.pk)) for person in people]


def _document(notes: Notes) -> Document:
    later = log.since(notes_stream(notes.pk), notes.document_seq, UPDATES_LIMIT)
    return merge(bytes(notes.document), updates_in(later))


def _by_key(rows: Iterable[Any]) -> Sequence[Any]:
    return sorted(rows, key=lambda row: row.pk)
