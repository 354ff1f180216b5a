"""A board in one form, whatever file it came from, and what had to be said about its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rooms.text import clean_line, is_blank
from sessions.openspace.actions.topics import TITLE_LIMIT, WHY_LIMIT

NAME_LIMIT = 100
"""Characters in the names of the board, its spaces and the keys of its topics."""


class BoardError(Exception):
    """The file is no board that we know; the text says where it stops being one."""


class Weight(StrEnum):
    NOTED = "noted"
    """Nothing was changed, but somebody should know."""
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Remark:
    weight: Weight
    row: str
    """What the row is called in its file: `topic 24`."""
    why: str

    def __str__(self) -> str:
        return f"{self.weight:8} {self.row}: {self.why}"


@dataclass(frozen=True)
class BoardSlot:
    starts_at: datetime
    ends_at: datetime
    """Both in UTC."""

    @property
    def key(self) -> str:
        return f"{self.starts_at:%Y-%m-%dT%H:%M}/{self.ends_at:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class BoardPlace:
    slot: BoardSlot
    space: str


@dataclass
class BoardTopic:
    """`key` is unique on the board. Persons are named as in the file; who they are is seen when importing."""

    key: str
    title: str
    why: str = ""
    convener: str = ""
    office: str = ""
    """Where the convener works, as published."""
    co_conveners: list[str] = field(default_factory=list)
    not_with: list[str] = field(default_factory=list)
    """Keys of topics."""
    space: str = ""
    """For which it was proposed; also while no slot is known."""
    places: list[BoardPlace] = field(default_factory=list)


@dataclass
class Board:
    """One day. `source` is the same whenever the file is read; `day` is None when the file names no day."""

    source: str
    name: str
    day: date | None
    spaces: list[str]
    slots: list[BoardSlot]
    topics: list[BoardTopic]
    remarks: list[Remark] = field(default_factory=list)
    names_conveners: bool = True
    """Whether the file has a place for them."""

    def remark(self, weight: Weight, row: str, why: str) -> None:
        self.remarks.append(Remark(weight, row, why))


def add_topic(board: Board, topic: BoardTopic) -> bool:
    """Puts the topic on the board with a title and a line that the wall takes. Whether it has a title at all."""
    row = f"topic {topic.key}"
    if is_blank(topic.title):
        board.remark(Weight.REFUSED, row, "it has no title")
        return False
    if any(other.key == topic.key for other in board.topics):
        board.remark(Weight.REFUSED, row, "another row has the same key")
        return False
    topic.title = _fitting(board, row, "title", topic.title, TITLE_LIMIT)
    signature = _signature(topic)
    room = WHY_LIMIT - len(signature)
    topic.why = _fitting(board, row, "description", topic.why, room) + signature
    topic.why = topic.why.strip()
    if board.names_conveners and not topic.convener.strip():
        board.remark(Weight.NOTED, row, "nobody is named as its convener")
    if not topic.title.isascii():
        board.remark(Weight.NOTED, row, f"kept letters beyond ASCII in “{topic.title}”")
    board.topics.append(topic)
    return True


def _signature(topic: BoardTopic) -> str:
    """People see who meant it, also when that person has no account here."""
    names = clean_line(", ".join(filter(None, [topic.convener, topic.office])), WHY_LIMIT // 4)
    return f" — {names}" if names else ""


def _fitting(board: Board, row: str, part: str, text: str, limit: int) -> str:
    line = clean_line(text, len(text))
    if len(line) <= limit:
        if line != text and line != " ".join(text.split()):
            board.remark(Weight.CHANGED, row, f"{part} without characters that cannot be seen")
        return line
    board.remark(Weight.CHANGED, row, f"{part} cut from {len(line):,} to {limit} characters")
    return line[: limit - 1].rstrip() + "…"


def _require_short_names(board: Board) -> None:
    for name in (board.source, *board.spaces, *(topic.key for topic in board.topics)):
        if not 0 < len(name) <= NAME_LIMIT:
            raise BoardError(f"a name must have 1 to {NAME_LIMIT} characters: “{name[:40]}…”")


def without_overlaps(board: Board) -> None:
    """Takes out slots that begin before another one has ended: on a wall rounds stand one after the other."""
    kept: list[BoardSlot] = []
    for slot in sorted(board.slots, key=lambda each: (each.starts_at, each.ends_at)):
        if kept and slot.starts_at < kept[-1].ends_at:
            board.remark(Weight.REFUSED, f"slot {slot.key}", f"it overlaps with {kept[-1].key}")
        else:
            kept.append(slot)
    board.slots = kept


def drop_unknown_places(board: Board) -> None:
    """Topics whose slot is not on the board wait for another; a second place in one slot goes."""
    known = {slot.key for slot in board.slots}
    for topic in board.topics:
        kept: dict[str, BoardPlace] = {}
        for place in topic.places:
            if place.slot.key not in known:
                board.remark(Weight.CHANGED, f"topic {topic.key}", f"not placed: no slot {place.slot.key}")
            elif kept.setdefault(place.slot.key, place) != place:
                board.remark(
                    Weight.REFUSED,
                    f"topic {topic.key}",
                    f"stands in {kept[place.slot.key].space} at that time already, not in {place.space} too",
                )
        topic.places = list(kept.values())


def drop_unknown_wishes(board: Board) -> None:
    known = {topic.key for topic in board.topics}
    for topic in board.topics:
        for wish in topic.not_with:
            if wish not in known or wish == topic.key:
                why = f"wish not to stand beside {wish} left out: there is no such topic"
                board.remark(Weight.CHANGED, f"topic {topic.key}", why)
        topic.not_with = [wish for wish in topic.not_with if wish in known and wish != topic.key]


def settle(boards: Sequence[Board]) -> list[Board]:
    """Makes boards consistent in themselves; every change is remarked on. Raises BoardError."""
    for board in boards:
        _require_short_names(board)
        without_overlaps(board)
        drop_unknown_places(board)
        drop_unknown_wishes(board)
    return list(boards)
