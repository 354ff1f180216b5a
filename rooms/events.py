"""The facts of a room's and a cohort's stream, and the cards that their states are made of.

Messages are known by `seq`, the number of their `message.posted`. A person is an id;
the name, country and institution are in `people` of the state, a directory that is no
part of the log: who meets an id that is not in it reads it again.

Each fact's docstring says what it does to a state. Facts about a message act on every
place where it stands: among `messages`, among `pinned`, and as `quote` of its replies.
A fact about a message that the state does not hold changes nothing, except that
`message.pinned` brings its card along.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from synergy.journal.facts import Fact

Doc = list[Any]


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
    """Adds a card without reactions, edit or pin. To its root, if any: `replies` + 1, `last_reply_at`.

    A reply is counted for good: removing it later does not change `replies`.
    """

    name: ClassVar[str] = "message.posted"
    text: str
    lang: str
    doc: Doc | None = None
    root: int | None = None
    mentions: list[int] = []
    files: list[FileCard] = []
    quote: Quote | None = None


class MessageEdited(Fact, frozen=True):
    """Replaces text, doc, lang and mentions, sets `edited_at`; `excerpt` goes into the quotes of its replies."""

    name: ClassVar[str] = "message.edited"
    message: int
    text: str
    lang: str
    doc: Doc | None = None
    mentions: list[int] = []
    excerpt: str = ""


class MessageRemoved(Fact, frozen=True):
    """Leaves a tombstone: seq, by, at, lang, root, quote and the counts of replies stay.

    Text becomes "", doc and edited_at null; mentions, files and reactions empty; it is pinned no
    longer, and the quotes of its replies have a null excerpt. Older facts that held its words are
    rewritten in the log, so they may arrive with an empty text or without card.
    """

    name: ClassVar[str] = "message.removed"
    message: int
    reason: str


class MessageLanguageSet(Fact, frozen=True):
    name: ClassVar[str] = "message.language_set"
    message: int
    lang: str


class MessagePinned(Fact, frozen=True):
    """Appends to `pinned`. `card` is the message as it was then, for who does not hold it; null once removed."""

    name: ClassVar[str] = "message.pinned"
    message: int
    card: MessageCard | None = None


class MessageUnpinned(Fact, frozen=True):
    name: ClassVar[str] = "message.unpinned"
    message: int


class ReactionAdded(Fact, frozen=True):
    """Appends the person to the ids of that kind; they are not among them yet."""

    name: ClassVar[str] = "reaction.added"
    message: int
    kind: str


class ReactionRemoved(Fact, frozen=True):
    """Takes the person out; a kind that nobody is left in has no entry."""

    name: ClassVar[str] = "reaction.removed"
    message: int
    kind: str


class HandRaised(Fact, frozen=True):
    """Appends the person to `hands`."""

    name: ClassVar[str] = "hand.raised"
    person: int


class HandLowered(Fact, frozen=True):
    """Takes the person out of `hands`."""

    name: ClassVar[str] = "hand.lowered"
    person: int


class PollOpened(Fact, frozen=True):
    """Appends a card without votes to `polls`, which keeps the newest `queries.POLLS`."""

    name: ClassVar[str] = "poll.opened"
    poll: int
    question: str
    options: list[str]
    multiple: bool


class PollVoted(Fact, frozen=True):
    """Somebody chose or changed their choice: sets counts and voters. `by` of the event is null.

    The choice itself is no part of the log: its own person has it from `done` and from a fresh state.
    """

    name: ClassVar[str] = "poll.voted"
    poll: int
    counts: list[int]
    voters: int


class PollClosed(Fact, frozen=True):
    """Sets `closed_at` and `closed_seq`, the number of this event."""

    name: ClassVar[str] = "poll.closed"
    poll: int


class RoomStateSet(Fact, frozen=True):
    """Sets `room.state`, and `rights` by it: `post` is `post_when_open` while open, unless one is quiet, and false
    otherwise."""

    name: ClassVar[str] = "room.state_set"
    state: str


class RoomRenamed(Fact, frozen=True):
    """Sets `room`."""

    name: ClassVar[str] = "room.renamed"
    room: RoomCard


class RoomOpened(Fact, frozen=True):
    """A new room; a fact of the cohort's stream."""

    name: ClassVar[str] = "room.opened"
    room: RoomCard


class RoomListed(Fact, frozen=True):
    """A room's entry in the cohort's list changed; a fact of the cohort's stream."""

    name: ClassVar[str] = "room.listed"
    room: RoomCard


class RoomsChanged(Fact, frozen=True):
    """Some room of members was opened, changed, or changed its members; a fact of the cohort's stream.

    It says no more: see the Note [Rooms that not everybody knows of]. Who hears it asks for their list again.
    """

    name: ClassVar[str] = "rooms.changed"


class MembersSet(Fact, frozen=True):
    """Who may come into this room of members now: everybody else counts as `past` here."""

    name: ClassVar[str] = "room.members_set"
    people: list[int]


class RoomCard(msgspec.Struct, frozen=True):
    id: int
    name: str
    title: str
    language: str
    kind: str
    state: str
    audience: str
    """cohort, or members: then only its members, their institution's team and moderators come in"""


class PersonCard(msgspec.Struct, frozen=True):
    id: int
    name: str
    country: str
    institution: str
    role: str
    language: str
    picture: str | None = None
    past: bool = False
    """They are here for what they wrote: their seat has ended, or they are not let into the room any more."""


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
    doc: Doc | None
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


class PollCard(msgspec.Struct, frozen=True):
    """A poll as a client holds it: `counts` go with `options`; `mine` holds the indexes that the person chose."""

    id: int
    by: int
    at: datetime
    question: str
    options: list[str]
    multiple: bool
    counts: list[int]
    voters: int
    mine: list[int]
    closed_at: datetime | None
    closed_seq: int | None
    """It stands among the messages by this number; null while it is open."""


class Quote(msgspec.Struct, frozen=True):
    """`excerpt` is null when the quoted message was removed."""

    by: int
    excerpt: str | None


class QuietCard(msgspec.Struct, frozen=True):
    """Who does not write for a while: see `rooms.quiet`. `kind`: listen | silence."""

    people: list[int]
    kind: str
    until: datetime | None
    """As it is planned; in the past it takes longer."""


class RoomQuieted(Fact, frozen=True):
    """Sets `rights.quiet`, and with it who may post."""

    name: ClassVar[str] = "room.quieted"
    quiet: QuietCard | None


class Rights(msgspec.Struct, frozen=True):
    """What the person may do here; `why_not_post` is in their language, null when they may."""

    post: bool
    moderate: bool
    why_not_post: str | None = None
    post_when_open: bool = True
    """False for observers, whatever the state of the room."""
    quiet: QuietCard | None = None


class RoomStateCard(msgspec.Struct, frozen=True):
    """The fresh state of a room for one person: the newest messages, oldest first.

    `pinned` stands in the order in which they were pinned.
    """

    room: RoomCard
    messages: list[MessageCard]
    has_earlier: bool
    pinned: list[MessageCard]
    hands: list[int]
    """ids of persons in the order in which they raised their hands"""
    polls: list[PollCard]
    """The newest, oldest first; the last one may be open."""
    people: dict[str, PersonCard]
    read: int
    """The person's read marker: the seq up to which they have seen the room."""
    me: int
    rights: Rights


class ListedRoom(RoomCard, frozen=True):
    """A room in the list of its cohort: the head of its stream, and how much is unread, counted to 100.

    `here` is left to the signal `activity`.
    """

    head: int
    unread: int
    here: int = 0


class CohortCard(msgspec.Struct, frozen=True):
    id: int
    name: str


class CohortStateCard(msgspec.Struct, frozen=True):
    """The fresh state of a cohort for one person: its rooms in their order, and its people."""

    cohort: CohortCard
    rooms: list[ListedRoom]
    people: dict[str, PersonCard]
    me: int
    moderate: bool


class MessagePage(msgspec.Struct, frozen=True):
    """A piece of a room's history, oldest first, as it was at `head`."""

    messages: list[MessageCard]
    has_earlier: bool
    has_later: bool
    head: int


class VersionCard(msgspec.Struct, frozen=True):
    """What a message said until it was edited."""

    text: str
    doc: Doc | None
    lang: str
    until: datetime


class VersionList(msgspec.Struct, frozen=True):
    """What a message said before its edits, oldest first."""

    versions: list[VersionCard]


class StateOfSignals(msgspec.Struct, frozen=True):
    """Of a stream that carries signals only."""


class RoomList(msgspec.Struct, frozen=True):
    rooms: list[ListedRoom]


class Directory(msgspec.Struct, frozen=True):
    """The people of a room by id, those who have left too."""

    people: dict[str, PersonCard]
