"""The clock of a consultation: started, paused, moved on and finished by who leads."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions import challenge_is_worked_on
from challenges.actions.held import require
from challenges.consultations.actions.advice import keep_advice
from challenges.consultations.actions.held import (
    hold,
    keep_run,
    require_open,
    require_phase,
    show_hidden,
    tell,
    too_late,
)
from challenges.consultations.cards import part_cards
from challenges.consultations.events import PartsSet
from challenges.consultations.models import Consultation, Part, PartTaken, RunState
from challenges.consultations.notices import tell_of_step
from challenges.consultations.rules import can_lead, is_silent, protocol_of
from challenges.consultations.times import end_of_phase, later_by
from synergy.live.refusals import Refused
from synergy.people.models import Person


def start_consultation(*, person: Person, consultation: Consultation, now: datetime) -> None:
    """The first phase begins, and the challenge is worked on. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.start")
        if not consultation.parts.filter(part=Part.CASE_GIVER).exists():
            raise too_late(consultation, _("Choose first who is the case giver."))
        consultation.state, consultation.started_at = RunState.RUNNING, now
        enter_phase(consultation, 0, now)
        _make_facilitator(person, consultation, now)
        keep_run(consultation, "started", by=person.pk, now=now)
        tell_of_step(consultation, now)
        challenge_is_worked_on(person=person, challenge=consultation.challenge, now=now)


def _make_facilitator(person: Person, consultation: Consultation, now: datetime) -> None:
    """Who starts leads, if nobody was chosen and they are not of the group, where they have a part already."""
    is_led = consultation.parts.filter(part=Part.FACILITATOR).exists()
    if is_led or consultation.part:
        return
    PartTaken.objects.create(consultation=consultation, person=person, part=Part.FACILITATOR)
    tell(consultation, PartsSet(parts=part_cards(consultation)), by=person.pk, now=now)


def pause_consultation(*, person: Person, consultation: Consultation, phase: int, now: datetime) -> None:
    """The clock stands still. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.pause", phase)
        assert consultation.phase_ends_at is not None
        left = consultation.phase_ends_at - now
        consultation.state, consultation.phase_ends_at = RunState.PAUSED, None
        consultation.paused_left = round(left.total_seconds())
        keep_run(consultation, "paused", by=person.pk, now=now)


def resume_consultation(*, person: Person, consultation: Consultation, phase: int, now: datetime) -> None:
    """The phase goes on with the time that it had left. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.resume", phase)
        left = timedelta(seconds=consultation.paused_left or 0)
        consultation.state, consultation.paused_left = RunState.RUNNING, None
        consultation.phase_ends_at = now + left
        keep_run(consultation, "resumed", by=person.pk, now=now)


def extend_phase(
    *, person: Person, consultation: Consultation, phase: int, minutes: int, days: int, now: datetime
) -> None:
    """More time: `minutes`, or whole `days` of an asynchronous protocol. From now on, if it is over. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.extend", phase)
        is_by_days = protocol_of(consultation).is_asynchronous
        amount, other = (days, minutes) if is_by_days else (minutes, days)
        if amount < 1 or other:
            detail = _("Say by how many days.") if is_by_days else _("Say by how many minutes.")
            raise Refused("invalid", detail, fields={"days" if is_by_days else "minutes": detail})
        assert consultation.phase_ends_at is not None
        consultation.phase_ends_at = later_by(consultation, max(consultation.phase_ends_at, now), amount)
        keep_run(consultation, "extended", by=person.pk, now=now)


def next_phase(*, person: Person, consultation: Consultation, phase: int, now: datetime) -> None:
    """On to the next phase; what was written in silence is shown. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.next", phase)
        _move(person, consultation, consultation.phase + 1, "next", now)


def previous_phase(*, person: Person, consultation: Consultation, phase: int, now: datetime) -> None:
    """Back to the phase before, which gets its whole time again. Raises Refused."""
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.back", phase)
        _move(person, consultation, consultation.phase - 1, "back", now)


def reveal_entries(*, person: Person, consultation: Consultation, phase: int, now: datetime) -> None:
    """Shows what was written in silence, for all together. Raises Refused. Revealing twice changes nothing."""
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        _require_lead(person, consultation)
        if consultation.phase == phase and phase in consultation.revealed:
            return
        require_phase(consultation, phase)
        if not is_silent(consultation):
            raise too_late(consultation, _("Nothing is hidden at this step."))
        shown = show_hidden(consultation)
        keep_run(consultation, "revealed", by=person.pk, now=now, shown=shown)


def finish_consultation(*, person: Person, consultation: Consultation, phase: int, now: datetime) -> None:
    """For good. What the case giver took is recommended; with any advice the challenge is answered. Raises Refused.

    Finishing what has not started calls it off, so that another one can be planned.
    """
    with transaction.atomic(savepoint=False):
        _hold_to_lead(person, consultation, "consultation.finish", phase)
        shown = show_hidden(consultation)
        consultation.state, consultation.finished_at = RunState.FINISHED, now
        consultation.phase_ends_at = consultation.paused_left = None
        _keep_who_was_there(consultation, by=person, now=now)
        keep_run(consultation, "finished", by=person.pk, now=now, shown=shown)
        keep_advice(person=person, consultation=consultation, now=now)


def _keep_who_was_there(consultation: Consultation, *, by: Person, now: datetime) -> None:
    """The group may change afterwards; who took part does not."""
    members = consultation.group.memberships.exclude(person__in=consultation.parts.values("person"))
    late = [PartTaken(consultation=consultation, person_id=row.person_id, part=Part.PEER) for row in members]
    if late:
        PartTaken.objects.bulk_create(late)
        tell(consultation, PartsSet(parts=part_cards(consultation)), by=by.pk, now=now)


def enter_phase(consultation: Consultation, phase: int, starts: datetime) -> None:
    consultation.phase, consultation.phase_started_at = phase, starts
    consultation.phase_ends_at = end_of_phase(consultation, starts)


def _move(person: Person, consultation: Consultation, to: int, how: str, now: datetime) -> None:
    shown = show_hidden(consultation)
    enter_phase(consultation, to, now)
    keep_run(consultation, how, by=person.pk, now=now, shown=shown)
    tell_of_step(consultation, now)


def _hold_to_lead(person: Person, consultation: Consultation, command: str, seen: int | None = None) -> None:
    """Raises Refused: `conflict` when somebody else who leads, or the clock, was faster."""
    hold(person, consultation)
    _require_lead(person, consultation)
    if seen is not None:
        require_phase(consultation, seen)
    require_open(person, consultation, command)


def _require_lead(person: Person, consultation: Consultation) -> None:
    require(can_lead(person, consultation), _("Only who leads the consultation may do this."))
