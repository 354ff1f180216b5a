"""Who is told about an answer, and what is asked on which day.

Within the transaction of what it is about; `kinds` says the texts.
"""

from __future__ import annotations

from datetime import datetime

from challenges.consultations.models import CheckIn, Consultation, Recommendation
from synergy.people.models import Person


def tell_of_answer(
    person: Person, consultation: Consultation, recommendation: Recommendation, now: datetime
) -> None:
    """The group is told how the institution answered."""


def tell_of_check_in(person: Person, consultation: Consultation, check_in: CheckIn, now: datetime) -> None:
    """The group is told what became of a commitment."""
