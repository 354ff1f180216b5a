"""Writes one board into one gathering: spaces, slots, topics, wishes, placements, in big batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rooms.models import Notes, Room
from sessions.models import TrainingSession
from sessions.openspace.actions.spaces import make_space
from sessions.openspace.boards.board import Board, BoardError, BoardSlot, BoardTopic, Remark, Weight
from sessions.openspace.boards.people import People
from sessions.openspace.cards import gathering_card, slot_card, space_card, topic_cards
from sessions.openspace.events import GatheringChanged, SlotSet, SpaceSet, TopicProposed
from sessions.openspace.models import (
    Gathering,
    ImportedRow,
    Placement,
    Slot,
    Space,
    SpaceKind,
    Stage,
    Topic,
)
from sessions.openspace.queries import gathering_stream
from synergy.journal import log
from synergy.people.models import Person

BATCH = 100
"""Cards in one event: a follower's frame stays small."""
_KINDS = {"plenary": SpaceKind.PLENARY, "lounge": SpaceKind.LOUNGE, "quiet room": SpaceKind.QUIET_ROOM}

Progress = Callable[[str, int, int], None]
"""Called with what is done, how many of how many."""


@dataclass
class BoardImport:
    """What came of an import. `kept` counts rows that were there from an earlier one."""

    gatherings: list[Gathering] = field(default_factory=list)
    spaces: int = 0
    slots: int = 0
    topics: int = 0
    placements: int = 0
    kept: int = 0
    remarks: list[Remark] = field(default_factory=list)


class BoardWriter:
    """Writes one board into one gathering."""

    def __init__(
        self,
        board: Board,
        session: TrainingSession,
        person: Person,
        people: People,
        now: datetime,
        done: BoardImport,
    ) -> None:
        self._board, self._session, self._person, self._people = board, session, person, people
        self._now, self._done = now, done
        found = ImportedRow.objects.filter(
            gathering__training_session=session, source=board.source
        ).select_related("gathering")
        self._rows = {row.key: row for row in found}

    def write(self, day: date, shift: timedelta, progress: Progress) -> None:
        gathering = self._gathering(day)
        if gathering is None:
            return
        self._done.gatherings.append(gathering)
        if shift and not self._rows:
            self._remark(Weight.CHANGED, "board", f"moved from {self._board.day} to {day}; hours in UTC stay")
        spaces = self._spaces(gathering)
        slots = self._slots(gathering, shift)
        fresh = [topic for topic in self._board.topics if f"topic {topic.key}" not in self._rows]
        if fresh:
            self._done.remarks += [remark for remark in self._board.remarks if remark.row not in self._rows]
        self._done.kept += len(self._board.topics) - len(fresh)
        topics = self._topics(gathering, fresh, spaces)
        self._wishes(fresh, topics)
        self._placements(fresh, topics, slots, spaces)
        self._tell(gathering, [topics[topic.key] for topic in fresh], progress)

    def _gathering(self, day: date) -> Gathering | None:
        """The one of an earlier import, or a new one; None when the day cannot have one."""
        known = next((row.gathering for row in self._rows.values()), None)
        if known is not None:
            return known
        if not self._session.starts_on <= day <= self._session.ends_on:
            days = f"{self._session.starts_on} to {self._session.ends_on}"
            for topic in self._board.topics:
                self._remark(
                    Weight.REFUSED, f"topic {topic.key}", f"its day {day} is not in the session, {days}"
                )
            return None
        if self._session.gatherings.filter(on=day).exists():
            raise BoardError(f"there is another Open Space on {day} already; choose another day with --on")
        gathering = Gathering.objects.create(
            training_session=self._session,
            on=day,
            theme={"en": self._board.name},
            stage=Stage.MARKETPLACE,
            is_market_open=True,
            runs_by_clock=False,
            created_at=self._now,
        )
        fact = GatheringChanged(gathering=gathering_card(gathering))
        log.append(gathering_stream(gathering.pk), fact, by=self._person.pk, at=self._now)
        return gathering

    def _spaces(self, gathering: Gathering) -> dict[str, Space]:
        found: dict[str, Space] = {}
        made = []
        taken = {name.casefold() for name in self._session.cohort.rooms.values_list("name", flat=True)}
        for name in self._board.spaces:
            row = self._rows.get(f"space {name}")
            if row is not None and row.space is not None:
                found[name] = row.space
                self._done.kept += 1
                continue
            free = _free_name(name, taken)
            taken.add(free.casefold())
            if free != name:
                self._remark(
                    Weight.CHANGED, f"space {name}", f"called {free}: that name was taken or too long"
                )
            kind = _KINDS.get(name.casefold(), SpaceKind.TOPIC)
            space = make_space(person=self._person, gathering=gathering, name=free, kind=kind, now=self._now)
            found[name] = space
            made.append(space)
            self._mark(gathering, f"space {name}", space=space).save(force_insert=True)
        self._done.spaces += len(made)
        if made:
            fact = SpaceSet(spaces=[space_card(space) for space in made])
            log.append(gathering_stream(gathering.pk), fact, by=self._person.pk, at=self._now)
        return found

    def _slots(self, gathering: Gathering, shift: timedelta) -> dict[str, Slot]:
        found: dict[str, Slot] = {}
        made = []
        for slot in self._board.slots:
            row = self._rows.get(f"slot {slot.key}")
            if row is not None and row.slot is not None:
                found[slot.key] = row.slot
                self._done.kept += 1
                continue
            made.append((slot, _moved(gathering, slot, shift)))
        Slot.objects.bulk_create([each for _slot, each in made])
        for slot, each in made:
            found[slot.key] = each
            self._mark(gathering, f"slot {slot.key}", slot=each).save(force_insert=True)
        self._done.slots += len(made)
        if made:
            fact = SlotSet(slots=[slot_card(each) for _slot, each in made])
            log.append(gathering_stream(gathering.pk), fact, by=self._person.pk, at=self._now)
        return found

    def _topics(
        self, gathering: Gathering, fresh: Sequence[BoardTopic], spaces: Mapping[str, Space]
    ) -> dict[str, Topic]:
        """Of all rows, those of an earlier import too."""
        known = {row.key: row.topic for row in self._rows.values() if row.topic is not None}
        found = {
            topic.key: known[f"topic {topic.key}"]
            for topic in self._board.topics
            if f"topic {topic.key}" in known
        }
        rows = [
            Topic(
                gathering=gathering,
                number=number,
                title=topic.title,
                why=topic.why,
                convener=self._convener(topic),
                proposed_by=self._person,
                created_at=self._now,
            )
            for number, topic in enumerate(fresh, start=gathering.last_number + 1)
        ]
        Topic.objects.bulk_create(rows, batch_size=500)
        Gathering.objects.filter(pk=gathering.pk).update(last_number=gathering.last_number + len(rows))
        marks = []
        for topic, row in zip(fresh, rows, strict=True):
            found[topic.key] = row
            key = f"topic {topic.key}"
            marks.append(self._mark(gathering, key, topic=row, space=spaces.get(topic.space)))
        ImportedRow.objects.bulk_create(marks, batch_size=500)
        self._done.topics += len(rows)
        return found

    def _convener(self, topic: BoardTopic) -> Person | None:
        if not topic.convener.strip():
            return None
        person = self._people.called(topic.convener)
        if person is None:
            why = f"{topic.convener} has no seat here: nobody convenes it, it can be adopted"
            self._remark(Weight.CHANGED, f"topic {topic.key}", why)
        return person

    def _wishes(self, fresh: Sequence[BoardTopic], topics: Mapping[str, Topic]) -> None:
        helpers, wishes = [], []
        for topic in fresh:
            row = topics[topic.key]
            helpers += [
                Topic.co_conveners.through(topic_id=row.pk, person_id=person.pk)
                for person in self._helpers(topic, row)
            ]
            wishes += [
                Topic.not_with.through(from_topic_id=row.pk, to_topic_id=topics[key].pk)
                for key in dict.fromkeys(topic.not_with)
            ]
        Topic.co_conveners.through.objects.bulk_create(helpers, batch_size=500)
        Topic.not_with.through.objects.bulk_create(wishes, batch_size=500)

    def _helpers(self, topic: BoardTopic, row: Topic) -> list[Person]:
        found: dict[int, Person] = {}
        for name in topic.co_conveners:
            person = self._people.called(name)
            if person is None:
                why = f"{name} has no seat here, and does not co-convene"
                self._remark(Weight.CHANGED, f"topic {topic.key}", why)
            elif person.pk != row.convener_id:
                found[person.pk] = person
        return list(found.values())

    def _placements(
        self,
        fresh: Sequence[BoardTopic],
        topics: Mapping[str, Topic],
        slots: Mapping[str, Slot],
        spaces: Mapping[str, Space],
    ) -> None:
        placements = [
            Placement(topic=topics[topic.key], slot=slots[place.slot.key], space=spaces[place.space])
            for topic in fresh
            for place in topic.places
        ]
        Placement.objects.bulk_create(placements, batch_size=500)
        self._done.placements += len(placements)
        first = {place.topic: place.space.room for place in reversed(placements)}
        _give_notes(first, self._now)

    def _tell(self, gathering: Gathering, topics: Sequence[Topic], progress: Progress) -> None:
        """Followers of the wall hear of the topics, in frames of a bearable size."""
        stream = gathering_stream(gathering.pk)
        for start in range(0, len(topics), BATCH):
            fact = TopicProposed(topics=topic_cards(topics[start : start + BATCH]))
            log.append(stream, fact, by=self._person.pk, at=self._now)
            progress("topics", min(start + BATCH, len(topics)), len(topics))

    def _remark(self, weight: Weight, row: str, why: str) -> None:
        self._done.remarks.append(Remark(weight, row, why))

    def _mark(
        self,
        gathering: Gathering,
        key: str,
        *,
        slot: Slot | None = None,
        space: Space | None = None,
        topic: Topic | None = None,
    ) -> ImportedRow:
        source = self._board.source
        return ImportedRow(gathering=gathering, source=source, key=key, slot=slot, space=space, topic=topic)


def _moved(gathering: Gathering, slot: BoardSlot, shift: timedelta) -> Slot:
    return Slot(gathering=gathering, starts_at=slot.starts_at + shift, ends_at=slot.ends_at + shift)


def _free_name(name: str, taken: set[str]) -> str:
    limit = 60 - 5
    candidates = _candidates(" ".join(name.split())[:limit])
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


def _candidates(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _give_notes(rooms: Mapping[Topic, Room], now: datetime) -> None:
    """Every placed topic has notes in the room of its first place."""
    for topic, room in rooms.items():
        topic.notes = Notes(room=room, title=topic.title, created_at=now)
    Notes.objects.bulk_create([topic.notes for topic in rooms if topic.notes], batch_size=500)
    Topic.objects.bulk_update(rooms, ["notes"], batch_size=500)
