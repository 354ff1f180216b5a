"""What the state of a plan's stream is made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from rooms.events import PersonCard


class MomentCard(msgspec.Struct, frozen=True):
    """A date as it was written, and the days that it means, both included.

    `precision`: day | month | quarter | half | season | year | open; empty, and no days, when the wording is not
    understood. `open` has no `until`.
    """

    wording: str
    since: date | None
    until: date | None
    precision: str


class OddityCard(msgspec.Struct, frozen=True):
    """What a reader should know is odd. `words.oddity` says it in the reader's language."""

    code: str
    values: dict[str, str]


class ItemCard(msgspec.Struct, frozen=True):
    """One row of the tree, in `PlanCard.items` in no order: `parent` and `position` say where it stands.

    `start` and `due` are null when nothing was written. From `unit` on, fields of indicators alone.
    """

    id: int
    kind: str
    parent: int | None
    number: str
    position: int
    title: str
    description: str
    owner: int | None
    owner_wording: str
    contributors: list[int]
    contributors_wording: str
    start: MomentCard | None
    due: MomentCard | None
    progress: str
    confidence: str
    confidence_why: str
    progress_by: int | None
    progress_at: datetime | None
    recommendation: int | None
    room: int | None
    oddities: list[OddityCard]
    removed_at: datetime | None
    revisions: dict[str, int]
    editors: dict[str, int]
    unit: str
    direction: str
    baseline: str | None
    baseline_on: date | None
    target: str | None
    lowest: str | None
    highest: str | None
    trajectory: list[tuple[date, str]]
    data_source: str


class ReadingCard(msgspec.Struct, frozen=True):
    id: int
    item: int
    on: date
    value: str
    note: str
    by: int
    at: datetime
    corrected_by: int | None
    corrected_at: datetime | None


class RequestCard(msgspec.Struct, frozen=True):
    """`before` and `after` are values of the item's `field`: a text, a `MomentCard`, a number as text.

    `state`: open | accepted | declined | withdrawn.
    """

    id: int
    item: int
    field: str
    before: Any
    after: Any
    why: str
    by: int
    at: datetime
    state: str
    answered_by: int | None
    answered_at: datetime | None
    answer_why: str


class EvidenceCard(msgspec.Struct, frozen=True):
    """A link has a `url`; a file has a size in bytes and is read at the address `plans:file`.

    `link_state`: unchecked | alive | dead.
    """

    id: int
    items: list[int]
    title: str
    url: str
    content_type: str
    size: int | None
    sha256: str
    by: int
    at: datetime
    link_state: str
    checked_at: datetime | None


class PlanStepCard(msgspec.Struct, frozen=True):
    id: int
    from_state: str
    to_state: str
    by: int
    at: datetime
    why: str


class AgreedCard(msgspec.Struct, frozen=True):
    """What an approved plan says of an item."""

    title: str
    start: MomentCard | None
    due: MomentCard | None
    target: str | None


class BaselineCard(msgspec.Struct, frozen=True):
    """The newest approved plan. `items`: {item id as text: what was agreed}."""

    number: int
    approved_by: int
    at: datetime
    items: dict[str, AgreedCard]


class PlanSnapshot(msgspec.Struct, frozen=True):
    """What `Baseline.snapshot` and `Review.snapshot` hold: the whole of the plan on a day."""

    title: str
    summary: str
    starts: date | None
    ends: date | None
    owner: int | None
    items: list[ItemCard]
    readings: list[ReadingCard]


class Doors(msgspec.Struct, frozen=True):
    """The commands that the plan's state leaves open, by who one is. A command counts if any of one's lists has it.

    `member`: participants of the institution; `lead`: its co-ordinators and the plan's owner; `school`:
    facilitators and organisers.
    """

    member: list[str]
    lead: list[str]
    school: list[str]


class Rights(msgspec.Struct, frozen=True):
    """Who the viewer is here. The plan's owner is also a `lead`; who owns an item may report on it."""

    member: bool
    coordinator: bool
    school: bool
    consultant: bool
    talk: bool
    """Whether they may take part in rooms of items, and have one opened (`item.open_room`), in every state."""


class PlanCard(msgspec.Struct, frozen=True):
    """The fresh state of a plan's stream.

    `items` holds removed ones, too (`removed_at`). A fact with `by` sets `changed_at` to its `at`.
    """

    id: int
    cohort: int
    institution: int
    institution_name: str
    country: str
    title: str
    summary: str
    language: str
    state: str
    audience: str
    owner: int | None
    consultant: int | None
    challenge: int | None
    topic: int | None
    starts: date | None
    ends: date | None
    time_zone: str
    steps: list[PlanStepCard]
    items: list[ItemCard]
    readings: list[ReadingCard]
    requests: list[RequestCard]
    evidence: list[EvidenceCard]
    baseline: BaselineCard | None
    revisions: dict[str, int]
    editors: dict[str, int]
    created_by: int
    created_at: datetime
    changed_at: datetime
    approved_at: datetime | None
    open: Doors
    rights: Rights
    people: dict[str, PersonCard]
    """To people of the cohort everybody there; to others of the programme those who are named."""
    me: int
