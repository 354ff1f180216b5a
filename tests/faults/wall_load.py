"""A day at the wall while something breaks: people who place, go, vote, write and report, and the check afterwards."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

import msgspec

from rooms.replay.cast import Part
from rooms.replay.tab import Tab
from rooms.replay.wire import CommandRefused
from sessions.openspace.rehearsal.bots import Doings, Visitor
from sessions.openspace.rehearsal.wall import Wall
from tests.faults.load import until
from tests.support.installation import Installation
from tests.support.notes import Writer

GUESTS = 12
STAGING = "gathering_staging"
HELD_ROUNDS = 3
"""The first so many rounds are started and ended again and again; topics move about in the others."""
ONE_EVENT = {
    "topic.place": "topic.placed",
    "interest.mark": "interest.marked",
    "interest.unmark": "interest.unmarked",
    "person.move": "person.moved",
    "news.post": "news.posted",
    "report.change": "report.changed",
    "notes.update": "notes.updated",
}
"""Commands that, as they are given here, each make one event, and the number that they are answered with is its."""


@dataclass(frozen=True)
class Done:
    stream: str
    name: str
    by: int
    seq: int
    data: dict[str, Any]


@dataclass
class Ledger:
    """All that was answered: `done` in order, and how often what was refused."""

    done: list[Done] = field(default_factory=list)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, name: str) -> list[Done]:
        return [each for each in self.done if each.name == name]


class Guest(Visitor):
    """Somebody who acts on what they see, and drops out now and then."""

    def __init__(self, urls: list[str], part: Part, day: dict[str, Any], ledger: Ledger, dice: random.Random):
        super().__init__(urls, part, day["gathering"], Doings())
        self.day, self.ledger, self.dice = day, ledger, dice
        self.drops = 0

    @property
    def tab(self) -> Tab:
        return self._tab

    async def do(self, name: str, data: dict[str, Any], tab: Tab | None = None) -> bool:
        tab = tab or self.tab
        try:
            answer = await tab.do(name, data)
        except CommandRefused as refusal:
            self.ledger.refused[name, refusal.code] += 1
            return False
        self.ledger.done.append(Done(tab.stream, name, self.person, answer["seq"], data))
        assert await tab.until(answer["seq"], 60), f"{name} was done and is not heard of"
        return True

    async def act(self) -> None:
        self.look()
        doing = self.dice.choice([self.place, self.place, self.mark, self.go, self.go, self.vote, self.drop])
        await doing()

    async def place(self) -> None:
        """Another free cell for the topic of one's own."""
        for topic in self.wall.my_topics():
            held = self.day["slots"][:HELD_ROUNDS]
            seen = topic["places"][0]["slot"] if topic["places"] else None
            cells = [cell for cell in self.wall.free_cells() if cell[0] not in held]
            if seen in held or not cells:
                return
            slot, space = self.dice.choice(cells[:3])
            where = {"slot": slot, "space": space, "from_slot": seen, "beside": []}
            await self.do("topic.place", {"topic": topic["id"], **where})

    async def mark(self) -> None:
        topic = self.dice.choice(self.wall.topics)
        is_marked = self.person in topic["interested"]
        await self.do("interest.unmark" if is_marked else "interest.mark", {"topic": topic["id"]})

    async def go(self) -> None:
        """Half of the time to Rose, where there are few places."""
        others = [space for space in (*self.day["spaces"], None) if space != self.wall.where.get(self.person)]
        rose = self.day["rose"]
        space = rose if rose in others and self.dice.random() < 0.5 else self.dice.choice(others)
        await self.do("person.move", {"space": space})

    async def vote(self) -> None:
        topics = self.dice.sample([topic["id"] for topic in self.wall.topics], 2)
        await self.do("vote.cast", {"points": {str(topics[0]): self.dice.randint(1, 3), str(topics[1]): 1}})

    async def drop(self) -> None:
        """The connection breaks; who comes back is where they were."""
        if self.dice.random() < 0.7:
            return
        self.drops += 1
        before = self.wall.where.get(self.person)
        self.tab.drop()
        await asyncio.sleep(self.dice.uniform(0, 0.5))
        await self.tab.come()
        assert self.look().where.get(self.person) == before


class Facilitator(Guest):
    """Starts, extends and ends the first rounds, as another one does at the same moment."""

    turn = 0

    async def act(self) -> None:
        slot = self.day["slots"][self.turn % HELD_ROUNDS]
        self.turn += 1
        await self.do("round.start", {"slot": slot})
        await self.do("round.extend", {"slot": slot, "minutes": 1})
        await self.do("news.post", {"text": f"News {self.person} {self.turn}", "language": "en"})
        await asyncio.sleep(0.1)
        await self.do("round.end", {"slot": slot})


class Author(Guest):
    """Writes in the report, beside another one."""

    turn = 0

    async def come(self) -> None:
        await super().come()
        self.report = Tab(self._urls_of_tab, self._cookie, self.day["report"])
        await self.report.come()

    @property
    def _urls_of_tab(self) -> list[str]:
        return list(self._urls)

    async def end(self) -> None:
        await super().end()
        await self.report.end()

    async def act(self) -> None:
        self.turn += 1
        name = self.dice.choice(["summary", "recommendations"])
        data = {"field": name, "value": f"{self.person} {self.turn}", "base": self._seen(name)}
        await self.do("report.change", data, self.report)

    def _seen(self, name: str) -> int:
        seen = int((self.report.state or {})["revisions"].get(name, 0))
        for event in self.report.heard:
            if event.name == "report.changed" and event.data["field"] == name:
                seen = event.data["revision"]
        return seen


class Scribe(Guest):
    """Writes words in the notes of a topic; `words` are those that the server took."""

    async def come(self) -> None:
        await super().come()
        self.words: list[str] = []
        self.writer = Writer()
        self.notes = Tab(list(self._urls), self._cookie, self.day["notes"])
        await self.notes.come()

    async def end(self) -> None:
        await super().end()
        await self.notes.end()

    async def act(self) -> None:
        self.hear()
        word = f"<{self.person}.{len(self.words)}>"
        self.writer.insert(len(self.writer.text) // 2, word)
        await self.do("notes.update", {"update": self.writer.take_merged()}, self.notes)
        self.words.append(word)

    def hear(self) -> None:
        assert self.notes.state is not None
        self.writer.apply(msgspec.convert(self.notes.state["document"], bytes))
        self.writer.apply(*(msgspec.convert(event.data["update"], bytes) for event in self.notes.heard))


class Day:
    """Twelve guests, two facilitators, two who report and two who take notes, at work until the block ends."""

    def __init__(self, installation: Installation, seed: int = 1) -> None:
        self.installation = installation
        self.staged = installation.stage("open_space", GUESTS, module=STAGING)
        self.ledger = Ledger()
        self.is_over = False
        dice = random.Random(seed)
        kinds = [Guest] * GUESTS + [Author, Author, Scribe, Scribe]
        self.guests = [self._guest(kind, n, self._part(n), dice) for n, kind in enumerate(kinds)]
        for n, each in enumerate(self.staged["facilitators"]):
            part = Part(each["person"], each["cookie"])
            self.guests.append(self._guest(Facilitator, n, part, dice))

    def _part(self, number: int) -> Part:
        company = self.installation.company
        return Part(company["persons"][number], company["cookies"][number])

    def _guest(self, kind: type[Guest], number: int, part: Part, dice: random.Random) -> Guest:
        urls = self.installation.urls
        at = number % len(urls)
        seeded = random.Random(dice.random())
        return kind([*urls[at:], *urls[:at]], part, self.staged, self.ledger, seeded)

    async def __aenter__(self) -> Self:
        await asyncio.gather(*(guest.come() for guest in self.guests))
        self._work = asyncio.gather(*(self._live(guest) for guest in self.guests))
        return self

    async def __aexit__(self, *exception: object) -> None:
        """Nobody begins anything more; what was begun is done. Everybody stays to be looked at."""
        self.is_over = True
        async with asyncio.timeout(120):
            await self._work

    async def end(self) -> None:
        await asyncio.gather(*(guest.end() for guest in self.guests))

    async def _live(self, guest: Guest) -> None:
        while not self.is_over:
            await guest.act()
            await asyncio.sleep(guest.dice.uniform(0, 0.1))

    async def grows_by(self, doings: int, *, within: float = 90) -> None:
        """Waits until so much more is done."""
        wanted = len(self.ledger.done) + doings
        late = f"{doings} doings were not done in time"
        await until(lambda: self._work.done() or len(self.ledger.done) >= wanted, within, late)
        if self._work.done():
            self._work.result()

    def of(self, kind: type[Guest]) -> list[Any]:
        return [guest for guest in self.guests if isinstance(guest, kind)]


def assert_all_is_there(day: Day, held: dict[str, Any]) -> None:
    """Nothing answered `done` is missing, nothing is there twice, every stream is in order."""
    ledger = day.ledger
    for events in held["events"].values():
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert held["receipts"] == Counter(done.name for done in ledger.done)
    for command, name in ONE_EVENT.items():
        said = Counter((done.stream, done.seq, done.by) for done in ledger.of(command))
        kept = Counter(
            (stream, event["seq"], event["by"])
            for stream, events in held["events"].items()
            for event in events
            if event["name"] == name and not _begins_report(event)
        )
        assert kept == said, command
        assert said, f"nobody did {command}"
    _assert_rows(day, held)
    _assert_rounds_end_once(day, held)
    _assert_never_too_many(day, held)


def _begins_report(event: dict[str, Any]) -> bool:
    """The first change begins the report, which sets the summary and who was there beside it."""
    return event["name"] == "report.changed" and event["seq"] <= 2


def _assert_rows(day: Day, held: dict[str, Any]) -> None:
    """The rows say what was done last by each."""
    votes = {str(done.by): done.data["points"] for done in day.ledger.of("vote.cast")}
    assert held["votes"] == votes
    moves = {str(done.by): done.data["space"] for done in day.ledger.of("person.move")}
    assert held["where"] == {person: space for person, space in moves.items() if space is not None}
    words = [word for scribe in day.of(Scribe) for word in scribe.words]
    assert sorted(held["notes"][day.staged["notes"]]) == sorted("".join(words))


def _assert_rounds_end_once(day: Day, held: dict[str, Any]) -> None:
    """Starts and ends of a round take turns, and what was answered `done` was so at that moment."""
    running: set[int] = set()
    runs_at = {}
    for event in held["events"][day.staged["stream"]]:
        for slot in event["data"].get("slots", []):
            runs = bool(slot["started_at"]) and not slot["ended_at"]
            if event["name"] == "round.ended":
                assert slot["id"] in running
            (running.add if runs else running.discard)(slot["id"])
        assert len(running) <= 1
        runs_at[event["seq"]] = frozenset(running)
    for done in day.ledger.of("round.end"):
        assert done.data["slot"] not in runs_at[done.seq]
    for done in day.ledger.of("round.start"):
        assert done.data["slot"] in runs_at[done.seq]
    assert held["running"] == len(running)


def _assert_never_too_many(day: Day, held: dict[str, Any]) -> None:
    """Rose was full at times, and never fuller."""
    where: dict[int, int] = {}
    most = 0
    for event in held["events"][day.staged["stream"]]:
        if event["name"] == "person.moved":
            where[event["data"]["person"]] = event["data"]["space"]
            most = max(most, list(where.values()).count(day.staged["rose"]))
    assert most == day.staged["places"]
    assert day.ledger.refused["person.move", "conflict"] > 0


async def assert_same_everywhere(day: Day, held: dict[str, Any], store: Any) -> None:
    """What everybody has of the wall, through the browser's own store, is what somebody gets who comes now."""
    head = len(held["events"][day.staged["stream"]])
    for guest in day.guests:
        assert await guest.tab.until(head)
    fresh = [await _fresh_state(day, guest) for guest in day.guests]
    cases = [_case(guest.tab) for guest in day.guests]
    for guest, now, reached in zip(day.guests, fresh, store(cases), strict=True):
        assert guest.tab.faults == []
        assert reached == now
        assert _seen(guest.look()) == _seen(Wall(now))
    await _assert_same_texts(day, held)


async def _fresh_state(day: Day, guest: Guest) -> dict[str, Any]:
    async with Tab(day.installation.urls, guest._cookie, day.staged["stream"]) as tab:
        assert tab.state is not None
        return tab.state


def _case(tab: Tab) -> dict[str, Any]:
    events = [msgspec.to_builtins(event) for event in tab.heard]
    return {"kind": "gathering", "state": tab.state, "head": tab.since, "events": events}


def _seen(wall: Wall) -> dict[str, Any]:
    return {
        "gathering": wall.gathering,
        "where": wall.where,
        "rounds": wall.rounds,
        "topics": wall.topics,
        "news": list(wall.cards["news"].values())[-50:],
    }


async def _assert_same_texts(day: Day, held: dict[str, Any]) -> None:
    """The notes read the same to all, and those who report know the same revisions."""
    for scribe in day.of(Scribe):
        assert await scribe.notes.until(len(held["events"][day.staged["notes"]]))
        scribe.hear()
        assert scribe.notes.faults == []
        assert scribe.writer.text == held["notes"][day.staged["notes"]]
    authors = day.of(Author)
    for author in authors:
        assert await author.report.until(len(held["events"][day.staged["report"]]))
        assert author.report.faults == []
    assert len(set(_revisions(authors))) == 1


def _revisions(authors: Iterable[Author]) -> Iterable[tuple[int, ...]]:
    return (tuple(author._seen(name) for name in ("summary", "recommendations")) for author in authors)
