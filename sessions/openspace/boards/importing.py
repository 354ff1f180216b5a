"""Puts boards from elsewhere on the walls of a training session, in one transaction.

# Note [Names without an account]

A board names people who have no account here, and nobody should come to one by being named in a file.
Who has a seat in the cohort is recognised by name or address and convenes their topic. Otherwise the
topic has no convener: it can be adopted, the name stands behind its line, and the import says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from rooms.queries import cohort_stream
from sessions.models import TrainingSession
from sessions.openspace.boards.board import Board, BoardError
from sessions.openspace.boards.people import People
from sessions.openspace.boards.writing import BoardImport, BoardWriter, Progress
from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_moderate
from synergy.journal import log
from synergy.people.models import Person


def import_boards(
    *,
    boards: Sequence[Board],
    training_session: TrainingSession,
    person: Person,
    now: datetime,
    on: date | None = None,
    addresses: Mapping[str, str] | None = None,
    progress: Progress = lambda what, done, total: None,
) -> BoardImport:
    """A gathering for each board; what an earlier import made is left as people have it now.

    `person` is a facilitator or organiser of the cohort, in whose name it is done. The first board's day
    becomes `on`, by default its own day if the session has it, else the session's first; the others
    follow at their distance. See the Note [Names without an account]. Raises BoardError.
    """
    if not can_moderate(seat_in(person, training_session.cohort_id)):
        raise BoardError(f"{person.email} is no facilitator or organiser of this cohort")
    done = BoardImport()
    people = People(training_session.cohort, addresses or {})
    shift = _shift(boards, training_session, on)
    with transaction.atomic():
        log.lock(cohort_stream(training_session.cohort_id))
        for number, board in enumerate(boards, start=1):
            progress(board.name, number, len(boards))
            day = board.day + shift if board.day else _first_day(training_session, on)
            BoardWriter(board, training_session, person, people, now, done).write(day, shift, progress)
    return done


def _shift(boards: Sequence[Board], session: TrainingSession, on: date | None) -> timedelta:
    """How far the boards' days are moved: whole days, so that hours stay."""
    first = next((board.day for board in boards if board.day), None)
    if first is None:
        return timedelta()
    if on is None:
        on = first if session.starts_on <= first <= session.ends_on else session.starts_on
    return on - first


def _first_day(session: TrainingSession, on: date | None) -> date:
    return on or session.starts_on
