"""The stream kind `notes`: what it holds and who may follow it."""

from __future__ import annotations

from rooms.notes import events
from rooms.notes.commands import NOTES_COMMANDS
from rooms.notes.queries import notes_for, notes_for_each, notes_readers, state_of
from synergy.live.kinds import StreamKind

NOTES = StreamKind(
    name="notes",
    find=notes_for,
    find_each=notes_for_each,
    state=state_of,
    readers=notes_readers,
    events=(events.NotesUpdated, events.NotesRenamed, events.NotesStateSet),
    commands=NOTES_COMMANDS,
    signals=frozenset({"typing"}),
)
