"""What a book of proceedings holds. Plain values: whoever draws it needs no database.

Codes stay codes and moments stay moments; they become words in the reader's language when they are
drawn. What people wrote is `Words` or `Prose`, with the language that it is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from rooms.richtext import parse_rich_text
from sessions.openspace.texts import Words

SCHEMA = "synergy.proceedings"
VERSION = 1
"""Counts up when a field of the JSON changes its meaning or goes."""


class Standing(StrEnum):
    """How far the report on a topic is."""

    CONFIRMED = "confirmed"
    DRAFT = "draft"
    MISSING = "missing"
    TO_COME = "to_come"
    """Its round is not over."""


class Fate(StrEnum):
    """Why a topic has no report."""

    DID_NOT_HAPPEN = "did_not_happen"
    NOT_PLACED = "not_placed"
    WAITING = "waiting"
    """Not placed, and the wall is still open."""
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Prose:
    """A longer text, in Markdown."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def doc(self) -> list[Any]:
        """The text as blocks of `rooms.richtext`; a plain one as paragraphs between its empty lines."""
        doc = parse_rich_text(self.text).doc
        return doc if doc is not None else [_paragraph(part) for part in _parts(self.text)]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _paragraph(text: str) -> list[Any]:
    first, *others = text.split("\n")
    return ["p", first, *(node for line in others for node in (["br"], line))]


@dataclass(frozen=True)
class Member:
    """Somebody of the cohort, with the seat that they have or had there."""

    id: int
    name: str
    country: str
    institution: str
    role: str
    language: str
    """In which the name is written; "" when nobody knows."""


@dataclass(frozen=True)
class Time:
    """A slot, at the time when it was held, else as planned. `number` counts the rounds; a break has none."""

    number: int | None
    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Place:
    time: Time
    space: str


@dataclass(frozen=True)
class NextStep:
    what: Words
    who: str
    when: date | None


@dataclass(frozen=True)
class TopicLine:
    number: int
    title: Words


@dataclass(frozen=True)
class Report:
    """One topic that stands on the wall, and what is written on it. Empty where the report is missing."""

    number: int
    title: Words
    why: Words
    convener: Member | None
    co_conveners: list[Member]
    places: list[Place]
    standing: Standing
    summary: Prose
    recommendations: Prose
    resources: Prose
    requests: Prose
    next_steps: list[NextStep]
    in_the_room: list[Member]
    merged: list[TopicLine]
    """Topics that became part of this one."""

    @property
    def is_written(self) -> bool:
        return self.standing in (Standing.CONFIRMED, Standing.DRAFT)


@dataclass(frozen=True)
class OtherTopic:
    number: int
    title: Words
    convener: Member | None
    fate: Fate
    into: int | None
    """The number of the topic that it became part of."""


@dataclass(frozen=True)
class WallRow:
    time: Time
    cells: list[list[TopicLine]]
    """One list of topics for each space of the wall."""


@dataclass(frozen=True)
class Wall:
    """`rows` in the order of time; breaks have no cells."""

    spaces: list[str]
    rows: list[WallRow]

    @property
    def is_empty(self) -> bool:
        return not any(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class ActionLine:
    what: Words
    convener: Member | None
    first_step: Words
    due: date | None
    topic: TopicLine | None


@dataclass(frozen=True)
class VoteLine:
    topic: TopicLine
    points: int


@dataclass(frozen=True)
class Votes:
    """The closed vote; `lines` with the most points first."""

    voters: int
    points_each: int
    lines: list[VoteLine]


@dataclass(frozen=True)
class ClosingLine:
    member: Member | None
    word: str


@dataclass(frozen=True)
class InstitutionGroup:
    name: str
    members: list[Member]


@dataclass(frozen=True)
class CountryGroup:
    country: str
    institutions: list[InstitutionGroup]

    @property
    def size(self) -> int:
        return sum(len(group.members) for group in self.institutions)


@dataclass(frozen=True)
class Numbers:
    people: int
    """Who left a trace: were in a space, proposed, marked, took something on or said a word."""
    topics: int
    """On the wall, without those that did not take place."""
    reports: int
    missing: int


@dataclass(frozen=True)
class Book:
    """`is_final` once the gathering is closed: until then reports may still come and change."""

    language: str
    zone: str
    is_final: bool
    theme: Words
    givens: Words
    sponsor: str
    programme: str
    edition: int
    session: int
    session_title: str
    mode: str
    on: date
    numbers: Numbers
    wall: Wall
    reports: list[Report]
    """In the order of the wall: time, space, number."""
    other_topics: list[OtherTopic]
    actions: list[ActionLine]
    votes: Votes | None
    """None until the vote is closed."""
    closing_words: list[ClosingLine]
    participants: list[CountryGroup]

    @property
    def missing(self) -> list[Report]:
        return [report for report in self.reports if report.standing == Standing.MISSING]

    @property
    def to_come(self) -> list[Report]:
        return [report for report in self.reports if report.standing == Standing.TO_COME]
