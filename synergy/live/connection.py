"""The connection page: what is in the way between a person's computer and Synergy, and the probe it asks."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from synergy.live.sign_in import with_person

PROBE_PATH = "/connection/probe/"
LONGEST_WAIT = 10.0
"""Seconds; long enough to meet proxies that cut what is silent."""
WAITING_PROBES = 500
"""Held in one process; past it a probe answers at once, and the page says that it could not tell."""


@require_safe
def connection(request: HttpRequest) -> HttpResponse:
    """Open to all: who cannot sign in may need it most."""
    return render(request, "live/connection.html")


class Probe(msgspec.Struct, frozen=True):
    """The server's time, who the cookie belongs to, and for how many seconds the request was held."""

    now: Any
    person: int | None
    waited: float


def connection_probe(otherwise: Any) -> Any:
    """Answers `/connection/probe/` before Django's middleware, since with `?wait=10` it is held for long."""
    probe = with_person(Probes())

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await (probe if scope["path"] == PROBE_PATH else otherwise)(scope, receive, send)

    return application


class Probes:
    """The ASGI application of the probe. Needs `user` in the scope."""

    def __init__(self) -> None:
        self._waiting = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        person = scope["user"].pk
        waited = await self._wait(_seconds(scope["query_string"]), receive) if person else 0.0
        body = msgspec.json.encode(Probe(now=timezone.now(), person=person, waited=waited))
        headers = {
            "content-type": "application/json",
            "content-length": str(len(body)),
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        }
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        await send({"type": "http.response.body", "body": body})

    async def _wait(self, seconds: float, receive: Any) -> float:
        """Until the time is over or the client has gone."""
        if not seconds or self._waiting >= WAITING_PROBES:
            return 0.0
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            pass
        finally:
            self._waiting -= 1
        return seconds


def _seconds(query: bytes) -> float:
    wanted = parse_qs(query.decode("latin-1")).get("wait", ["0"])[0]
    return min(LONGEST_WAIT, float(wanted)) if wanted.isdecimal() and wanted.isascii() else 0.0
