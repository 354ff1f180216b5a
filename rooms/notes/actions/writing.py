"""Writing in notes.

# Note [Limits without reading]

What notes say is known only by putting their updates together, which is too much for each keystroke.
But a text never grows by more letters than its updates have bytes, and a document hardly by more bytes.
While these sums are below the limits all is well; only above them the document is measured.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from rooms.models import Notes, RoomState
from rooms.notes.actions.compaction import compact, is_due
from rooms.notes.document import check_update, merge
from rooms.notes.events import NotesUpdated
from rooms.notes.queries import notes_stream, updates_in
from rooms.notes.rules import can_write, why_not_write
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

UPDATE_LIMIT = 45_000
"""Bytes of one update, so that as base64 it has room in a frame."""
DOCUMENT_LIMIT = 2 * 1024 * 1024
TEXT_LIMIT = 200_000
"""Characters."""


def update_notes(*, person: Person, notes: Notes, update: bytes, now: datetime) -> None:
    """Adds what the person wrote and deleted, as a Yjs update. Raises Refused.

    `invalid` (field `update`) when it is none; `too_large` when it is too much at once, or would make
    the notes too long. What makes notes shorter is always taken.
    """
    _require_open(person, notes)
    _check(update)
    with transaction.atomic(savepoint=False):
        stream = notes_stream(notes.pk)
        head = log.lock(stream)
        seq, size, length, state = _kept(notes)
        notes.room.state = state
        _require_open(person, notes)
        waiting = log.size_between(stream, seq, head) + len(update)
        is_near = size + waiting > DOCUMENT_LIMIT or length + waiting > TEXT_LIMIT
        if is_near:
            _measure(notes, update, head)
        head = log.append(stream, NotesUpdated(update=update), by=person.pk, at=now)
        if is_near or is_due(updates=head - seq, waiting=waiting):
            compact(notes, head)


def _require_open(person: Person, notes: Notes) -> None:
    if not can_write(person, notes):
        raise Refused("forbidden", why_not_write(person, notes) or _("You may not do this here."))


def _check(update: bytes) -> None:
    if len(update) > UPDATE_LIMIT:
        detail = _("This is too much at once. Add it in smaller parts.")
        raise Refused("too_large", detail, fields={"update": detail})
    try:
        check_update(update)
    except ValueError as error:
        detail = _("This change of the notes cannot be read. Load the page again.")
        raise Refused("invalid", detail, fields={"update": str(error)}) from None


def _kept(notes: Notes) -> tuple[int, int, int, RoomState]:
    """(number of the last update in the kept document, its bytes, characters of its text, state of the room)."""
    columns = ("document_seq", Length("document"), Length("text"), "room__state")
    seq, size, length, state = Notes.objects.filter(pk=notes.pk).values_list(*columns).get()
    return seq, size, length, RoomState(state)


def _measure(notes: Notes, update: bytes, head: int) -> None:
    """Raises Refused (`too_large`) when the update makes notes too long, unless they become shorter by it."""
    kept = Notes.objects.only("document", "document_seq").get(pk=notes.pk)
    later = log.recall(notes_stream(notes.pk), range(kept.document_seq + 1, head + 1))
    before = merge(bytes(kept.document), updates_in(later))
    after = merge(before.update, [update])
    if len(after.text) > max(TEXT_LIMIT, len(before.text) - 1):
        raise _full(_("Notes can have %(limit)d characters. Shorten them first.") % {"limit": TEXT_LIMIT})
    if len(after.update) > DOCUMENT_LIMIT and len(after.text) >= len(before.text):
        raise _full(
            _("So much was written and deleted here that the notes are full. Delete something first.")
        )


def _full(detail: str) -> Refused:
    return Refused("too_large", detail, fields={"update": detail})
