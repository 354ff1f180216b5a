"""How an action that runs the gathering begins: the stream is locked, and the gathering read anew.

The gathering in hand may have been read before somebody else's commit, and its card says all of it.
"""

from __future__ import annotations

from sessions.openspace.actions.permission import require
from sessions.openspace.cards import gathering_card
from sessions.openspace.events import GatheringCard
from sessions.openspace.models import Gathering, VotingState
from sessions.openspace.queries import gathering_stream
from sessions.openspace.rules import can_run, why_not_run
from synergy.cohorts.models import Role, Seat
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.people.models import Person


def hold(gathering: Gathering) -> StreamId:
    """What is read after this stays true until the transaction ends."""
    stream = gathering_stream(gathering.pk)
    log.lock(stream)
    gathering.refresh_from_db()
    return stream


def hold_to_run(person: Person, gathering: Gathering) -> StreamId:
    """`hold`, for facilitators and organisers. Raises Refused (`forbidden`)."""
    stream = hold(gathering)
    require(can_run(person, gathering), why_not_run(person, gathering))
    return stream


def vote_without(gathering: Gathering) -> GatheringCard | None:
    """What is left of the vote, told with a topic that goes off the wall; None before any vote.

    Called with the stream locked, after the topic has changed.
    """
    gathering.refresh_from_db()
    return None if gathering.voting == VotingState.OFF else gathering_card(gathering)


def people_who_take_part(gathering: Gathering) -> dict[int, str]:
    """{person id: role} of all active seats but the observers'."""
    seats = Seat.objects.filter(cohort=gathering.training_session.cohort_id, ended_at__isnull=True)
    return dict(seats.exclude(role=Role.OBSERVER).values_list("person", "role"))
