"""What commands of the streams `reporting` and `report` say. `base`: see `challenges.plans.shapes`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from challenges.plans.shapes import Data, Key, Revision, Text

Name = Annotated[str, Meta(max_length=400)]


class AddPeriod(Data, frozen=True):
    """`period.add` → `PeriodAdded`, by the school. The same name and days again are the same period."""

    name: Name
    starts: date
    ends: date


class PeriodAdded(msgspec.Struct, frozen=True):
    period: int


class OnePeriod(Data, frozen=True):
    """`period.remove`, as long as nobody reported."""

    period: Key


class ClosePeriod(OnePeriod, frozen=True):
    """`period.close`: readings and reports of it stay as they are. One that still runs needs a reason."""

    why: Text = ""


class ReopenPeriod(Data, frozen=True):
    """`period.reopen`."""

    period: Key
    why: Text


class BeginReport(Data, frozen=True):
    """`report.begin` → `ReportBegun`. The one that is there already, if any."""

    period: Key
    voice: Literal["own", "shadow"]


class ReportBegun(msgspec.Struct, frozen=True):
    report: int


class NewDecision(Data, frozen=True):
    """`owner`: somebody with a seat in the cohort, or null."""

    text: Text
    owner: Key | None = None
    due: date | None = None


class HoldStocktake(Data, frozen=True):
    """`stocktake.hold` → `Held`. Freezes the plan as it stands now."""

    note: Text = ""
    decisions: Annotated[list[NewDecision], Meta(max_length=30)] = []


class Held(msgspec.Struct, frozen=True):
    stocktake: int


class AddDecision(NewDecision, frozen=True, kw_only=True):
    """`decision.add` → `Decided`."""

    stocktake: Key


class Decided(msgspec.Struct, frozen=True):
    decision: int


class TickDecision(Data, frozen=True):
    """`decision.tick`: done, or open again. By its owner, the plan's leads and the school."""

    decision: Key
    is_done: bool


class ChangeReport(Data, frozen=True):
    """`report.change` → `plans.shapes.Changed`."""

    field: Literal["text", "confidence"]
    value: Text
    base: Revision


class ChangeEntry(Data, frozen=True):
    """`entry.change` → `plans.shapes.Changed`."""

    item: Key
    field: Literal["progress", "confidence", "evidence", "challenges"]
    value: Text
    base: Revision


class Nothing(Data, frozen=True):
    """`report.withdraw`; `entries.add`: what came into the plan since."""


class SubmitReport(Data, frozen=True):
    """`report.submit`. `why`: needed before the last day of the period, and kept.

    Refused as `invalid` with what is missing in `fields`: {"text", "confidence", "item:<id>" or "why": words}.
    """

    why: Text = ""


class ApproveReport(Data, frozen=True):
    """`report.approve`. `submitted_at`, as the report has it, says which version was read; `why` is needed before
    the last day of the period, and kept."""

    submitted_at: datetime
    why: Text = ""


class ReturnReport(Data, frozen=True):
    """`report.return`. `submitted_at` as in `ApproveReport`."""

    submitted_at: datetime
    why: Text
