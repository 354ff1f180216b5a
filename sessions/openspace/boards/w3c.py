"""Boards of the W3C's breakout days: issues with a form in Markdown, in rooms and slots.

https://github.com/w3c/tpac-breakouts
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from sessions.openspace.boards.board import (
    Board,
    BoardError,
    BoardPlace,
    BoardSlot,
    BoardTopic,
    Weight,
    add_topic,
)

_SECTION = re.compile(r"^### (.+?)(?: \(Optional\))?\s*$", re.MULTILINE)
_SLOT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)-(\d\d:\d\d)\Z")
_NOTHING = "_No response_"


class Metadata(msgspec.Struct):
    meeting: str
    date: date
    timezone: str
    slug: str


class Session(msgspec.Struct):
    number: int
    title: str
    author: str = ""
    body: str = ""
    room: str | None = None
    slot: str | None = None


class File(msgspec.Struct):
    metadata: Metadata
    slots: list[str]
    rooms: list[str]
    sessions: list[Session]


def boards_in(file: File) -> list[Board]:
    zone = _zone(file.metadata.timezone)
    slots = [_slot(text, zone, f"$.slots[{at}]") for at, text in enumerate(file.slots)]
    meta = file.metadata
    source = f"w3c-breakouts {meta.slug} {meta.date}"
    board = Board(source, meta.meeting, meta.date, file.rooms, slots, [])
    starts = {f"{slot.starts_at.astimezone(zone):%Y-%m-%d %H:%M}": slot for slot in slots}
    for session in sorted(file.sessions, key=lambda each: each.number):
        _add(board, session, starts)
    return [board]


def _add(board: Board, session: Session, starts: dict[str, BoardSlot]) -> None:
    parts = _parts(session.body)
    description, goal = parts.get("Session description", ""), parts.get("Session goal", "")
    topic = BoardTopic(
        key=str(session.number),
        title=session.title,
        why=goal or description,
        convener=session.author,
        co_conveners=re.findall(r"@([\w-]+)", parts.get("Additional session chairs", "")),
        not_with=re.findall(
            r"#(\d+)", parts.get("Other sessions where we should avoid scheduling conflicts", "")
        ),
        space=session.room or "",
    )
    if add_topic(board, topic):
        row = f"topic {topic.key}"
        if goal and description:
            why = f"its goal stands under the title; its description of {len(description):,} characters is left out"
            board.remark(Weight.CHANGED, row, why)
        _place(board, topic, session, starts)


def _place(board: Board, topic: BoardTopic, session: Session, starts: dict[str, BoardSlot]) -> None:
    row = f"topic {topic.key}"
    if session.room is None or session.slot is None:
        board.remark(Weight.NOTED, row, "it had no place, so it waits")
    elif session.room not in board.spaces:
        board.remark(Weight.CHANGED, row, f"not placed: no room {session.room}")
    elif session.slot not in starts:
        board.remark(Weight.CHANGED, row, f"not placed: no slot at {session.slot}")
    else:
        topic.places = [BoardPlace(starts[session.slot], session.room)]


def _parts(body: str) -> dict[str, str]:
    """{heading of the form: answer}, answers that were given only."""
    pieces = _SECTION.split(body.replace("\r\n", "\n"))
    answers = zip(pieces[1::2], (piece.strip() for piece in pieces[2::2]), strict=True)
    return {heading: answer for heading, answer in answers if answer and answer != _NOTHING}


def _slot(text: str, zone: ZoneInfo, path: str) -> BoardSlot:
    """Raises BoardError. A slot that ends before it starts ends on the next day."""
    found = _SLOT.match(text)
    if found is None:
        raise BoardError(f"{path}: expected “2024-03-12 13:00-14:00”, got “{text}”")
    try:
        starts = datetime.fromisoformat(f"{found[1]} {found[2]}").replace(tzinfo=zone)
        ends = datetime.fromisoformat(f"{found[1]} {found[3]}").replace(tzinfo=zone)
    except ValueError as error:
        raise BoardError(f"{path}: {error}") from None
    if ends <= starts:
        ends += timedelta(days=1)
    return BoardSlot(starts.astimezone(UTC), ends.astimezone(UTC))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BoardError(f"$.metadata.timezone: no time zone is called “{name}”") from None
