"""What commands of a plan say. The table itself is in `commands`.

`base` is the revision of the field that one has seen,
0 when it was never changed; a `conflict` has `present` {"value", "revision", "by"}.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Key = Annotated[int, Meta(ge=1, lt=2**53)]
Revision = Annotated[int, Meta(ge=0, lt=2**31)]
Number = Annotated[str, Meta(max_length=60)]
"""As somebody types it: "17.8", "17,8", "4 083". Read by `plans.numbers`."""
Text = Annotated[str, Meta(max_length=80_000)]
"""Longer than a text may be, so that one that is a little too long gets an answer that says so."""

PlanField = Literal["title", "summary", "language", "audience", "owner", "starts", "ends", "time_zone"]
ItemField = Literal[
    "title",
    "description",
    "number",
    "owner",
    "owner_wording",
    "contributors",
    "contributors_wording",
    "start",
    "due",
    "unit",
    "direction",
    "baseline",
    "baseline_on",
    "target",
    "lowest",
    "highest",
    "trajectory",
    "data_source",
]
KindName = Literal["objective", "milestone", "deliverable", "action", "indicator", "risk", "assumption"]
ProgressName = Literal["not_started", "limited", "substantial", "complete"]
ConfidenceName = Literal["", "highly_likely", "probable", "uncertain", "in_doubt", "not_achievable"]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a command says."""


class ChangePlan(Data, frozen=True):
    """`plan.change`. `value`: a text; of `owner` a person's id or null; of `starts` and `ends` an ISO date or null.

    Who may name an owner: co-ordinators, the owner, facilitators and organisers.
    """

    field: PlanField
    value: Any
    base: Revision


class Consult(Data, frozen=True):
    """`plan.consult`, by facilitators and organisers. Somebody with a seat in the cohort, or null for nobody."""

    consultant: Key | None


class ProposePlan(Data, frozen=True):
    """`plan.propose`. Refused as `invalid` with what is missing in `fields`: {plan's field or "item:<id>": words}."""


class WithdrawPlan(Data, frozen=True):
    """`plan.withdraw`: a draft again, as long as nobody has answered."""


class ApprovePlan(Data, frozen=True):
    """`plan.approve`: freezes the baseline.

    `step`: the last of the plan's `steps` that one has seen. If it was withdrawn and proposed again since then,
    that is a `conflict` with `present` {"state", "step"}.
    """

    step: Key


class ReturnPlan(ApprovePlan, frozen=True):
    """`plan.return`, with questions about the proposal of this `step`, as in `ApprovePlan`."""

    why: Text


class WithWhy(Data, frozen=True):
    """`plan.stop` (needed) and `plan.finish` (may be empty)."""

    why: Text


class HandOver(Data, frozen=True):
    """`plan.hand_over`: all that `owner` is accountable for in the plan goes to another one of the institution."""

    owner: Key
    to: Key


class AddItem(Data, frozen=True):
    """`item.add` → `ItemAdded`. It stands last under `parent`; without a `number` it gets the next one."""

    kind: KindName
    title: Text
    parent: Key | None = None
    number: Annotated[str, Meta(max_length=60)] = ""
    due: Annotated[str, Meta(max_length=400)] = ""


class ItemAdded(msgspec.Struct, frozen=True):
    item: int
    number: str


class ChangeItem(Data, frozen=True):
    """`item.change` → `Changed`.

    `value`: a text; of `start` and `due` the wording of a date; of `owner` a person's id or null; of
    `contributors` ids; of numbers a text, empty for none; of `baseline_on` an ISO date or null; of
    `trajectory` [[ISO date, number], …].
    """

    item: Key
    field: ItemField
    value: Any
    base: Revision


class Changed(msgspec.Struct, frozen=True):
    """The revision of the field now, and its value as it is kept (as in the cards)."""

    revision: int
    value: Any


class MoveItem(Data, frozen=True):
    """`item.move`: under `parent`, to the place `position` (0 first) among its children. Numbers stay."""

    item: Key
    parent: Key | None
    position: Annotated[int, Meta(ge=0, lt=100_000)]


class RemoveItem(Data, frozen=True):
    """`item.remove`, with what stands under it, and `item.restore`, with what was removed at the same time."""

    item: Key


class ReportItem(Data, frozen=True):
    """`item.report`. `why` is needed with a confidence; `complete` is refused as long as nothing proves it."""

    item: Key
    progress: ProgressName
    confidence: ConfidenceName = ""
    why: Text = ""


class OpenItemRoom(Data, frozen=True):
    """`item.open_room` → `Opened`. The one that is there already, if any."""

    item: Key


class Opened(msgspec.Struct, frozen=True):
    room: int


class AddReading(Data, frozen=True):
    """`reading.add` → `ReadingAdded`. The value may name its unit, which must be the indicator's."""

    item: Key
    on: date
    value: Number
    note: Annotated[str, Meta(max_length=2_000)] = ""


class ReadingAdded(msgspec.Struct, frozen=True):
    reading: int


class CorrectReading(Data, frozen=True):
    """`reading.correct`. `was`: the value that one has seen; a `conflict` if somebody corrected it since."""

    reading: Key
    value: Number
    was: Number
    why: Text
    note: Annotated[str, Meta(max_length=2_000)] | UnsetType = UNSET


class RemoveReading(Data, frozen=True):
    """`reading.remove`."""

    reading: Key
    why: Text


class AskForChange(Data, frozen=True):
    """`request.ask` → `Asked`. `value`: as in `ChangeItem`; of `removed` null."""

    item: Key
    field: Literal["title", "start", "due", "target", "removed"]
    value: Any
    why: Text


class Asked(msgspec.Struct, frozen=True):
    request: int


class AnswerChangeRequest(Data, frozen=True):
    """`request.answer`, by the school. `why` is needed to decline. A `conflict` if it was answered or withdrawn."""

    request: Key
    accept: bool
    why: Text = ""


class WithdrawRequest(Data, frozen=True):
    """`request.withdraw`, by who asked or a lead."""

    request: Key


class LinkEvidence(Data, frozen=True):
    """`evidence.link` → `Proven`. An http(s) address; one that the plan has already gets these items, too."""

    items: Annotated[list[Key], Meta(min_length=1, max_length=200)]
    title: Text
    url: Text


class Proven(msgspec.Struct, frozen=True):
    evidence: int


class AssignEvidence(Data, frozen=True):
    """`evidence.assign`: all items that it proves; those that are not named are taken off."""

    evidence: Key
    items: Annotated[list[Key], Meta(max_length=200)]


class RemoveEvidence(Data, frozen=True):
    """`evidence.remove`, for good. Refused when it is all that proves something complete."""

    evidence: Key
