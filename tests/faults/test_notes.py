"""The server is killed while people write notes: nothing answered `done` is lost, and the rest is sent again."""

import asyncio
from contextlib import AsyncExitStack

import msgspec
import pytest

from rooms.replay.tab import Tab
from tests.faults.load import until
from tests.support.notes import Writer

pytestmark = pytest.mark.timeout(300)
WRITERS = range(8)


class Scribe:
    """Somebody who writes words of their own, and holds what the server has said."""

    def __init__(self, number, tab):
        self.number, self.tab = number, tab
        self.writer = Writer()
        self.heard = 0
        self.done = []
        self.is_over = False

    async def write(self):
        count = 0
        while not self.is_over:
            self.hear()
            word = f"<{self.number}.{count}>"
            self.writer.insert(len(self.writer.text) // (1 + count % 3), word)
            await self.tab.do("notes.update", {"update": self.writer.take_merged()})
            self.done.append(word)
            count += 1
            await asyncio.sleep(0.02)

    def hear(self):
        """Also the document of a fresh state, in case too much was missed."""
        if self.tab.state is not None:
            self.writer.apply(msgspec.convert(self.tab.state["document"], bytes))
        new = self.tab.heard[self.heard :] if self.heard <= len(self.tab.heard) else self.tab.heard
        self.heard = len(self.tab.heard)
        self.writer.apply(*(msgspec.convert(event.data["update"], bytes) for event in new))


async def test_servers_killed_while_people_write(either):
    notes = await asyncio.to_thread(either.stage, "notes", either.room)
    async with AsyncExitStack() as stack:
        scribes = []
        for number in WRITERS:
            urls = [*either.urls[number % len(either.urls) :], *either.urls[: number % len(either.urls)]]
            tab = Tab(urls, either.company["cookies"][number], notes["stream"])
            scribes.append(Scribe(number, await stack.enter_async_context(tab)))
        writing = asyncio.gather(*(scribe.write() for scribe in scribes))
        for site in [*either.sites, either.site]:
            await grows_by(scribes, 120, writing)
            await asyncio.to_thread(site.restart_hard)
        await grows_by(scribes, 120, writing)
        for scribe in scribes:
            scribe.is_over = True
        await asyncio.wait_for(writing, 60)

        held = await asyncio.to_thread(either.stage, "audit_notes", notes["notes"])
        for scribe in scribes:
            assert await scribe.tab.until(held["head"])
            scribe.hear()
            assert scribe.tab.faults == []
            assert scribe.writer.text == held["text"]

    words = [word for scribe in scribes for word in scribe.done]
    # Somebody may have written in the middle of a word: letters are counted, not words.
    assert sorted(held["text"]) == sorted("".join(words))
    assert held["head"] == held["updates"] == len(words) == held["receipts"]
    assert held["document_seq"] >= 200


async def grows_by(scribes, updates, writing):
    wanted = sum(len(scribe.done) for scribe in scribes) + updates
    await until(
        lambda: writing.done() or sum(len(scribe.done) for scribe in scribes) >= wanted,
        90,
        f"{updates} updates were not done in time",
    )
    assert not writing.done() or writing.result()
