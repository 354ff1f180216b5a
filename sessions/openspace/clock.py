"""Rounds that start and end by themselves at their times.

# Note [Whose clock]

Each process looks twice a second after the gatherings that somebody follows through it. Who finds that
a round is due locks the gathering's stream and looks again, so that of several processes one acts. A
round whose end has passed while nobody looked ends with the next person who comes, and says the time at
which it was to end; one that is on began at its time. A round that has passed wholly unseen is left as it
is: nobody knows whether it was held.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from sessions.openspace.actions.rounds import begin_round
from sessions.openspace.actions.stages import end_what_runs, running_round
from sessions.openspace.events import RoundEnded
from sessions.openspace.models import Gathering, Slot, SlotKind, Stage
from sessions.openspace.queries import gathering_stream
from synergy.journal import log

logger = logging.getLogger(__name__)

LATE_MARKET = timedelta(minutes=2)
"""From the marketplace a round starts by itself at its time, but not long after: a market that runs late is not cut."""


def run_clocks(gatherings: Collection[int], now: datetime) -> None:
    """Starts and ends what is due in these gatherings. One query when nothing is."""
    for pk in _due(gatherings, now):
        try:
            run_clock(pk, now)
        except Exception:
            logger.warning("the clock of gathering %d stumbled; it tries again", pk, exc_info=True)


def run_clock(pk: int, now: datetime) -> None:
    """Starts and ends what is due in one gathering, once, whoever else does the same. See the Note [Whose clock]."""
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(pk)
        log.lock(stream)
        gathering = Gathering.objects.get(pk=pk)
        if not gathering.runs_by_clock:
            return
        running = running_round(gathering)
        if running is not None:
            if running.ends_at > now:
                return
            slots = end_what_runs(gathering, running.ends_at)
            # Not now, when somebody looks: hours later nobody rings for it.
            log.append(stream, RoundEnded(slots=slots), by=None, at=running.ends_at)
        due = gathering.slots.filter(_starts_now(now)).order_by("starts_at", "pk").first()
        if due is not None:
            # It is on since its time, or since the round before it was over, whenever that is seen.
            since = max(due.starts_at, running.ends_at) if running else due.starts_at
            log.append(stream, begin_round(gathering, due, since, due.starts_at), by=None, at=now)


def _due(gatherings: Collection[int], now: datetime) -> list[int]:
    over = Q(started_at__isnull=False, ended_at__isnull=True, ends_at__lte=now)
    by_clock = Slot.objects.filter(gathering__in=gatherings, gathering__runs_by_clock=True)
    due = by_clock.filter(over | _starts_now(now))
    return sorted(set(due.values_list("gathering", flat=True)))


def _starts_now(now: datetime) -> Q:
    in_rounds = Q(gathering__stage=Stage.ROUNDS)
    in_market = Q(gathering__stage=Stage.MARKETPLACE, starts_at__gt=now - LATE_MARKET)
    is_time = Q(kind=SlotKind.ROUND, started_at__isnull=True, starts_at__lte=now, ends_at__gt=now)
    return is_time & (in_rounds | in_market)
