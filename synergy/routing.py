"""Which part of the site answers which connection."""

from __future__ import annotations

from typing import Any

from synergy.live.connection import connection_probe
from synergy.live.doors import http_door, websocket_door


def http_application(django: Any) -> Any:
    """The live door for `/api/streams/`, the probe of the connection page, Django for all other addresses."""
    return http_door(connection_probe(django))


websocket_application = websocket_door()
