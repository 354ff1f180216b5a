"""What many have missed is read once.

When a server or a network comes back, everybody comes back in the same second and has missed much
the same. So the log is read in chunks that end at the same numbers for all, and a chunk that was
read for one serves the others for a moment. Whatever is new in the stream ends that moment: a
message that was removed must not come back from here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from synergy.journal.facts import Entry, StreamId
from synergy.live import frames, limits

ReadSince = Callable[[StreamId, int, int], Awaitable[Sequence[Entry]]]


class Chunk(NamedTuple):
    """The frame with the events up to the number `last`; without any, `last` is where the reader stood."""

    last: int
    text: str


class Missed:
    """The replays of one stream in one process."""

    def __init__(self, stream: StreamId, read: ReadSince) -> None:
        self._stream = stream
        self._read = read
        self._chunks: dict[int, asyncio.Task[Chunk]] = {}

    async def after(self, seq: int) -> Chunk:
        """The next events above `seq`, up to CHUNK_EVENTS of them."""
        reading = self._chunks.get(seq)
        if reading is None:
            reading = self._share(seq)
        return await asyncio.shield(reading)

    def forget(self) -> None:
        """To be called when there is something new."""
        self._chunks.clear()

    def _share(self, seq: int) -> asyncio.Task[Chunk]:
        loop = asyncio.get_running_loop()
        reading = loop.create_task(self._chunk(seq))
        if len(self._chunks) < limits.CHUNKS_SHARED:
            self._chunks[seq] = reading
            reading.add_done_callback(partial(self._drop_what_failed, seq))
            loop.call_later(limits.CHUNK_SHARED, self._drop, seq, reading)
        return reading

    async def _chunk(self, seq: int) -> Chunk:
        limit = limits.CHUNK_EVENTS - seq % limits.CHUNK_EVENTS
        entries = await self._read(self._stream, seq, limit)
        if not entries:
            return Chunk(seq, "")
        return Chunk(entries[-1].seq, frames.events_frame(self._stream, frames.wires(entries)))

    def _drop_what_failed(self, seq: int, reading: asyncio.Task[Chunk]) -> None:
        if reading.cancelled() or reading.exception():
            self._drop(seq, reading)

    def _drop(self, seq: int, reading: asyncio.Task[Chunk]) -> None:
        if self._chunks.get(seq) is reading:
            del self._chunks[seq]
