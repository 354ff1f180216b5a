"""What is measured, one function for each figure. CPU is that of the server's processes only."""

from __future__ import annotations

import http.client
import statistics
import time
from dataclasses import dataclass, field
from typing import Any

from tests.bench.contenders import Contender, Synergy
from tests.bench.notes import NotesFigures
from tests.bench.servers import resident_bytes
from tests.bench.wall import WallFigures

HISTORY_REQUESTS = 60


@dataclass
class Flood:
    """Messages sent as fast as everybody receives them, with so many in flight; runs are added up."""

    deliveries: int = 0
    frames: int = 0
    messages: int = 0
    seconds: float = 0
    client_cpu: float = 0
    cpu: dict[str, float] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)

    def add(self, seen: dict[str, Any], cpu: dict[str, float]) -> None:
        self.deliveries += seen["deliveries"]
        self.frames += seen["frames"]
        self.messages += seen["messages"]
        self.seconds += seen["seconds"]
        self.client_cpu += seen["client_cpu"]
        for name, used in cpu.items():
            self.cpu[name] = self.cpu.get(name, 0) + used
        for fault in ("doubled", "missing", "troubles"):
            self.faults[fault] = self.faults.get(fault, 0) + seen[fault]
        self.faults["incomplete"] = self.faults.get("incomplete", 0) + (not seen["complete"])

    @property
    def per_cpu_second(self) -> float:
        return self.deliveries / self.cpu["web"]

    @property
    def per_cpu_second_of_all(self) -> float:
        """With the database and Redis counted in."""
        return self.deliveries / sum(self.cpu.values())

    @property
    def messages_per_second(self) -> float:
        return self.messages / self.seconds

    @property
    def events_per_frame(self) -> float:
        return self.deliveries / self.frames

    @property
    def client_share(self) -> float:
        """How busy the load generator was: near 1 it would be what limits."""
        return self.client_cpu / self.seconds


@dataclass
class Result:
    """All figures of one contender; None where there is nothing to measure."""

    title: str
    floods: dict[int, Flood] = field(default_factory=dict)
    half_load: dict[str, float] | None = None
    idle_kb: float | None = None
    durable_per_second: float | None = None
    durable_per_cpu_second: float | None = None
    heard_per_second: float | None = None
    """Durable messages a second while all members hear them."""
    catch_up: dict[str, Any] | None = None
    history: dict[str, float] | None = None
    notes: NotesFigures | None = None
    wall: WallFigures | None = None


def flood(contender: Contender, result: Result, in_flight: int, seconds: float) -> None:
    before = contender.cpu()
    seen = contender.generator.ask("flood", inFlight=in_flight, seconds=seconds)
    after = contender.cpu()
    used = {name: after[name] - before[name] for name in after}
    result.floods.setdefault(in_flight, Flood()).add(seen, used)


def half_load(contender: Contender, result: Result, in_flight: int, seconds: float) -> None:
    """Delays at half the rate that the flood with `in_flight` reached, from sending to every receiver."""
    rate = result.floods[in_flight].messages_per_second / 2
    seen = contender.generator.ask("pace", rate=rate, seconds=seconds)
    result.half_load = {
        "rate": rate,
        **{name: seen[name] for name in ("p50_ms", "p99_ms", "max_ms", "complete")},
    }


def durable_messages(contender: Contender, result: Result, writers: int, seconds: float) -> None:
    """Everybody who writes only writes. First nobody else is in the room, then all members hear it."""
    contender.generator.ask("stepOut")
    result.durable_per_second, result.durable_per_cpu_second = _written(contender, writers, seconds)
    contender.generator.ask("stepIn")
    if isinstance(contender, Synergy):
        result.heard_per_second, _per_cpu = _written(contender, writers, seconds)


def _written(contender: Contender, writers: int, seconds: float) -> tuple[float, float]:
    """Messages per second, and per CPU-second."""
    contender.generator.ask("writersCome", count=writers)
    before = contender.cpu()["web"]
    seen = contender.generator.ask("write", seconds=seconds)
    used = contender.cpu()["web"] - before
    assert not seen["troubles"], seen
    assert not seen["unanswered"], seen
    return seen["per_second"], seen["messages"] / used


def idle_connections(contender: Contender, result: Result, count: int) -> None:
    before = sum(map(resident_bytes, contender.pids))
    contender.generator.ask("idle", count=count)
    time.sleep(1)
    result.idle_kb = (sum(map(resident_bytes, contender.pids)) - before) / count / 1024
    contender.generator.ask("idleLeave")


def catch_up(contender: Contender, result: Result, people: int, missed: int) -> None:
    """Everybody comes back at once; each has missed the same number of events."""
    before = contender.cpu()["web"]
    seen = contender.generator.ask("comeBack", count=people, missed=missed)
    seen["cpu"] = contender.cpu()["web"] - before
    assert seen["deliveries"] == people * missed, seen
    result.catch_up = seen


def history_page(contender: Synergy, result: Result, messages: int) -> None:
    """The time of a page of history in a room where much was said, and in one where little was."""
    rooms = contender.stage("history", str(messages))
    connection = http.client.HTTPConnection("127.0.0.1", contender.web[0].port)
    headers = {"Cookie": contender.staged["cookies"][0]}
    worst = 0.0
    taken: dict[str, dict[str, list[float]]] = {}
    for turn in range(HISTORY_REQUESTS):
        for name, room in rooms.items():
            for where, before in (("newest", room["messages"] + 1), ("middle", room["messages"] // 2)):
                start = time.perf_counter()
                connection.request(
                    "GET", f"/api/rooms/{room['room']}/messages/?before={before}", headers=headers
                )
                answer = connection.getresponse()
                body = answer.read()
                if turn >= 10:
                    taken.setdefault(where, {}).setdefault(name, []).append(time.perf_counter() - start)
                assert answer.status == 200, body[:500]
    medians = {
        where: {name: statistics.median(times) for name, times in some.items()}
        for where, some in taken.items()
    }
    worst = max(some["much"] / some["little"] for some in medians.values())
    result.history = {
        "messages": messages,
        "ratio": worst,
        "newest_ms": medians["newest"]["much"] * 1000,
        "middle_ms": medians["middle"]["much"] * 1000,
        "little_ms": medians["newest"]["little"] * 1000,
    }
    connection.close()
