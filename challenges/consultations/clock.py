"""Phases that give way to the next when their time is over, where the protocol says so.

# Note [Whose clock]

As with the rounds of an Open Space: each process looks after the consultations that somebody follows
through it, and of several one acts, under the lock. A daily task looks after all of them, so that one in
writing goes on when nobody looks. Its phases follow one another without a gap, however late somebody looks; a
phase of minutes begins when it is noticed, so that nobody comes into one that is half over. The last phase
never ends by itself: who leads finishes.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from challenges.consultations.actions.held import keep_run, show_hidden
from challenges.consultations.actions.running import enter_phase
from challenges.consultations.models import Consultation, RunState
from challenges.consultations.notices import tell_of_step
from challenges.consultations.queries import consultation_stream
from challenges.consultations.rules import protocol_of
from synergy.journal import log

logger = logging.getLogger(__name__)


def run_clocks(consultations: Collection[int], now: datetime) -> None:
    """Goes on where a phase is over, in these consultations. One query when nothing is due."""
    _run(_due(now).filter(pk__in=consultations), now)


def run_all_clocks(now: datetime) -> None:
    """The same for all, whoever follows them."""
    _run(_due(now), now)


def run_clock(pk: int, now: datetime) -> None:
    """Goes on in one consultation, once, whoever else does the same. See the Note [Whose clock]."""
    with transaction.atomic(savepoint=False):
        log.lock(consultation_stream(pk))
        consultation = Consultation.objects.select_related("challenge__institution").get(pk=pk)
        while _is_over(consultation, now):
            ended = consultation.phase_ends_at
            assert ended is not None
            shown = show_hidden(consultation)
            starts = ended if protocol_of(consultation).is_asynchronous else now
            enter_phase(consultation, consultation.phase + 1, starts)
            keep_run(consultation, "next", by=None, now=now, shown=shown)
            # Of several that went by while nobody looked, only the one that is on is told.
            if not _is_over(consultation, now):
                tell_of_step(consultation, now)


def _is_over(consultation: Consultation, now: datetime) -> bool:
    ends = consultation.phase_ends_at
    if consultation.state != RunState.RUNNING or ends is None or ends > now:
        return False
    protocol = protocol_of(consultation)
    return protocol.ends_by_clock and consultation.phase + 1 < len(protocol.phases)


def _due(now: datetime) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(state=RunState.RUNNING, phase_ends_at__lte=now)
    return rows.filter(protocol__ends_by_clock=True).order_by("pk")


def _run(rows: QuerySet[Consultation], now: datetime) -> None:
    for row in rows:
        if not _is_over(row, now):
            continue
        try:
            run_clock(row.pk, now)
        except Exception:
            logger.warning("the clock of consultation %d stumbled; it tries again", row.pk, exc_info=True)
