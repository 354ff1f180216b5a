"""Door 1: the WebSocket `/ws/live/`. Reads frames, answers each; pushes what the hub hands over.

Frames of one socket are handled in order. Commands do not hold the next frame up: their
answers come from tasks, at most QUEUED_PER_SOCKET at once.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any, assert_never

import msgspec
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from synergy.journal.facts import StreamId
from synergy.live import frames, limits, rates, streams
from synergy.live.access import session_key
from synergy.live.commands import stream_id
from synergy.live.feed import Feed, Follower
from synergy.live.kinds import kind_named
from synergy.live.limits import Bucket
from synergy.live.process import LiveProcess, live_process
from synergy.live.refusals import Refused, busy

logger = logging.getLogger(__name__)
PROTOCOL = "synergy.v1"
# Close codes; see docs/protocol.md.
NOT_SIGNED_IN = 4401
NOT_ALLOWED = 4403
IDLE = 4408
TOO_MANY = 4409
TOO_LARGE = 4413
FLOODING = 4429
RESTARTING = 4503


async def live_socket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The ASGI application of the door. Needs `user` and `session` in the scope."""
    await receive()  # websocket.connect
    offered = PROTOCOL in scope["subprotocols"]
    await send({"type": "websocket.accept", "subprotocol": PROTOCOL if offered else None})
    process = live_process()
    person = scope["user"]
    refusal = _no_entry(process, person, offered=offered)
    if refusal:
        await send({"type": "websocket.close", "code": refusal})
        return
    socket = Socket(process, scope, send)
    process.connections[socket] = None
    try:
        with translation.override(person.language):
            await socket.greet()
            await socket.read(receive)
    except asyncio.CancelledError:
        # The server is about to stop. What was taken is still saved; clients come back and ask.
        await socket.send_away()
        raise
    finally:
        process.connections.pop(socket, None)
        socket.leave()


def _no_entry(process: LiveProcess, person: Any, *, offered: bool) -> int | None:
    if not person.is_authenticated:
        return NOT_SIGNED_IN
    if not offered:
        return NOT_ALLOWED
    if process.sockets_of(person.pk) >= settings.CONFIG.sockets_per_person:
        return TOO_MANY
    return None


class Socket:
    """One browser tab."""

    def __init__(self, process: LiveProcess, scope: dict[str, Any], send: Any) -> None:
        self.person = scope["user"]
        self.session_key = session_key(scope.get("session"))
        self._process = process
        self._send = send
        self._is_open = True
        self._pushed = 0
        self._unread = 0
        """Bytes that opening streams has sent since the client last acknowledged something."""
        self._followed: dict[StreamId, tuple[Feed, Follower]] = {}
        self._frames = Bucket(limits.frame_rate(settings.CONFIG.command_rate, settings.CONFIG.command_burst))
        self._tasks: set[asyncio.Task[None]] = set()

    async def greet(self) -> None:
        await self._answer(
            frames.Hello(
                v=frames.VERSION,
                person=self.person.pk,
                now=timezone.now(),
                limits={"frame_bytes": limits.FRAME_BYTES, "streams": limits.STREAMS_PER_SOCKET},
            )
        )

    async def push(self, text: str) -> None:
        """Daphne takes every frame at once and never waits: what is too slow is found by `seen`."""
        if not self._is_open:
            return
        self._pushed += len(text)
        try:
            await self._send({"type": "websocket.send", "text": text})
        except Exception:
            # The client went in this moment: its `websocket.disconnect` is on the way.
            logger.debug("a socket went away while it was written to", exc_info=True)
            self._is_open = False

    def streams(self) -> list[StreamId]:
        return list(self._followed)

    async def revoke(self, stream: StreamId) -> None:
        self._drop(stream, linger=0)
        await self._answer(frames.Closed(stream=str(stream), code="revoked"))

    async def sign_out(self) -> None:
        for stream in self.streams():
            self._drop(stream, linger=0)
        await self._close(NOT_SIGNED_IN)

    async def send_away(self) -> None:
        await self._close(RESTARTING)

    async def read(self, receive: Any) -> None:
        """Until the client goes, is too quiet, or has to go."""
        while self._is_open:
            try:
                async with asyncio.timeout(limits.IDLE_SOCKET):
                    message = await receive()
            except TimeoutError:
                await self._close(IDLE)
                return
            if message["type"] == "websocket.disconnect":
                return
            await self._take(message.get("text"), message.get("bytes"))

    def leave(self) -> None:
        self._is_open = False
        for stream in self.streams():
            self._drop(stream)

    async def _take(self, text: str | None, binary: bytes | None) -> None:
        if len((text or "").encode() or binary or b"") > limits.FRAME_BYTES:
            await self._close(TOO_LARGE)
            return
        if self._frames.take():
            await self._close(FLOODING)
            return
        await self._handle(text)

    async def _handle(self, text: str | None) -> None:
        frame = None
        try:
            if text is None:
                raise Refused("malformed", _("Only text frames are understood."))
            frame = frames.read_frame(text)
            await self._run(frame)
        except DatabaseError:
            logger.warning("the database did not answer a frame", exc_info=True)
            await self._refuse(busy(), frame, text)
        except Refused as refusal:
            await self._refuse(refusal, frame, text)

    async def _refuse(self, refusal: Refused, frame: frames.ClientFrame | None, text: str | None) -> None:
        stream = getattr(frame, "stream", None)
        if isinstance(frame, frames.Open):
            with suppress(Refused):
                self._drop(stream_id(frame.stream))
        command_id = frames.id_in(text or "")
        await self._answer(frames.refused_frame(refusal, command_id=command_id, stream=stream))

    async def _run(self, frame: frames.ClientFrame) -> None:
        match frame:
            case frames.Do():
                self._do(frame)
            case frames.Seen():
                self._seen(frame)
            case frames.Open():
                await self._open(frame)
            case frames.Close():
                self._drop(stream_id(frame.stream))
            case frames.Signal():
                self._signal(frame)
            case frames.Ping():
                await self._answer(frames.Pong(t=frame.t, now=timezone.now()))
            case _:
                assert_never(frame)

    def _do(self, frame: frames.Do) -> None:
        if len(self._tasks) >= limits.QUEUED_PER_SOCKET:
            raise Refused(
                "rate_limited", _("This is very fast. Wait a moment, then try again."), retry_after=1
            )
        future = streams.submit(
            self._process, self.person, frame.id, frame.stream, frame.name, bytes(frame.data)
        )
        task = asyncio.create_task(self._report(frame, future))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _report(self, frame: frames.Do, future: asyncio.Future[Any]) -> None:
        answer = await future
        if isinstance(answer, Refused):
            answer = frames.refused_frame(answer, command_id=str(frame.id), stream=frame.stream)
        await self._answer(answer)

    async def _open(self, frame: frames.Open) -> None:
        stream = stream_id(frame.stream)
        self._drop(stream)
        if len(self._followed) >= limits.STREAMS_PER_SOCKET:
            raise Refused("too_large", _("Too much is open in this tab. Close something first."))
        if self._unread > limits.UNREAD_BYTES:
            raise Refused(
                "rate_limited", _("This is very fast. Wait a moment, then try again."), retry_after=1
            )
        rates.spend(self.person.pk, "open", limits.OPEN_RATE)
        rechecks, pushed = self._process.rechecks, self._pushed
        feed, follower, opened = await streams.open_stream(
            self._process, self, self.person, stream, frame.after
        )
        self._followed[stream] = feed, follower
        await self._answer(opened)
        await feed.catch_up(follower)
        self._unread += self._pushed - pushed
        if rechecks != self._process.rechecks:
            await self._process.recheck({self.person.pk})

    def _seen(self, frame: frames.Seen) -> None:
        stream = stream_id(frame.stream)
        if stream in self._followed:
            feed, follower = self._followed[stream]
            if frame.seq <= follower.sent:
                self._unread = 0
            self._process.hub.seen(feed, follower, frame.seq, read=frame.read)

    def _signal(self, frame: frames.Signal) -> None:
        stream = stream_id(frame.stream)
        kind = kind_named(stream.kind)
        if stream not in self._followed or kind is None or frame.name not in kind.signals:
            raise Refused("forbidden", _("Open this first."))
        rates.spend(self.person.pk, "signal", limits.SIGNAL_RATE)
        _feed, follower = self._followed[stream]
        self._process.hub.signal(stream, frame.name, self.person.pk, frame.data, but=follower)

    def _drop(self, stream: StreamId, *, linger: float = limits.PRESENCE_LINGER) -> None:
        followed = self._followed.pop(stream, None)
        if followed is not None:
            feed, follower = followed
            feed.drop(follower, linger=linger)

    async def _answer(self, frame: msgspec.Struct) -> None:
        await self.push(frames.encode(frame))

    async def _close(self, code: int) -> None:
        if self._is_open:
            self._is_open = False
            await self._send({"type": "websocket.close", "code": code})
