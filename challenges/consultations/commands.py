"""What the doors accept for a consultation: name → shape, rule, action.

Commands of the clock say the `phase` that one has seen, by its index: of two who press at once the second
gets a `conflict`, and `present` is {"state", "phase"} as they are now. Who may write what in which phase is
decided under the lock; a text that comes too late is refused as a `conflict` with the reason, so the client
keeps it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from challenges.consultations.events import EntryCard

Key = Annotated[int, Meta(ge=1, lt=2**53)]
Revision = Annotated[int, Meta(ge=0, lt=2**31)]
Index = Annotated[int, Meta(ge=0, lt=100)]
Text = Annotated[str, Meta(max_length=16_000)]
"""Longer than a text may be (4,000), so that one that is a little too long gets an answer that says so."""
Lang = Literal["en", "pl", "bg", "lv", "hu", "sk"]
PartName = Literal["case_giver", "facilitator", "peer", "timekeeper", "scribe", "observer"]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a command says."""


class StartConsultation(Data, frozen=True):
    """`consultation.start`: the first phase begins. Somebody must be the case giver."""


class AtPhase(Data, frozen=True):
    """`consultation.pause`, `.resume`, `.next`, `.back`, `.reveal` and `.finish`.

    `.next` is refused in the last phase; `.reveal` shows the entries of a silent round, which leaving its
    phase does, too; `.finish` ends it for good, in any phase, and answers the challenge when there are
    recommendations.
    """

    phase: Index


class ExtendPhase(Data, frozen=True):
    """`consultation.extend`. 1–60 minutes, or 1–14 days in an asynchronous protocol."""

    phase: Index
    minutes: Annotated[int, Meta(ge=0, le=60)] = 0
    days: Annotated[int, Meta(ge=0, le=14)] = 0


class SetPart(Data, frozen=True):
    """`part.set`, before and while it runs. `seen`: the part in which one has seen them; a conflict if that changed.

    A new case giver takes the place of the one before, who becomes a peer. As long as nobody of the group is
    its facilitator and it has not started, anybody of the group may name one.
    """

    who: Key
    part: PartName
    seen: PartName | None


class AddEntry(Data, frozen=True):
    """`entry.add`, answered with `EntryAdded`. `phase`: the one in which it was written."""

    phase: Index
    kind: Literal["questions", "hypotheses", "suggestions", "summary"]
    text: Text
    language: Lang | None = None
    """Guessed when left out."""


class ChangeEntry(Data, frozen=True):
    """`entry.change`: one's own, while its list is open and the case giver has not judged it. Answered with `EntryAdded`."""

    entry: Key
    text: Text
    base: Revision


class RemoveEntry(Data, frozen=True):
    """`entry.remove`: one's own, or any for who leads. Removing what is removed changes nothing."""

    entry: Key


class JudgeEntry(Data, frozen=True):
    """`entry.judge`: the case giver about a suggestion; an empty verdict takes it back, and its note."""

    entry: Key
    verdict: Literal["take", "think", "leave", ""]
    base: Revision
    note: Annotated[str, Meta(max_length=2_000)] = ""


class MakeCommitment(Data, frozen=True):
    """`commitment.make`, from the first phase of commitments on, and after the end. `due`: today or later, in one's zone."""

    text: Text
    due: date
    language: Lang | None = None


class RemoveCommitment(Data, frozen=True):
    """`commitment.remove`: one's own, as long as no check-in is answered."""

    commitment: Key


class AnswerCheckIn(Data, frozen=True):
    """`check_in.answer`: what one did about one's commitment; told to the group. May be answered once more."""

    check_in: Key
    outcome: Literal["done", "partly", "not_yet", "dropped"]
    text: Text = ""


class WriteRecommendation(Data, frozen=True):
    """`recommendation.write`, from the start on. `suggestion`: the entry that it comes from."""

    text: Text
    suggestion: Key | None = None
    language: Lang | None = None


class ChangeRecommendation(Data, frozen=True):
    """`recommendation.change`: by anybody of the group, as long as it is not answered."""

    recommendation: Key
    text: Text
    base: Revision


class WithdrawRecommendation(Data, frozen=True):
    """`recommendation.withdraw`: by who wrote it or who leads, as long as it is not answered."""

    recommendation: Key
    base: Revision


class AnswerRecommendation(Data, frozen=True):
    """`recommendation.answer`: by the institution, once the consultation is finished.

    `why` is required for adapted and declined; `text` says how it is adapted, or what will be done. `base` is
    the revision that one has seen; every answer makes a new one, and it may be answered anew.
    """

    recommendation: Key
    state: Literal["accepted", "adapted", "declined"]
    base: Revision
    text: Text = ""
    why: Text = ""


class WriteNote(Data, frozen=True):
    """`note.write`: one's private note, as a whole, whatever the phase. Answered with `Revised`. No event tells of it."""

    text: Annotated[str, Meta(max_length=40_000)]
    base: Revision


class EntryAdded(msgspec.Struct, frozen=True):
    """`is_hidden`: it belongs to `mine`; otherwise an event brings it, too."""

    entry: EntryCard
    is_hidden: bool


class Made(msgspec.Struct, frozen=True):
    """The id of the commitment or recommendation."""

    id: int


class Revised(msgspec.Struct, frozen=True):
    """The revision now."""

    revision: int
