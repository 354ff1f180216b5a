"""Gatherings over plain HTTP: what is one person's own and so stands in no stream."""

from __future__ import annotations

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from rooms.serializers import answer, answers_refusals
from sessions.openspace.models import Gathering
from sessions.openspace.queries import gathering_for
from sessions.openspace.queries.votes import votes_of
from synergy.live.frames import RefusedFrame
from synergy.live.refusals import Refused
from synergy.people.models import Person


class OwnVotes(msgspec.Struct, frozen=True):
    """{topic id: points} that one has given oneself."""

    points: dict[str, int]


@extend_schema(
    operation_id="gatherings_own_votes", responses={200: OwnVotes, 403: RefusedFrame, 404: RefusedFrame}
)
@api_view(["GET"])
@answers_refusals
def own_votes(request: Request, pk: int) -> HttpResponse:
    """The points that one has given in the vote of this gathering. Nobody else can read them."""
    person = request.user
    assert isinstance(person, Person)
    points = votes_of(person, _gathering(person, pk))
    return answer(OwnVotes(points={str(topic): count for topic, count in points.items()}))


def _gathering(person: Person, pk: int) -> Gathering:
    gathering = gathering_for(person, pk)
    if gathering is None:
        raise Refused("not_found", _("There is nothing here with this address, or you may not see it."))
    return gathering
