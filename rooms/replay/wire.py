"""What passes between a tab and the server: events as they arrive, frames as they are sent, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec


class CommandRefused(Exception):
    """The server turned a command down for good. `code` is that of the protocol."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class StreamClosed(Exception):
    """The server closed the stream, or the door, for this person."""


class Heard(msgspec.Struct, frozen=True):
    """An event as it arrived."""

    seq: int
    name: str
    at: datetime
    by: int | None
    data: dict[str, Any]


def frame_text(frame: Mapping[str, Any]) -> str:
    return msgspec.json.encode(frame).decode()
