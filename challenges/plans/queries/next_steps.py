"""Whose a next step of an Open Space topic is: one that names somebody of another institution is theirs."""

from __future__ import annotations

from collections.abc import Collection

from challenges.likeness import folded
from sessions.openspace.events import NextStep
from synergy.cohorts.models import Seat


def people_of(own: dict[int, int]) -> tuple[dict[int, set[int]], dict[int, set[str]]]:
    """`own`: {cohort: one's institution}. By cohort: ids of its people, and names of those of others. One query."""
    team: dict[int, set[int]] = {cohort: set() for cohort in own}
    others: dict[int, set[str]] = {cohort: set() for cohort in own}
    seats = Seat.objects.filter(cohort__in=own).values_list("cohort", "institution", "person", "person__name")
    for cohort, institution, person, name in seats:
        if institution == own[cohort]:
            team[cohort].add(person)
        else:
            others[cohort].add(folded(name))
    return team, others


def is_for_others(step: NextStep, others: Collection[str]) -> bool:
    """`others`: the names of people of other institutions, as in `people_of`."""
    return folded(step.who) in others
