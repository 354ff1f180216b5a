"""Who may do what in a gathering. Each rule is a plain yes or no; the whole table is tested at once.

A rule goes by the seat that the gathering or topic was loaded with. Facilitators and organisers hold
the space: they never change, place or merge somebody else's topic.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sessions.openspace.models import Gathering, Slot, Stage, Topic
from synergy.cohorts.models import Seat
from synergy.cohorts.rules import can_moderate, can_write, is_active
from synergy.people.models import Person

AFTER_ROUNDS = (Stage.CONVERGING, Stage.CLOSING, Stage.CLOSED)
"""The rounds are left behind, also those that nobody started. As `isLate` in static/src/openspace/clock.ts."""


def can_see(person: Person, gathering: Gathering) -> bool:
    return is_active(_seat(person, gathering))


def can_take_part(person: Person, gathering: Gathering) -> bool:
    """Propose, mark interest, call, vote, act: everybody but observers, until the gathering is closed."""
    return gathering.stage != Stage.CLOSED and can_write(_seat(person, gathering))


def can_move(person: Person, gathering: Gathering) -> bool:
    """Everybody moves freely, observers too."""
    return gathering.stage != Stage.CLOSED and can_see(person, gathering)


def can_facilitate(person: Person, gathering: Gathering) -> bool:
    return can_moderate(_seat(person, gathering))


def can_use_market(person: Person, gathering: Gathering) -> bool:
    """Propose, place, ask for merges and swaps: who takes part, while the market is open.

    Changing the words of a topic, leaving, adopting and withdrawing it need no market: a convener who
    falls ill in the middle of a round must be able to say so, and somebody else to take over.
    """
    return gathering.is_market_open and can_take_part(person, gathering)


def is_convener(person: Person, topic: Topic) -> bool:
    return topic.convener_id == person.pk


def can_convene(person: Person, topic: Topic) -> bool:
    """Change, place and move the topic: its convener or a co-convener, and nobody else."""
    return is_convener(person, topic) or topic.co_conveners.filter(pk=person.pk).exists()


def why_not_use_market(person: Person, gathering: Gathering) -> str | None:
    """What to say to somebody who may not use the market; None to somebody who may."""
    if can_use_market(person, gathering):
        return None
    closed = _("The market is closed at the moment. A facilitator can open it again.")
    return why_not_take_part(person, gathering) or closed


def why_not_take_part(person: Person, gathering: Gathering) -> str | None:
    """What to say to somebody who may not take part; None to somebody who may."""
    if can_take_part(person, gathering):
        return None
    if gathering.stage == Stage.CLOSED:
        return _("This Open Space is closed. You can read everything, but nothing changes any more.")
    return _("You are an observer here: you can see everything and go everywhere, but not take part.")


def _seat(person: Person, gathering: Gathering) -> Seat | None:
    return gathering.seat if gathering.seat and gathering.seat.person_id == person.pk else None


def can_edit_report(person: Person, topic: Topic) -> bool:
    """Everybody who takes part may write down what was said."""
    return can_take_part(person, topic.gathering)


def can_confirm_report(person: Person, topic: Topic) -> bool:
    """The convener says that the report is right; a co-convener may do it for them."""
    return can_edit_report(person, topic) and can_convene(person, topic)


def can_run(person: Person, gathering: Gathering) -> bool:
    """Stages, rounds, circles, votes and news: facilitators and organisers, until the gathering is closed."""
    return gathering.stage != Stage.CLOSED and can_facilitate(person, gathering)


def why_not_run(person: Person, gathering: Gathering) -> str:
    """What to say to somebody who may not run the gathering."""
    if can_facilitate(person, gathering):
        return _("This Open Space is closed. Open it again first.")
    return _("Only facilitators and organisers may do this.")


def stages_after(stage: str) -> frozenset[str]:
    """Where a gathering can go from here. Stages may be left out and gone back to; what is closed is reopened."""
    if stage == Stage.PREPARING:
        return frozenset({Stage.OPENING, Stage.MARKETPLACE, Stage.ROUNDS})
    if stage == Stage.CLOSED:
        return frozenset({Stage.MARKETPLACE, Stage.ROUNDS, Stage.CONVERGING, Stage.CLOSING})
    return frozenset(Stage.values) - {stage}


def can_mark(person: Person, topic: Topic) -> bool:
    """Whether it took place: who convenes it, or who runs the gathering, says so."""
    gathering = topic.gathering
    return can_run(person, gathering) or (can_take_part(person, gathering) and can_convene(person, topic))


def slots_over(gathering: Gathering, slots: Iterable[Slot]) -> set[int]:
    """Ids of those of the gathering's slots that were held and are over.

    Where rounds are started, one that nobody started was not held. Where none ever is, nobody knows, and closing the
    gathering ends them all. As `slotsOver` in static/src/openspace/clock.ts.
    """
    every = list(slots)
    if gathering.stage == Stage.CLOSED and all(slot.started_at is None for slot in every):
        return {slot.pk for slot in every}
    return {slot.pk for slot in every if slot.ended_at is not None}
