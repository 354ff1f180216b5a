"""The days of a training session, each with its task groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from challenges.groups.models import Mix
from sessions.models import TrainingSession


@dataclass(frozen=True)
class GroupDay:
    on: date
    number: int
    """1 on the first day of the session."""
    title: str
    mix: Mix | None


def days_of(training_session: TrainingSession) -> list[GroupDay]:
    """Two queries, however many days."""
    titles = dict(training_session.days.values_list("on", "title"))
    mixes = {mix.on: mix for mix in Mix.objects.filter(training_session=training_session)}
    length = (training_session.ends_on - training_session.starts_on).days + 1
    days = [training_session.starts_on + timedelta(days=number) for number in range(length)]
    return [
        GroupDay(on=day, number=number, title=titles.get(day, ""), mix=mixes.get(day))
        for number, day in enumerate(days, 1)
    ]


def day_to_show(days: list[GroupDay], today: date, *, makes_groups: bool = False) -> GroupDay:
    """Today's, if it has groups or one makes them; else the next one with groups; else the last one with groups; else
    today's or the first."""
    now = next((day for day in days if day.on == today), None)
    if now and (now.mix or makes_groups):
        return now
    coming = [day for day in days if day.mix and day.on > today]
    past = [day for day in days if day.mix and day.on < today]
    return (coming[:1] or past[-1:] or ([now] if now else days[:1]))[0]
