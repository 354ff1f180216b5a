"""How a server process ends when it is told to, so that nobody who is under way meets a closed door.

1. `/ready/` says `stopping`, and for STOP_NOTICE seconds all goes on: the proxy sees it and sends nobody more.
2. Nobody new is let in. Sockets are told to come back, waiting polls are answered.
3. What was asked is answered, to the last byte; then the server stops as ever.

Daphne alone would cut off every request that it works on.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import Any

from django.conf import settings

from synergy.live.process import is_stopping, running_process, say_that_it_stops

logger = logging.getLogger(__name__)
LONGEST = 8.0
"""Seconds that requests under way have to be answered in."""
LOOK = 0.05


class Requests:
    """The ASGI application around all that answers HTTP: counts what is under way."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.under_way = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def send_on(message: dict[str, Any]) -> None:
            # A proxy keeps connections for further requests: those are for another process.
            if is_stopping() and message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        self.under_way += 1
        try:
            await self._application(scope, receive, send_on)
        finally:
            self.under_way -= 1


def leave_when_told(requests: Requests) -> None:
    """Called while the server loads the application. Without a server, as in a test, nothing is done."""
    reactor: Any = sys.modules.get("twisted.internet.reactor")
    if reactor is not None:
        reactor.callWhenRunning(_heed, reactor, requests)


def _heed(reactor: Any, requests: Requests) -> None:
    def told(number: int, frame: Any) -> None:
        # Who says it twice does not want to wait.
        signal.signal(signal.SIGTERM, at_once)
        reactor.callFromThread(begin)

    def begin() -> None:
        begun.append(asyncio.ensure_future(_leave(reactor, requests)))

    begun: list[asyncio.Future[None]] = []  # the loop alone would let go of it
    at_once = signal.signal(signal.SIGTERM, told)


async def _leave(reactor: Any, requests: Requests) -> None:
    try:
        say_that_it_stops()
        await asyncio.sleep(settings.CONFIG.stop_notice if settings.CONFIG.redis_url else 0)
        _let_nobody_in(reactor)
        async with asyncio.timeout(LONGEST):
            await _answer_all(reactor, requests)
    except TimeoutError:
        logger.warning("%d requests took too long to wait for at the stop", requests.under_way)
    except Exception:
        logger.exception("The stop did not go as it should, so it is made at once")
    finally:
        if reactor.running:
            reactor.stop()


def _let_nobody_in(reactor: Any) -> None:
    from twisted.internet.interfaces import IListeningPort

    for reader in reactor.getReaders():
        if IListeningPort.providedBy(reader):
            reader.stopListening()


async def _answer_all(reactor: Any, requests: Requests) -> None:
    """Until nothing is under way and nothing is left to be written."""
    while True:
        # Whoever stood in the door already has come in meanwhile.
        if process := running_process():
            await process.send_all_away()
        await asyncio.sleep(LOOK)
        if not requests.under_way and not reactor.getWriters():
            return
