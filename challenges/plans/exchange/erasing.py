"""The files that a person brought go; the plans that were made of them are the institution's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from challenges.plans.exchange.models import PlanImport
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    return {"files with plans": PlanImport.objects.filter(person=person).delete()[0]}
