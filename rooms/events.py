"""The facts of a room's stream and the cards that its state is made of.

Messages are known by `seq`, the number of their `message.posted`. A person is an id;
the name, country and institution are in `people` of the state.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from synergy.journal.facts import Fact

type_of_doc = list[Any]


class FileCard(msgspec.Struct, frozen=True):
    """A picture or file of a message. `width` and `height` (pixels) are set for pictures only."""

    id: int
    name: str
    content_type: str
    size: int
    url: str
    thumbnail: str | None = None
    width: int | None = None
    height: int | None = None


class MessagePosted(Fact, frozen=True):
    name: ClassVar[str] = "message.posted"
    text: str
    lang: str
    doc: type_of_doc | None = None
    root: int | None = None
    mentions: list[int] = []
    files: list[FileCard] = []


class MessageEdited(Fact, frozen=True):
    name: ClassVar[str] = "message.edited"
    message: int
    text: str
    lang: str
    doc: type_of_doc | None = None
    mentions: list[int] = []


class MessageRemoved(Fact, frozen=True):
    name: ClassVar[str] = "message.removed"
    message: int
    reason: str


class MessageLanguageSet(Fact, frozen=True):
    name: ClassVar[str] = "message.language_set"
    message: int
    lang: str


class MessagePinned(Fact, frozen=True):
    name: ClassVar[str] = "message.pinned"
    message: int


class MessageUnpinned(Fact, frozen=True):
    name: ClassVar[str] = "message.unpinned"
    message: int


class ReactionAdded(Fact, frozen=True):
    name: ClassVar[str] = "reaction.added"
    message: int
    kind: str


class ReactionRemoved(Fact, frozen=True):
    name: ClassVar[str] = "reaction.removed"
    message: int
    kind: str


class RoomStateSet(Fact, frozen=True):
    name: ClassVar[str] = "room.state_set"
    state: str


class RoomOpened(Fact, frozen=True):
    """A new room; a fact of the cohort's stream."""

    name: ClassVar[str] = "room.opened"
    room: RoomCard


class RoomListed(Fact, frozen=True):
    """A room's entry in the cohort's list changed; a fact of the cohort's stream."""

    name: ClassVar[str] = "room.listed"
    room: RoomCard


class RoomCard(msgspec.Struct, frozen=True):
    id: int
    name: str
    title: str
    language: str
    kind: str
    state: str


class PersonCard(msgspec.Struct, frozen=True):
    id: int
    name: str
    country: str
    institution: str
    role: str
    language: str
    picture: str | None = None


class Removal(msgspec.Struct, frozen=True):
    by: int
    at: datetime
    reason: str


class MessageCard(msgspec.Struct, frozen=True):
    """A message as a client holds it. `quote` is the first words of the thread's root, for a reply."""

    seq: int
    by: int
    at: datetime
    text: str
    lang: str
    doc: type_of_doc | None
    root: int | None
    quote: Quote | None
    mentions: list[int]
    files: list[FileCard]
    reactions: dict[str, list[int]]
    """kind → ids of persons, in the order in which they reacted"""
    edited_at: datetime | None
    removed: Removal | None
    pinned: bool
    replies: int
    last_reply_at: datetime | None


class Quote(msgspec.Struct, frozen=True):
    """`excerpt` is null when the quoted message was removed."""

    by: int
    excerpt: str | None


class Rights(msgspec.Struct, frozen=True):
    """What the person may do here; `why_not_post` is in their language, null when they may."""

    post: bool
    moderate: bool
    why_not_post: str | None = None


class RoomStateCard(msgspec.Struct, frozen=True):
    """The fresh state of a room for one person: the newest messages, oldest first."""

    room: RoomCard
    messages: list[MessageCard]
    has_earlier: bool
    pinned: list[MessageCard]
    people: dict[str, PersonCard]
    read: int
    """The person's read marker: the seq up to which they have seen the room."""
    me: int
    rights: Rights
