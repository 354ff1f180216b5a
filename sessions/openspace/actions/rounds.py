"""Starting, extending and ending rounds, by hand or by the clock; and the gong.

# Note [Rounds keep their length]

A round that is started near its time keeps the end that people have in their calendars. One that is
started far from its time, or with little of it left, moves to now with its whole length. A round that
is extended or moved pushes what it now reaches into: a break gives way first, down to MIN_BREAK, then
everything after it moves along with its length. What was planned after it stays after it, however late
it starts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.actions.permission import slot_in
from sessions.openspace.actions.slots import topics_in_new_order
from sessions.openspace.actions.stages import end_what_runs, enter_stage
from sessions.openspace.cards import gathering_card, slot_card
from sessions.openspace.events import (
    GatheringChanged,
    GongRung,
    RoundEnded,
    RoundExtended,
    RoundStarted,
)
from sessions.openspace.models import Gathering, Slot, SlotKind, Stage
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

NEAR = timedelta(minutes=10)
"""A round that is started up to so much before its time keeps its end."""
TOO_LITTLE = timedelta(minutes=5)
"""With less than this left of its time, a round is moved to now; and one that goes on again gets so much."""
MIN_BREAK = timedelta(minutes=5)


def start_round(*, person: Person, gathering: Gathering, slot: int, now: datetime) -> None:
    """Ends the round that runs and starts this one; one that has ended goes on. Raises Refused.

    Starting what runs already changes nothing. See the Note [Rounds keep their length].
    """
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = _round_in(gathering, slot)
        if row.started_at and row.ended_at is None:
            return
        planned = row.starts_at
        _give_time(row, now)
        log.append(stream, begin_round(gathering, row, now, planned), by=person.pk, at=now)


def begin_round(gathering: Gathering, row: Slot, now: datetime, planned: datetime) -> RoundStarted:
    """Saves that the round runs, and what this brings; the caller holds the stream and tells the log.

    `planned` is when it was to start before it was moved.
    """
    ended = end_what_runs(gathering, now)
    row.started_at = row.started_at or now
    row.ended_at = None
    row.save()
    changed = [row, *_push_later(gathering, row, min(planned, row.starts_at))]
    card = None
    if gathering.stage != Stage.ROUNDS:
        enter_stage(gathering, Stage.ROUNDS, now)
        card = gathering_card(gathering)
    return RoundStarted(
        gathering=card,
        slots=[*ended, *(slot_card(slot) for slot in changed)],
        topics=topics_in_new_order(gathering, changed),
    )


def end_round(*, person: Person, gathering: Gathering, slot: int, now: datetime) -> None:
    """Once is enough. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = _round_in(gathering, slot)
        if row.started_at is None:
            raise Refused("conflict", _("This round has not begun."), present=slot_card(row))
        if row.ended_at is None:
            log.append(stream, RoundEnded(slots=end_what_runs(gathering, now)), by=person.pk, at=now)


def extend_round(
    *,
    person: Person,
    gathering: Gathering,
    slot: int,
    minutes: int,
    now: datetime,
    seen: datetime | None = None,
) -> None:
    """Gives the running round `minutes` more. Raises Refused.

    `seen` is the end that the person saw: when somebody else was faster, it is refused as a conflict.
    """
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = _round_in(gathering, slot)
        if row.started_at is None or row.ended_at is not None:
            detail = _("This round does not run now. Start it to go on with it.")
            raise Refused("conflict", detail, present=slot_card(row))
        if seen is not None and seen != row.ends_at:
            raise Refused("conflict", _("Somebody else has just changed the end."), present=slot_card(row))
        row.ends_at = max(row.ends_at, now) + timedelta(minutes=minutes)
        row.save(update_fields=["ends_at"])
        changed = [row, *_push_later(gathering, row, row.starts_at)]
        fact = RoundExtended(slots=[slot_card(slot) for slot in changed])
        log.append(stream, fact, by=person.pk, at=now)


def ring_gong(*, person: Person, gathering: Gathering, now: datetime) -> None:
    """Heard in every room, and changes nothing. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        log.append(stream, GongRung(), by=person.pk, at=now)


def set_clock(*, person: Person, gathering: Gathering, runs_by_clock: bool, now: datetime) -> None:
    """Whether rounds start and end by themselves. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if gathering.runs_by_clock == runs_by_clock:
            return
        gathering.runs_by_clock = runs_by_clock
        gathering.save(update_fields=["runs_by_clock"])
        log.append(stream, GatheringChanged(gathering=gathering_card(gathering)), by=person.pk, at=now)


def _round_in(gathering: Gathering, pk: int) -> Slot:
    row = slot_in(gathering, pk)
    if row.kind != SlotKind.ROUND:
        raise Refused("conflict", _("This is a break. It needs nobody to start or end it."))
    return row


def _give_time(row: Slot, now: datetime) -> None:
    if row.ended_at is not None:
        row.ends_at = max(row.ends_at, now + TOO_LITTLE)
    elif not row.starts_at - NEAR <= now <= row.ends_at - TOO_LITTLE:
        row.starts_at, row.ends_at = now, now + (row.ends_at - row.starts_at)


def _push_later(gathering: Gathering, row: Slot, since: datetime) -> list[Slot]:
    """Moves what has not started, is planned for `since` or later, and is reached into; what was moved."""
    later = gathering.slots.filter(started_at__isnull=True, starts_at__gte=since)
    edge, pushed = row.ends_at, []
    for slot in later.exclude(pk=row.pk).order_by("starts_at", "pk"):
        if slot.starts_at >= edge:
            break
        length = slot.ends_at - slot.starts_at
        kept = min(length, MIN_BREAK) if slot.kind == SlotKind.BREAK else length
        slot.starts_at = edge
        slot.ends_at = edge = max(slot.ends_at, edge + kept) if slot.kind == SlotKind.BREAK else edge + kept
        slot.save(update_fields=["starts_at", "ends_at"])
        pushed.append(slot)
    return pushed
