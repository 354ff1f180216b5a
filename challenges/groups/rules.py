"""Who may do what with task groups. Each rule is a plain yes or no.

A rule goes by the seat that the mix was loaded with. Facilitators and organisers make the groups;
everybody of the cohort, observers too, sees those that are published.
"""

from __future__ import annotations

from challenges.groups.models import Mix, MixState
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.rules import can_moderate, is_active
from synergy.people.models import Person


def can_propose(seat: Seat | None) -> bool:
    """Propose groups for a day of a session of the seat's cohort."""
    return can_moderate(seat)


def can_mix(person: Person, mix: Mix) -> bool:
    """See the proposal, change and publish it."""
    return can_propose(_seat(person, mix))


def can_see_groups(person: Person, mix: Mix) -> bool:
    """Follow the stream `groups`; it is empty until the groups are published."""
    return is_active(_seat(person, mix))


def can_be_mixed(seat: Seat) -> bool:
    """Only participants are in groups: facilitators go round, observers look on."""
    return is_active(seat) and seat.role == Role.PARTICIPANT


def is_published(mix: Mix) -> bool:
    return mix.state == MixState.PUBLISHED


def _seat(person: Person, mix: Mix) -> Seat | None:
    return mix.seat if mix.seat and mix.seat.person_id == person.pk else None
