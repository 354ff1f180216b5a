"""What the doors accept for a consultation: name → shape, rule, action.

Commands of the clock say the `phase` that one has seen, by its index: of two who press at once the second
gets a `conflict`, and `present` is {"state", "phase"} as they are now. Who may write what in which phase is
decided under the lock; a text that comes too late is refused as a `conflict` with the reason, so the client
keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta
from msgspec.structs import asdict

from challenges.consultations import actions
from challenges.consultations.models import Commitment, Consultation, Recommendation
from challenges.consultations.rules import can_answer, can_lead, can_see, is_case_giver, takes_part
from synergy.live.kinds import Call, Command
from synergy.people.models import Person

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
    kind: Literal["agreed", "questions", "hypotheses", "suggestions", "summary"]
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


class Made(msgspec.Struct, frozen=True):
    """The id of the commitment or recommendation."""

    id: int


class Revised(msgspec.Struct, frozen=True):
    """The revision now."""

    revision: int


def _by(action: Callable[..., object]) -> Callable[[Call], Any]:
    """Runs the action with the person, the consultation, the time and the fields of the command."""

    def run(call: Call) -> Any:
        return action(person=call.person, consultation=call.thing, now=call.at, **asdict(call.data))

    return run


def _silently(action: Callable[..., object]) -> Callable[[Call], None]:
    """The same, with nothing in the answer."""
    run = _by(action)

    def silent(call: Call) -> None:
        run(call)

    return silent


def _made(action: Callable[..., Commitment | Recommendation]) -> Callable[[Call], Made]:
    run = _by(action)
    return lambda call: Made(id=run(call).pk)


def _revised(action: Callable[..., int]) -> Callable[[Call], Revised]:
    run = _by(action)
    return lambda call: Revised(revision=run(call))


def _not_lead(person: Person, consultation: Consultation) -> str:
    return _("Only who leads the consultation may do this.")


def _not_of_group(person: Person, consultation: Consultation) -> str:
    return _("Only people of the group may do this. You can read it all.")


def _not_case_giver(person: Person, consultation: Consultation) -> str:
    return _("Only the case giver does this.")


def _not_institution(person: Person, consultation: Consultation) -> str:
    return _("Only participants of the institution may do this.")


# What moves the clock or a part changes what the next command of the same batch may do.
CONSULTATION_COMMANDS: tuple[Command, ...] = (
    *(
        Command(f"consultation.{name}", schema, can_lead, _silently(action), _not_lead, alters=True)
        for name, schema, action in (
            ("start", StartConsultation, actions.start_consultation),
            ("pause", AtPhase, actions.pause_consultation),
            ("resume", AtPhase, actions.resume_consultation),
            ("extend", ExtendPhase, actions.extend_phase),
            ("next", AtPhase, actions.next_phase),
            ("back", AtPhase, actions.previous_phase),
            ("reveal", AtPhase, actions.reveal_entries),
            ("finish", AtPhase, actions.finish_consultation),
        )
    ),
    Command("part.set", SetPart, takes_part, _silently(actions.set_part), _not_lead, alters=True),
    Command("entry.add", AddEntry, takes_part, _by(actions.add_entry), _not_of_group),
    Command("entry.change", ChangeEntry, takes_part, _by(actions.change_entry), _not_of_group),
    Command("entry.remove", RemoveEntry, takes_part, _silently(actions.remove_entry), _not_of_group),
    Command("entry.judge", JudgeEntry, is_case_giver, _by(actions.judge_entry), _not_case_giver),
    Command("commitment.make", MakeCommitment, takes_part, _made(actions.make_commitment), _not_of_group),
    Command(
        "commitment.remove", RemoveCommitment, takes_part, _silently(actions.remove_commitment), _not_of_group
    ),
    Command("check_in.answer", AnswerCheckIn, takes_part, _silently(actions.answer_check_in), _not_of_group),
    Command(
        "recommendation.write",
        WriteRecommendation,
        takes_part,
        _made(actions.write_recommendation),
        _not_of_group,
    ),
    Command(
        "recommendation.change",
        ChangeRecommendation,
        takes_part,
        _revised(actions.change_recommendation),
        _not_of_group,
    ),
    Command(
        "recommendation.withdraw",
        WithdrawRecommendation,
        takes_part,
        _silently(actions.withdraw_recommendation),
        _not_of_group,
    ),
    Command(
        "recommendation.answer",
        AnswerRecommendation,
        can_answer,
        _revised(actions.answer_recommendation),
        _not_institution,
    ),
    Command("note.write", WriteNote, can_see, _revised(actions.write_note)),
)
