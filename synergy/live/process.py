"""The live side of this process: made with the first socket or request, bound to its event loop."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone

from synergy import metrics
from synergy.journal import log
from synergy.journal.facts import Entry, StreamId
from synergy.live import access, limits, relay
from synergy.live.feed import Sink
from synergy.live.hub import Hub
from synergy.live.kinds import all_kinds, kind_named
from synergy.live.refusals import busy
from synergy.live.threads import DatabaseThreads
from synergy.live.writer import Writer

logger = logging.getLogger(__name__)
_current: LiveProcess | None = None
_is_stopping = False
_is_over = False


class Connection(Sink, Protocol):
    """A client that is connected now, as the access watch sees it."""

    person: Any
    session_key: str

    def streams(self) -> list[StreamId]: ...
    async def revoke(self, stream: StreamId) -> None: ...
    async def sign_out(self) -> None: ...
    async def send_away(self) -> None: ...


class LiveProcess:
    """Hub, writer, readers and the access watch of one process."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.readers = DatabaseThreads("reader", 2)
        self.hub = Hub(self.readers)
        self.writer = Writer()
        self.connections: dict[Connection, None] = {}
        self.is_closing = False
        self.rechecks = 0
        """How often rights were checked again. Who opens a stream meanwhile has it checked once more."""
        self._handled: dict[int, None] = {}
        work = (self._watch_access(), self._tick(), self._tidy())
        self._tasks = [asyncio.create_task(task) for task in work]

    def sockets_of(self, person: int) -> int:
        return sum(1 for connection in self.connections if connection.person.pk == person)

    async def send_all_away(self) -> None:
        """Sockets are told to come back, polls that wait are answered."""
        for connection in list(self.connections):
            await _guarded(connection.send_away())

    async def close(self) -> None:
        self.is_closing = True
        await self.send_all_away()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.writer.close()
        await self.hub.close()
        await self.readers.close()

    async def _watch_access(self) -> None:
        """See the Note [Poll, not push] in `access`."""
        swept = self.loop.time()
        while True:
            await asyncio.sleep(limits.ACCESS_POLL)
            try:
                rows = await self._changes()
                changed = set(rows.values())
                if self.loop.time() - swept > limits.ACCESS_SWEEP:
                    swept = self.loop.time()
                    changed = {connection.person.pk for connection in self.connections}
                if changed:
                    await self.recheck(changed)
                self._handled.update(dict.fromkeys(rows))
                while len(self._handled) > 5_000:
                    del self._handled[next(iter(self._handled))]
            except Exception:
                logger.warning("rights could not be checked; trying again", exc_info=True)

    async def _tick(self) -> None:
        """What happens by the clock alone, in the streams that somebody follows here."""
        while True:
            await asyncio.sleep(limits.TICK)
            for kind in all_kinds():
                keys = self.hub.followed(kind.name) if kind.tick else []
                if kind.tick is None or not keys:
                    continue
                try:
                    await self.readers.run(kind.tick, keys, timezone.now())
                except Exception:
                    logger.warning("the clock of %s stumbled; trying again", kind.name, exc_info=True)

    async def _tidy(self) -> None:
        """Every hour: old receipts and old changes of rights go."""
        while True:
            await asyncio.sleep(limits.TIDY)
            try:
                now = timezone.now()
                await self.readers.run(access.forget_changes, now)
                await self.readers.run(log.forget_receipts, now - timedelta(days=limits.RECEIPT_DAYS))
            except Exception:
                logger.warning("old rows could not be removed; trying again in an hour", exc_info=True)

    async def _changes(self) -> dict[int, int]:
        """{row id: person} of the changes that this process has not dealt with."""
        if not self.connections:
            return {}
        return await self.readers.run(access.changes_since, set(self._handled), timezone.now())

    async def recheck(self, persons: set[int]) -> None:
        """Signs out and revokes what these persons may no longer have open."""
        self.rechecks += 1
        theirs = [connection for connection in self.connections if connection.person.pk in persons]
        if not theirs:
            return
        now = timezone.now()
        active = await self.readers.run(access.active_persons, persons)
        keys = {connection.session_key for connection in theirs}
        living = await self.readers.run(access.living_sessions, keys, now)
        remaining = []
        for connection in theirs:
            if connection.person.pk in active and connection.session_key in living:
                remaining.append(connection)
            else:
                await _guarded(connection.sign_out())
        await self._recheck_streams(remaining)

    async def _recheck_streams(self, connections: Sequence[Connection]) -> None:
        followers: dict[StreamId, list[Connection]] = {}
        for connection in connections:
            for stream in connection.streams():
                followers.setdefault(stream, []).append(connection)
        for stream, some in followers.items():
            kind = kind_named(stream.kind)
            persons = {connection.person.pk for connection in some}
            allowed = (
                await self.readers.run(access.still_readers, kind, stream.key, persons) if kind else set()
            )
            for connection in some:
                if connection.person.pk not in allowed:
                    await _guarded(connection.revoke(stream))


async def _guarded(ending: Awaitable[None]) -> None:
    """One socket that cannot be told must not keep the others open."""
    try:
        await ending
    except Exception:
        logger.warning("a connection could not be told of its end", exc_info=True)


def live_process() -> LiveProcess:
    """The live side for the running event loop, made when there is none yet. Raises Refused after its end."""
    global _current
    if _is_over:
        raise busy()
    if _current is None or _current.loop is not asyncio.get_running_loop() or _current.is_closing:
        _current = LiveProcess()
        _close_before_the_server()
    return _current


def is_stopping() -> bool:
    """Whether this server has been told to stop: what it took is being saved, and nobody new should come."""
    return _is_stopping


def say_that_it_stops() -> None:
    """From now on `/ready/` tells that nobody new should come."""
    global _is_stopping
    _is_stopping = True


def running_process() -> LiveProcess | None:
    """The live side if there is one, also while it closes."""
    return _current


def _close_before_the_server() -> None:
    """Daphne has no lifespan, but its reactor waits for this: what was taken is saved before the end."""
    reactor = sys.modules.get("twisted.internet.reactor")
    if reactor is None or not reactor.running:
        return
    from twisted.internet.defer import Deferred

    def close() -> Any:
        global _is_over
        _is_over = True
        say_that_it_stops()
        return Deferred.fromFuture(asyncio.ensure_future(close_live_process()))

    reactor.addSystemEventTrigger("before", "shutdown", close)


async def close_live_process() -> None:
    """Saves what was taken, tells the other processes who has gone, and ends."""
    global _current
    process, _current = _current, None
    if process is not None:
        await process.close()


def announce(entries: Sequence[Entry]) -> None:
    """Told by the journal after each commit, in the thread that committed."""
    for kind, count in Counter(entry.stream.kind for entry in entries).items():
        metrics.events.labels(kind).inc(count)
    process = _current
    if process is not None and not process.is_closing and process.loop.is_running():
        process.loop.call_soon_threadsafe(process.hub.committed, entries)
    elif settings.CONFIG.redis_url:
        for entry in entries:
            relay.tell_from_outside(entry.stream, {"events": [[entry.seq, entry.wire]]})
