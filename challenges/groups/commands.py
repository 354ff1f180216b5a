"""What the doors accept for a mix. Proposing takes a second of computing and is no command: see `actions.proposing`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta
from msgspec.structs import asdict

from challenges.groups import actions
from challenges.groups.models import Mix
from challenges.groups.rules import can_mix
from synergy.live.kinds import Call, Command
from synergy.people.models import Person

Key = Annotated[int, Meta(ge=1, lt=2**53)]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a command says."""


class MoveMember(Data, frozen=True):
    """From one group to another; null for none. `seen`: where one has seen the person, a conflict if that changed.

    The person is locked there. To no group: they are away on this day.
    """

    who: Key
    seen: Key | None
    to: Key | None


class LockMember(Data, frozen=True):
    """Whether another proposal leaves the person in the group where one has `seen` them."""

    who: Key
    seen: Key
    is_locked: bool


class KeepMemberOut(Data, frozen=True):
    """Whether another proposal keeps the person out of the group."""

    who: Key
    group: Key
    is_kept_out: bool


class AddGroup(Data, frozen=True):
    """A group for a challenge that was accepted after the groups were published: empty, with its room."""

    challenge: Key


class PublishMix(Data, frozen=True):
    """Opens a room for each group and tells everybody. Publishing what is published changes nothing."""


def _by(action: Callable[..., None]) -> Callable[[Call], None]:
    """Runs the action with the person, the mix, the time and the fields of the command."""

    def run(call: Call) -> None:
        action(person=call.person, mix=call.thing, now=call.at, **asdict(call.data))

    return run


def _denied(person: Person, mix: Mix) -> str:
    return _("Only facilitators and organisers may do this.")


MIX_COMMANDS: tuple[Command, ...] = (
    Command("member.move", MoveMember, can_mix, _by(actions.move_person), _denied, alters=True),
    Command("member.lock", LockMember, can_mix, _by(actions.lock_person), _denied, alters=True),
    Command("member.keep_out", KeepMemberOut, can_mix, _by(actions.keep_out), _denied, alters=True),
    Command("group.add", AddGroup, can_mix, _by(actions.add_group), _denied, alters=True),
    Command("mix.publish", PublishMix, can_mix, _by(actions.publish_mix), _denied, alters=True),
)
