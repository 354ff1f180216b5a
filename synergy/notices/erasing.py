"""What a person was told goes, and how they wanted to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from synergy.notices.models import Choice, Notice, QuietHours
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    return {
        "notices": Notice.objects.filter(person=person).delete()[0],
        "choices of notices": Choice.objects.filter(person=person).delete()[0],
        "quiet hours": QuietHours.objects.filter(person=person).delete()[0],
    }
