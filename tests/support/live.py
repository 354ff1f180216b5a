"""A client of door 1 for tests, and a stream kind of their own that needs no app."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import msgspec
from channels.testing import WebsocketCommunicator

from synergy.journal import log
from synergy.journal.facts import Fact, StreamId
from synergy.live import kinds
from synergy.live.kinds import Call, Command, StreamKind
from synergy.live.refusals import Refused
from synergy.live.socket import PROTOCOL, live_socket


class NoteAdded(Fact, frozen=True):
    name: ClassVar[str] = "note.added"
    text: str


class AddNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str


class Notebook:
    """Who may read and write each note stream, by key. Empty sets shut everyone out."""

    readers: ClassVar[dict[int, set[int]]] = {}
    writers: ClassVar[dict[int, set[int]]] = {}
    marks: ClassVar[dict[tuple[int, int], int]] = {}


def _find(person: Any, key: int) -> int | None:
    return key if person.pk in Notebook.readers.get(key, ()) else None


def _add(call: Call) -> None:
    log.append(StreamId("note", call.thing), NoteAdded(call.data.text), by=call.person.pk, at=call.at)
    if call.data.text == "refuse":
        raise Refused("conflict", "Refused after writing.")
    if call.data.text == "break":
        raise RuntimeError("broken on purpose")


def _state(person: Any, key: int) -> dict[str, Any]:
    entries = log.since(StreamId("note", key), 0, 10_000)
    return {"texts": [json.loads(entry.wire)["data"]["text"] for entry in entries]}


def _readers(key: int, persons: Collection[int]) -> set[int]:
    return Notebook.readers.get(key, set()) & set(persons)


def _mark_seen(marks: Any, now: Any) -> None:
    for person, key, seq in marks:
        Notebook.marks[person, key] = max(Notebook.marks.get((person, key), 0), seq)


NOTE = StreamKind(
    name="note",
    find=_find,
    state=_state,
    readers=_readers,
    events=(NoteAdded,),
    commands=(
        Command("note.add", AddNote, lambda person, key: person.pk in Notebook.writers.get(key, ()), _add),
    ),
    signals=frozenset({"typing"}),
    parents=lambda key: [StreamId("note", 1000)] if key < 1000 else [],
    mark_seen=_mark_seen,
)


def let_in(key: int, *persons: Any, write: bool = True) -> str:
    """Lets the persons into note `key` and gives the stream's name."""
    if kinds.kind_named("note") is None:
        kinds.register(NOTE)
    Notebook.readers.setdefault(key, set()).update(person.pk for person in persons)
    if write:
        Notebook.writers.setdefault(key, set()).update(person.pk for person in persons)
    return f"note:{key}"


class Client:
    """One socket. Frames that a call does not wait for stay in `frames`."""

    def __init__(self, person: Any, session: Any = None) -> None:
        self.person = person
        self.frames: list[dict[str, Any]] = []
        self.raw: list[str] = []
        self._communicator = WebsocketCommunicator(live_socket, "/ws/live/", subprotocols=[PROTOCOL])
        self._communicator.scope.update(user=person, session=session)

    async def connect(self) -> Client:
        connected, _protocol = await self._communicator.connect()
        assert connected
        await self.next("hello")
        return self

    async def send(self, frame: dict[str, Any] | str) -> None:
        await self._communicator.send_to(text_data=frame if isinstance(frame, str) else json.dumps(frame))

    async def next(self, op: str, timeout: float = 5, **fields: Any) -> dict[str, Any]:
        """The next frame with this op and these fields, kept ones first."""
        async with asyncio.timeout(timeout):
            while True:
                for at, frame in enumerate(self.frames):
                    if frame["op"] == op and all(frame.get(name) == value for name, value in fields.items()):
                        return self.frames.pop(at)
                await self._receive()

    async def _receive(self) -> None:
        text = await self._communicator.receive_from(timeout=10)
        self.raw.append(text)
        self.frames.append(json.loads(text))

    async def nothing(self, op: str, seconds: float = 0.3, **fields: Any) -> None:
        """Asserts that no such frame comes within `seconds`."""
        try:
            frame = await self.next(op, seconds, **fields)
        except TimeoutError:
            return
        raise AssertionError(f"unexpected {frame}")

    async def open(self, stream: str, after: int | None = None) -> dict[str, Any]:
        await self.send({"op": "open", "stream": stream, "after": after})
        return await self.next("opened", stream=stream)

    async def do(self, stream: str, text: str, command: str | None = None) -> dict[str, Any]:
        """The `done` or `refused` frame."""
        command = command or str(uuid.uuid4())
        await self.start(stream, text, command)
        return await self.answer(command)

    async def start(self, stream: str, text: str, command: str) -> None:
        await self.send(
            {"op": "do", "id": command, "stream": stream, "name": "note.add", "data": {"text": text}}
        )

    async def answer(self, command: str) -> dict[str, Any]:
        async with asyncio.timeout(10):
            while True:
                for at, frame in enumerate(self.frames):
                    if frame["op"] in {"done", "refused"} and frame["id"] == command:
                        return self.frames.pop(at)
                await self._receive()

    async def events(self, stream: str, count: int) -> list[dict[str, Any]]:
        """The next `count` events of the stream, over as many frames as they take."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            found += (await self.next("events", stream=stream))["events"]
        return found

    async def sees(self, what: str, person: Any) -> None:
        """Waits until presence says that the person `joined` or `left`."""
        while person.pk not in (await self.next("here"))[what]:
            pass

    async def closed(self) -> int:
        """The close code of the server."""
        async with asyncio.timeout(5):
            while True:
                message = await self._communicator.receive_output(timeout=5)
                if message["type"] == "websocket.close":
                    return message["code"]

    async def leave(self) -> None:
        await self._communicator.disconnect()


@asynccontextmanager
async def client(person: Any, session: Any = None) -> AsyncIterator[Client]:
    one = await Client(person, session).connect()
    try:
        yield one
    finally:
        await one.leave()
