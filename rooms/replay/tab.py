"""A browser tab without the browser: follows one stream over the WebSocket door and comes back when it drops.

It does what `docs/protocol.md` asks of a client: opens with the last number it has, acknowledges,
finds holes, sends a command again with the same id until it is answered. And it watches the
server: what came twice, out of order or not at all is kept in `faults`.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from rooms.replay.wire import CommandRefused, Heard, StreamClosed, frame_text

ACKNOWLEDGE_SECONDS = 1.0
ACKNOWLEDGE_EVENTS = 400
HOLE_SECONDS = 2.0
OPEN_SECONDS = 10.0
LONGEST_PAUSE = 2.0
RESTART_SPREAD = 5.0
RESTARTING = frozenset({1012, 4503})
NOT_SIGNED_IN = 4401
TRY_AGAIN = frozenset({"busy", "rate_limited"})


@dataclass
class _Command:
    frame: str
    answer: asyncio.Future[dict[str, Any]]


class Tab:
    """Follows `stream` at one of `urls` (`http://host:port`), as the person whose session `cookie` is.

    Every attempt to connect takes the next of `urls`. `silence` is how many seconds the server
    may say nothing before the connection is taken for dead.
    """

    def __init__(self, urls: Sequence[str], cookie: str, stream: str, *, silence: float = 40.0) -> None:
        self.stream = stream
        self.last: int | None = None
        self.since = 0
        """Where the newest fresh state stood: what came before it is in no event."""
        self.state: dict[str, Any] | None = None
        self.heard: list[Heard] = []
        self.faults: list[str] = []
        self.frames: dict[str, int] = {}
        """How many frames of each `op` came."""
        self.here: set[int] = set()
        self.closed: str | None = None
        """Why the server closed the stream for good, and when (seconds of the Unix clock)."""
        self.closed_at = 0.0
        self.connections = 0
        self._urls = cycle(urls)
        self._cookie = cookie
        self._silence = silence
        self._socket: ClientConnection | None = None
        self._commands: dict[str, _Command] = {}
        self._wanted = asyncio.Event()
        self._opened = asyncio.Event()
        self._is_opening = False
        self._restarts = False
        self._moved = asyncio.Condition()
        self._acknowledged = 0
        self._life: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self.come()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.end()

    @property
    def is_in(self) -> bool:
        return self._opened.is_set()

    async def come(self) -> None:
        """Connects, or comes back, and returns once the stream is open.

        Raises StreamClosed when the server has closed it for good.
        """
        self._wanted.set()
        if self._life is None:
            self._life = asyncio.create_task(self._live())
        opened = asyncio.create_task(self._opened.wait())
        await asyncio.wait([opened, self._life], return_when=asyncio.FIRST_COMPLETED)
        if not opened.done():
            opened.cancel()
            raise StreamClosed(self.closed)

    async def leave(self) -> None:
        """Closes the stream and goes, as somebody who leaves the page does."""
        self._wanted.clear()
        socket = self._socket
        if socket is not None:
            with contextlib.suppress(WebSocketException):
                await socket.send(frame_text({"op": "close", "stream": self.stream}))
            await socket.close()

    def drop(self) -> None:
        """The connection breaks without a word; the tab stays away until it is told to `come`."""
        self._wanted.clear()
        self.cut()

    def cut(self) -> None:
        """The connection breaks without a word; the tab comes back by itself."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def end(self) -> None:
        """Stops for good; commands without an answer are given up."""
        if self._life is not None:
            self._life.cancel()
            await asyncio.gather(self._life, return_exceptions=True)
        for command in self._commands.values():
            command.answer.cancel()

    async def do(
        self, name: str, data: Mapping[str, Any], *, command_id: UUID | None = None
    ) -> dict[str, Any]:
        """Runs a command and returns the `done` frame; tries again, with the same id, until there is one.

        Raises CommandRefused when trying again would not help.
        """
        command_id = command_id or uuid4()
        while True:
            answer = await self.ask(name, data, command_id=command_id)
            if answer["op"] == "done":
                return answer
            if answer["code"] not in TRY_AGAIN:
                raise CommandRefused(answer["code"], answer["detail"])
            await asyncio.sleep(answer.get("retry_after") or 0.5)

    async def ask(
        self, name: str, data: Mapping[str, Any], *, command_id: UUID | None = None
    ) -> dict[str, Any]:
        """Sends a command, once per connection, until it is answered; returns the `done` or `refused` frame."""
        key = str(command_id or uuid4())
        frame = frame_text({"op": "do", "id": key, "stream": self.stream, "name": name, "data": data})
        command = self._commands.get(key)
        if command is None:
            command = self._commands[key] = _Command(frame, asyncio.get_running_loop().create_future())
        if self.is_in:
            await self._send(frame)
        try:
            return await asyncio.shield(command.answer)
        finally:
            if command.answer.done():
                self._commands.pop(key, None)

    async def until(self, seq: int, seconds: float = 30.0) -> bool:
        """Waits until everything up to `seq` has arrived; False when it has not in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(lambda: (self.last or 0) >= seq)
        return (self.last or 0) >= seq

    async def _live(self) -> None:
        pause = 0.1
        while True:
            await self._wanted.wait()
            connections, self._restarts = self.connections, False
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                await self._connect(next(self._urls))
            self._opened.clear()
            self._socket = None
            if self.closed:
                return
            pause = 0.1 if self.connections > connections else min(pause * 2, LONGEST_PAUSE)
            spread = RESTART_SPREAD if self._restarts else pause
            await asyncio.sleep(random.uniform(0, spread))  # noqa: S311 - jitter

    async def _connect(self, url: str) -> None:
        async with connect(
            f"ws://{urlsplit(url).netloc}/ws/live/",
            origin=Origin(url),
            subprotocols=[Subprotocol("synergy.v1")],
            additional_headers={"Cookie": self._cookie},
            compression=None,
            ping_interval=None,
            max_size=None,
            open_timeout=OPEN_SECONDS,
            close_timeout=1,
        ) as socket:
            if not self._wanted.is_set():
                return
            self._socket = socket
            acknowledging = asyncio.create_task(self._acknowledge_now_and_then())
            try:
                await self._send_open()
                await self._listen(socket)
            finally:
                acknowledging.cancel()
                self._restarts = socket.close_code in RESTARTING
                if socket.close_code == NOT_SIGNED_IN:
                    self._close_for_good("signed out")

    async def _listen(self, socket: ClientConnection) -> None:
        while not self.closed:
            async with asyncio.timeout(self._silence):
                text = await socket.recv()
            await self._take(msgspec.json.decode(text))

    async def _take(self, frame: dict[str, Any]) -> None:
        op = frame["op"]
        self.frames[op] = self.frames.get(op, 0) + 1
        match op:
            case "events":
                await self._events(msgspec.convert(frame["events"], list[Heard]))
            case "opened":
                await self._begin(frame)
            case "done" | "refused":
                self._answered(frame)
            case "head":
                self._look_for_hole(frame["streams"].get(self.stream, 0))
            case "here":
                self.here = (self.here | set(frame["joined"])) - set(frame["left"])
            case "lagged":
                await self._send_open()
            case "closed":
                self._close_for_good(frame["code"])

    def _close_for_good(self, why: str) -> None:
        self.closed, self.closed_at = why, time.time()

    async def _begin(self, frame: dict[str, Any]) -> None:
        self._is_opening = False
        self.here = set(frame["here"])
        if frame["state"] is not None:
            self.state = frame["state"]
            self.since = frame["head"]
            self.heard.clear()
            await self._move_to(frame["head"])
        if not self.is_in:
            self.connections += 1
            self._opened.set()
            for command in list(self._commands.values()):
                await self._send(command.frame)

    async def _events(self, events: Sequence[Heard]) -> None:
        if self._is_opening:
            return  # Sent before the server knew; all after `last` comes again.
        for event in events:
            if self.last is None or event.seq != self.last + 1:
                self.faults.append(f"{event.seq} came after {self.last}")
            self.heard.append(event)
            self.last = event.seq
        await self._move_to(events[-1].seq)
        if events[-1].seq - self._acknowledged >= ACKNOWLEDGE_EVENTS:
            await self._acknowledge()

    async def _move_to(self, seq: int) -> None:
        async with self._moved:
            self.last = seq
            self._moved.notify_all()

    def _answered(self, frame: dict[str, Any]) -> None:
        command = self._commands.get(frame.get("id") or "")
        if command is not None and not command.answer.done():
            command.answer.set_result(frame)
        elif frame["op"] == "refused" and command is None:
            self._not_opened(frame)

    def _not_opened(self, frame: dict[str, Any]) -> None:
        if frame["code"] in TRY_AGAIN:
            self._later(frame.get("retry_after") or 0.5, self._send_open)
            return
        self.faults.append(f"refused: {frame['code']} {frame['detail']}")
        if frame.get("stream") == self.stream:
            self._close_for_good(frame["code"])

    def _look_for_hole(self, head: int) -> None:
        if (self.last or 0) < head:
            self._later(HOLE_SECONDS, lambda: self._open_again_below(head))

    async def _open_again_below(self, head: int) -> None:
        if self.is_in and (self.last or 0) < head:
            await self._send_open()

    def _later(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        def begin() -> None:
            task = asyncio.create_task(work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        asyncio.get_running_loop().call_later(seconds, begin)

    async def _acknowledge_now_and_then(self) -> None:
        quiet = 0.0
        while True:
            await asyncio.sleep(ACKNOWLEDGE_SECONDS)
            quiet = 0.0 if await self._acknowledge() else quiet + ACKNOWLEDGE_SECONDS
            if quiet >= self._silence / 2:
                quiet = 0.0
                await self._send(frame_text({"op": "ping", "t": 0}))

    async def _acknowledge(self) -> bool:
        if not self.is_in or not self.last or self.last == self._acknowledged:
            return False
        self._acknowledged = self.last
        await self._send(frame_text({"op": "seen", "stream": self.stream, "seq": self.last}))
        return True

    async def _send_open(self) -> None:
        self._is_opening = True
        await self._send(frame_text({"op": "open", "stream": self.stream, "after": self.last}))

    async def _send(self, text: str) -> None:
        """What cannot be sent now is sent, or asked for, when the tab is connected again."""
        if self._socket is not None:
            with contextlib.suppress(WebSocketException, OSError):
                await self._socket.send(text)
