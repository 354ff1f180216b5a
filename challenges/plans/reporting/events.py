"""The facts of the streams `reporting` (of one plan) and `report` (of one report), and their states."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from rooms.events import PersonCard
from synergy.journal.facts import Fact


class PeriodCard(msgspec.Struct, frozen=True):
    """Both days included."""

    id: int
    name: str
    starts: date
    ends: date
    closed_at: datetime | None
    closed_by: int | None


class ReportLine(msgspec.Struct, frozen=True):
    """A report as the list of reports has it. `voice`: own | shadow; `state`: draft | submitted | returned | approved."""

    id: int
    period: int
    voice: str
    state: str
    submitted_at: datetime | None
    submitted_by: int | None
    approved_at: datetime | None
    approved_by: int | None
    returned_why: str


class DecisionCard(msgspec.Struct, frozen=True):
    id: int
    text: str
    owner: int | None
    due: date | None
    done_at: datetime | None


class StocktakeCard(msgspec.Struct, frozen=True):
    """What it froze is read from its page."""

    id: int
    on: date
    note: str
    by: int
    at: datetime
    decisions: list[DecisionCard]


class ReportingCard(msgspec.Struct, frozen=True):
    """The fresh state of `reporting:<plan>`."""

    id: int
    periods: list[PeriodCard]
    reports: list[ReportLine]
    stocktakes: list[StocktakeCard]
    people: dict[str, PersonCard]
    me: int


class PeriodsAdded(Fact, frozen=True):
    """Appends to `periods`."""

    name: ClassVar[str] = "periods.added"
    periods: list[PeriodCard]


class PeriodSet(Fact, frozen=True):
    """Puts the period where the one with its id stood: closed, or open again (`why`)."""

    name: ClassVar[str] = "period.set"
    period: PeriodCard
    why: str


class PeriodRemoved(Fact, frozen=True):
    name: ClassVar[str] = "period.removed"
    period: int


class ReportSet(Fact, frozen=True):
    """Puts the report where the one with its id stood, or appends it."""

    name: ClassVar[str] = "report.set"
    report: ReportLine


class StocktakeHeld(Fact, frozen=True):
    """Appends to `stocktakes`."""

    name: ClassVar[str] = "stocktake.held"
    stocktake: StocktakeCard


class DecisionSet(Fact, frozen=True):
    """Puts the decision where the one with its id stood in its stocktake, or appends it."""

    name: ClassVar[str] = "decision.set"
    stocktake: int
    decision: DecisionCard


class EntryCard(msgspec.Struct, frozen=True):
    """What the report says of one item. Empty `progress` and `confidence`: not judged."""

    item: int
    progress: str
    confidence: str
    evidence: str
    challenges: str
    revisions: dict[str, int]
    editors: dict[str, int]


class ReportCard(msgspec.Struct, frozen=True):
    """The fresh state of `report:<pk>`. `may_write` is the viewer's and no part of the log."""

    id: int
    plan: int
    voice: str
    language: str
    period: str
    state: str
    text: str
    confidence: str
    entries: list[EntryCard]
    revisions: dict[str, int]
    editors: dict[str, int]
    changed_at: datetime
    submitted_at: datetime | None
    submitted_by: int | None
    approved_at: datetime | None
    approved_by: int | None
    returned_why: str
    may_write: bool
    people: dict[str, PersonCard]
    me: int


class ReportChanged(Fact, frozen=True):
    """Sets `text` or `confidence`, its revision and its editor (`by`)."""

    name: ClassVar[str] = "report.changed"
    field: str
    value: str
    revision: int


class EntryChanged(Fact, frozen=True):
    """Sets one field of the entry of an item, its revision and its editor (`by`)."""

    name: ClassVar[str] = "entry.changed"
    item: int
    field: str
    value: str
    revision: int


class EntriesAdded(Fact, frozen=True):
    """Appends to `entries`: what came into the plan since the report was begun."""

    name: ClassVar[str] = "entries.added"
    entries: list[EntryCard]


class ReportMoved(Fact, frozen=True):
    """Sets the state and who took it there. `remark`: why it was before the end of the period; not in the card."""

    name: ClassVar[str] = "report.moved"
    state: str
    submitted_at: datetime | None
    submitted_by: int | None
    approved_at: datetime | None
    approved_by: int | None
    returned_why: str
    remark: str = ""
