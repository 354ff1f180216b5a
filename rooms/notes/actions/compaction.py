"""Putting updates together, so that notes are quick to read however long people write.

# Note [A log that shrinks]

Every UPDATES_AT_MOST updates the document and its text are written to the row. Events that are so old
that nobody is sent them as missed are emptied, and the newest of these holds the whole document. So the
log, read from any number on, still gives the document: who is before that event gets all of it there,
and who is behind it had it.
"""

from __future__ import annotations

from django.conf import settings

from rooms.models import Notes
from rooms.notes.document import EMPTY, merge
from rooms.notes.events import NotesUpdated
from rooms.notes.queries import notes_stream, updates_in
from synergy.journal import log

UPDATES_AT_MOST = 200
BYTES_AT_MOST = 256 * 1024


def is_due(*, updates: int, waiting: int) -> bool:
    """`updates` wait to be put together, with so many bytes."""
    return updates >= UPDATES_AT_MOST or waiting > BYTES_AT_MOST


def compact(notes: Notes, head: int) -> None:
    """Writes the document up to the event `head`, with the stream locked, and empties what is long past."""
    kept = Notes.objects.only("document", "document_seq").get(pk=notes.pk)
    later = log.recall(notes_stream(notes.pk), range(kept.document_seq + 1, head + 1))
    document = merge(bytes(kept.document), updates_in(later))
    Notes.objects.filter(pk=notes.pk).update(document=document.update, text=document.text, document_seq=head)
    past = settings.CONFIG.replay_limit
    _shrink(notes, range(max(kept.document_seq - past, 1), head - past + 1), document.update)


def _shrink(notes: Notes, seqs: range, document: bytes) -> None:
    """See the Note [A log that shrinks]. `seqs` begins with the event that held the document before."""
    stream = notes_stream(notes.pk)
    found = [entry.seq for entry in log.recall(stream, seqs) if entry.name == NotesUpdated.name]
    facts = dict.fromkeys(found, NotesUpdated(update=EMPTY))
    if found:
        facts[found[-1]] = NotesUpdated(update=document)
        log.rewrite_the_past(stream, facts)
