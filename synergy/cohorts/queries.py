"""Reads, through the person who looks: a cohort where one has no seat cannot be in hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet

from synergy.alphabet import alphabetical
from synergy.cohorts.models import Cohort, Invitation, Seat
from synergy.cohorts.rules import can_manage_people
from synergy.keys.secrets import hash_of
from synergy.people.models import Institution, Person
from synergy.people.queries import institutions


def active_seats(cohort_id: int) -> QuerySet[Seat]:
    """The seats that give rights, with person and institution, ordered by name."""
    return (
        Seat.objects.filter(cohort_id=cohort_id, ended_at__isnull=True)
        .select_related("person", "institution")
        .order_by(alphabetical("person__name"), "pk")
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


def managed_cohort(person: Person, cohort_id: int) -> Cohort | None:
    """The cohort, if the person may manage its people."""
    seat = seats_of(person).filter(cohort_id=cohort_id).first()
    return seat.cohort if seat and can_manage_people(seat) else None


def managed_institutions(person: Person) -> QuerySet[Institution]:
    """Those with people and guests in no other cohorts than those whose people the person manages."""
    managed = [seat.cohort_id for seat in seats_of(person) if can_manage_people(seat)]
    seats = Seat.objects.exclude(cohort__in=managed).values("institution")
    guests = Invitation.objects.exclude(cohort__in=managed).values("institution")
    return institutions().exclude(pk__in=seats).exclude(pk__in=guests)


def seats_with_past(cohort_id: int) -> QuerySet[Seat]:
    """All seats of a cohort, those that have ended last."""
    return (
        Seat.objects.filter(cohort_id=cohort_id)
        .select_related("person", "institution")
        .order_by(F("ended_at").asc(nulls_first=True), alphabetical("person__name"), "pk")
    )


def pending_invitations(cohort_id: int) -> QuerySet[Invitation]:
    """Those that are neither accepted nor revoked; they may have expired."""
    return (
        Invitation.objects.filter(cohort_id=cohort_id, accepted_at__isnull=True, revoked_at__isnull=True)
        .select_related("institution", "invited_by")
        .order_by(alphabetical("name"), "pk")
    )


def waiting_invitations(cohort_id: int, now: datetime) -> list[Invitation]:
    """The open invitations whose mail did not go out yet, the oldest first."""
    return list(
        pending_invitations(cohort_id)
        .filter(sent_at__isnull=True, expires_at__gt=now)
        .select_related("cohort__edition__programme", "institution", "invited_by")
        .order_by("pk")
    )


def invitation_with(token: str) -> Invitation | None:
    """The invitation that this secret belongs to, open or not."""
    return (
        Invitation.objects.filter(token_hash=hash_of(token))
        .select_related("cohort__edition__programme", "institution", "invited_by", "seat__person")
        .first()
    )


def shares_cohort(viewer: Person, person: Person) -> bool:
    """Whether the viewer has an active seat in a cohort where the other has or had one."""
    if viewer.pk == person.pk:
        return True
    return Seat.objects.filter(
        person_id=person.pk, cohort__seats__person_id=viewer.pk, cohort__seats__ended_at__isnull=True
    ).exists()


def newest_seats(people: Collection[int], cohort: int) -> dict[int, Seat]:
    """{person: their seat in this cohort, or else their newest one}: who they are and whose. One query."""
    seats = Seat.objects.filter(person__in=people).select_related("person", "institution")
    newest_last = sorted(seats, key=lambda seat: (seat.cohort_id == cohort, seat.created_at, seat.pk))
    return {seat.person_id: seat for seat in newest_last}
