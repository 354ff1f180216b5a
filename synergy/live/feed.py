"""One stream in one process: events in order to every follower, presence, signals.

# Note [In order, whatever comes]

Events reach a feed from this process and from others, early, late, twice or never. A feed knows
the number it has handed out last. What comes twice is dropped; what comes early is held until
the one before it is there, and after HOLE_WAIT the hole is read from the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from synergy import metrics
from synergy.journal.facts import StreamId
from synergy.live import frames, limits
from synergy.live.missed import Missed, ReadSince
from synergy.live.presence import Presence

logger = logging.getLogger(__name__)


class Sink(Protocol):
    """Where a follower's frames go: a socket, or a waiting HTTP request."""

    async def push(self, text: str) -> None: ...


class Follower:
    """One client's place in a stream. `sent` is the last number handed over, `acked` the last acknowledged."""

    __slots__ = ("acked", "acked_bytes", "is_live", "person", "sent", "sink")

    def __init__(self, sink: Sink, person: int, sent: int) -> None:
        self.sink = sink
        self.person = person
        self.sent = sent
        self.acked = sent
        self.acked_bytes = 0
        self.is_live = False


class Feed:
    """`position` is the last number handed out; nobody who is live has less."""

    def __init__(self, stream: StreamId, position: int, read: ReadSince) -> None:
        self.stream = stream
        self.position = position
        self.followers: dict[Follower, None] = {}
        self.presence = Presence()
        self._read = read
        self._missed = Missed(stream, read)
        self._held: dict[int, bytes] = {}
        self._pump: asyncio.Task[None] | None = None
        self._hole: asyncio.TimerHandle | None = None
        self._bytes = 0
        self._bytes_at: deque[tuple[int, int]] = deque(maxlen=limits.UNACKNOWLEDGED_EVENTS + 1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._holds = 0
        self._was_idle = False

    def receive(self, seq_and_wires: Iterable[tuple[int, bytes]]) -> None:
        """Events that were committed, here or elsewhere."""
        for seq, wire in seq_and_wires:
            if seq > self.position:
                self._held[seq] = wire
        self._hurry()

    def heal(self, head: int) -> None:
        """Reads what is missing up to `head` from the log."""
        if head > self.position and self._hole is None:
            self._hole = asyncio.get_running_loop().call_later(0, self._read_hole)

    def signal(self, text: str, *, but: Follower | None = None) -> None:
        """Something that may be lost, to all who are live."""
        self._start(self._to_all(text, but))

    async def catch_up(self, follower: Follower) -> None:
        """Sends what the follower has missed, then makes it live, unless it was dropped meanwhile.

        Raises what its sink raises.
        """
        while follower.sent < self.position and follower in self.followers:
            last, text = await self._missed.after(follower.sent)
            if last == follower.sent:
                break
            await follower.sink.push(text)
            follower.sent = follower.acked = last
        follower.acked_bytes = self._bytes
        follower.is_live = True

    @contextmanager
    def held(self) -> Iterator[Feed]:
        """Keeps the feed while somebody is about to follow it."""
        self._holds += 1
        try:
            yield self
        finally:
            self._holds -= 1

    def is_done_with(self) -> bool:
        """Whether nobody has needed the feed at this call and the one before."""
        idle = not self.followers and not self._holds and self.presence.is_empty
        done, self._was_idle = idle and self._was_idle, idle
        return done

    def add(self, follower: Follower) -> None:
        self.followers[follower] = None
        self.presence.enter(follower.person)

    def drop(self, follower: Follower, *, linger: float = limits.PRESENCE_LINGER) -> None:
        """Lets a follower go; twice is once."""
        if follower in self.followers:
            del self.followers[follower]
            self.presence.leave(follower.person, linger=linger)

    def acknowledge(self, follower: Follower, seq: int) -> None:
        if not follower.acked < seq <= follower.sent:
            return
        follower.acked = seq
        for number, size in reversed(self._bytes_at):
            if number <= seq:
                follower.acked_bytes = max(follower.acked_bytes, size)
                break

    def close(self) -> None:
        for handle in (self._pump, self._hole, *self._tasks):
            if handle is not None:
                handle.cancel()

    def _hurry(self) -> None:
        if self.position + 1 in self._held:
            if self._pump is None or self._pump.done():
                self._pump = asyncio.get_running_loop().create_task(self._hand_out())
        elif self._held and self._hole is None:
            self._hole = asyncio.get_running_loop().call_later(limits.HOLE_WAIT, self._read_hole)

    async def _hand_out(self) -> None:
        while True:
            run: list[bytes] = []
            while self.position + len(run) + 1 in self._held:
                run.append(self._held.pop(self.position + len(run) + 1))
            if not run:
                break
            await self._deliver(run)
        self._held = {seq: wire for seq, wire in self._held.items() if seq > self.position}
        self._pump = None
        self._hurry()

    async def _deliver(self, run: list[bytes]) -> None:
        """The same bytes to every live follower; `position` moves first, so that a newcomer reads the run.

        Who read ahead of the feed while catching up gets the rest of the run only.
        """
        self._missed.forget()
        text = frames.events_frame(self.stream, run)
        before = self.position
        self.position += len(run)
        self._bytes += len(text)
        self._bytes_at.append((self.position, self._bytes))
        for follower in list(self.followers):
            if not follower.is_live or follower.sent >= self.position:
                continue
            if self._lags(follower):
                self.drop(follower)
                metrics.lagging.inc()
                await self._push(follower, frames.encode(frames.Lagged(stream=str(self.stream))))
                continue
            ahead = follower.sent - before
            follower.sent = self.position
            await self._push(follower, frames.events_frame(self.stream, run[ahead:]) if ahead else text)

    def _lags(self, follower: Follower) -> bool:
        return (
            self.position - follower.acked > limits.UNACKNOWLEDGED_EVENTS
            or self._bytes - follower.acked_bytes > limits.UNACKNOWLEDGED_BYTES
        )

    async def _to_all(self, text: str, but: Follower | None) -> None:
        for follower in list(self.followers):
            if follower.is_live and follower is not but:
                await self._push(follower, text)

    async def _push(self, follower: Follower, text: str) -> None:
        try:
            await follower.sink.push(text)
        except Exception:
            self.drop(follower)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _read_hole(self) -> None:
        self._hole = None
        self._start(self._fill())

    async def _fill(self) -> None:
        try:
            while entries := await self._read(self.stream, self.position, 500):
                self.receive((entry.seq, entry.wire) for entry in entries)
                if self._pump is not None:
                    await asyncio.shield(self._pump)
                if len(entries) < 500:
                    break
        except Exception:
            logger.warning(
                "a hole in %s could not be read; the next heartbeat tries again", self.stream, exc_info=True
            )
            self._held.clear()
