"""The facts of the streams `mix` and `groups`, and the cards that their states are made of.

# Note [Two streams for one mix]

Whoever may follow a stream may read its log from the start. What was tried before publishing, and who is
kept out of which group, is for those who make the groups; so that stands in the stream `mix`, and what
everybody may know in the stream `groups`, whose log begins with publishing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from rooms.events import PersonCard
from synergy.journal.facts import Fact

Values = dict[str, int | str]


class ReasonCard(msgspec.Struct, frozen=True):
    """Why somebody is in their group, as a code; `challenges.groups.words` says it in words."""

    code: str
    values: Values


class ShortfallCard(msgspec.Struct, frozen=True):
    """A wish that is not met and why, as codes; in all groups when `group` is null."""

    wish: str
    why: str
    group: int | None
    people: list[int]
    values: Values


class MixCard(msgspec.Struct, frozen=True):
    id: int
    session: int
    on: date
    seed: int
    state: str
    away: list[int]
    is_changed_by_hand: bool
    published_at: datetime | None


class ProposedGroupCard(msgspec.Struct, frozen=True):
    """A group as those see it who make it."""

    id: int
    number: int
    challenge: int
    title: str
    language: str
    institution: str
    country: str
    wished_size: int | None
    room: int | None
    kept_out: list[int]


class MemberCard(msgspec.Struct, frozen=True):
    """`id` is the person's: each has one place."""

    id: int
    group: int
    is_locked: bool
    reasons: list[ReasonCard]


class MixProposed(Fact, frozen=True):
    """Replaces the whole state."""

    name: ClassVar[str] = "mix.proposed"
    mix: MixCard
    groups: list[ProposedGroupCard]
    members: list[MemberCard]
    shortfalls: list[ShortfallCard]


class MixChanged(Fact, frozen=True):
    """Somebody was moved, locked, kept out or taken out by hand.

    Sets `mix` and `shortfalls`; puts each group and member in the place of the one with the same id, or
    appends it; takes out the members with the ids of `left`.
    """

    name: ClassVar[str] = "mix.changed"
    mix: MixCard
    groups: list[ProposedGroupCard]
    members: list[MemberCard]
    shortfalls: list[ShortfallCard]
    left: list[int]


class MixPublished(Fact, frozen=True):
    """Sets `mix` and `groups`, which have their rooms now."""

    name: ClassVar[str] = "mix.published"
    mix: MixCard
    groups: list[ProposedGroupCard]


class MixStateCard(msgspec.Struct, frozen=True):
    """The fresh state of `mix`."""

    mix: MixCard
    groups: list[ProposedGroupCard]
    members: list[MemberCard]
    shortfalls: list[ShortfallCard]
    participants: list[int]
    """Everybody who can be in a group; who is neither in one nor `away` waits for a place."""
    people: dict[str, PersonCard]
    me: int


class GroupCard(msgspec.Struct, frozen=True):
    """A published group. `title` is empty when the challenge is for its group alone."""

    id: int
    number: int
    challenge: int
    title: str
    language: str
    institution: str
    country: str
    room: int


class GroupPlaceCard(msgspec.Struct, frozen=True):
    """`id` is the person's."""

    id: int
    group: int
    reasons: list[ReasonCard]


class GroupsPublished(Fact, frozen=True):
    """Sets `published_at`, `groups` and `places`. Each group has its room."""

    name: ClassVar[str] = "groups.published"
    published_at: datetime
    groups: list[GroupCard]
    places: list[GroupPlaceCard]


class GroupsChanged(Fact, frozen=True):
    """Appends `groups`; puts each place where the one with the same id stood, or appends it; takes out those with the
    ids of `left`."""

    name: ClassVar[str] = "groups.changed"
    places: list[GroupPlaceCard]
    left: list[int]
    groups: list[GroupCard] = []


class GroupsStateCard(msgspec.Struct, frozen=True):
    """The fresh state of `groups`. Nothing but the day, as long as `published_at` is null."""

    mix: int
    session: int
    on: date
    published_at: datetime | None
    groups: list[GroupCard]
    places: list[GroupPlaceCard]
    people: dict[str, PersonCard]
    me: int
