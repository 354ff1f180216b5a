"""What an app registers to make its things live: a stream kind with its rule, state, commands and events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from synergy.journal.facts import Fact, StreamId


@dataclass(frozen=True)
class Call:
    """One command, on its way to its action: who asks what of which thing, and when."""

    person: Any
    thing: Any
    data: Any
    at: datetime
    id: UUID


@dataclass(frozen=True)
class Command:
    """A row of the command table.

    `schema` is the struct of `data`; `may` is the rule; `run` calls the action, inside a
    transaction, and returns what `done` should carry.
    """

    name: str
    schema: type[msgspec.Struct]
    may: Callable[[Any, Any], bool]
    run: Callable[[Call], msgspec.Struct | None]
    denied: Callable[[Any, Any], str] | None = None
    """Why `may` said no, in the person's language."""
    alters: bool = False
    """Whether it changes the thing itself, so that later commands of the same batch load it again."""


@dataclass(frozen=True, eq=False)
class StreamKind:
    """One kind of stream, as its owner registers it."""

    name: str
    find: Callable[[Any, int], Any | None]
    """(person, key): the thing as this person may see it, or None."""
    state: Callable[[Any, Any], Any]
    """The fresh state for a person: anything that msgspec can encode."""
    readers: Callable[[int, Collection[int]], set[int]]
    """Which of these persons' ids may read the thing with this key; one query."""
    find_each: Callable[[Sequence[Any], int], Mapping[int, Any]] | None = None
    """(persons, key): the same as `find` for many at once, by the persons' ids; those who may not are left out."""
    events: Sequence[type[Fact]] = ()
    commands: Sequence[Command] = ()
    signals: frozenset[str] = frozenset()
    parents: Callable[[int], Sequence[StreamId]] = lambda key: ()
    """The streams that hear, as a signal `activity`, that something happened in the thing with this key.
    They never change for a key, so the answer is kept."""
    mark_seen: Callable[[Sequence[tuple[int, int, int]], datetime], None] | None = None
    """([(person, key, seq), …], now): moves the persons' read markers, never backwards."""
    tick: Callable[[Collection[int], datetime], None] | None = None
    """([key, …], now): for what happens by the clock alone. Called twice a second, in a thread, with the keys
    of the streams that somebody follows through this process. Several processes do so at once."""
    command_table: Mapping[str, Command] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "command_table", {command.name: command for command in self.commands})


_kinds: dict[str, StreamKind] = {}


def register(kind: StreamKind) -> None:
    """Called once per kind, from the owner's `AppConfig.ready`."""
    if kind.name in _kinds:
        raise ValueError(f"stream kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def kind_named(name: str) -> StreamKind | None:
    return _kinds.get(name)


def all_kinds() -> Sequence[StreamKind]:
    return tuple(_kinds.values())
