"""A person's webhooks send nothing any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from synergy.hooks.models import Ended, Hook
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    hooks = Hook.objects.filter(person=person, ended_at__isnull=True)
    return {"webhooks": hooks.update(ended_at=now, ended=Ended.RIGHTS)}
