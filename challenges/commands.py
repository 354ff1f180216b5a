"""What the doors accept for a challenge: name → shape, rule, action.

The rules here go by who one is; whether the challenge is in the right state is for the action to say, under
the lock: somebody else may have been faster, which is a `conflict` and not a lack of rights.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta
from msgspec.structs import asdict

from challenges import actions
from challenges.models import Challenge
from challenges.rules import can_facilitate, can_tag, is_author, is_before
from synergy.live.kinds import Call, Command
from synergy.people.models import Person

Field = Literal[
    "title",
    "key_question",
    "situation",
    "tried",
    "stakeholders",
    "desired_result",
    "constraints",
    "summary",
    "language",
    "confidentiality",
]
Revision = Annotated[int, Meta(ge=0, lt=2**53)]
Key = Annotated[int, Meta(ge=1, lt=2**53)]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a command says."""


class ChangeChallenge(Data, frozen=True):
    """`value`: a text (Markdown, but for the title and the key question), a language or a confidentiality.

    `base`: the revision of the field that one has seen, 0 when it was never changed.
    """

    field: Field
    value: str
    base: Revision


class SubmitChallenge(Data, frozen=True):
    """To the facilitators. Refused as `invalid` with what is missing in `fields`. `why`: the answer to their questions,
    in words, if there were any."""

    why: str = ""


class WithdrawChallenge(Data, frozen=True):
    """It is a draft again; only as long as no facilitator has answered."""


class ReturnChallenge(Data, frozen=True):
    """`why`: the questions to its authors."""

    why: str


class AcceptChallenge(Data, frozen=True):
    pass


class TagChallenge(Data, frozen=True):
    """All of its tags; those that are not named are taken off."""

    tags: Annotated[list[str], Meta(max_length=50)]


class CloseChallenge(Data, frozen=True):
    """For good, by its authors or by who facilitates."""

    why: str


class DetachFile(Data, frozen=True):
    file: Key


class Changed(msgspec.Struct, frozen=True):
    """The answer to `challenge.change`: the revision of the field now."""

    revision: int


def _change(call: Call) -> Changed:
    fields = asdict(call.data)
    return Changed(actions.change_challenge(person=call.person, challenge=call.thing, now=call.at, **fields))


def _by(action: Callable[..., None]) -> Callable[[Call], None]:
    """Runs the action with the person, the challenge, the time and the fields of the command."""

    def run(call: Call) -> None:
        action(person=call.person, challenge=call.thing, now=call.at, **asdict(call.data))

    return run


def _may_close(person: Person, challenge: Challenge) -> bool:
    return is_author(person, challenge) or is_before(person, challenge)


def _not_author(person: Person, challenge: Challenge) -> str:
    return _("Only participants of the institution may do this.")


def _not_facilitator(person: Person, challenge: Challenge) -> str:
    return _("Only facilitators and organisers may do this.")


def _neither(person: Person, challenge: Challenge) -> str:
    return _("Only its institution, facilitators and organisers may do this.")


# What changes the state may change what others may do, and whether they see the challenge at all.
CHALLENGE_COMMANDS: tuple[Command, ...] = (
    Command("challenge.change", ChangeChallenge, is_author, _change, _not_author),
    Command(
        "challenge.submit",
        SubmitChallenge,
        is_author,
        _by(actions.submit_challenge),
        _not_author,
        alters=True,
    ),
    Command(
        "challenge.withdraw",
        WithdrawChallenge,
        is_author,
        _by(actions.withdraw_challenge),
        _not_author,
        alters=True,
    ),
    Command(
        "challenge.return",
        ReturnChallenge,
        can_facilitate,
        _by(actions.return_challenge),
        _not_facilitator,
        alters=True,
    ),
    Command(
        "challenge.accept",
        AcceptChallenge,
        can_facilitate,
        _by(actions.accept_challenge),
        _not_facilitator,
        alters=True,
    ),
    Command("challenge.tag", TagChallenge, can_tag, _by(actions.tag_challenge), _not_facilitator),
    Command(
        "challenge.close", CloseChallenge, _may_close, _by(actions.close_challenge), _neither, alters=True
    ),
    Command("challenge.detach", DetachFile, is_author, _by(actions.detach_file), _not_author),
)
