"""Chat logs as people keep them: who said what and when, who came, who left.

Two spellings are read. Plain text has one line per message, with or without channel and date:

    rust 2018-05-29 [21:20:37] <talchas> but I don't know that I'd bother
    [19:52] <ikonia> just add it like a normal fstab entry
    === carlos is now known as Guest3810

JSON holds such lines in `lines`, and in `links` pairs `[a, b]` of line numbers: b answers a.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

_SPOKEN = re.compile(
    r"^(?:\S+ (?P<date>\d{4}-\d\d-\d\d) )?"
    r"\[(?P<time>\d\d:\d\d(?::\d\d)?)\] +"
    r"(?:<(?P<nick>[^>]+)>|-(?P<bot>\S+)-|(?P<action>\*) (?P<actor>\S+)) (?P<text>.*)$"
)
_NOTICE = re.compile(r"^(?:\S+ (?P<date>\d{4}-\d\d-\d\d) )?=== (?P<nick>\S+) ?(?:\[.*?\] +)?(?P<what>.*)$")
_RENAMED = re.compile(r"^is now known as (\S+)\s*$")
_IN_NAME = re.compile(r"\d{4}-\d\d-\d\d")
_SOME_DAY = date(2000, 1, 1)


class NotAChatError(ValueError):
    """The file holds no line that can be read as chat."""


@dataclass(frozen=True)
class Said:
    """`answers` is the number of the line that this one answers."""

    number: int
    at: datetime
    who: str
    text: str
    answers: int | None = None


@dataclass(frozen=True)
class Joined:
    number: int
    at: datetime
    who: str


@dataclass(frozen=True)
class Left:
    number: int
    at: datetime
    who: str


Line = Said | Joined | Left


@dataclass(frozen=True)
class Chat:
    """`number` of a line is its place in the file, from 0. `unread` lines could not be understood."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...] = ()

    @property
    def said(self) -> list[Said]:
        return [line for line in self.lines if isinstance(line, Said)]

    @property
    def people(self) -> list[str]:
        """Everyone who speaks or comes, by the first name they had, in order of appearance."""
        return list(dict.fromkeys(line.who for line in self.lines))


def read_chat(path: Path) -> Chat:
    """Reads either spelling; times are taken as UTC.

    Raises OSError when the file cannot be read, NotAChatError when nothing in it is chat.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    day = _IN_NAME.search(path.name)
    first_day = date.fromisoformat(day[0]) if day else _SOME_DAY
    if text.lstrip().startswith("{"):
        log = json.loads(text)
        chat = parse_chat(log["lines"], links=log.get("links", ()), first_day=first_day)
    else:
        chat = parse_chat(text.splitlines(), first_day=first_day)
    if not chat.said:
        raise NotAChatError(f"{path} holds no chat that can be read")
    return chat


def parse_chat(
    raw: Iterable[str], *, links: Iterable[tuple[int, int]] = (), first_day: date = _SOME_DAY
) -> Chat:
    reading = _Reading(answers={b: a for a, b in links if a < b}, clock=_Clock(first_day))
    lines = [line for number, one in enumerate(raw) for line in reading.line(number, one)]
    return Chat(tuple(lines), tuple(reading.unread))


@dataclass
class _Clock:
    """Makes times that never go back out of times with one thing or another missing."""

    day: date
    now: datetime | None = None

    def at(self, written_date: str | None, written_time: str) -> datetime:
        day = date.fromisoformat(written_date) if written_date else self._day()
        moment = datetime.combine(day, time.fromisoformat(written_time), UTC)
        if self.now and moment < self.now:
            moment = self._later(moment, dated=written_date is not None)
        self.now = moment
        return moment

    def unwritten(self, written_date: str | None) -> datetime:
        """The time of a line that has none: that of the line before it."""
        return self.now or datetime.combine(
            date.fromisoformat(written_date) if written_date else self.day, time(), UTC
        )

    def _day(self) -> date:
        return self.now.date() if self.now else self.day

    def _later(self, moment: datetime, *, dated: bool) -> datetime:
        """A clock that went back has passed noon on a 12-hour dial, or midnight; or it was set right."""
        assert self.now
        if dated:
            afternoon = moment + timedelta(hours=12)
            return afternoon if afternoon.date() == moment.date() and afternoon >= self.now else self.now
        return moment + timedelta(days=1) if self.now - moment > timedelta(hours=12) else self.now


@dataclass
class _Reading:
    answers: dict[int, int]
    clock: _Clock
    known_as: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def line(self, number: int, raw: str) -> Iterator[Line]:
        if spoken := _SPOKEN.match(raw):
            nick = spoken["nick"] or spoken["bot"] or spoken["actor"]
            text = _printable(f"{nick} {spoken['text']}" if spoken["action"] else spoken["text"])
            at = self.clock.at(spoken["date"], spoken["time"])
            if text:
                yield Said(number, at, self._who(nick), text, self.answers.get(number))
        elif notice := _NOTICE.match(raw):
            yield from self._notice(number, notice)
        elif raw.strip():
            self.unread.append(raw)

    def _notice(self, number: int, notice: re.Match[str]) -> Iterator[Line]:
        nick, what = notice["nick"], _printable(notice["what"])
        at = self.clock.unwritten(notice["date"])
        if renamed := _RENAMED.match(what):
            self.known_as[renamed[1]] = self._who(nick)
        elif what.startswith("has joined #"):
            yield Joined(number, at, self._who(nick))
        elif what.startswith(("has left #", "has quit")):
            yield Left(number, at, self._who(nick))
        elif what and not nick.startswith(".."):
            yield Said(number, at, self._who(nick), f"{nick} {what}", self.answers.get(number))

    def _who(self, nick: str) -> str:
        return self.known_as.setdefault(nick, nick)


def _printable(text: str) -> str:
    """Without the control codes that stand for colours."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cc").strip()
