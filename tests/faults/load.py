"""A load of messages, and the check that nothing of it was lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from rooms.replay.tab import Tab
from tests.support.installation import Installation


@dataclass
class Load:
    """People who talk, each one message after the other, until told to stop."""

    tabs: list[Tab]
    done: dict[str, int] = field(default_factory=dict)
    """text → the number it was answered with"""
    is_over: bool = False
    pause: float = 0.01
    """Seconds of silence after each message."""

    async def __aenter__(self) -> Self:
        talking = (self._talk(number, tab) for number, tab in enumerate(self.tabs))
        self._work = asyncio.gather(*talking)
        return self

    async def __aexit__(self, *exception: object) -> None:
        """Nobody begins another sentence; what was begun is done."""
        self.is_over = True
        async with asyncio.timeout(90):
            await self._work

    async def _talk(self, number: int, tab: Tab) -> None:
        count = 0
        while not self.is_over:
            text = f"{number}: sentence {count}"
            answer = await tab.do("message.post", {"text": text})
            assert text not in self.done
            self.done[text] = answer["data"]["message"]
            count += 1
            await asyncio.sleep(self.pause)

    async def grows_by(self, messages: int, *, within: float) -> None:
        """Waits until so many more messages are done."""
        wanted = len(self.done) + messages
        end = time.monotonic() + within
        while len(self.done) < wanted:
            if self._work.done():
                self._work.result()
            assert time.monotonic() < end, (
                f"{wanted - len(self.done)} of {messages} messages were not done in time"
            )
            await asyncio.sleep(0.02)


def assert_nothing_lost(installation: Installation, load: Load, readers: Sequence[Tab]) -> None:
    """Nothing answered `done` is missing or doubled: in the log, in the tables, or at anybody.

    Readers are looked at from where they began to where they went.
    """
    held = installation.audit()
    posted = [event for event in held["events"] if event["name"] == "message.posted"]
    assert [event["seq"] for event in held["events"]] == list(range(1, held["head"] + 1))
    assert sorted(event["data"]["text"] for event in posted) == sorted(load.done)
    assert {event["data"]["text"]: event["seq"] for event in posted} == load.done
    assert {message["text"]: message["seq"] for message in held["messages"]} == load.done
    assert len(held["messages"]) == len(load.done) == held["receipts"]
    everything = [(event["seq"], event["by"], event["data"]["text"]) for event in posted]
    for reader in readers:
        assert reader.faults == []
        wanted = [event for event in everything if reader.since < event[0] <= (reader.last or 0)]
        assert [(event.seq, event.by, event.data["text"]) for event in reader.heard] == wanted


async def until(condition: Callable[[], bool], seconds: float, otherwise: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, otherwise
        await asyncio.sleep(0.02)
