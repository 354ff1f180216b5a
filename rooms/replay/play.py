"""The replay itself: authors speak when they spoke, readers come and go, and everybody counts."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from rooms.replay.cast import Cast, Part
from rooms.replay.chat import Chat, Left, Line, Said
from rooms.replay.tab import Tab
from rooms.replay.wire import CommandRefused
from rooms.text import clean_text

MINUTE = 60.0
ABSENCES = 4
"""How often a reader goes away during a replay, on average."""
SHORTEST_STAY = 1.0
SHARE_THAT_STAYS = 0.2
SHARE_THAT_NEVER_RETURNS = 0.1
SETTLE_SECONDS = 60.0


@dataclass
class Performance:
    """What has happened so far, for the progress line and the verdict."""

    total: int
    posted: dict[int, tuple[int, str]] = field(default_factory=dict)
    """seq → who said it and the text, for every line that was answered `done`"""
    refused: list[str] = field(default_factory=list)
    replies: int = 0
    drops: int = 0
    returns: int = 0
    authors: list[Tab] = field(default_factory=list)
    readers: list[Tab] = field(default_factory=list)
    gone: set[Tab] = field(default_factory=set)
    """Readers who went and did not come back."""

    @property
    def faults(self) -> int:
        return sum(len(tab.faults) for tab in [*self.authors, *self.readers])


def schedule(lines: Sequence[Line], *, speed: float, silence: float) -> list[float]:
    """Seconds from the start at which each line is due.

    Times are `speed` times as dense as they were, and no pause is longer than `silence` seconds.
    Lines with the same time are spread until the next, over a minute at most.
    """
    groups = [list(some) for _, some in groupby(lines, key=lambda line: line.at)]
    gaps = [(later[0].at - earlier[0].at).total_seconds() for earlier, later in pairwise(groups)]
    due: list[float] = []
    now = 0.0
    for some, gap in zip(groups, [*gaps, MINUTE], strict=True):
        spread = min(gap, MINUTE) / speed
        due.extend(now + spread * place / len(some) for place in range(len(some)))
        now += min(gap / speed, max(silence, spread))
    return due


class Play:
    """One replay of `chat` into `stream`, at one of `urls` (each attempt to connect takes the next)."""

    def __init__(
        self,
        chat: Chat,
        cast: Cast,
        *,
        stream: str,
        urls: Sequence[str],
        speed: float,
        silence: float = 2.0,
        seed: int | None = None,
    ) -> None:
        self.performance = Performance(total=len(chat.said))
        self._chat = chat
        self._cast = cast
        self._stream = stream
        self._urls = urls
        self._due = schedule(chat.lines, speed=speed, silence=silence)
        self._random = random.Random(seed)  # noqa: S311 - a rehearsal, not a secret
        self._authors: dict[str, _Author] = {}
        loop = asyncio.get_running_loop()
        self._roots = {line.number: loop.create_future() for line in chat.said}

    async def run(self) -> Performance:
        """Returns when all is said and everybody who stays has heard it, or has waited long enough."""
        performance = self.performance
        try:
            performance.readers = list(await asyncio.gather(*map(self._enter, self._cast.readers)))
            restless = [asyncio.create_task(self._come_and_go(tab)) for tab in self._restless()]
            await self._speak()
            for task in restless:
                task.cancel()
            await asyncio.gather(*restless, return_exceptions=True)
            await self._come_back()
            return performance
        finally:
            await asyncio.gather(*(tab.end() for tab in [*performance.readers, *performance.authors]))

    async def _enter(self, part: Part) -> Tab:
        tab = Tab(self._urls, part.cookie, self._stream)
        await tab.come()
        return tab

    async def _speak(self) -> None:
        clock = asyncio.get_running_loop().time
        start = clock()
        for line, due in zip(self._chat.lines, self._due, strict=True):
            await asyncio.sleep(max(0.0, start + due - clock()))
            self._author(line.who).hear(line)
        for author in self._authors.values():
            author.hear(None)
        await asyncio.gather(*(author.work for author in self._authors.values()))

    def _author(self, name: str) -> _Author:
        if name not in self._authors:
            tab = Tab(self._urls, self._cast.authors[name].cookie, self._stream)
            self.performance.authors.append(tab)
            self._authors[name] = _Author(self, tab, self._cast.authors[name].person)
        return self._authors[name]

    def _restless(self) -> list[Tab]:
        readers = self.performance.readers
        return readers[round(len(readers) * SHARE_THAT_STAYS) :]

    async def _come_and_go(self, tab: Tab) -> None:
        """Loses the connection, closes the lid, leaves the page: now and then, and for some time."""
        length = max(self._due[-1] / ABSENCES, SHORTEST_STAY)
        while True:
            await asyncio.sleep(self._random.uniform(0.2, 1.8) * length)
            self.performance.drops += 1
            match self._random.randrange(3):
                case 0:
                    tab.cut()
                case 1:
                    tab.drop()
                case _:
                    await tab.leave()
            await asyncio.sleep(self._random.uniform(0, 0.5) * length)
            await tab.come()
            self.performance.returns += 1

    async def _come_back(self) -> None:
        performance = self.performance
        leavers = self._restless()
        performance.gone = set(leavers[: round(len(leavers) * SHARE_THAT_NEVER_RETURNS)])
        for tab in performance.gone:
            await tab.leave()
        back = [tab for tab in performance.readers if tab not in performance.gone]
        last = max(performance.posted, default=0)
        await asyncio.gather(*(self._settle(tab, last) for tab in back))

    async def _settle(self, tab: Tab, last: int) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                await tab.come()
                await tab.until(last, SETTLE_SECONDS)

    async def say(self, tab: Tab, person: int, line: Said) -> None:
        """Posts the line, in the thread of what it answers, and remembers its number."""
        root = await self._roots[line.answers] if line.answers in self._roots else None
        data = {"text": line.text, "root": root} if root else {"text": line.text}
        try:
            done = await tab.do("message.post", data)
        except CommandRefused as refusal:
            self.performance.refused.append(f"line {line.number}: {refusal}")
            self._roots[line.number].set_result(None)
            return
        seq = done["data"]["message"]
        if seq in self.performance.posted:
            self.performance.refused.append(f"line {line.number}: answered with {seq}, as another line was")
        self.performance.posted[seq] = (person, clean_text(line.text))
        self.performance.replies += root is not None
        self._roots[line.number].set_result(root or seq)


class _Author:
    """One voice: does what it did, one thing after the other."""

    def __init__(self, play: Play, tab: Tab, person: int) -> None:
        self._play = play
        self._tab = tab
        self._person = person
        self._lines: asyncio.Queue[Line | None] = asyncio.Queue()
        self.work = asyncio.create_task(self._perform())

    def hear(self, line: Line | None) -> None:
        self._lines.put_nowait(line)

    async def _perform(self) -> None:
        while line := await self._lines.get():
            if isinstance(line, Left):
                await self._tab.leave()
                continue
            await self._tab.come()
            if isinstance(line, Said):
                await self._play.say(self._tab, self._person, line)
