"""What consultations forget of a person: what they wrote for themselves, and how a commitment went for them.

Lists, recommendations and commitments are results of the group, and stay without a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from challenges.consultations.models import CheckIn, PrivateNote
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    answers = CheckIn.objects.filter(commitment__by=person).exclude(answer="")
    return {
        "private notes": PrivateNote.objects.filter(person=person).delete()[0],
        "answers to check-ins": answers.update(answer=""),
    }
