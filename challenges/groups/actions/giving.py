"""A group may read its challenge, whatever the confidentiality."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from challenges.actions import assign_challenge
from challenges.groups.models import TaskGroup
from challenges.queries import challenge_for
from synergy.cohorts.models import Seat
from synergy.live.refusals import Refused
from synergy.people.models import Person


def give_challenges(person: Person, groups: QuerySet[TaskGroup], now: datetime) -> None:
    """To the people of each group who are not of the institution that brings it. Raises Refused."""
    for group in groups.select_related("challenge").order_by("challenge_id"):
        challenge = challenge_for(person, group.challenge_id)
        if challenge is None:
            raise Refused(
                "conflict",
                _("The challenge of group %(number)d has been withdrawn.") % {"number": group.number},
            )
        members = set(group.memberships.values_list("person", flat=True))
        peers = members - _at_home(challenge.cohort_id, challenge.institution_id, members)
        assign_challenge(person=person, challenge=challenge, peers=peers, now=now)


def _at_home(cohort_id: int, institution_id: int, people: Iterable[int]) -> set[int]:
    seats = Seat.objects.filter(cohort=cohort_id, institution=institution_id, person__in=people)
    return set(seats.values_list("person_id", flat=True))
