"""The facts of a notes' stream, and the cards that its state is made of.

The document is a Yjs document with one text, named `text`. Updates and documents are bytes, in JSON
written as base64. Applying an update twice, or before one that it builds on, does no harm.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from rooms.events import PersonCard
from synergy.journal.facts import Fact


class NotesUpdated(Fact, frozen=True):
    """Is applied to the document. An old one may be empty: then a later one holds what it said."""

    name: ClassVar[str] = "notes.updated"
    update: bytes


class NotesRenamed(Fact, frozen=True):
    """Sets `notes.title`."""

    name: ClassVar[str] = "notes.renamed"
    title: str


class NotesStateSet(Fact, frozen=True):
    """The room was opened or closed. Sets `notes.state`, and `rights` by it as in the room."""

    name: ClassVar[str] = "notes.state_set"
    state: str


class NotesCard(msgspec.Struct, frozen=True):
    """`room` is its id; `state` is that of the room."""

    id: int
    title: str
    room: int
    state: str


class NotesRights(msgspec.Struct, frozen=True):
    """`why_not_post` is in the person's language, null when they may write."""

    post: bool
    why_not_post: str | None
    post_when_open: bool
    """False for observers, whatever the state of the room."""


class NotesStateCard(msgspec.Struct, frozen=True):
    """The fresh state of notes for one person. `document` is one update that makes all of the text."""

    notes: NotesCard
    document: bytes
    rights: NotesRights
    people: dict[str, PersonCard]
    me: int
