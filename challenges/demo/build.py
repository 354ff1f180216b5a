"""Brings the challenges of the demonstration, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from challenges.actions import (
    accept_challenge,
    begin_challenge,
    change_challenge,
    return_challenge,
    submit_challenge,
    tag_challenge,
)
from challenges.demo.cases import CASES, Case
from challenges.models import Challenge
from challenges.queries import challenge_for
from synergy.cohorts.models import Cohort
from synergy.people.models import Person

FACILITATOR = "lucia.vargova"


def bring_challenges(
    cohort: Cohort, people: dict[str, Person], at: Callable[[int, str], datetime], now: datetime
) -> None:
    """They were written in the weeks before the session. Those that are there stay as they are."""
    if Challenge.objects.filter(cohort=cohort).exists():
        return
    begun = at(1, "09:20") - timedelta(days=16)
    for number, case in enumerate(reversed(CASES)):
        _bring(cohort, people, case, begun + timedelta(days=number, hours=number % 6))


def _bring(cohort: Cohort, people: dict[str, Person], case: Case, at: datetime) -> None:
    first, last = people[case.by[0]], people[case.by[-1]]
    pk = begin_challenge(person=first, cohort=cohort, now=at).pk
    values = {"language": case.language, **case.texts, "confidentiality": case.readers}
    half = len(values) // 2
    for number, (field, value) in enumerate(values.items()):
        author = first if number < half else last
        moment = at + timedelta(minutes=7 * number)
        challenge = _seen_by(author, pk)
        change_challenge(person=author, challenge=challenge, field=field, value=value, base=0, now=moment)
    submit_challenge(person=last, challenge=_seen_by(last, pk), now=at + timedelta(days=1))
    _answer(people[FACILITATOR], pk, case, at + timedelta(days=3, hours=2))


def _answer(facilitator: Person, pk: int, case: Case, at: datetime) -> None:
    if case.tags:
        tag_challenge(person=facilitator, challenge=_seen_by(facilitator, pk), tags=case.tags, now=at)
    if case.questions:
        challenge = _seen_by(facilitator, pk)
        return_challenge(person=facilitator, challenge=challenge, why=case.questions, now=at)
    if case.is_accepted:
        accept_challenge(person=facilitator, challenge=_seen_by(facilitator, pk), now=at)


def _seen_by(person: Person, pk: int) -> Challenge:
    challenge = challenge_for(person, pk)
    assert challenge is not None
    return challenge
