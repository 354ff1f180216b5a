"""A bot that facilitates: from the opening circle to the closed gathering, in minutes instead of a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sessions.openspace.rehearsal.bots import Visitor
from sessions.openspace.rehearsal.talk import ANNOUNCEMENT
from sessions.openspace.rehearsal.wall import Wall


async def lead(facilitator: Visitor, *, topics: int, seconds: float, patience: float) -> None:
    """Runs the whole gathering, in which so many topics are to come.

    A round takes `seconds`; nothing else is waited for longer than `patience` seconds.
    """
    guide = _Guide(facilitator, patience)
    do = facilitator.do
    await facilitator.come()
    await do("clock.set", {"runs_by_clock": False})
    await do("stage.set", {"stage": "opening"})
    await guide.circle("opening")
    await do("stage.set", {"stage": "marketplace"})
    await guide.until(lambda wall: len([topic for topic in wall.topics if topic["places"]]) >= topics)
    await do("news.post", {"text": ANNOUNCEMENT, "language": "en"})
    await do("stage.set", {"stage": "rounds"})
    for slot in facilitator.look().rounds:
        if await do("round.start", {"slot": slot["id"]}):
            await asyncio.sleep(seconds)
            await do("gong.ring", {})
            await do("round.end", {"slot": slot["id"]})
            await guide.until(_all_have_reported)
    await do("stage.set", {"stage": "converging"})
    await do("voting.open", {"points_each": 5})
    await guide.until(lambda wall: wall.gathering["voters"] >= len(wall.where))
    await do("voting.close", {})
    await do("stage.set", {"stage": "closing"})
    await guide.circle("closing")
    await do("stage.set", {"stage": "closed"})


class _Guide:
    def __init__(self, facilitator: Visitor, patience: float) -> None:
        self._facilitator = facilitator
        self._patience = patience

    async def circle(self, kind: str) -> None:
        people = sorted(self._facilitator.here)
        await self._facilitator.do("circle.start", {"kind": kind, "people": people})
        await self.until(lambda wall: wall.gathering["circle"] is not None)
        await self.until(lambda wall: wall.speaker() in (None, self._facilitator.person))
        await self._facilitator.do("circle.end", {})

    async def until(self, is_so: Callable[[Wall], bool]) -> None:
        await self._facilitator.until(is_so, self._patience)


def _all_have_reported(wall: Wall) -> bool:
    over = {slot["id"] for slot in wall.rounds if slot["ended_at"]}
    ended = [topic for topic in wall.topics if any(place["slot"] in over for place in topic["places"])]
    return all(topic["report"] == "confirmed" for topic in ended)
