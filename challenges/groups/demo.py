"""The task groups of the demonstration: those of its second day, with a room each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from challenges.groups.actions import propose_mix, publish_mix
from challenges.groups.models import Mix
from challenges.groups.queries import challenges_to_mix, mix_for
from sessions.models import TrainingSession
from synergy.cohorts.models import Cohort
from synergy.people.models import Person

DAY = 2
FACILITATOR = "lucia.vargova"
BROUGHT_BY = ("lubica.horvathova", "peterne.boros", "yordanka.stoyanova")
"""Whose challenges get a group; the other accepted ones wait for one."""


def mix_groups(
    cohort: Cohort, people: dict[str, Person], at: Callable[[int, str], datetime], now: datetime
) -> None:
    """Those that are there move with the programme and stay as they are otherwise."""
    session, on = TrainingSession.objects.get(cohort=cohort), at(DAY, "09:00").date()
    if Mix.objects.filter(training_session=session).update(on=on):
        return
    authors = {people[key].pk for key in BROUGHT_BY}
    chosen = [each.pk for each in challenges_to_mix(cohort.pk) if each.created_by_id in authors]
    if not chosen:
        return
    facilitator = people[FACILITATOR]
    proposed = propose_mix(
        person=facilitator,
        training_session=session,
        on=on,
        now=at(DAY - 1, "16:30"),
        challenges=chosen,
    )
    mix = mix_for(facilitator, proposed.pk)
    assert mix is not None
    publish_mix(person=facilitator, mix=mix, now=at(DAY - 1, "16:45"))
