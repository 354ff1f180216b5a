"""The values of the log: stream ids, facts and entries."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple

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


class Entry(NamedTuple):
    """One event of a stream.

    `body` is the JSON of its fact; `wire` is what goes out, `{"seq", "name", "at", "by", "data"}`, encoded once.
    """

    stream: StreamId
    seq: int
    name: str
    at: datetime
    by: int | None
    body: str
    wire: bytes


class _Wire(msgspec.Struct, frozen=True):
    seq: int
    name: str
    at: datetime
    by: int | None
    data: msgspec.Raw


def entry(stream: StreamId, seq: int, name: str, at: datetime, by: int | None, body: str) -> Entry:
    """The entry of an event whose fact is the JSON `body`."""
    wire = msgspec.json.encode(_Wire(seq=seq, name=name, at=at, by=by, data=msgspec.Raw(body.encode())))
    return Entry(stream, seq, name, at, by, body, wire)
