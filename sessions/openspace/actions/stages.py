"""How far the gathering is, and whether the market is open.

# Note [What belongs to a stage]

A round runs in the stage `rounds` only, a circle sits in the stage of its name: leaving the stage ends
it, and starting it enters the stage. Entering the marketplace opens the market, which then stays open
until somebody closes it or the closing circle begins. Closing the gathering ends all that goes on,
the vote, the calls for help and the talk in its rooms included.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rooms.actions import close_polls, lower_all_hands
from rooms.models import Room
from sessions.openspace.actions.held import hold, hold_to_run
from sessions.openspace.actions.permission import require_facilitator
from sessions.openspace.actions.shutting import close_rooms, open_rooms
from sessions.openspace.cards import call_card, gathering_card, slot_card
from sessions.openspace.events import CallCard, MarketSet, SlotCard, StageSet
from sessions.openspace.models import (
    CallState,
    CircleKind,
    Gathering,
    Slot,
    Stage,
    VotingState,
)
from sessions.openspace.notices import CLOSED
from sessions.openspace.rules import stages_after
from synergy.cohorts.queries import active_seats
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.notices.actions import notify
from synergy.people.models import Person

_CIRCLE_OF = {Stage.OPENING: CircleKind.OPENING, Stage.CLOSING: CircleKind.CLOSING}
_MARKET_ENDS = (Stage.PREPARING, Stage.CLOSING, Stage.CLOSED)


class Ended(NamedTuple):
    """What entering a stage has ended, as cards."""

    slots: list[SlotCard]
    calls: list[CallCard]


def set_stage(*, person: Person, gathering: Gathering, stage: str, now: datetime) -> None:
    """Goes to the stage, onwards or back. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        require_facilitator(person, gathering)
        if gathering.stage == stage:
            return
        require_way(gathering, stage)
        was_closed = gathering.stage == Stage.CLOSED
        ended = enter_stage(gathering, stage, now)
        if stage == Stage.CLOSED:
            close_rooms(person, gathering, now)
        elif was_closed:
            open_rooms(person, gathering, now)
        fact = StageSet(gathering=gathering_card(gathering), slots=ended.slots, calls=ended.calls)
        log.append(stream, fact, by=person.pk, at=now)
        if stage == Stage.CLOSED:
            _tell_of_the_book(person, gathering, now)


def _tell_of_the_book(person: Person, gathering: Gathering, now: datetime) -> None:
    """Everybody of the cohort, once, however often it is opened and closed again."""
    seats = active_seats(gathering.training_session.cohort_id).filter(person__is_active=True)
    notify(
        people=[seat.person for seat in seats if seat.person_id != person.pk],
        kind=CLOSED,
        key=str(gathering.pk),
        values={"themes": gathering.theme},
        address=reverse("openspace:proceedings", args=[gathering.pk]),
        now=now,
    )


def set_market(*, person: Person, gathering: Gathering, is_open: bool, now: datetime) -> None:
    """Opens or closes the market, in any stage. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if gathering.is_market_open == is_open:
            return
        gathering.is_market_open = is_open
        gathering.save(update_fields=["is_market_open"])
        log.append(stream, MarketSet(gathering=gathering_card(gathering)), by=person.pk, at=now)


def enter_stage(gathering: Gathering, stage: str, now: datetime) -> Ended:
    """Saves the stage and what it brings. The caller holds the stream and tells the log.

    See the Note [What belongs to a stage].
    """
    gathering.stage = stage
    gathering.closed_at = now if stage == Stage.CLOSED else None
    if stage == Stage.MARKETPLACE:
        gathering.is_market_open = True
    elif stage in _MARKET_ENDS:
        gathering.is_market_open = False
    if gathering.circle_kind and gathering.circle_kind != _CIRCLE_OF.get(Stage(stage)):
        gathering.circle_kind, gathering.circle_order, gathering.circle_at = "", [], 0
    if stage == Stage.CLOSED and gathering.voting == VotingState.OPEN:
        gathering.voting = VotingState.CLOSED
    gathering.save()
    return Ended(
        slots=[] if stage == Stage.ROUNDS else end_what_runs(gathering, now),
        calls=_close_calls(gathering, now) if stage == Stage.CLOSED else [],
    )


def running_round(gathering: Gathering) -> Slot | None:
    return gathering.slots.filter(started_at__isnull=False, ended_at__isnull=True).first()


def end_what_runs(gathering: Gathering, now: datetime) -> list[SlotCard]:
    """The conversations of the round are over, and so are their queues of hands and their polls."""
    running = running_round(gathering)
    if running is None:
        return []
    running.ended_at = now
    running.save(update_fields=["ended_at"])
    goes_on = Q(hands__isnull=False) | Q(polls__isnull=False, polls__closed_at__isnull=True)
    for room in Room.objects.filter(goes_on, space__gathering=gathering).distinct().order_by("pk"):
        lower_all_hands(room=room, now=now)
        close_polls(room=room, now=now)
    return [slot_card(running)]


def _close_calls(gathering: Gathering, now: datetime) -> list[CallCard]:
    waiting = list(gathering.calls.exclude(state=CallState.CLOSED).order_by("pk"))
    gathering.calls.exclude(state=CallState.CLOSED).update(state=CallState.CLOSED, closed_at=now)
    for call in waiting:
        call.state = CallState.CLOSED
    return [call_card(call) for call in waiting]


def require_way(gathering: Gathering, stage: str) -> None:
    """Raises Refused (`conflict`)."""
    if stage not in stages_after(gathering.stage):
        detail = _("From “%(here)s” the gathering cannot go to “%(there)s”.")
        names = {"here": Stage(gathering.stage).label, "there": Stage(stage).label}
        raise Refused("conflict", detail % names, present=gathering_card(gathering))
    if stage == Stage.PREPARING and gathering.slots.filter(started_at__isnull=False).exists():
        raise Refused("conflict", _("A round has been held already, so the preparation is over."))
