"""What people of other institutions open and take away, for the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from synergy.audit.models import Act
from synergy.audit.trail import note_sight, seen_by
from synergy.cohorts.models import Edition, Role, Seat
from synergy.cohorts.queries import newest_seats
from synergy.people.views import person_of

OF_ITS_OWN = (Role.PARTICIPANT, Role.OBSERVER)
"""Who facilitates or organises looks for the school, wherever they come from."""


class OfInstitution(Protocol):
    """A challenge or a plan."""

    pk: int
    cohort_id: int
    institution_id: int
    _meta: ClassVar[Any]


def note_seen(
    request: HttpRequest, thing: OfInstitution, act: Act = Act.OPENED, *, of: str = "", about: str = ""
) -> None:
    """Its own people are not told of.

    `of` names the part that was taken, such as a file; the address is that of the thing.
    """
    person = person_of(request)
    own = Seat.objects.filter(
        person=person, institution=thing.institution_id, ended_at=None, role__in=OF_ITS_OWN
    )
    if own.filter(cohort=thing.cohort_id).exists():
        return
    note_sight(
        act,
        by=person.pk,
        now=timezone.now(),
        cohort=thing.cohort_id,
        subject=_subject(thing),
        about=f"{thing}{f' · {about}' if about else ''}",
        address=reverse(f"{thing._meta.model_name}s:{thing._meta.model_name}", args=[thing.pk]),
        part=of,
    )


def readers_of(thing: OfInstitution) -> list[tuple[Seat, datetime]]:
    """Who of other institutions opened it or took something of it, and when last; the newest first. Two queries."""
    seen = seen_by(_subject(thing))
    seats = newest_seats(seen, thing.cohort_id)
    return [(seats[pk], at) for pk, at in seen.items() if pk in seats]


def _subject(thing: OfInstitution) -> str:
    return f"{thing._meta.model_name}:{thing.pk}"


def note_edition_taken(request: HttpRequest, edition: Edition, cohorts: Iterable[int], form: str) -> None:
    """A table of the plans of an edition, which stands in the trail of each cohort that it tells of."""
    for cohort in set(cohorts):
        note_sight(
            Act.EXPORTED,
            by=person_of(request).pk,
            now=timezone.now(),
            cohort=cohort,
            subject=f"edition:{edition.pk}",
            about=f"{edition} · {form}",
            address=reverse("plans:edition", args=[edition.pk]),
            part=f"{cohort}:{form}",
        )
