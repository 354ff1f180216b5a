"""Between processes: one subscription per stream on the channel layer, however many sockets follow it.

The layer is a doorbell. What it loses is found in the log when the next event or `head` comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from channels.layers import get_channel_layer

from synergy.journal.facts import StreamId
from synergy.live import limits

logger = logging.getLogger(__name__)
Message = dict[str, Any]
GROUP_RENEWAL = 3600.0
"""Some layers forget a member after a day."""


def group_of(stream: StreamId) -> str:
    return f"live.{stream.kind}.{stream.key}"


class Relay:
    """Sends to, and receives from, the other processes that follow the same streams.

    `hear` is called with each message of another process.
    """

    def __init__(self, process: str, hear: Callable[[StreamId, Message], None]) -> None:
        self._process = process
        self._hear = hear
        self._layer = get_channel_layer()
        self._channel: str | None = None
        self._joined: dict[StreamId, float] = {}
        self._outgoing: deque[tuple[StreamId, Message]] = deque(maxlen=limits.QUEUED_ANNOUNCEMENTS)
        self._wake = asyncio.Event()
        self._sent = asyncio.Event()
        self._sent.set()
        self._failing = False
        self._tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._send())]

    @property
    def is_failing(self) -> bool:
        """Whether the last attempt to send failed: what other processes know is not known here now."""
        return self._failing

    async def join(self, stream: StreamId) -> None:
        """Follows the stream's group. While the layer is away nobody waits for it: `renew` joins later."""
        self._joined[stream] = 0.0
        if self._channel is not None and not self._failing:
            await self._add(stream)

    async def leave(self, stream: StreamId) -> None:
        if self._joined.pop(stream, None) and self._channel:
            await self._try(self._layer.group_discard(group_of(stream), self._channel))

    async def renew(self) -> None:
        """Joins the groups that were not joined yet, or long ago; stops when the layer is away."""
        if self._channel is None:
            return
        for stream, at in list(self._joined.items()):
            recent = at and time.monotonic() - at < GROUP_RENEWAL
            if not recent and not await self._add(stream):
                return

    async def _add(self, stream: StreamId) -> bool:
        done = await self._try(self._layer.group_add(group_of(stream), self._channel))
        if done and stream in self._joined:
            self._joined[stream] = time.monotonic()
        return done

    def tell(self, stream: StreamId, message: Message) -> None:
        """Sends to the other processes, soon. The oldest are dropped when too much waits."""
        self._outgoing.append(
            (stream, {"type": "live", "from": self._process, "stream": str(stream), **message})
        )
        self._sent.clear()
        self._wake.set()

    async def close(self) -> None:
        """Sends what waits, if that works at once, and leaves the groups."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._sent.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for stream in list(self._joined):
            await self.leave(stream)

    async def _receive(self) -> None:
        while True:
            try:
                if self._channel is None:
                    self._channel = await self._layer.new_channel()
                    await self.renew()
                message = await self._layer.receive(self._channel)
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.warning(
                    "the channel layer does not answer; live push heals from the log", exc_info=True
                )
                await asyncio.sleep(1)
                continue
            if message.get("from") != self._process:
                self._take(message)

    def _take(self, message: Message) -> None:
        try:
            self._hear(StreamId.parse(message["stream"]), message)
        except Exception:
            logger.exception("a message of another process could not be understood")

    async def _send(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._outgoing:
                stream, message = self._outgoing.popleft()
                self._failing = not await self._try(self._layer.group_send(group_of(stream), message))
            self._sent.set()

    async def _try(self, attempt: Awaitable[Any]) -> bool:
        """Whether it worked. A layer that is away is logged once, not for every message."""
        try:
            async with asyncio.timeout(2):
                await attempt
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if not self._failing:
                logger.warning("the channel layer is away: %s", error)
            self._failing = True
            return False
        return True


def tell_from_outside(stream: StreamId, message: Message) -> None:
    """For a process without sockets (a management command): rings the doorbell if there is a shared layer."""
    from asgiref.sync import async_to_sync

    with contextlib.suppress(Exception):
        async_to_sync(get_channel_layer().group_send)(
            group_of(stream), {"type": "live", "from": "", "stream": str(stream), **message}
        )
