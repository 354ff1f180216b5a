"""Both doors with what stands in front of them: sign-in cookie, host and origin."""

from __future__ import annotations

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path, re_path

from synergy.live.http import live_http
from synergy.live.socket import live_socket


def websocket_door() -> Any:
    routes = [path("ws/live/", live_socket), re_path("", _nothing_here)]
    return AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(routes)))


def http_door(otherwise: Any) -> Any:
    """Door 2 stands before Django's middleware: a waiting request holds no thread there."""
    streams = AuthMiddlewareStack(live_http)

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        inside = scope["path"].startswith("/api/streams/")
        await (streams if inside else otherwise)(scope, receive, send)

    return application


async def _nothing_here(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4404})
