"""Reads, through the person who looks: notes that one may not see cannot be in hand.

# Note [Length of notes]

Reading costs the same however often people have written: the document as it was a while ago, and the few
updates since then. See `rooms.notes.actions.compaction`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy

import msgspec
from django.db.models import Q, QuerySet

from rooms.admission import readers_of, seats_let_in
from rooms.models import Notes, Room
from rooms.notes.document import Document, merge
from rooms.notes.events import NotesCard, NotesRights, NotesStateCard, NotesUpdated
from rooms.notes.rules import can_write, why_not_write
from rooms.queries import people_in, room_for
from rooms.rules import can_write_here
from synergy.cohorts.models import Seat
from synergy.journal import log
from synergy.journal.facts import Entry, StreamId
from synergy.people.models import Person

UPDATES_LIMIT = 100_000
"""More than ever wait for the next compaction."""


def notes_stream(notes_id: int) -> StreamId:
    return StreamId("notes", notes_id)


def notes_for(person: Person, pk: int) -> Notes | None:
    """The notes with their room and the person's active `seat`, without the text; None when there are none for them."""
    notes = _without_text().filter(pk=pk).first()
    room = room_for(person, notes.room_id) if notes else None
    return _seen_by(notes, room.seat) if notes and room and room.seat else None


def notes_for_each(persons: Sequence[Person], pk: int) -> dict[int, Notes]:
    """`notes_for` for many persons at once, by their ids; who may not see the notes is left out. Two queries."""
    notes = _without_text().filter(pk=pk).first()
    if notes is None:
        return {}
    seats = seats_let_in(notes.room).filter(person__in=persons)
    return {seat.person_id: _seen_by(notes, seat) for seat in seats}


def notes_in(room: Room) -> QuerySet[Notes]:
    """The notes of a room that the viewer has in hand, newest first, without their texts."""
    return _without_text().filter(room=room).order_by("-created_at", "-pk")


def notes_readers(notes_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may read the notes. One query."""
    return readers_of(Q(cohort__rooms__notes=notes_id), person_ids)


def state_of(person: Person, notes: Notes) -> NotesStateCard:
    """The fresh state of the notes for the person."""
    return NotesStateCard(
        notes=notes_card(notes),
        document=_document_of(notes).update,
        rights=NotesRights(
            post=can_write(person, notes),
            why_not_post=why_not_write(person, notes),
            post_when_open=can_write_here(person, notes.room),
        ),
        people=people_in(notes.room),
        me=person.pk,
    )


def notes_card(notes: Notes) -> NotesCard:
    return NotesCard(id=notes.pk, title=notes.title, room=notes.room_id, state=notes.room.state)


def text_of(notes: Notes) -> str:
    """What the notes say now."""
    with log.snapshot():
        stored = Notes.objects.only("document_seq", "text").get(pk=notes.pk)
        if log.head(notes_stream(notes.pk)) == stored.document_seq:
            return stored.text
        return _document_of(notes).text


def document_of(notes: Notes) -> Document:
    """The document as it is now."""
    with log.snapshot():
        return _document_of(notes)


def updates_in(entries: Iterable[Entry]) -> list[bytes]:
    """The updates of those events that carry one."""
    return [
        msgspec.json.decode(entry.wire, type=_Wire).data.update
        for entry in entries
        if entry.name == NotesUpdated.name
    ]


def _document_of(notes: Notes) -> Document:
    """To be called in one moment: see `log.snapshot`."""
    stored = Notes.objects.only("document", "document_seq").get(pk=notes.pk)
    later = log.since(notes_stream(notes.pk), stored.document_seq, UPDATES_LIMIT)
    return merge(bytes(stored.document), updates_in(later))


class _Wire(msgspec.Struct):
    data: NotesUpdated


def _without_text() -> QuerySet[Notes]:
    return Notes.objects.select_related("room").defer("document", "text")


def _seen_by(notes: Notes, seat: Seat) -> Notes:
    own = copy(notes)
    own.room = copy(notes.room)
    own.seat = own.room.seat = seat
    return own
