"""What `rules` and `reporting.rules` say of one plan and one report, for many at once: for the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from challenges.plans.models import ReportState, Voice
from challenges.plans.rules import can_begin
from synergy.cohorts.models import Seat
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person


@dataclass(frozen=True)
class Ties:
    """Of plans: those where `rules.is_own`, `is_school`, `is_consultant` and `is_lead` hold."""

    own: Q
    school: Q
    advised: Q
    led: Q

    @property
    def near(self) -> Q:
        """As `reporting.rules.is_near`."""
        return self.own | self.school | self.advised


def ties_of(person: Person, seats: Sequence[Seat], plan: str = "") -> Ties:
    """`seats`: the person's active ones. `plan`: what leads to the plan, as `plan__`."""
    own = school = advised = led = Q(**{f"{plan}pk__in": []})
    for seat in seats:
        here = Q(**{f"{plan}cohort": seat.cohort_id})
        of_institution = here & Q(**{f"{plan}institution": seat.institution_id})
        own |= of_institution
        if can_begin(seat):
            led |= of_institution & (Q() if seat.is_coordinator else Q(**{f"{plan}owner": person}))
        advised |= here & Q(**{f"{plan}consultant": person})
        if can_moderate(seat):
            school |= here
    return Ties(own, school, advised, led)


def readable_reports(person: Person, seats: Sequence[Seat]) -> Q:
    """Of reports on plans that the person sees: those they may read, as `reporting.rules.can_read` says."""
    ties = ties_of(person, seats, "plan__")
    written = Q(voice=Voice.OWN) & ties.own | Q(voice=Voice.SHADOW) & ties.advised
    return Q(state=ReportState.APPROVED) | written | ~Q(state=ReportState.DRAFT) & ties.near
