"""A consultation that nobody else changes until the transaction ends, and how what happens to it is told.

Streams are locked in this order: `mix`, `consultation`, `room`, `challenge`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from challenges.consultations.cards import entry_card, run_card
from challenges.consultations.events import ConsultationMoved
from challenges.consultations.models import Consultation, Entry
from challenges.consultations.queries import consultation_for, consultation_stream
from challenges.consultations.quiet import quiet_of, tell_room
from challenges.consultations.rules import is_closed_to, is_open, is_silent
from challenges.consultations.words import why_closed, why_not_now
from synergy.journal import log
from synergy.journal.facts import Fact, StreamId
from synergy.live.refusals import Refused
from synergy.people.models import Person

RUN_FIELDS = (
    "state",
    "phase",
    "phase_started_at",
    "phase_ends_at",
    "paused_left",
    "revealed",
    "started_at",
    "finished_at",
)


def hold(person: Person, consultation: Consultation) -> StreamId:
    """Locks its stream and reads again what may have changed meanwhile. Raises Refused."""
    stream = consultation_stream(consultation.pk)
    log.lock(stream)
    fresh = consultation_for(person, consultation.pk)
    if fresh is None:
        raise Refused("not_found", _("There is nothing here with this address, or you may not see it."))
    for field in Consultation._meta.concrete_fields:
        setattr(consultation, field.attname, getattr(fresh, field.attname))
    consultation.seat, consultation.part = fresh.seat, fresh.part
    return stream


def require_open(person: Person, consultation: Consultation, command: str) -> None:
    """Raises Refused (`conflict`): the moment is not right for it, and `present` is the moment."""
    if is_closed_to(person, consultation) and not command.startswith(("consultation.", "part.")):
        raise too_late(consultation, why_closed(person, consultation))
    if not is_open(person, consultation, command):
        raise too_late(consultation, why_not_now(consultation))


def require_phase(consultation: Consultation, seen: int) -> None:
    """Raises Refused (`conflict`): somebody, or the clock, was faster."""
    if consultation.phase != seen:
        raise too_late(consultation, why_not_now(consultation))


def too_late(consultation: Consultation, detail: str) -> Refused:
    present = {"state": consultation.state, "phase": consultation.phase}
    return Refused("conflict", detail, present=present)


def keep_run(
    consultation: Consultation, how: str, *, by: int | None, now: datetime, shown: Sequence[Entry] = ()
) -> None:
    """Saves where the consultation is and tells everybody; `shown` are entries that were hidden."""
    before = quiet_of(Consultation.objects.get(pk=consultation.pk))
    consultation.save(update_fields=RUN_FIELDS)
    entries = [entry_card(row) for row in shown]
    fact = ConsultationMoved(how=how, run=run_card(consultation), entries=entries)
    log.append(consultation_stream(consultation.pk), fact, by=by, at=now)
    tell_room(consultation, before, by=by, now=now)


def show_hidden(consultation: Consultation) -> list[Entry]:
    """Ends the silent round, if there is one: its entries, which everybody reads from now on."""
    if is_silent(consultation):
        consultation.revealed = [*consultation.revealed, consultation.phase]
    rows = list(consultation.entries.filter(is_hidden=True).order_by("pk"))
    consultation.entries.filter(is_hidden=True).update(is_hidden=False)
    for row in rows:
        row.is_hidden = False
    return rows


def tell(consultation: Consultation, fact: Fact, *, by: int | None, now: datetime) -> None:
    log.append(consultation_stream(consultation.pk), fact, by=by, at=now)
