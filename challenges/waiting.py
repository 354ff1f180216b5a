"""What challenges wait for a person, as the first page says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge, State
from sessions.waiting import MANY, Waiting
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person


def challenges_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """Drafts and returned ones for their authors, submitted ones for who facilitates. Three queries at most."""
    seats = list(seats_of(person))
    return [
        *_to_write([seat for seat in seats if seat.role == Role.PARTICIPANT]),
        *_to_answer([seat.cohort_id for seat in seats if can_moderate(seat)]),
    ]


def _to_write(seats: Iterable[Seat]) -> list[Waiting]:
    own = Q(pk__in=[])
    for seat in seats:
        own |= Q(cohort=seat.cohort_id, institution=seat.institution_id)
    # What has no word yet waits for nobody.
    begun = Q(state=State.DRAFT) & (~Q(title="") | ~Q(key_question=""))
    found = Challenge.objects.filter(own, Q(state=State.RETURNED) | begun)
    return [_own(each) for each in found.order_by("changed_at", "pk")[:MANY]]


def _own(challenge: Challenge) -> Waiting:
    is_returned = challenge.state == State.RETURNED
    return Waiting(
        about=_("Challenge"),
        text=str(challenge),
        language=challenge.language if challenge.title else "",
        detail=_("There are questions about it. Answer them and submit it again.")
        if is_returned
        else _("A draft of your institution. Submit it when it is ready."),
        button=_("Read the questions") if is_returned else _("Go on writing"),
        address=reverse("challenges:edit", args=[challenge.pk]),
        icon="target",
        since=challenge.changed_at,
        urgency="today" if is_returned else "soon",
    )


def _to_answer(cohorts: list[int]) -> list[Waiting]:
    """The one that waits longest first."""
    if not cohorts:
        return []
    found = Challenge.objects.filter(state=State.SUBMITTED, cohort__in=cohorts).select_related("institution")
    return [
        Waiting(
            about=_("Challenge"),
            text=str(each),
            language=each.language,
            detail=_("Accept it, or ask the institution."),
            button=_("Read it"),
            address=reverse("challenges:challenge", args=[each.pk]),
            icon="target",
            whose=each.institution.name,
            since=each.submitted_at,
            urgency="today",
        )
        for each in found.order_by("submitted_at", "pk")[:MANY]
    ]
