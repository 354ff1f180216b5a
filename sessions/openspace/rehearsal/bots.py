"""Bots: each follows the gathering as a browser would, looks at the wall now and then, and does one thing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from rooms.replay.cast import Part
from rooms.replay.tab import Tab
from rooms.replay.wire import CommandRefused
from sessions.openspace.rehearsal.talk import CLOSING_WORDS, OPENING_WORDS, Subject
from sessions.openspace.rehearsal.wall import Wall

INTERESTS = 4
"""How many topics a bot marks."""
BUTTERFLIES = 0.1
"""The share of bots that spend a round in the lounge."""
BUMBLEBEES = 0.05
"""How likely a bot is to leave for another room whenever it looks up."""
EXPECTED = frozenset({"conflict", "forbidden", "invalid"})
"""The wall has changed since the bot looked: what people meet, too."""


@dataclass
class Doings:
    """What all bots did, for the progress line and the verdict."""

    done: dict[str, int] = field(default_factory=dict)
    """{command: how often it was answered done}"""
    refused: dict[str, int] = field(default_factory=dict)
    """{command and code: how often}"""
    unexpected: list[str] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [fault for tab in self.tabs for fault in tab.faults]


class Visitor:
    """Somebody at a gathering: their wall, moved on by what was heard, and their hands."""

    def __init__(self, urls: Sequence[str], part: Part, gathering: int, doings: Doings) -> None:
        self.person = part.person
        self._urls = urls
        self._cookie = part.cookie
        self._doings = doings
        self._tab = self._new_tab(f"gathering:{gathering}")
        self._state: dict[str, Any] | None = None
        self._heard = 0

    async def come(self) -> None:
        await self._tab.come()
        self.look()

    async def end(self) -> None:
        await self._tab.end()

    @property
    def here(self) -> set[int]:
        """Who follows the gathering now."""
        return self._tab.here

    def look(self) -> Wall:
        """The wall as it is now."""
        if self._tab.state is not self._state:
            assert self._tab.state is not None
            self._state, self._heard = self._tab.state, 0
            self.wall = Wall(self._state)
        for event in self._tab.heard[self._heard :]:
            self.wall.hear(event.name, event.data)
        self._heard = len(self._tab.heard)
        return self.wall

    async def until(self, is_so: Callable[[Wall], bool], seconds: float) -> None:
        """Waits until the wall is so, for so long at most."""
        end = asyncio.get_running_loop().time() + seconds
        while not is_so(self.look()):
            rest = end - asyncio.get_running_loop().time()
            if rest <= 0 or not await self._tab.until((self._tab.last or 0) + 1, rest):
                return

    async def do(self, name: str, data: dict[str, Any], tab: Tab | None = None) -> bool:
        """Runs a command; whether it was done."""
        try:
            await (tab or self._tab).do(name, data)
        except CommandRefused as refusal:
            key = f"{name} {refusal.code}"
            self._doings.refused[key] = self._doings.refused.get(key, 0) + 1
            if refusal.code not in EXPECTED:
                self._doings.unexpected.append(f"{name}: {refusal}")
            return False
        self._doings.done[name] = self._doings.done.get(name, 0) + 1
        return True

    def _new_tab(self, stream: str) -> Tab:
        tab = Tab(self._urls, self._cookie, stream)
        self._doings.tabs.append(tab)
        return tab


class Bot(Visitor):
    """A participant. `subject`: what it proposes, if anything. `pace`: seconds between two looks at the wall."""

    def __init__(
        self,
        urls: Sequence[str],
        part: Part,
        gathering: int,
        doings: Doings,
        *,
        subject: Subject | None,
        pace: float,
        seed: int,
    ) -> None:
        super().__init__(urls, part, gathering, doings)
        self._subject = subject
        self._pace = pace
        self._random = random.Random(seed)  # noqa: S311 - a rehearsal, not a secret
        self._room: Tab | None = None
        self._moved_in: int | None = None
        """The round for which it has chosen where to go."""
        self._lines: list[str] = []
        self._has_proposed = self._has_voted = False
        self._acted_on: set[int] = set()

    async def live(self) -> None:
        """Takes part until the gathering is closed."""
        await self.come()
        while self.look().gathering["stage"] != "closed":
            await self._do_one_thing()
            await asyncio.sleep(self._pace * self._random.uniform(0.5, 1.5))

    async def end(self) -> None:
        await super().end()
        if self._room is not None:
            await self._room.end()

    async def _do_one_thing(self) -> None:
        wall = self.wall
        if wall.invited_to is not None:
            await self._move(wall.invited_to)
            wall.invited_to = None
        elif wall.speaker() == self.person:
            await self._speak_in_circle()
        elif wall.running is not None:
            await self._take_part_in_round(wall.running)
        elif not await self._report():
            await self._take_part_between_rounds()

    async def _take_part_between_rounds(self) -> None:
        gathering = self.wall.gathering
        if gathering["voting"] == "open" and not self._has_voted:
            await self._vote(gathering["points_each"])
        elif gathering["is_market_open"]:
            await self._trade()
        elif gathering["stage"] in ("converging", "closing"):
            await self._act()

    async def _speak_in_circle(self) -> None:
        if self.wall.gathering["circle"]["kind"] == "closing":
            await self.do("word.say", {"word": self._random.choice(CLOSING_WORDS)})
        else:
            for plenary in self.wall.spaces("plenary")[:1]:
                room = await self._enter(plenary["room"])
                await self.do("message.post", {"text": self._random.choice(OPENING_WORDS)}, room)
        await self.do("circle.pass", {})

    async def _trade(self) -> None:
        """At the marketplace: propose, find a place, show interest."""
        if self._subject and not self._has_proposed:
            data = {
                "title": self._subject.title,
                "why": self._subject.why,
                "language": self._subject.language,
            }
            self._has_proposed = await self.do("topic.propose", data)
            return
        waiting = [topic for topic in self.wall.my_topics() if not topic["places"]]
        cells = self.wall.free_cells()
        if waiting and cells:
            slot, space = self._random.choice(cells)
            place = {"topic": waiting[0]["id"], "slot": slot, "space": space, "beside": []}
            await self.do("topic.place", place)
            return
        await self._show_interest()

    async def _show_interest(self) -> None:
        others = [topic for topic in self.wall.topics if topic["convener"] != self.person]
        marked = [topic for topic in others if self.person in topic["interested"]]
        fresh = [topic for topic in others if topic not in marked]
        if fresh and len(marked) < INTERESTS and self._random.random() < 0.5:
            await self.do("interest.mark", {"topic": self._random.choice(fresh)["id"]})

    async def _take_part_in_round(self, slot: dict[str, Any]) -> None:
        if self._moved_in != slot["id"]:
            self._moved_in = slot["id"]
            await self._go_where_it_is_interesting(slot["id"])
        elif self._lines and self._room is not None:
            await self.do("message.post", {"text": self._lines.pop(0)}, self._room)
        elif _is_ending(slot) and await self._report(slot["id"]):
            pass
        elif self._random.random() < BUMBLEBEES and not self._convenes_in(slot["id"]):
            await self._go_where_it_is_interesting(slot["id"])

    async def _go_where_it_is_interesting(self, slot: int) -> None:
        here = [topic for topic in self.wall.topics if self.wall.place_in(topic, slot)]
        own = [topic for topic in here if self.person in (topic["convener"], *topic["co_conveners"])]
        marked = [topic for topic in here if self.person in topic["interested"]]
        lounge = self.wall.spaces("lounge")
        if not own and lounge and (not here or self._random.random() < BUTTERFLIES):
            await self._move(lounge[0]["id"])
            return
        if choice := own or marked or here:
            topic = self._random.choice(choice)
            space = self.wall.place_in(topic, slot)
            if space is not None and await self._move(space):
                self._lines = self._what_to_say(topic)

    def _what_to_say(self, topic: dict[str, Any]) -> list[str]:
        if topic["convener"] != self.person or self._subject is None:
            return [
                self._random.choice(
                    ("What did it cost?", "Who had to agree?", "We tried the same and stopped.")
                )
            ]
        return list(self._subject.lines)

    def _convenes_in(self, slot: int) -> bool:
        return any(self.wall.place_in(topic, slot) for topic in self.wall.my_topics())

    async def _move(self, space: int) -> bool:
        if self.wall.where.get(self.person) != space and not await self.do("person.move", {"space": space}):
            return False
        self._room = await self._enter(self.wall.cards["spaces"][space]["room"])
        return True

    async def _enter(self, room: int) -> Tab:
        """The room's stream; the one entered before is left, as a page is."""
        stream = f"room:{room}"
        if self._room is None or self._room.stream != stream:
            if self._room is not None:
                await self._room.end()
            self._room = self._new_tab(stream)
            await self._room.come()
        return self._room

    async def _report(self, slot: int | None = None) -> bool:
        """Writes and confirms the report of a topic of its own that is over, or ends soon; whether there was one."""
        over = {each["id"] for each in self.wall.rounds if each["ended_at"]} | ({slot} if slot else set())
        for topic in self.wall.my_topics():
            is_over = any(place["slot"] in over for place in topic["places"])
            if self._subject and is_over and topic["report"] != "confirmed" and not topic["did_not_happen"]:
                await self._write_report(topic["id"], self._subject)
                return True
        return False

    async def _write_report(self, topic: int, subject: Subject) -> None:
        tab = self._new_tab(f"topic:{topic}")
        await tab.come()
        try:
            await self.do("report.begin", {}, tab)
            step = {"what": subject.next_step, "who": "", "when": _in_a_month()}
            for name, value in (
                ("summary", subject.summary),
                ("recommendations", subject.recommendations),
                ("next_steps", [step]),
            ):
                base = _revision(tab, name)
                await self.do("report.change", {"field": name, "value": value, "base": base}, tab)
            await self.do("report.confirm", {}, tab)
        finally:
            await tab.end()

    async def _vote(self, points: int) -> None:
        topics = [topic for topic in self.wall.topics if topic["places"]]
        if topics:
            given = self._random.choices(topics, k=points)
            chosen = {str(topic["id"]): given.count(topic) for topic in given}
            self._has_voted = await self.do("vote.cast", {"points": chosen})

    async def _act(self) -> None:
        for topic in self.wall.my_topics():
            if self._subject and self._subject.action and topic["id"] not in self._acted_on:
                self._acted_on.add(topic["id"])
                data = {"what": self._subject.action, "convener": self.person, "topic": topic["id"]}
                await self.do(
                    "action.add", {**data, "first_step": self._subject.next_step, "due": _in_a_month()}
                )


def _is_ending(slot: dict[str, Any]) -> bool:
    """Whether two thirds of the round are over."""
    starts, ends = (datetime.fromisoformat(slot[name]) for name in ("started_at", "ends_at"))
    return datetime.now(UTC) > starts + (ends - starts) * 2 / 3


def _in_a_month() -> str:
    return (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def _revision(tab: Tab, field_name: str) -> int:
    """How often the field was changed, as the tab knows."""
    revision = int((tab.state or {}).get("revisions", {}).get(field_name, 0))
    for event in tab.heard:
        if event.name == "report.changed" and event.data["field"] == field_name:
            revision = event.data["revision"]
    return revision
