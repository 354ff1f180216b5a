"""A plan as one document: what leaves Synergy as JSON and what any import is brought into first.

docs/plan-format.md describes it for others and is tested against these structs. Rows call each other by a
`key` of the document alone, such as `item-12` or `person-3`; numbers with decimals are texts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from challenges.plans.actions.held import WHY_LIMIT
from challenges.plans.actions.setting import ITEM_TEXT_LIMIT
from challenges.plans.actions.values import PATH_LIMIT
from challenges.plans.events import MomentCard, OddityCard
from challenges.plans.exchange.tables import COLUMN_LIMIT
from challenges.plans.numbers import DIGITS, PLACES, SIGNIFICANT
from challenges.plans.reporting.rules import ENTRY_LIMIT

FORMAT = "synergy-plan"
VERSION = 1
Number = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^-?(?=[0-9.]{{1,{SIGNIFICANT + 1}}}\Z)[0-9]{{1,{DIGITS}}}(?:\.[0-9]{{1,{PLACES}}})?\Z"
    ),
]
"""Such as "17.8": all digits are kept."""
Why = Annotated[str, msgspec.Meta(max_length=WHY_LIMIT)]
Told = Annotated[str, msgspec.Meta(max_length=ENTRY_LIMIT)]
EXTRA_LIMIT, HEADING_LIMIT = COLUMN_LIMIT + 2, 200
"""Most texts beside a row, those of its columns, of its source and of its recommendation; most characters of a name."""
Extra = Annotated[
    dict[Annotated[str, msgspec.Meta(max_length=HEADING_LIMIT)], str], msgspec.Meta(max_length=EXTRA_LIMIT)
]
"""{column of the source: text}, of what has no field here."""
Time = Annotated[datetime, msgspec.Meta(tz=True)]


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
    description: Annotated[str, msgspec.Meta(max_length=ITEM_TEXT_LIMIT)] = ""
    owner: str | None = None
    owner_wording: str = ""
    contributors: list[str] = []
    contributors_wording: str = ""
    start: MomentCard | None = None
    due: MomentCard | None = None
    progress: str = "not_started"
    progress_by: str | None = None
    progress_at: Time | None = None
    confidence: str = ""
    confidence_why: Why = ""
    unit: str = ""
    direction: str = ""
    baseline: Number | None = None
    baseline_on: date | None = None
    target: Number | None = None
    lowest: Number | None = None
    highest: Number | None = None
    trajectory: Annotated[list[tuple[date, Number]], msgspec.Meta(max_length=PATH_LIMIT)] = []
    data_source: str = ""
    oddities: list[OddityCard] = []
    extra: Extra = {}
    source: str = ""
    recommendation: str = ""
    """The advice of peers that it carries out, with its number."""
    removed_at: Time | None = None


class ReadingData(msgspec.Struct, frozen=True, kw_only=True):
    item: str
    on: date
    value: Number
    note: str = ""
    by: str
    at: Time
    corrected_by: str | None = None
    corrected_at: Time | None = None


class UpdateData(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reported on an item."""

    item: str
    progress: str
    confidence: str = ""
    why: Why = ""
    by: str
    at: Time


class EvidenceData(msgspec.Struct, frozen=True, kw_only=True):
    """A link, or what is known of a file; its content is not part of the document."""

    items: list[str]
    title: str
    url: str = ""
    content_type: str = ""
    size: int | None = None
    sha256: str = ""
    by: str
    at: Time
    link_state: str = "unchecked"
    checked_at: Time | None = None


class RequestData(msgspec.Struct, frozen=True, kw_only=True):
    """A wish to change what was agreed. `before` and `after` are a text, a moment or null, by the field."""

    item: str
    field: str
    before: Any = None
    after: Any = None
    why: Why
    by: str
    at: Time
    state: str = "open"
    answered_by: str | None = None
    answered_at: Time | None = None
    answer_why: Why = ""


class EntryData(msgspec.Struct, frozen=True, kw_only=True):
    item: str
    progress: str = ""
    confidence: str = ""
    evidence: Told = ""
    challenges: Told = ""
    extra: Extra = {}


class ReportData(msgspec.Struct, frozen=True, kw_only=True):
    """`period` is the name of one of `periods`. Who signed stays out for who only reads the plan."""

    period: str
    voice: str
    state: str = "draft"
    text: str = ""
    confidence: str = ""
    created_by: str | None = None
    created_at: Time
    submitted_by: str | None = None
    submitted_at: Time | None = None
    approved_by: str | None = None
    approved_at: Time | None = None
    returned_why: Why = ""
    entries: list[EntryData] = []


class PeriodData(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    starts: date
    ends: date
    closed_by: str | None = None
    closed_at: Time | None = None


class DecisionData(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    owner: str | None = None
    due: date | None = None
    done_at: Time | None = None


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
    at: Time
    snapshot: SnapshotData


class ReviewData(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    note: str = ""
    by: str
    at: Time
    snapshot: SnapshotData
    decisions: list[DecisionData] = []


class StepData(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the plan's state."""

    from_state: str
    to_state: str
    by: str
    at: Time
    why: Why = ""


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
    created_at: Time | None = None
    changed_at: Time | None = None
    approved_by: str | None = None
    approved_at: Time | None = None
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
