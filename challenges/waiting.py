"""What challenges wait for a person, as the first page says it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Challenge, State
from sessions.waiting import Waiting
from synergy.cohorts.models import Role
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person


def challenges_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """Returned ones for their authors, submitted ones for who facilitates. Three queries at most."""
    seats = list(seats_of(person))
    lines = []
    authors = [seat for seat in seats if seat.role == Role.PARTICIPANT]
    if authors:
        own = Challenge.objects.filter(
            state=State.RETURNED,
            cohort__in=[seat.cohort_id for seat in authors],
            institution__in=[seat.institution_id for seat in authors],
        )
        homes = {(seat.cohort_id, seat.institution_id) for seat in authors}
        found = own.defer("situation", "tried", "stakeholders").order_by("-changed_at", "pk")
        lines += [_returned(each) for each in found if (each.cohort_id, each.institution_id) in homes]
    cohorts = [seat.cohort_id for seat in seats if can_moderate(seat)]
    if cohorts:
        submitted = Challenge.objects.filter(state=State.SUBMITTED, cohort__in=cohorts)
        lines += _submitted(list(submitted.only("pk", "title", "language").order_by("submitted_at", "pk")))
    return lines


def _returned(challenge: Challenge) -> Waiting:
    return Waiting(
        about=_("Challenge"),
        text=str(challenge),
        language=challenge.language if challenge.title else "",
        detail=_("A facilitator has questions. Answer them and submit it again."),
        button=_("Read the questions"),
        address=reverse("challenges:edit", args=[challenge.pk]),
        icon="target",
    )


def _submitted(challenges: list[Challenge]) -> list[Waiting]:
    if not challenges:
        return []
    first, several = challenges[0], len(challenges) > 1
    words = ngettext(
        "%(number)d challenge waits for you", "%(number)d challenges wait for you", len(challenges)
    )
    return [
        Waiting(
            about=_("Challenges") if several else _("Challenge"),
            text=words % {"number": len(challenges)} if several else str(first),
            language="" if several else first.language,
            detail=_("Accept it, or ask the institution.") if not several else "",
            button=_("Read them") if several else _("Read it"),
            address=reverse("challenges:list")
            if several
            else reverse("challenges:challenge", args=[first.pk]),
            icon="target",
        )
    ]
