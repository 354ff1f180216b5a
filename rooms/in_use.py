"""Why a room cannot be closed now. An app above knows what goes on there and says so.

from rooms.in_use import register
register(why_open)                          # in AppConfig.ready: Callable[[Room], str], empty when nothing does
"""

from __future__ import annotations

from collections.abc import Callable

from rooms.models import Room

_tellers: list[Callable[[Room], str]] = []


def register(teller: Callable[[Room], str]) -> None:
    """Called once per app, from its `AppConfig.ready`."""
    _tellers.append(teller)


def why_in_use(room: Room) -> str:
    """In the reader's language; empty when it may be closed."""
    return next((why for tell in _tellers if (why := tell(room))), "")
