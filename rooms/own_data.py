"""What rooms keep of a person, for their own data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rooms.models import (
    Attachment,
    Choice,
    Hand,
    Mention,
    Message,
    MessageVersion,
    Poll,
    Reaction,
    ReadMark,
    RoomMember,
)
from rooms.notes.queries import notes_for, text_of
from synergy.journal.models import Event
from synergy.people.models import Person
from synergy.people.own_data import Rows, register, register_teller


def tell_own_data() -> None:
    register(
        Rows(
            Message,
            ("author", "removed_by", "pinned_by"),
            ("room__name", "seq", "at", "lang", "edited_at", "removed_at", "removal_reason", "pinned_at"),
        ),
        Rows(Reaction, ("person",), ("message__room__name", "message__seq", "kind", "at")),
        Rows(Mention, ("person",), ("message__room__name", "message__seq", "message__at")),
        Rows(
            Attachment,
            ("uploader",),
            ("room__name", "message__seq", "at", "name", "content_type", "size"),
            files=("file",),
        ),
        Rows(RoomMember, ("person",), ("room__name",)),
        Rows(ReadMark, ("person",), ("room__name", "seq", "at")),
        Rows(Hand, ("person",), ("room__name", "at")),
        Rows(Poll, ("author",), ("room__name", "question", "options", "at", "closed_at")),
        Rows(Choice, ("person",), ("poll__question", "option")),
    )
    register_teller("messages_written", _messages)
    register_teller("messages_before_edits", _versions)
    register_teller("notes_written_in", _notes)


def _messages(person: Person) -> Iterator[dict[str, Any]]:
    rows = Message.objects.filter(author=person).order_by("pk")
    yield from map(dict, rows.values("id", "room__name", "seq", "at", "text"))


def _versions(person: Person) -> Iterator[dict[str, Any]]:
    rows = MessageVersion.objects.filter(message__author=person).order_by("pk")
    yield from map(dict, rows.values("message_id", "text", "until"))


def _notes(person: Person) -> Iterator[dict[str, Any]]:
    """Written together, letter by letter: told whole, as long as the person may read them."""
    events = Event.objects.filter(by=person.pk, stream__kind="notes")
    for pk in sorted(set(events.values_list("stream__key", flat=True))):
        notes = notes_for(person, pk)
        yield {"id": pk, "title": notes.title, "text": text_of(notes)} if notes else {"id": pk}
