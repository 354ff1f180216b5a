"""The values of the log: stream ids and the structs that events carry."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import msgspec


class StreamId(NamedTuple):
    """The name of a stream, written `kind:key`."""

    kind: str
    key: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> StreamId:
        """Raises ValueError when `text` is not `kind:key` with a key from 1 to 2⁶³-1."""
        kind, colon, key = text.partition(":")
        if not (colon and kind.isascii() and kind.isidentifier() and len(kind) <= 20):
            raise ValueError("a stream is written kind:number")
        if not (key.isascii() and key.isdecimal() and len(key) <= 19 and 0 < int(key) < 2**63):
            raise ValueError("a stream is written kind:number")
        return cls(kind, int(key))


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an event says. A subclass per event, with the event's `name` (`noun.verbed`)."""

    name: ClassVar[str]


class Entry(msgspec.Struct, frozen=True):
    """An event as it is sent: `body` is its fact, encoded once."""

    stream: StreamId
    seq: int
    name: str
    at: Any
    by: int | None
    body: msgspec.Raw
