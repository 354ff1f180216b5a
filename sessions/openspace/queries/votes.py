from __future__ import annotations

from sessions.openspace.models import Gathering, Vote
from synergy.people.models import Person


def votes_of(person: Person, gathering: Gathering) -> dict[int, int]:
    """{topic id: points} of the person's own vote. Never for anybody else: the vote is secret until closed."""
    own = Vote.objects.filter(topic__gathering=gathering, person=person).order_by("topic__number")
    return dict(own.values_list("topic", "points"))
