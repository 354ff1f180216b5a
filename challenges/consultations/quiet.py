"""The talk of the group's room: the case giver is quiet while only the peers talk, all are in a silent phase."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from challenges.consultations.models import Consultation, Part, RunState
from challenges.consultations.rules import EVERYBODY, closed_parts
from rooms.admission import seats_let_in
from rooms.models import Room
from rooms.quiet import Quiet, quieten
from synergy.cohorts.rules import can_moderate


def quiet_in_room(room: Room) -> Quiet | None:
    """What the consultation that goes on in the room says. One query where there is none."""
    consultation = _going_on(room).select_related("group__room").first()
    return quiet_of(consultation) if consultation is not None else None


def why_room_stays_open(room: Room) -> str:
    """Empty when no consultation goes on there."""
    if not _going_on(room).exists():
        return ""
    return _("A consultation goes on in this room. Finish it first.")


def _going_on(room: Room) -> QuerySet[Consultation]:
    return Consultation.objects.filter(group__room=room.pk, state__in=[RunState.RUNNING, RunState.PAUSED])


def quiet_of(consultation: Consultation) -> Quiet | None:
    """Who is quiet in this phase; None when nobody is."""
    closed = closed_parts(consultation)
    if not closed:
        return None
    parts = dict(consultation.parts.values_list("person", "part"))
    if EVERYBODY not in closed:
        giver = frozenset(person for person, part in parts.items() if part == Part.CASE_GIVER)
        return Quiet(people=giver, kind="listen", until=consultation.phase_ends_at)
    room = consultation.group.room
    seats = seats_let_in(room) if room is not None else []
    quiet = {seat.person_id for seat in seats if not can_moderate(seat)}
    leading = {person for person, part in parts.items() if part == Part.FACILITATOR}
    return Quiet(people=frozenset(quiet - leading), kind="silence", until=consultation.phase_ends_at)


def tell_room(consultation: Consultation, before: Quiet | None, *, by: int | None, now: datetime) -> None:
    """Tells the room, when somebody else is quiet there now than `before`, or for longer."""
    after = quiet_of(consultation)
    room = consultation.group.room
    if room is not None and after != before:
        quieten(room=room, quiet=after, by=by, now=now)
