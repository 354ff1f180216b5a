"""A plan as one document: what leaves Synergy as JSON and what any import is brought into first.

docs/plan-format.md describes it for others and is tested against these structs. Rows call each other by a
`key` of the document alone, such as `item-12` or `person-3`; numbers with decimals are texts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from challenges.plans.events import MomentCard, OddityCard

FORMAT = "synergy-plan"
VERSION = 1


class PersonData(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is named. Found again by the e-mail."""

    key: str
    name: str
    email: str = ""


class ItemData(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the tree, parents before children, in order. Days are ISO dates; `trajectory` is
    [[day, number], …]."""

    key: str
    kind: str
    parent: str | None = None
    number: str = ""
    title: str = ""
    description: str = ""
    owner: str | None = None
    owner_wording: str = ""
    contributors: list[str] = []
    contributors_wording: str = ""
    start: MomentCard | None = None
    due: MomentCard | None = None
    progress: str = "not_started"
    progress_by: str | None = None
    progress_at: datetime | None = None
    confidence: str = ""
    confidence_why: str = ""
    unit: str = ""
    direction: str = ""
    baseline: str | None = None
    baseline_on: date | None = None
    target: str | None = None
    lowest: str | None = None
    highest: str | None = None
    trajectory: list[tuple[date, str]] = []
    data_source: str = ""
    oddities: list[OddityCard] = []
    extra: dict[str, str] = {}
    source: str = ""
    recommendation: str = ""
    """The advice of peers that it carries out, with its number."""
    removed_at: datetime | None = None


class ReadingData(msgspec.Struct, frozen=True, kw_only=True):
    item: str
    on: date
    value: str
    note: str = ""
    by: str
    at: datetime
    corrected_by: str | None = None
    corrected_at: datetime | None = None


class UpdateData(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reported on an item."""

    item: str
    progress: str
    confidence: str = ""
    why: str = ""
    by: str
    at: datetime


class EvidenceData(msgspec.Struct, frozen=True, kw_only=True):
    """A link, or what is known of a file; its content is not part of the document."""

    items: list[str]
    title: str
    url: str = ""
    content_type: str = ""
    size: int | None = None
    sha256: str = ""
    by: str
    at: datetime
    link_state: str = "unchecked"
    checked_at: datetime | None = None


class RequestData(msgspec.Struct, frozen=True, kw_only=True):
    """A wish to change what was agreed. `before` and `after` are a text, a moment or null, by the field."""

    item: str
    field: str
    before: Any = None
    after: Any = None
    why: str
    by: str
    at: datetime
    state: str = "open"
    answered_by: str | None = None
    answered_at: datetime | None = None
    answer_why: str = ""


class EntryData(msgspec.Struct, frozen=True, kw_only=True):
    item: str
    progress: str = ""
    confidence: str = ""
    evidence: str = ""
    challenges: str = ""
    extra: dict[str, str] = {}


class ReportData(msgspec.Struct, frozen=True, kw_only=True):
    """`period` is the name of one of `periods`. Who signed stays out for who only reads the plan."""

    period: str
    voice: str
    state: str = "draft"
    text: str = ""
    confidence: str = ""
    created_by: str | None = None
    created_at: datetime
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    returned_why: str = ""
    entries: list[EntryData] = []


class PeriodData(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    starts: date
    ends: date
    closed_by: str | None = None
    closed_at: datetime | None = None


class DecisionData(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    owner: str | None = None
    due: date | None = None
    done_at: datetime | None = None


class SnapshotData(msgspec.Struct, frozen=True, kw_only=True):
    """The plan as it stood."""

    title: str
    summary: str
    starts: date | None = None
    ends: date | None = None
    owner: str | None = None
    items: list[ItemData] = []
    readings: list[ReadingData] = []


class BaselineData(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    approved_by: str
    at: datetime
    snapshot: SnapshotData


class ReviewData(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    note: str = ""
    by: str
    at: datetime
    snapshot: SnapshotData
    decisions: list[DecisionData] = []


class StepData(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the plan's state."""

    from_state: str
    to_state: str
    by: str
    at: datetime
    why: str = ""


class PlanData(msgspec.Struct, frozen=True, kw_only=True):
    """`institution` and `country` say whose plan it was; an import makes it the importer's."""

    title: str
    summary: str = ""
    language: str = "en"
    state: str = "draft"
    audience: str = "institution"
    starts: date | None = None
    ends: date | None = None
    time_zone: str = "Europe/Warsaw"
    institution: str = ""
    country: str = ""
    owner: str | None = None
    consultant: str | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    source: str = ""


class PlanDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a plan but the contents of its files and what is talked about it in rooms."""

    format: Literal["synergy-plan"] = "synergy-plan"
    version: Literal[1] = 1
    plan: PlanData
    people: list[PersonData] = []
    items: list[ItemData] = []
    readings: list[ReadingData] = []
    updates: list[UpdateData] = []
    evidence: list[EvidenceData] = []
    requests: list[RequestData] = []
    periods: list[PeriodData] = []
    reports: list[ReportData] = []
    reviews: list[ReviewData] = []
    baselines: list[BaselineData] = []
    steps: list[StepData] = []
