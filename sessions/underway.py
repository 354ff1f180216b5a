"""How a day really goes, where an app above knows better than the programme: rounds that end early, or late.

from sessions.underway import register
register(rounds_as_they_went)   # in AppConfig.ready

def rounds_as_they_went(training_session: TrainingSession, plan: DayPlan, now: datetime) -> DayPlan: ...
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sessions.models import TrainingSession
from sessions.queries import DayPlan

Teller = Callable[[TrainingSession, DayPlan, datetime], DayPlan]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`. The teller may set times, and leave out what was not held."""
    _tellers.append(teller)


def as_it_goes(training_session: TrainingSession, plan: DayPlan, now: datetime) -> DayPlan:
    """The plan of a day with the times of what has happened."""
    for tell in _tellers:
        plan = tell(training_session, plan, now)
    return plan
