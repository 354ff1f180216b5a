"""Reads, through the person who looks: a cohort where one has no seat cannot be in hand."""

from __future__ import annotations

from django.db.models import QuerySet

from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Person


def active_seats(cohort_id: int) -> QuerySet[Seat]:
    """The seats that give rights, with person and institution, ordered by name."""
    return (
        Seat.objects.filter(cohort_id=cohort_id, ended_at__isnull=True)
        .select_related("person", "institution")
        .order_by("person__name", "pk")
    )


def seat_in(person: Person, cohort_id: int) -> Seat | None:
    """The person's active seat in this cohort."""
    return active_seats(cohort_id).filter(person_id=person.pk).first()


def seats_of(person: Person) -> QuerySet[Seat]:
    """The person's active seats, with cohort, edition and programme; the newest edition first."""
    return (
        Seat.objects.filter(person_id=person.pk, ended_at__isnull=True)
        .select_related("institution", "cohort__edition__programme")
        .order_by("-cohort__edition__starts_on", "cohort_id")
    )


def cohorts_of(person: Person) -> list[Cohort]:
    """The cohorts where the person has an active seat; the newest edition first."""
    return [seat.cohort for seat in seats_of(person)]


def cohort_of(person: Person) -> Cohort | None:
    """The cohort that the person's pages open with: the one of the newest edition."""
    seat = seats_of(person).first()
    return seat.cohort if seat else None
