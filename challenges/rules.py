"""Who may do what with a challenge. Each rule is a plain yes or no; the whole table is tested at once.

A rule goes by the seat that the challenge was loaded with. Facilitators and organisers never change an
institution's words: they accept, return with questions, tag and close.
"""

from __future__ import annotations

from challenges.models import Challenge, Confidentiality, State
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.rules import can_moderate, is_active
from synergy.people.models import Person

WRITABLE = (State.DRAFT, State.RETURNED)
"""The states in which the institution writes."""


def can_bring(seat: Seat | None) -> bool:
    """Begin a challenge for the institution of the seat."""
    return seat is not None and is_active(seat) and seat.role == Role.PARTICIPANT


def can_see(person: Person, challenge: Challenge) -> bool:
    """Its institution always; others from when it is submitted, and not while it is returned.

    Facilitators and organisers see returned ones, too.
    """
    seat = _seat(person, challenge)
    if seat is None or not is_active(seat):
        return False
    if is_own(person, challenge):
        return True
    if challenge.submitted_at is None:
        return False
    return can_facilitate(person, challenge) or _is_shown_to(seat, challenge)


def is_own(person: Person, challenge: Challenge) -> bool:
    """Brought by the person's institution, in this cohort."""
    seat = _seat(person, challenge)
    return seat is not None and is_active(seat) and _is_of_institution(seat, challenge)


def is_author(person: Person, challenge: Challenge) -> bool:
    """A participant of the institution that brings it."""
    return can_bring(_seat(person, challenge)) and is_own(person, challenge)


def can_facilitate(person: Person, challenge: Challenge) -> bool:
    """A facilitator or organiser of its cohort."""
    seat = _seat(person, challenge)
    return can_moderate(seat) and seat is not None and seat.cohort_id == challenge.cohort_id


def is_before(person: Person, challenge: Challenge) -> bool:
    """The challenge lies before this facilitator or organiser: it was submitted, and not withdrawn."""
    return challenge.submitted_at is not None and can_facilitate(person, challenge)


def can_change(person: Person, challenge: Challenge) -> bool:
    """Write, attach files and choose who may read it."""
    return challenge.state in WRITABLE and is_author(person, challenge)


def can_submit(person: Person, challenge: Challenge) -> bool:
    return can_change(person, challenge)


def can_withdraw(person: Person, challenge: Challenge) -> bool:
    return challenge.state == State.SUBMITTED and is_author(person, challenge)


def can_return(person: Person, challenge: Challenge) -> bool:
    return challenge.state == State.SUBMITTED and can_facilitate(person, challenge)


def can_accept(person: Person, challenge: Challenge) -> bool:
    return challenge.state == State.SUBMITTED and can_facilitate(person, challenge)


def can_tag(person: Person, challenge: Challenge) -> bool:
    return challenge.state != State.CLOSED and is_before(person, challenge)


def can_close(person: Person, challenge: Challenge) -> bool:
    """Its authors in any state; facilitators once they have seen it."""
    if challenge.state == State.CLOSED:
        return False
    return is_author(person, challenge) or is_before(person, challenge)


def _seat(person: Person, challenge: Challenge) -> Seat | None:
    return challenge.seat if challenge.seat and challenge.seat.person_id == person.pk else None


def _is_of_institution(seat: Seat, challenge: Challenge) -> bool:
    return (seat.cohort_id, seat.institution_id) == (challenge.cohort_id, challenge.institution_id)


def _is_shown_to(seat: Seat, challenge: Challenge) -> bool:
    """Whether its confidentiality lets the seat read a challenge that was submitted."""
    if challenge.state == State.RETURNED:
        return False
    if challenge.confidentiality == Confidentiality.PROGRAMME:
        return True
    is_near = challenge.confidentiality == Confidentiality.COHORT or challenge.is_peer
    return is_near and seat.cohort_id == challenge.cohort_id
