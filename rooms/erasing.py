"""What rooms forget of a person: what they said is removed, and notes no longer hold their name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec
import pycrdt
from msgspec.structs import replace

from rooms.actions.attachments import delete_attachments
from rooms.actions.members import put_hands_down
from rooms.actions.removal import take_back
from rooms.events import PollOpened
from rooms.models import Attachment, Hand, Message, Notes, Poll, ReadMark, Room
from rooms.notes.document import EMPTY, ROOT
from rooms.notes.events import NotesUpdated
from rooms.notes.queries import document_of, notes_stream, updates_in
from rooms.queries import room_stream
from synergy.journal import log
from synergy.journal.facts import Entry, StreamId
from synergy.journal.models import Event
from synergy.people.erasing import Swap
from synergy.people.models import Person

PAGE = 500
TAKEN_OUT = "…"


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`. Reactions and votes are counts, and stay."""
    return {
        "messages": _messages(person, now),
        "hands": _hands(person, now),
        "files": delete_attachments(Attachment.objects.filter(uploader=person)),
        "polls": _polls(person),
        "read marks": ReadMark.objects.filter(person=person).delete()[0],
        "notes with name or address": sum(_notes(notes, swap, person, now) for notes in Notes.objects.all()),
    }


def _messages(person: Person, now: datetime) -> int:
    said = Message.objects.filter(author=person, removed_at=None).order_by("room", "seq")
    keys = list(said.values_list("pk", "room"))
    for pk, room in keys:
        log.lock(room_stream(room))
        take_back(Message.objects.get(pk=pk), person=person, now=now)
    return len(keys)


def _hands(person: Person, now: datetime) -> int:
    rooms = list(Room.objects.filter(pk__in=Hand.objects.filter(person=person).values("room")))
    for room in rooms:
        log.lock(room_stream(room.pk))
        put_hands_down(room, {person.pk}, now)
    return len(rooms)


def _polls(person: Person) -> int:
    """The counts stay, with numbers for answers."""
    for event in Event.objects.filter(name=PollOpened.name, by=person.pk).select_related("stream"):
        fact = msgspec.json.decode(event.body, type=PollOpened)
        fact = replace(fact, question=TAKEN_OUT, options=_numbers(fact.options))
        log.rewrite_the_past(StreamId(event.stream.kind, event.stream.key), {event.seq: fact})
    polls = list(Poll.objects.filter(author=person))
    for poll in polls:
        poll.question, poll.options = TAKEN_OUT, _numbers(poll.options)
        poll.save(update_fields=["question", "options"])
    return len(polls)


def _numbers(options: list[str]) -> list[str]:
    return [str(number) for number, _option in enumerate(options, 1)]


def _notes(notes: Notes, swap: Swap, person: Person, now: datetime) -> bool:
    """Replaces the words in the text, and leaves one event that holds all of it. Whether there were any.

    The text goes on from where it is, so that open pages, too, only see the words replaced.
    """
    stream = notes_stream(notes.pk)
    log.lock(stream)
    entries = list(_past(stream))
    whole = document_of(notes)
    said = b"\n".join([whole.update, bytes(notes.document), *updates_in(entries)]).decode(errors="ignore")
    if not any(spelling in f"{said}\n{whole.text}".lower() for spelling in swap.spellings):
        return False
    document, change = _replaced(whole.update, swap)
    head = log.append(stream, NotesUpdated(update=change), by=person.pk, at=now)
    gone = [entry.seq for entry in entries if entry.name == NotesUpdated.name]
    log.rewrite_the_past(
        stream, dict.fromkeys(gone, NotesUpdated(update=EMPTY)) | {head: NotesUpdated(update=document)}
    )
    text = swap.text(whole.text)
    Notes.objects.filter(pk=notes.pk).update(document=document, text=text, document_seq=head)
    return True


def _replaced(update: bytes, swap: Swap) -> tuple[bytes, bytes]:
    """The whole document, and what was changed in it."""
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    document.apply_update(update)
    before = document.get_state()
    text = document.get(ROOT, type=pycrdt.Text)
    # Places in the text are counted in bytes.
    written = str(text)
    for start, end, instead in reversed(swap.matches(written)):
        first, last = len(written[:start].encode()), len(written[:end].encode())
        del text[first:last]
        text.insert(first, instead)
    return document.get_update(), document.get_update(before)


def _past(stream: StreamId) -> Iterator[Entry]:
    after = 0
    while page := log.since(stream, after, PAGE):
        yield from page
        after = page[-1].seq
