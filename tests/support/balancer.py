"""The proxy in front of several processes, as docs/operations.md sets one up, with the health checks ten times as often.

It carries bytes. A process that is not ready, or that refuses a connection, gets no new ones; nothing is
ever sent twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from itertools import count
from typing import Self

LOOK = 0.2
HEAD = b"GET /ready/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Balancer:
    """Answers on `url` as long as it is entered."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ready: set[int] = set()
        self.said: dict[int, list[str]] = {port: [] for port in ports}
        """What each process has answered to "are you ready", repetitions left out."""
        self.sockets: list[tuple[float, int]] = []
        """When a WebSocket came (seconds of the monotonic clock), and to which port it was led."""
        self.nowhere = 0
        """Connections for which there was no process."""
        self._carrying: set[asyncio.Task[None]] = set()
        self._turn = count()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        for port in self.said:
            await self._look(port)
        self._looking = [asyncio.create_task(self._watch(port)) for port in self.said]
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._server.close()
        tasks = [*self._looking, *self._carrying]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self, port: int) -> None:
        while True:
            await asyncio.sleep(LOOK)
            await self._look(port)

    async def _look(self, port: int) -> None:
        answer = "away"
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                with contextlib.closing(writer):
                    writer.write(HEAD)
                    answer = (await reader.read()).decode().partition("\r\n\r\n")[2].strip() or "away"
        if self.said[port][-1:] != [answer]:
            self.said[port].append(answer)
        (self.ready.add if answer == "ok" else self.ready.discard)(port)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._carrying.add(task)
        with contextlib.suppress(OSError), contextlib.closing(writer):
            first = await reader.read(65536)
            port, there, back = await self._to_somebody()
            with contextlib.closing(back):
                if first.startswith(b"GET /ws/"):
                    self.sockets.append((time.monotonic(), port))
                back.write(first)
                await asyncio.gather(_carry(reader, back), _carry(there, writer))
        self._carrying.discard(task)

    async def _to_somebody(self) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
        ready = sorted(self.ready)
        turn = next(self._turn)
        for n in range(len(ready)):
            port = ready[(turn + n) % len(ready)]
            with contextlib.suppress(OSError):
                return port, *await asyncio.open_connection("127.0.0.1", port)
        self.nowhere += 1
        raise ConnectionRefusedError


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    finally:
        target.close()
