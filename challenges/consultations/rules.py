"""Who may do what in a consultation, and what this moment leaves open. Each rule is a plain yes or no.

A rule goes by the `seat` and the `part` that the consultation was loaded with. See the Note [Who may do what
now] in `events`: `doors_of` and `closed_parts` are the same for everybody, so they are part of a fact.
"""

from __future__ import annotations

import msgspec

from challenges.consultations.events import Doors, PhaseCard, ProtocolCard
from challenges.consultations.models import LISTS, Consultation, Part, RunState, Speaks, Writes
from challenges.models import State
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.rules import can_manage_people, can_moderate, is_active
from synergy.people.models import Person

EVERYBODY = "everybody"
_FROM_ALL = (Writes.AGREED, Writes.SUMMARY)
_FROM_PEERS = (Writes.QUESTIONS, Writes.HYPOTHESES, Writes.SUGGESTIONS)
"""Lists that the peers write, whoever speaks."""
_UNDER_WAY = (RunState.RUNNING, RunState.PAUSED)


WITH_CONSULTATIONS = (State.ASSIGNED, State.WORKED_ON, State.ANSWERED)
"""The states of a challenge whose group may begin a consultation."""
WITHOUT_ADVICE = (State.IN_PLAN, State.CLOSED)
"""The states in which the recommendations on a challenge stay as they are."""


def can_see(person: Person, consultation: Consultation) -> bool:
    """Its group, the institution whose challenge it is, facilitators and organisers. Observers only of these."""
    seat = _seat(person, consultation)
    if seat is None or not is_active(seat):
        return False
    is_of_institution = seat.institution_id == consultation.challenge.institution_id
    return bool(consultation.part) or is_of_institution or can_moderate(seat)


def can_lead(person: Person, consultation: Consultation) -> bool:
    """Facilitators and organisers of the cohort, and whom the group chose as its facilitator."""
    if not can_see(person, consultation):
        return False
    return can_moderate(consultation.seat) or consultation.part == Part.FACILITATOR


def takes_part(person: Person, consultation: Consultation) -> bool:
    """Who may write at some time: everybody of the group but its observers, and who leads."""
    has_part = consultation.part not in ("", Part.OBSERVER)
    return can_see(person, consultation) and (has_part or can_lead(person, consultation))


def is_case_giver(person: Person, consultation: Consultation) -> bool:
    return can_see(person, consultation) and consultation.part == Part.CASE_GIVER


def can_answer(person: Person, consultation: Consultation) -> bool:
    """Answer recommendations: the participants of the institution."""
    seat = _seat(person, consultation)
    return (
        seat is not None
        and is_active(seat)
        and seat.role == Role.PARTICIPANT
        and seat.institution_id == consultation.challenge.institution_id
    )


def can_make_protocols(seat: Seat | None) -> bool:
    """Copy, change and remove the cohort's own protocols."""
    return can_manage_people(seat)


def can_plan(seat: Seat | None, part: str) -> bool:
    """Begin a consultation for a group: who facilitates the cohort, and everybody of the group."""
    return is_active(seat) and (can_moderate(seat) or part not in ("", Part.OBSERVER))


def relations(person: Person, consultation: Consultation) -> set[str]:
    """What the person is to the consultation: the names of `Doors`."""
    found = set()
    if can_lead(person, consultation):
        found |= {"lead", "peer"}
    if is_case_giver(person, consultation):
        found.add("case_giver")
    elif takes_part(person, consultation):
        found.add("peer")
    if can_answer(person, consultation):
        found.add("institution")
    return found


def is_open(person: Person, consultation: Consultation, command: str) -> bool:
    """Whether the moment leaves the command open to the person."""
    doors = doors_of(consultation)
    return any(command in getattr(doors, relation) for relation in relations(person, consultation))


def is_closed_to(person: Person, consultation: Consultation) -> bool:
    """Whether the person writes nothing that others read: the case giver, while only the peers speak."""
    return is_case_giver(person, consultation) and Part.CASE_GIVER in closed_parts(consultation)


def protocol_of(consultation: Consultation) -> ProtocolCard:
    return msgspec.convert(consultation.protocol, ProtocolCard)


def phase_of(consultation: Consultation) -> PhaseCard:
    return protocol_of(consultation).phases[consultation.phase]


def is_silent(consultation: Consultation) -> bool:
    """Whether what is written now is hidden from others."""
    is_shown = consultation.phase in consultation.revealed
    return consultation.state in _UNDER_WAY and phase_of(consultation).silent_first and not is_shown


def list_open(consultation: Consultation) -> str:
    """One of `Writes`."""
    return phase_of(consultation).writes if consultation.state in _UNDER_WAY else Writes.NOTHING


def closed_parts(consultation: Consultation) -> list[str]:
    """See `RunCard.closed`."""
    if consultation.state not in _UNDER_WAY:
        return []
    speaks = phase_of(consultation).speaks
    if speaks == Speaks.PEERS:
        return [Part.CASE_GIVER]
    return [EVERYBODY] if speaks == Speaks.NOBODY else []


def has_reached_commitments(consultation: Consultation) -> bool:
    """From the first phase of commitments on, and after the end of what was started."""
    if consultation.state == RunState.FINISHED:
        return consultation.started_at is not None
    seen = protocol_of(consultation).phases[: consultation.phase + 1]
    return consultation.state in _UNDER_WAY and any(phase.writes == Writes.COMMITMENTS for phase in seen)


def doors_of(consultation: Consultation) -> Doors:
    """The same for all, so that it is part of a fact."""
    if consultation.started_at is None:
        return _doors_before(consultation)
    lead, peer, case_giver, institution = [], _writing(consultation), ["entry.judge"], []
    if consultation.state == RunState.FINISHED:
        institution.append("recommendation.answer")
    else:
        lead += _clock(consultation)
        lead += ["part.set", "entry.remove"]
    if may_case_giver_write(consultation):
        case_giver.append("entry.add")
    for those in (peer, case_giver):
        those += ["recommendation.write", "recommendation.change", "recommendation.withdraw"]
        those.append("check_in.answer")
        if has_reached_commitments(consultation):
            those += ["commitment.make", "commitment.remove"]
    if "entry.add" in case_giver:
        case_giver += ["entry.change", "entry.remove"]
    if Part.CASE_GIVER in closed_parts(consultation):
        case_giver = []
    return Doors(lead=lead, case_giver=case_giver, peer=peer, institution=institution)


def may_case_giver_write(consultation: Consultation) -> bool:
    """Whether the list that is open is for the case giver, too."""
    is_theirs = Part.CASE_GIVER not in closed_parts(consultation)
    return is_theirs and list_open(consultation) in LISTS


def may_peers_write(consultation: Consultation) -> bool:
    """Whether the list that is open is for the peers."""
    is_for_all = phase_of(consultation).speaks in (Speaks.EVERYBODY, Speaks.NOBODY)
    kind = list_open(consultation)
    return kind in _FROM_PEERS or (kind in _FROM_ALL and is_for_all)


def _doors_before(consultation: Consultation) -> Doors:
    """Planned, or called off before it began."""
    if consultation.state != RunState.PLANNED:
        return Doors(lead=[], case_giver=[], peer=[], institution=[])
    lead = ["consultation.start", "consultation.finish", "part.set"]
    return Doors(lead=lead, case_giver=["part.set"], peer=["part.set"], institution=[])


def _writing(consultation: Consultation) -> list[str]:
    return ["entry.add", "entry.change", "entry.remove"] if may_peers_write(consultation) else []


def _clock(consultation: Consultation) -> list[str]:
    if consultation.state == RunState.PAUSED:
        return ["consultation.resume", "consultation.finish"]
    found = ["consultation.pause", "consultation.extend", "consultation.finish"]
    if consultation.phase + 1 < len(protocol_of(consultation).phases):
        found.append("consultation.next")
    if consultation.phase > 0:
        found.append("consultation.back")
    if is_silent(consultation):
        found.append("consultation.reveal")
    return found


def _seat(person: Person, consultation: Consultation) -> Seat | None:
    return consultation.seat if consultation.seat and consultation.seat.person_id == person.pk else None
