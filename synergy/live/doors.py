"""Both doors with what stands in front of them: sign-in cookie, host and origin."""

from __future__ import annotations

from typing import Any

from channels.security.websocket import AllowedHostsOriginValidator

from synergy.live.http import live_http
from synergy.live.sign_in import with_person
from synergy.live.socket import live_socket

NOTHING_HERE = 4404


def websocket_door() -> Any:
    return AllowedHostsOriginValidator(with_person(_sockets))


def http_door(otherwise: Any) -> Any:
    """Door 2 stands before Django's middleware: a waiting request holds no thread there."""
    streams = with_person(live_http)

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        inside = scope["path"].startswith("/api/streams/")
        await (streams if inside else otherwise)(scope, receive, send)

    return application


async def _sockets(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["path"] == "/ws/live/":
        await live_socket(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": NOTHING_HERE})
