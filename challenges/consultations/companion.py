"""What the page of a room shows when a group consults in it: the step, the clock, one's part."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.consultations.events import ConsultationCard
from challenges.consultations.models import Part, RunState
from challenges.consultations.page_words import run_badge
from challenges.consultations.queries import consultation_of_group, consultation_stream
from challenges.consultations.streams import CONSULTATION
from challenges.groups.queries import task_group_of_room
from rooms.companions import Companion
from rooms.models import Room
from synergy.live.refusals import Refused
from synergy.live.streams import read_state
from synergy.people.models import Person


def companion_of_room(person: Person, room: Room) -> Companion | None:
    """None for a room in which no group consults, or where the person does not see it."""
    group = task_group_of_room(room)
    consultation = consultation_of_group(person, group) if group else None
    if consultation is None:
        return None
    stream = consultation_stream(consultation.pk)
    try:
        head, state = read_state(CONSULTATION, person, stream)
    except Refused:
        return None
    return Companion(
        stream=stream,
        head=head,
        state=state,
        back=reverse("consultations:consultation", args=[consultation.pk]),
        back_name=_("To the consultation"),
        template="challenges/consultations/parts/room_strip.html",
        context=_context(state),
    )


def _context(state: ConsultationCard) -> dict[str, object]:
    is_on = state.run.state in (RunState.RUNNING, RunState.PAUSED)
    part = next((each.part for each in state.parts if each.id == state.me), "")
    if not part and state.me in state.members:
        part = Part.PEER
    ends = state.run.phase_ends_at
    return {
        "state": state,
        "badge": run_badge(state.run.state),
        "phase": state.protocol.phases[state.run.phase] if is_on else None,
        "part": Part(part).label if part else "",
        "is_over_time": ends is not None and ends <= timezone.now(),
    }
