"""The frames of door 1, both ways, and the bodies of door 2. `docs/protocol.md` is the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from synergy.journal.facts import Entry, StreamId
from synergy.live import limits
from synergy.live.refusals import Refused

VERSION = 1
StreamName = Annotated[str, msgspec.Meta(max_length=41, pattern=r"^[a-z_]+:[0-9]+$", examples=["room:7"])]
Name = Annotated[str, msgspec.Meta(max_length=60)]
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


SignalText = Annotated[str, msgspec.Meta(max_length=limits.SIGNAL_TEXT)]
SignalData = Annotated[
    dict[Annotated[str, msgspec.Meta(max_length=40)], SignalText | int | bool | None],
    msgspec.Meta(max_length=limits.SIGNAL_FIELDS),
]


class Open(msgspec.Struct, frozen=True, tag_field="op", tag="open", forbid_unknown_fields=True):
    """Follow a stream. `after` is the last number seen, or null for a fresh state."""

    stream: StreamName
    after: Seq | None = None


class Close(msgspec.Struct, frozen=True, tag_field="op", tag="close", forbid_unknown_fields=True):
    """Stop following a stream."""

    stream: StreamName


class Do(msgspec.Struct, frozen=True, tag_field="op", tag="do", forbid_unknown_fields=True):
    """Run a command. `id` is made by the client; the same id gets the same answer."""

    id: UUID
    stream: StreamName
    name: Name
    data: msgspec.Raw


class Signal(msgspec.Struct, frozen=True, tag_field="op", tag="signal", forbid_unknown_fields=True):
    """Something that may be lost, for those who follow the stream now."""

    stream: StreamName
    name: Name
    data: SignalData = {}


class Seen(msgspec.Struct, frozen=True, tag_field="op", tag="seen", forbid_unknown_fields=True):
    """Applied up to `seq`. With `read` the person's read marker moves too."""

    stream: StreamName
    seq: Seq
    read: bool = True


class Ping(msgspec.Struct, frozen=True, tag_field="op", tag="ping", forbid_unknown_fields=True):
    """Answered by `pong` with the same `t` and the server's time."""

    t: float | int | Annotated[str, msgspec.Meta(max_length=64)] | None = None


ClientFrame = Open | Close | Do | Signal | Seen | Ping
_client_frames: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)


class _Envelope(msgspec.Struct):
    """What can be told of a frame that is wrong, so that the refusal finds its way back."""

    op: Any = None
    id: Any = None


_envelopes = msgspec.json.Decoder(_Envelope)
OPS = frozenset({"open", "close", "do", "signal", "seen", "ping"})


def read_frame(text: str | bytes) -> ClientFrame:
    """Raises Refused: `malformed` when it is no JSON object, `unknown_op`, or `invalid` with the field."""
    try:
        return _client_frames.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _refusal_of(text, error) from None


def _refusal_of(text: str | bytes, error: Exception) -> Refused:
    try:
        envelope = _envelopes.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Refused("malformed", _("This frame is not a JSON object."))
    if not isinstance(envelope.op, str) or envelope.op not in OPS:
        return Refused("unknown_op", _("The server does not know this kind of frame."))
    return invalid(error)


def id_in(text: str | bytes) -> str | None:
    """The command id in a frame that was refused, if there is one to be read."""
    try:
        found = _envelopes.decode(text).id
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return found if isinstance(found, str) and len(found) <= 64 else None


def invalid(error: Exception) -> Refused:
    """The refusal for a value that a struct did not take, with the name of the field."""
    message, _at, path = str(error).partition(" - at `$")
    field = path.rstrip("`").lstrip(".") or "data"
    return Refused("invalid", _("Something in this request is not as it should be."), fields={field: message})


class EventObject(msgspec.Struct, frozen=True):
    """One event as it is sent."""

    seq: int
    name: str
    at: datetime
    by: int | None
    data: dict[str, Any]


class Hello(msgspec.Struct, frozen=True, tag_field="op", tag="hello"):
    v: int
    person: int
    now: datetime
    limits: dict[str, float]


class Opened(msgspec.Struct, frozen=True, tag_field="op", tag="opened"):
    """`state` for a fresh open, or when too much was missed; else null and the missed events follow."""

    stream: str
    head: int
    state: Any
    here: list[int]


class Events(msgspec.Struct, frozen=True, tag_field="op", tag="events"):
    """All events of one commit, or a part of a replay: in order, without holes."""

    stream: str
    events: list[EventObject]


class Done(msgspec.Struct, frozen=True, tag_field="op", tag="done"):
    """The command is committed; `seq` is the newest event that it made."""

    id: UUID
    stream: str
    seq: int
    data: Any = None


class RefusedFrame(msgspec.Struct, frozen=True, tag_field="op", tag="refused", omit_defaults=True):
    """Nothing was changed. `detail` is in the person's language and says what to do."""

    id: str | None
    code: str
    detail: str
    stream: str | None = None
    fields: dict[str, str] | None = None
    present: Any = None
    retry_after: float | None = None


class Here(msgspec.Struct, frozen=True, tag_field="op", tag="here"):
    """Presence changes, as ids of persons."""

    stream: str
    joined: list[int]
    left: list[int]


class SignalOut(msgspec.Struct, frozen=True, tag_field="op", tag="signal"):
    stream: str
    name: str
    by: int | None
    data: Any


class Head(msgspec.Struct, frozen=True, tag_field="op", tag="head"):
    """The newest number of each open stream: who has less has a hole, and opens again with `after`."""

    streams: dict[str, int]


class Lagged(msgspec.Struct, frozen=True, tag_field="op", tag="lagged"):
    """This client acknowledged too little; push stopped. Open again with `after`."""

    stream: str


class Closed(msgspec.Struct, frozen=True, tag_field="op", tag="closed"):
    stream: str
    code: Literal["revoked", "ended", "moved"]


class Pong(msgspec.Struct, frozen=True, tag_field="op", tag="pong"):
    t: Any
    now: datetime


ServerFrame = Hello | Opened | Events | Done | RefusedFrame | Here | SignalOut | Head | Lagged | Closed | Pong
SERVER_FRAMES: Sequence[type[msgspec.Struct]] = (
    Hello,
    Opened,
    Events,
    Done,
    RefusedFrame,
    Here,
    SignalOut,
    Head,
    Lagged,
    Closed,
    Pong,
)
CLIENT_FRAMES: Sequence[type[msgspec.Struct]] = (Open, Close, Do, Signal, Seen, Ping)
_encoder = msgspec.json.Encoder()


def encode(frame: msgspec.Struct) -> str:
    return _encoder.encode(frame).decode()


def events_frame(stream: StreamId, wires: Iterable[bytes]) -> str:
    """The `events` frame around events that are encoded already."""
    return f'{{"op":"events","stream":"{stream}","events":[{b",".join(wires).decode()}]}}'


def wires(entries: Iterable[Entry]) -> list[bytes]:
    return [entry.wire for entry in entries]


def refused_frame(
    refusal: Refused, *, command_id: str | None = None, stream: str | None = None
) -> RefusedFrame:
    return RefusedFrame(
        id=command_id,
        stream=stream,
        code=refusal.code,
        detail=refusal.detail,
        fields=dict(refusal.fields) if refusal.fields else None,
        present=refusal.present,
        retry_after=refusal.retry_after,
    )
