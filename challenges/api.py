"""Challenges for other programs. A token with `challenges:read` reads what its person may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from challenges.events import ChallengeCard
from challenges.paging import PAGE_PARAMETERS, PageQuery, page_of, read_query
from challenges.queries import challenge_for, challenge_state_of, visible_challenges
from challenges.serializers import ChallengePage, challenge_row
from rooms.serializers import answer
from synergy.journal import log
from synergy.keys.doors import for_programs
from synergy.live.frames import RefusedFrame
from synergy.live.refusals import Refused
from synergy.people.models import Person

READ = "challenges:read"


def responses(success: Any, *refusals: int) -> dict[int, Any]:
    """What a door for programs answers: `success`, or one of the refusals that all have, and these."""
    return {200: success} | dict.fromkeys((401, 403, 429, *refusals), RefusedFrame)


def person_asking(request: Request) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def nothing_here() -> Refused:
    return Refused("not_found", _("There is nothing here with this address, or you may not see it."))


@extend_schema(
    operation_id="challenges_list", parameters=PAGE_PARAMETERS, responses=responses(ChallengePage, 400)
)
@for_programs("GET", READ)
def challenges(request: Request) -> HttpResponse:
    """The challenges that one may read, in the order of their last change."""
    query = read_query(request, PageQuery)
    with log.snapshot():
        rows, following = page_of(visible_challenges(person_asking(request)), query)
        return answer(ChallengePage(challenges=[challenge_row(row) for row in rows], next=following))


@extend_schema(operation_id="challenges_detail", responses=responses(ChallengeCard, 404))
@for_programs("GET", READ)
def challenge(request: Request, pk: int) -> HttpResponse:
    """One challenge, whole."""
    person = person_asking(request)
    with log.snapshot():
        found = challenge_for(person, pk)
        if found is None:
            raise nothing_here()
        return answer(challenge_state_of(person, found))
