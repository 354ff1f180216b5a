"""People who write in the same notes at once, each update heard by all of them, as browsers do it."""

from __future__ import annotations

import asyncio
import base64
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from rooms.replay.tab import Tab
from tests.bench.contenders import Synergy
from tests.support.notes import Writer

PEOPLE = 20
RHYTHM = 0.3
"""Seconds that browsers gather what is typed."""
PATIENCE = 60.0
WORDS = [
    "the",
    "head",
    "names",
    "what",
    "went",
    "wrong",
    "early",
    "each",
    "Monday",
    "in",
    "ten",
    "minutes",
    "and",
    "nobody",
    "minds",
]


@dataclass
class NotesFigures:
    """`typing`: at the pace of people. `flat_out`: each sends the next update when the last is saved."""

    people: int
    typing: Pace
    flat_out: Pace
    updates: int
    written_bytes: int
    """Of all updates, as they came into the log."""
    log_bytes: int
    """Of what the log still holds of them."""
    document_bytes: int


@dataclass
class Pace:
    """Delays are from sending to each who heard it, in milliseconds; CPU is of the web processes."""

    updates_per_second: float
    deliveries: int
    p50_ms: float
    p99_ms: float
    updates_per_cpu_second: float


def typing_in_notes(contender: Synergy, seconds: float, updates: int) -> NotesFigures:
    """`seconds` at the pace of people, then `updates` as fast as they are saved."""
    staged = contender.stage("notes", contender.staged["stream"].partition(":")[2])
    urls = [f"http://127.0.0.1:{server.port}" for server in contender.web]
    paces, written = asyncio.run(_write(contender, urls, staged["stream"], seconds, updates))
    held = contender.stage("audit_notes", str(staged["notes"]))
    return NotesFigures(
        people=PEOPLE,
        typing=paces[0],
        flat_out=paces[1],
        updates=held["updates"],
        written_bytes=written,
        log_bytes=held["log_bytes"],
        document_bytes=held["document_bytes"],
    )


async def _write(
    contender: Synergy, urls: Sequence[str], stream: str, seconds: float, updates: int
) -> tuple[list[Pace], int]:
    meeting = Meeting()
    async with AsyncExitStack() as stack:
        for number, cookie in enumerate(contender.staged["cookies"][:PEOPLE]):
            scribe = Scribe(meeting, [urls[number % len(urls)]], cookie, stream)
            meeting.scribes.append(await stack.enter_async_context(scribe))
        typing = await meeting.pace(contender, seconds, at_most=updates, pause=RHYTHM)
        flat_out = await meeting.pace(contender, PATIENCE, at_most=updates, pause=0)
        faults = [fault for scribe in meeting.scribes for fault in scribe.faults]
        assert not faults, faults[:3]
    return [typing, flat_out], meeting.written


class Meeting:
    """What all know of all: when each update was sent, and how long it took to be heard."""

    def __init__(self) -> None:
        self.scribes: list[Scribe] = []
        self.sent: dict[str, float] = {}
        self.delays: list[float] = []
        self.done = 0
        self.written = 0

    async def pace(self, contender: Synergy, seconds: float, *, at_most: int, pause: float) -> Pace:
        self.delays.clear()
        self.done = 0
        cpu, start = contender.cpu()["web"], time.perf_counter()
        until = start + seconds
        await asyncio.gather(*(scribe.write(until, at_most, pause) for scribe in self.scribes))
        taken = time.perf_counter() - start
        head = max(scribe.last or 0 for scribe in self.scribes)
        heard = [await scribe.until(head, PATIENCE) for scribe in self.scribes]
        assert all(heard), "somebody did not hear everything"
        delays = sorted(self.delays)
        assert len(delays) == self.done * len(self.scribes), (len(delays), self.done)
        return Pace(
            updates_per_second=self.done / taken,
            deliveries=len(delays),
            p50_ms=delays[len(delays) // 2] * 1000,
            p99_ms=delays[int(len(delays) * 0.99)] * 1000,
            updates_per_cpu_second=self.done / max(contender.cpu()["web"] - cpu, 0.01),
        )


class Scribe(Tab):
    """Somebody who types words at places that change, and takes the time of what arrives."""

    def __init__(self, meeting: Meeting, *where: Any) -> None:
        super().__init__(*where)
        self._meeting = meeting
        self._writer = Writer()

    async def write(self, until: float, at_most: int, pause: float) -> None:
        meeting = self._meeting
        await asyncio.sleep(random.uniform(0, pause))
        while time.perf_counter() < until and meeting.done < at_most:
            length = len(self._writer.text)
            self._writer.insert(random.choice([length, length, length // 2]), random.choice(WORDS) + " ")
            (update,) = self._writer.take()
            text = base64.b64encode(update).decode()
            meeting.done += 1
            meeting.written += len(text) + len('{"update":""}')
            meeting.sent[text] = time.perf_counter()
            await self.do("notes.update", {"update": text})
            await asyncio.sleep(pause)

    async def _take(self, frame: dict[str, Any]) -> None:
        if frame["op"] == "events":
            now = time.perf_counter()
            self._meeting.delays += [
                now - self._meeting.sent[event["data"]["update"]] for event in frame["events"]
            ]
        await super()._take(frame)
