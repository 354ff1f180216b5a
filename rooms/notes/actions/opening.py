"""Notes are opened by what they belong to, such as a topic; nobody opens them by hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rooms.models import Notes, Room
from rooms.notes.document import EMPTY
from rooms.notes.events import NotesRenamed
from rooms.notes.queries import notes_stream
from rooms.text import clean_line
from synergy.journal import log
from synergy.people.models import Person

TITLE_LIMIT = 200


def open_notes(*, room: Room, title: str, now: datetime) -> Notes:
    """Empty notes that those who may post in the room write together. The caller has asked whether it may."""
    return Notes.objects.create(
        room=room, title=clean_line(title, TITLE_LIMIT), document=EMPTY, created_at=now
    )


def rename_notes(*, person: Person, notes: Notes, title: str, now: datetime) -> None:
    """What they belong to has another name. The caller has asked whether it may."""
    title = clean_line(title, TITLE_LIMIT)
    with transaction.atomic(savepoint=False):
        log.lock(notes_stream(notes.pk))
        if Notes.objects.filter(pk=notes.pk).exclude(title=title).update(title=title):
            notes.title = title
            log.append(notes_stream(notes.pk), NotesRenamed(title=title), by=person.pk, at=now)
