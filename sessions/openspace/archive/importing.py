"""From the file of a gathering to rows: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction

from rooms.models import Audience, Notes, Room
from rooms.queries import cohort_stream
from sessions.models import TrainingSession
from sessions.openspace.archive.checking import check
from sessions.openspace.archive.file import (
    ArchiveError,
    GatheringFile,
    NotesRecord,
    ReportRecord,
    SpaceRecord,
    TopicRecord,
)
from sessions.openspace.archive.people import seated_people
from sessions.openspace.archive.telling import tell
from sessions.openspace.models import (
    Action,
    Announcement,
    ClosingWord,
    Gathering,
    HelpCall,
    ImportedRow,
    Interest,
    Placement,
    Request,
    Slot,
    Space,
    Stay,
    Topic,
    TopicReport,
    Vote,
)
from synergy.journal import log
from synergy.people.models import Person
from synergy.search.index import refresh

BATCH = 500


def import_gathering(
    *, file: GatheringFile, training_session: TrainingSession, person: Person, now: datetime
) -> Gathering:
    """The gathering of the file, on its own day, as it was when it was written down.

    People are found by their address; those who are not there get an account without a password and the
    seat that they had. Who has a seat in the cohort keeps it as it is. A room of the same name that is no
    space yet becomes one, otherwise rooms are made. `person` is who imports. Raises ArchiveError.
    """
    check(file)
    try:
        with transaction.atomic():
            log.lock(cohort_stream(training_session.cohort_id))
            gathering = _Importer(file, training_session, now).gathering()
            tell(gathering, by=person.pk, at=now)
            refresh("room", list(gathering.spaces.values_list("room_id", flat=True)))
            refresh("person", list(training_session.cohort.seats.values_list("pk", flat=True)))
    except (DatabaseError, ValueError) as error:
        # A ValueError: PostgreSQL keeps no NUL in a text.
        raise ArchiveError(f"the database does not take it: {error}") from None
    return gathering


class _Importer:
    def __init__(self, file: GatheringFile, session: TrainingSession, now: datetime) -> None:
        self._file, self._session, self._now = file, session, now
        self._people: dict[str, Person] = {}
        self._spaces: list[Space] = []
        self._slots: list[Slot] = []
        self._topics: dict[int, Topic] = {}

    def gathering(self) -> Gathering:
        file = self._file
        self._require_day()
        self._people = seated_people(file.people, self._session, self._now)
        gathering = self._gathering()
        self._make_spaces(gathering)
        self._slots = [Slot(gathering=gathering, **_plain(record)) for record in file.slots]
        Slot.objects.bulk_create(self._slots, batch_size=BATCH)
        self._make_topics(gathering)
        self._make_what_hangs_on_topics()
        self._make_requests(gathering)
        self._make_the_rest(gathering)
        return gathering

    def _require_day(self) -> None:
        session, on = self._session, self._file.gathering.on
        if not session.starts_on <= on <= session.ends_on:
            days = f"{session.starts_on} to {session.ends_on}"
            raise ArchiveError(f"$.gathering.on: {on} is no day of the session, {days}")
        if session.gatherings.filter(on=on).exists():
            raise ArchiveError(f"$.gathering.on: the session has an Open Space on {on} already")

    def _gathering(self) -> Gathering:
        about = self._file.gathering
        fields = _plain(about, without=["circle"])
        if about.circle:
            fields["circle_kind"] = about.circle.kind
            fields["circle_order"] = self._keys(about.circle.order)
            fields["circle_at"] = about.circle.at
        return Gathering.objects.create(training_session=self._session, **fields)

    def _make_spaces(self, gathering: Gathering) -> None:
        rooms = self._session.cohort.rooms.filter(space__isnull=True, audience=Audience.COHORT)
        free = {room.name.casefold(): room for room in rooms}
        taken = {name.casefold() for name in self._session.cohort.rooms.values_list("name", flat=True)}
        for record in self._file.spaces:
            room = free.pop(record.name.casefold(), None) or self._room(record, taken)
            taken.add(room.name.casefold())
            fields = _plain(record, without=["name", "title", "language", "room_kind", "room_state"])
            self._spaces.append(Space.objects.create(gathering=gathering, room=room, **fields))

    def _room(self, record: SpaceRecord, taken: set[str]) -> Room:
        """Another space may have the name: then a number follows it."""
        name, number = record.name, 2
        while name.casefold() in taken:
            name, number = f"{record.name[:54]} ({number})", number + 1
        return Room.objects.create(
            cohort=self._session.cohort,
            name=name,
            title=record.title,
            language=record.language,
            kind=record.room_kind,
            state=record.room_state,
            position=self._session.cohort.rooms.count() + 1,
        )

    def _make_topics(self, gathering: Gathering) -> None:
        rows = [self._topic(gathering, record) for record in self._file.topics]
        Topic.objects.bulk_create(rows, batch_size=BATCH)
        self._topics = {row.number: row for row in rows}
        merged = []
        for record in self._file.topics:
            if record.merged_into is not None:
                row = self._topics[record.number]
                row.state, row.merged_into = record.state, self._topics[record.merged_into]
                merged.append(row)
        Topic.objects.bulk_update(merged, ["state", "merged_into"], batch_size=BATCH)

    def _topic(self, gathering: Gathering, record: TopicRecord) -> Topic:
        """A topic that became part of another is on offer until that one is there."""
        return Topic(
            gathering=gathering,
            number=record.number,
            title=record.title,
            why=record.why,
            language=record.language,
            convener=self._who(record.convener),
            proposed_by=self._people[record.proposed_by],
            wished_capacity=record.wished_capacity,
            state="offered" if record.merged_into is not None else record.state,
            did_not_happen=record.did_not_happen,
            notes=self._notes(record.notes),
            created_at=record.created_at,
        )

    def _notes(self, record: NotesRecord | None) -> Notes | None:
        if record is None:
            return None
        return Notes.objects.create(
            room=self._spaces[record.space].room,
            title=record.title,
            document=record.document,
            text=record.text,
            created_at=record.created_at,
        )

    def _make_what_hangs_on_topics(self) -> None:
        """Rows of one kind are inserted together, in the order of the file."""
        for model, rows_of in (
            (Topic.co_conveners.through, self._helpers),
            (Topic.not_with.through, self._wishes),
            (Placement, self._placements),
            (Interest, self._interests),
            (Vote, self._votes),
            (TopicReport, self._reports),
        ):
            rows = [
                row for record in self._file.topics for row in rows_of(self._topics[record.number], record)
            ]
            _insert(model, rows)

    def _helpers(self, topic: Topic, record: TopicRecord) -> Iterator[Any]:
        for email in record.co_conveners:
            yield Topic.co_conveners.through(topic_id=topic.pk, person_id=self._people[email].pk)

    def _wishes(self, topic: Topic, record: TopicRecord) -> Iterator[Any]:
        for number in record.not_with:
            yield Topic.not_with.through(from_topic_id=topic.pk, to_topic_id=self._topics[number].pk)

    def _placements(self, topic: Topic, record: TopicRecord) -> Iterator[Placement]:
        for place in record.placements:
            yield Placement(topic=topic, slot=self._slots[place.slot], space=self._spaces[place.space])

    def _interests(self, topic: Topic, record: TopicRecord) -> Iterator[Interest]:
        for email in record.interested:
            yield Interest(topic=topic, person=self._people[email])

    def _votes(self, topic: Topic, record: TopicRecord) -> Iterator[Vote]:
        for vote in record.votes:
            yield Vote(topic=topic, person=self._people[vote.person], points=vote.points)

    def _reports(self, topic: Topic, record: TopicRecord) -> Iterator[TopicReport]:
        if record.report is not None:
            yield self._report(topic, record.report)

    def _report(self, topic: Topic, record: ReportRecord) -> TopicReport:
        fields = _plain(record, without=["next_steps", "participants", "editors", "confirmed_by"])
        return TopicReport(
            topic=topic,
            next_steps=[_plain(step) for step in record.next_steps],
            participants=self._keys(record.participants),
            editors={name: self._people[email].pk for name, email in record.editors.items()},
            confirmed_by=self._who(record.confirmed_by),
            **fields,
        )

    def _make_requests(self, gathering: Gathering) -> None:
        rows = [
            Request(
                gathering=gathering,
                kind=record.kind,
                by=self._people[record.by],
                topic=self._topics[record.topic],
                other=_at(self._topics, record.other),
                from_slot=_at(self._slots, record.from_slot),
                slot=_at(self._slots, record.slot),
                space=_at(self._spaces, record.space),
                waiting_for=self._keys(record.waiting_for),
                state=record.state,
                created_at=record.created_at,
            )
            for record in self._file.requests
        ]
        _insert(Request, rows)

    def _make_the_rest(self, gathering: Gathering) -> None:
        """What has the same fields as its record, with rows in the place of names."""
        for model, records in (
            (Stay, self._file.stays),
            (Announcement, self._file.announcements),
            (HelpCall, self._file.calls),
            (Action, self._file.actions),
            (ClosingWord, self._file.words),
            (ImportedRow, self._file.sources),
        ):
            _insert(model, [model(gathering=gathering, **self._with_rows(_plain(each))) for each in records])

    def _with_rows(self, fields: dict[str, Any]) -> dict[str, Any]:
        rows: dict[str, Any] = dict(fields)
        for name in ("person", "by", "taken_by", "convener"):
            if name in rows:
                rows[name] = self._who(rows[name])
        for name, found in (("space", self._spaces), ("slot", self._slots), ("topic", self._topics)):
            if name in rows:
                rows[name] = _at(found, rows[name])
        return rows

    def _who(self, email: str | None) -> Person | None:
        return None if email is None else self._people[email]

    def _keys(self, emails: Iterable[str]) -> list[int]:
        return [self._people[email].pk for email in emails]


def _plain(record: Any, without: Sequence[str] = ()) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__ if name not in without}


def _at(found: Any, key: int | None) -> Any:
    return None if key is None else found[key]


def _insert(model: Any, rows: Sequence[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)
