"""Quick polls: one question at a time, live counts, nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rooms.actions.permission import require
from rooms.cards import poll_cards
from rooms.events import PollClosed, PollOpened, PollVoted
from rooms.models import Choice, Poll, Room
from rooms.queries import room_stream
from rooms.rules import can_close_poll, can_poll
from rooms.text import clean_line, is_blank
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

QUESTION_LIMIT = 200
OPTION_LIMIT = 100
OPTIONS = range(2, 7)
"""How many answers a poll may offer."""


def open_poll(
    *,
    person: Person,
    room: Room,
    question: str,
    options: Sequence[str],
    now: datetime,
    multiple: bool = False,
) -> Poll:
    """Asks everybody in the room; there is one open poll at a time. Raises Refused."""
    require(can_poll(person, room), person, room)
    question, offered = _question(question), _options(options)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        if room.polls.filter(closed_at__isnull=True).exists():
            raise Refused("conflict", _("There is a poll in this room already. Close it first."))
        poll = Poll.objects.create(
            room=room, author=person, question=question, options=offered, is_multiple=multiple, at=now
        )
        fact = PollOpened(poll=poll.pk, question=question, options=offered, multiple=multiple)
        log.append(stream, fact, by=person.pk, at=now)
    return poll


def vote(*, person: Person, room: Room, poll: int, options: Sequence[int], now: datetime) -> list[int]:
    """Replaces the person's choice; an empty one takes it back. Returns it in order. Raises Refused."""
    require(can_poll(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = _open_poll(room, poll)
        chosen = _chosen(row, options)
        own = row.choices.filter(person=person)
        if sorted(own.values_list("option", flat=True)) == chosen:
            return chosen
        own.delete()
        Choice.objects.bulk_create([Choice(poll=row, person=person, option=option) for option in chosen])
        (card,) = poll_cards([row], person.pk)
        # Nobody's name: who chose what stays between them and the poll.
        log.append(stream, PollVoted(poll=poll, counts=card.counts, voters=card.voters), by=None, at=now)
    return chosen


def close_poll(*, person: Person, room: Room, poll: int, now: datetime) -> None:
    """Closing it twice changes nothing. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = _poll(room, poll)
        require(can_close_poll(person, room, row), person, room)
        if row.closed_at is not None:
            return
        row.closed_at = now
        row.closed_seq = log.append(stream, PollClosed(poll=poll), by=person.pk, at=now)
        row.save(update_fields=["closed_at", "closed_seq"])


def close_polls(*, room: Room, now: datetime) -> None:
    """A conversation is over, and so is what it was asked. By nobody: for who ends conversations."""
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        for row in room.polls.filter(closed_at__isnull=True).order_by("pk"):
            row.closed_at = now
            row.closed_seq = log.append(stream, PollClosed(poll=row.pk), by=None, at=now)
            row.save(update_fields=["closed_at", "closed_seq"])


def _question(raw: str) -> str:
    question = clean_line(raw, QUESTION_LIMIT)
    if is_blank(question):
        detail = _("Write the question.")
        raise Refused("invalid", detail, fields={"question": detail})
    return question


def _options(raw: Sequence[str]) -> list[str]:
    options = [clean_line(option, OPTION_LIMIT) for option in raw]
    options = [option for option in options if not is_blank(option)]
    if len(options) not in OPTIONS:
        detail = _("Give two to six answers to choose from.")
    elif len({option.casefold() for option in options}) < len(options):
        detail = _("Two answers are the same. Change one of them.")
    else:
        return options
    raise Refused("invalid", detail, fields={"options": detail})


def _poll(room: Room, pk: int) -> Poll:
    poll = room.polls.filter(pk=pk).first()
    if poll is None:
        raise Refused("not_found", _("There is no such poll in this room."))
    return poll


def _open_poll(room: Room, pk: int) -> Poll:
    poll = _poll(room, pk)
    if poll.closed_at is not None:
        raise Refused("conflict", _("This poll is closed."))
    return poll


def _chosen(poll: Poll, options: Sequence[int]) -> list[int]:
    chosen = sorted(set(options))
    if chosen and chosen[-1] >= len(poll.options):
        raise Refused("invalid", _("There is no such answer in this poll."))
    if len(chosen) > 1 and not poll.is_multiple:
        raise Refused("invalid", _("Choose one answer."))
    return chosen
