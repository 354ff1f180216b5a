"""Which format a file has, and its boards."""

from __future__ import annotations

from typing import Any

import msgspec

from sessions.openspace.boards import carpentrycon, mozfest, w3c
from sessions.openspace.boards.board import Board, BoardError, settle


def read_boards(body: bytes) -> list[Board]:
    """The boards of a file in one of the formats that we know, one for each day. Raises BoardError."""
    try:
        raw = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BoardError(f"this is not JSON: {error}") from None
    try:
        return settle(_boards(raw))
    except msgspec.ValidationError as error:
        raise BoardError(str(error)) from None


def _boards(raw: Any) -> list[Board]:
    if isinstance(raw, list) and raw and isinstance(raw[0], dict) and "session id" in raw[0]:
        return mozfest.boards_in(msgspec.convert(raw, list[mozfest.Proposal]))
    if isinstance(raw, dict) and {"metadata", "slots", "rooms", "sessions"} <= raw.keys():
        return w3c.boards_in(msgspec.convert(raw, w3c.File))
    if isinstance(raw, dict) and {"event", "sessions"} <= raw.keys():
        return carpentrycon.boards_in(msgspec.convert(raw, carpentrycon.File))
    raise BoardError("this is no board of a format that we know: W3C breakouts, MozFest, CarpentryCon")
