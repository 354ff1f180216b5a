"""What changes in notes: one transaction each, with its facts in the log."""

from rooms.notes.actions.opening import open_notes, rename_notes
from rooms.notes.actions.writing import update_notes

__all__ = ["open_notes", "rename_notes", "update_notes"]
