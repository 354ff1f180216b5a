from __future__ import annotations

from sessions.openspace.models import Gathering, TopicState, Vote
from synergy.people.models import Person


def votes_of(person: Person, gathering: Gathering) -> dict[int, int]:
    """{topic id: points} of the person's own vote. Never for anybody else: the vote is secret until closed.

    Points of a topic that is not on offer any more are free to be given again.
    """
    own = Vote.objects.filter(topic__gathering=gathering, topic__state=TopicState.OFFERED, person=person)
    return dict(own.order_by("topic__number").values_list("topic", "points"))
