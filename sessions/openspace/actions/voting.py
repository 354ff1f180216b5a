"""Points for what matters most.

# Note [Secret until closed]

Until the vote is closed nobody learns what anybody else gave: `vote.cast` has no author and says only
how many have voted, so who merely changes their points is not told of. What one gave oneself is read at
an address of one's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.openspace.actions.held import hold, hold_to_run
from sessions.openspace.actions.permission import require_part
from sessions.openspace.cards import gathering_card, voters_of
from sessions.openspace.events import VoteCast, VotingSet
from sessions.openspace.models import Gathering, Topic, TopicState, Vote, VotingState
from sessions.openspace.queries.votes import votes_of
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

POINTS_LIMIT = 20
"""Most points that each may be given to give."""


def open_voting(*, person: Person, gathering: Gathering, points_each: int, now: datetime) -> None:
    """Everybody has `points_each` points to give. Raises Refused.

    Opened again with the same number of points, the vote goes on; with another, it begins anew.
    """
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if gathering.voting == VotingState.OPEN:
            if gathering.points_each == points_each:
                return
            detail = _("People are voting. Close the vote before you change the number of points.")
            raise Refused("conflict", detail, present=gathering_card(gathering))
        if gathering.points_each != points_each:
            Vote.objects.filter(topic__gathering=gathering).delete()
        gathering.voting, gathering.points_each = VotingState.OPEN, points_each
        gathering.save(update_fields=["voting", "points_each"])
        log.append(stream, VotingSet(gathering=gathering_card(gathering)), by=person.pk, at=now)


def close_voting(*, person: Person, gathering: Gathering, now: datetime) -> None:
    """The counts are shown to all. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if gathering.voting == VotingState.OFF:
            raise Refused("conflict", _("There is no vote to close."))
        if gathering.voting == VotingState.CLOSED:
            return
        gathering.voting = VotingState.CLOSED
        gathering.save(update_fields=["voting"])
        log.append(stream, VotingSet(gathering=gathering_card(gathering)), by=person.pk, at=now)


def cast_vote(
    *, person: Person, gathering: Gathering, points: Mapping[int, int], now: datetime
) -> dict[int, int]:
    """Replaces all points of the person by `points`, {topic id: how many}, and gives them. Raises Refused.

    See the Note [Secret until closed].
    """
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        require_part(person, gathering)
        given = {topic: count for topic, count in points.items() if count}
        _check(gathering, given)
        before = votes_of(person, gathering)
        if given == before:
            return given
        Vote.objects.filter(topic__gathering=gathering, person=person).delete()
        Vote.objects.bulk_create(
            Vote(topic_id=topic, person=person, points=count) for topic, count in given.items()
        )
        if bool(given) != bool(before):
            log.append(stream, VoteCast(voters=voters_of(gathering)), by=None, at=now)
    return given


def _check(gathering: Gathering, given: Mapping[int, int]) -> None:
    if gathering.voting != VotingState.OPEN:
        raise Refused("conflict", _("The vote is not open."), present=gathering_card(gathering))
    if sum(given.values()) > gathering.points_each:
        limit = gathering.points_each
        detail = ngettext("You have %(limit)d point.", "You have %(limit)d points.", limit) % {"limit": limit}
        raise Refused("invalid", detail, fields={"points": detail})
    offered = Topic.objects.filter(gathering=gathering, state=TopicState.OFFERED, pk__in=list(given))
    if offered.count() < len(given):
        raise Refused("conflict", _("One of these topics is not on offer any more. Choose again."))
