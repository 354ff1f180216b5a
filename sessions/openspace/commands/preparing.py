"""Preparing a gathering, and changing its spaces and times while it goes on: late rounds, a room that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import asdict

from rooms.commands import Key
from sessions.openspace.actions import preparing
from sessions.openspace.actions.permission import slot_in, space_in
from sessions.openspace.actions.slots import TITLE_LIMIT
from sessions.openspace.actions.spaces import CAPACITY_LIMIT, SPACES_LIMIT
from sessions.openspace.actions.voting import POINTS_LIMIT
from sessions.openspace.commands.acting import Data, Moment, answered_by, by
from sessions.openspace.models import Slot, Space
from sessions.openspace.rules import can_run, why_not_run
from synergy.live.kinds import Call, Command

# Longer than the texts may be, so that one that is a little too long gets an answer that says so.
Texts = Annotated[
    dict[Annotated[str, Meta(max_length=2)], Annotated[str, Meta(max_length=4 * preparing.GIVENS_LIMIT)]],
    Meta(max_length=20),
]
Line = Annotated[str, Meta(max_length=400)]
SpaceKind = Literal["topic", "plenary", "lounge", "quiet_room", "help_desk"]
SlotKind = Literal["round", "break"]
Capacity = Annotated[int, Meta(ge=1, le=CAPACITY_LIMIT)]


class ChangeGathering(Data, frozen=True):
    """What is null stays. {language: text} replaces the texts in all languages."""

    theme: Texts | None = None
    givens: Texts | None = None
    sponsor: Line | None = None
    points_each: Annotated[int, Meta(ge=1, le=POINTS_LIMIT)] | None = None


class AddSpace(Data, frozen=True):
    name: Line
    kind: SpaceKind = "topic"
    capacity: Capacity | None = None
    is_hard: bool = False


class ChangeSpace(Data, frozen=True):
    space: Key
    name: Line
    kind: SpaceKind
    capacity: Capacity | None
    is_hard: bool


class RemoveSpace(Data, frozen=True):
    """Its topics that are still to come wait again."""

    space: Key


class OrderSpaces(Data, frozen=True):
    order: Annotated[list[Key], Meta(max_length=SPACES_LIMIT)]


class AddSlot(Data, frozen=True):
    starts_at: Moment
    ends_at: Moment
    kind: SlotKind = "round"
    title: Annotated[str, Meta(max_length=4 * TITLE_LIMIT)] = ""


class ChangeSlot(Data, frozen=True):
    slot: Key
    starts_at: Moment
    ends_at: Moment
    kind: SlotKind
    title: Annotated[str, Meta(max_length=4 * TITLE_LIMIT)]


class RemoveSlot(Data, frozen=True):
    """Its topics wait again."""

    slot: Key


class ShiftSlots(Data, frozen=True):
    """The slot and all that follow it, by some minutes; negative for earlier."""

    slot: Key
    minutes: Annotated[int, Meta(ge=-720, le=720)]


class SpaceAdded(msgspec.Struct, frozen=True):
    """The answer to `space.add`."""

    space: int
    room: int


class SlotAdded(msgspec.Struct, frozen=True):
    """The answer to `slot.add`."""

    slot: int


def _space_added(space: Space) -> SpaceAdded:
    return SpaceAdded(space=space.pk, room=space.room_id)


def _slot_added(slot: Slot) -> SlotAdded:
    return SlotAdded(slot=slot.pk)


def _of_space(action: Callable[..., object]) -> Callable[[Call], None]:
    """`by`, with the space itself in the place of its id."""

    def run(call: Call) -> None:
        fields: dict[str, Any] = asdict(call.data)
        space = space_in(call.thing, fields.pop("space"))
        action(person=call.person, gathering=call.thing, now=call.at, space=space, **fields)

    return run


def _of_slot(action: Callable[..., object]) -> Callable[[Call], None]:
    """`by`, with the slot itself in the place of its id."""

    def run(call: Call) -> None:
        fields: dict[str, Any] = asdict(call.data)
        slot = slot_in(call.thing, fields.pop("slot"))
        action(person=call.person, gathering=call.thing, now=call.at, slot=slot, **fields)

    return run


def _prepare(
    name: str,
    schema: type[msgspec.Struct],
    run: Callable[[Call], msgspec.Struct | None],
    *,
    alters: bool = False,
) -> Command:
    return Command(name, schema, can_run, run, why_not_run, alters=alters)


PREPARING_COMMANDS: tuple[Command, ...] = (
    _prepare("gathering.change", ChangeGathering, by(preparing.change_gathering), alters=True),
    _prepare("space.add", AddSpace, answered_by(preparing.add_space, _space_added)),
    _prepare("space.change", ChangeSpace, _of_space(preparing.change_space)),
    _prepare("space.remove", RemoveSpace, _of_space(preparing.remove_space)),
    _prepare("space.order", OrderSpaces, by(preparing.order_spaces)),
    _prepare("slot.add", AddSlot, answered_by(preparing.add_slot, _slot_added)),
    _prepare("slot.change", ChangeSlot, _of_slot(preparing.change_slot)),
    _prepare("slot.remove", RemoveSlot, _of_slot(preparing.remove_slot)),
    _prepare("slot.shift", ShiftSlots, _of_slot(preparing.shift_slots)),
)
