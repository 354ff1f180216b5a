"""What the log of a plan says."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from challenges.plans.events.cards import (
    BaselineCard,
    Doors,
    EvidenceCard,
    ItemCard,
    OddityCard,
    PlanStepCard,
    ReadingCard,
    RequestCard,
)
from synergy.journal.facts import Fact


class PlanChanged(Fact, frozen=True):
    """Sets one field of the plan (a key of `PlanCard`), its revision and its editor (`by`)."""

    name: ClassVar[str] = "plan.changed"
    field: str
    value: Any
    revision: int


class PlanMoved(Fact, frozen=True):
    """Sets `state`, `approved_at` and `open`, and appends `step` to `steps`.

    `baseline` replaces the plan's unless it is null.
    """

    name: ClassVar[str] = "plan.moved"
    state: str
    approved_at: datetime | None
    open: Doors
    step: PlanStepCard
    baseline: BaselineCard | None


class ItemsAdded(Fact, frozen=True):
    """Appends to `items`."""

    name: ClassVar[str] = "items.added"
    items: list[ItemCard]


class ItemChanged(Fact, frozen=True):
    """Sets one field of an item (a key of `ItemCard`), its revision, its editor (`by`) and its oddities."""

    name: ClassVar[str] = "item.changed"
    item: int
    field: str
    value: Any
    revision: int
    oddities: list[OddityCard]


class Place(msgspec.Struct, frozen=True):
    item: int
    parent: int | None
    position: int


class ItemsPlaced(Fact, frozen=True):
    """Sets `parent` and `position` of these items."""

    name: ClassVar[str] = "items.placed"
    places: list[Place]


class ItemsRemoved(Fact, frozen=True):
    """Sets `removed_at` of these items; null when they are back."""

    name: ClassVar[str] = "items.removed"
    items: list[int]
    removed_at: datetime | None


class ItemsErased(Fact, frozen=True):
    """Takes the items out of `items` for good: the import that brought them is undone."""

    name: ClassVar[str] = "items.erased"
    items: list[int]


class ItemReported(Fact, frozen=True):
    """Sets progress, confidence, its reason, `progress_by` (`by`) and `progress_at` (`at`) of an item."""

    name: ClassVar[str] = "item.reported"
    item: int
    progress: str
    confidence: str
    why: str


class ItemOpened(Fact, frozen=True):
    """Sets `room` of an item."""

    name: ClassVar[str] = "item.opened"
    item: int
    room: int


class ReadingSet(Fact, frozen=True):
    """Puts the reading where the one with its id stood, or appends it. `was` is the value of a corrected one."""

    name: ClassVar[str] = "reading.set"
    reading: ReadingCard
    was: str | None
    why: str


class ReadingRemoved(Fact, frozen=True):
    """Takes the reading out of `readings`."""

    name: ClassVar[str] = "reading.removed"
    reading: int
    was: str
    why: str


class RequestSet(Fact, frozen=True):
    """Puts the change request where the one with its id stood, or appends it."""

    name: ClassVar[str] = "request.set"
    request: RequestCard


class EvidenceSet(Fact, frozen=True):
    """Puts the evidence where the one with its id stood, or appends it. Without `by`: a check found the link changed.

    A check that finds it as it was moves `checked_at` in the state, and is not told.
    """

    name: ClassVar[str] = "evidence.set"
    evidence: EvidenceCard


class EvidenceRemoved(Fact, frozen=True):
    """Takes the evidence out of `evidence`."""

    name: ClassVar[str] = "evidence.removed"
    evidence: int
