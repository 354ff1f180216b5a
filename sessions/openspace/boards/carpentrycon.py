"""The programme of CarpentryCon 2022: sessions in UTC and Pacific time, and how many people came.

https://github.com/carpentries/assessment

A day in UTC becomes a board of its own. A title that comes several times on a day is one topic that
goes on in several slots.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from sessions.openspace.boards.board import (
    NAME_LIMIT,
    Board,
    BoardError,
    BoardPlace,
    BoardSlot,
    BoardTopic,
    Remark,
    Weight,
    add_topic,
)

PACIFIC = ZoneInfo("America/Los_Angeles")
_OUTSIDE = "EXTERNAL + "


class Session(msgspec.Struct):
    day: str = msgspec.field(name="Start Day UTC")
    pacific: str = msgspec.field(name="Start time Pacific")
    utc: str = msgspec.field(name="Start time UTC")
    minutes: str = msgspec.field(name="Minutes")
    name: str = msgspec.field(name="Session name")
    room: str = msgspec.field(name="Room")
    type: str = msgspec.field(name="Session type", default="")


class Attendance(msgspec.Struct):
    session_name: str
    start_day_utc: str
    start_time_utc: str
    num_attendees: str


class File(msgspec.Struct):
    event: str
    sessions: list[Session]
    attendees_by_session: list[Attendance] = []


def boards_in(file: File) -> list[Board]:
    boards: dict[date, Board] = {}
    starts: dict[datetime, set[str]] = {}
    for at, session in enumerate(file.sessions):
        slot = _slot(session, f"$.sessions[{at}]")
        day = slot.starts_at.date()
        board = boards.setdefault(day, _board(file.event, day))
        starts.setdefault(slot.starts_at, set()).add(session.name.strip())
        _add(board, session, slot)
    found = [boards[day] for day in sorted(boards)]
    if found:
        found[0].remarks += _remarks_on_attendance(file, starts)
    return found


def exact_titles(file: File) -> tuple[int, int]:
    """How many of the titles in the attendance list are titles of sessions, letter by letter, and of how many."""
    titles = {attendance.session_name for attendance in file.attendees_by_session}
    return len(titles & {session.name for session in file.sessions}), len(titles)


def _board(event: str, day: date) -> Board:
    return Board(
        f"carpentrycon {event} {day}", f"{event}, {day:%-d %B}", day, [], [], [], names_conveners=False
    )


def _add(board: Board, session: Session, slot: BoardSlot) -> None:
    row = f"session {slot.starts_at:%Y-%m-%d %H:%M} {session.name}"
    space = _space(board, row, session.room.strip())
    if space not in board.spaces:
        board.spaces.append(space)
    if slot.key not in {other.key for other in board.slots}:
        board.slots.append(slot)
    _check_pacific(board, row, session, slot)
    place = BoardPlace(slot, space)
    standing = next((topic for topic in board.topics if topic.key == session.name.strip()[:NAME_LIMIT]), None)
    if standing is not None:
        standing.places.append(place)
        board.remark(Weight.CHANGED, row, "the same topic goes on in one more slot")
        return
    topic = BoardTopic(
        session.name.strip()[:NAME_LIMIT], session.name, why=session.type, space=space, places=[place]
    )
    add_topic(board, topic)


def _space(board: Board, row: str, room: str) -> str:
    if room.startswith(_OUTSIDE):
        board.remark(Weight.CHANGED, row, f"held in {room}: stands in {room.removeprefix(_OUTSIDE)} alone")
        return room.removeprefix(_OUTSIDE)
    return room or "EXTERNAL"


def _check_pacific(board: Board, row: str, session: Session, slot: BoardSlot) -> None:
    """The two clocks of a row must agree; often their dates do not, which is no fault."""
    local = slot.starts_at.astimezone(PACIFIC)
    if f"{local:%-I:%M:%S %p}" != session.pacific.strip():
        why = f"{session.pacific} Pacific time is not {session.utc} UTC; UTC was taken"
        board.remark(Weight.CHANGED, row, why)
    if local.date() != slot.starts_at.date():
        why = f"on {local:%-d %B} in Pacific time, on {slot.starts_at:%-d %B} in UTC"
        board.remark(Weight.NOTED, row, why)


def _slot(session: Session, path: str) -> BoardSlot:
    try:
        starts = datetime.strptime(f"{session.day} {session.utc}", "%d %B, %Y %I:%M:%S %p").replace(
            tzinfo=UTC
        )
        minutes = int(session.minutes)
    except ValueError as error:
        raise BoardError(f"{path}: {error}") from None
    if not 0 < minutes <= 720:
        raise BoardError(f"{path}.Minutes: expected 1 to 720, got {minutes}")
    return BoardSlot(starts, starts + timedelta(minutes=minutes))


def _remarks_on_attendance(file: File, starts: dict[datetime, set[str]]) -> list[Remark]:
    """How many came is no part of a wall, so it is read, compared and left out."""
    remarks = []
    counted: Counter[str] = Counter()
    for at, attendance in enumerate(file.attendees_by_session):
        path = f"$.attendees_by_session[{at}]"
        counted["people"] += _count(attendance, path)
        titles = starts.get(_start(attendance, path), set())
        counted["exact"] += attendance.session_name in titles
        if attendance.session_name in titles:
            continue
        meant = [title for title in titles if title.startswith(attendance.session_name)]
        why = f"taken for “{meant[0]}”" if meant else "no session of this name starts then"
        weight = Weight.CHANGED if meant else Weight.REFUSED
        remarks.append(Remark(weight, f"attendance {attendance.session_name}", why))
    if file.attendees_by_session:
        why = f"{len(file.attendees_by_session)} rows with {counted['people']:,} people are left out: here presence is a list of persons"
        remarks.append(Remark(Weight.REFUSED, "attendance", why))
    return remarks


def _start(attendance: Attendance, path: str) -> datetime:
    text = f"{attendance.start_day_utc} {attendance.start_time_utc}"
    try:
        return datetime.strptime(text, "%d %B, %Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise BoardError(f"{path}: {error}") from None


def _count(attendance: Attendance, path: str) -> int:
    try:
        return int(attendance.num_attendees)
    except ValueError:
        raise BoardError(
            f"{path}.num_attendees: expected a number, got “{attendance.num_attendees}”"
        ) from None
