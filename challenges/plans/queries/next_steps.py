"""Whose a next step of an Open Space topic is: of the institution that took part, or that it names; a step that
names somebody of another institution is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sessions.openspace.events import NextStep
from sessions.openspace.models import TopicReport
from synergy.cohorts.models import Seat
from synergy.search.words import folded


@dataclass(frozen=True)
class Sides:
    """`team`: ids of an institution's people in a cohort. `own` is what they and it are called, `others` how people of
    the others are."""

    team: set[int] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def sides_of(own: dict[int, int]) -> dict[int, Sides]:
    """`own`: {cohort: one's institution}. By cohort. One query."""
    sides = {cohort: Sides() for cohort in own}
    seats = Seat.objects.filter(cohort__in=own).select_related("institution", "person")
    for seat in seats:
        side = sides[seat.cohort_id]
        if seat.institution_id == own[seat.cohort_id]:
            side.team.add(seat.person_id)
            side.own.update(_called(seat.person.name, seat.institution.name))
        else:
            side.others.update(_called(seat.person.name))
    return sides


def is_for(side: Sides, report: TopicReport, step: NextStep) -> bool:
    """Whether the institution may begin a plan from it."""
    who = folded(step.who)
    is_named = any(name in who for name in side.own)
    return who not in side.others and (is_named or bool(side.team & _took_part(report)))


def _took_part(report: TopicReport) -> set[int | None]:
    topic = report.topic
    conveners = {topic.convener_id, topic.proposed_by_id, *(each.pk for each in topic.co_conveners.all())}
    return conveners | set(report.participants)


def _called(*names: str) -> Iterable[str]:
    return filter(None, map(folded, names))
