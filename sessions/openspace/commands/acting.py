"""From a command to its action: the fields of the command are the arguments of the action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec.structs import asdict

from synergy.live.kinds import Call

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a command says."""


def by(action: Callable[..., object]) -> Callable[[Call], None]:
    """Runs the action with the person, the gathering, the time and the fields of the command."""

    def run(call: Call) -> None:
        action(person=call.person, gathering=call.thing, now=call.at, **asdict(call.data))

    return run


def answered_by(
    action: Callable[..., Any], answer: Callable[[Any], msgspec.Struct]
) -> Callable[[Call], msgspec.Struct]:
    """The same, with an answer made of what the action gives."""

    def run(call: Call) -> msgspec.Struct:
        return answer(action(person=call.person, gathering=call.thing, now=call.at, **asdict(call.data)))

    return run
