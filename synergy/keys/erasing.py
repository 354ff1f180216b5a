"""A person's access tokens go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from synergy.keys.models import AccessToken
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    return {"access tokens": AccessToken.objects.filter(person=person).delete()[0]}
