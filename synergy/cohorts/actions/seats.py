"""Who has a seat in a cohort, and in what role."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.cohorts.models import Cohort, Role, Seat
from synergy.cohorts.queries import seats_with_past
from synergy.cohorts.rules import is_active
from synergy.keys.actions import revoke_all_of
from synergy.live.access import access_changed
from synergy.live.refusals import Refused
from synergy.people.models import Institution, Person
from synergy.search.index import refresh

STRANGER_STAYS = timedelta(days=7)


def lock_cohort(cohort_id: int) -> None:
    """Until the transaction ends, others who look before they add something to the cohort wait."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)


@transaction.atomic
def give_seat(
    *,
    cohort: Cohort,
    person: Person,
    institution: Institution,
    role: str,
    now: datetime,
    is_coordinator: bool = False,
) -> Seat:
    """A seat in the cohort; one that had ended is taken up again with the new role. An active one stays as it is.

    The audit trail says that the person took it.
    """
    seat, is_new = Seat.objects.select_for_update().get_or_create(
        cohort=cohort,
        person=person,
        defaults={
            "institution": institution,
            "role": role,
            "is_coordinator": is_coordinator,
            "created_at": now,
        },
    )
    is_back = not is_new and not is_active(seat)
    if is_back:
        seat.institution, seat.role, seat.is_coordinator, seat.ended_at = (
            institution,
            role,
            is_coordinator,
            None,
        )
        seat.save(update_fields=["institution", "role", "is_coordinator", "ended_at"])
    if is_new or is_back:
        note_seat(Act.SEAT_TAKEN, seat, person, now)
    access_changed([person.pk], now)
    refresh("person", [seat.pk])
    return seat


@transaction.atomic
def change_seat(
    *, seat: Seat, role: str, is_coordinator: bool, now: datetime, by: Person | None = None
) -> None:
    """A new role, from now on. Raises Refused("conflict") when no organiser would be left."""
    seat = _locked_seat(seat)
    if role != Role.ORGANISER:
        _keep_an_organiser(seat)
    seat.role, seat.is_coordinator = role, is_coordinator
    seat.save(update_fields=["role", "is_coordinator"])
    note_seat(Act.SEAT_CHANGED, seat, by, now)
    access_changed([seat.person_id], now)


@transaction.atomic
def end_seat(*, seat: Seat, now: datetime, by: Person | None = None) -> None:
    """Takes all rights in the cohort away; open rooms close within a second. What was written stays.

    Raises Refused("conflict") when no organiser would be left.
    """
    seat = _locked_seat(seat)
    _keep_an_organiser(seat)
    if is_active(seat):
        seat.ended_at = now
        seat.save(update_fields=["ended_at"])
        note_seat(Act.SEAT_ENDED, seat, by, now)
        if not Seat.objects.filter(person=seat.person_id, ended_at__isnull=True).exists():
            revoke_all_of(seat.person_id, now)
        access_changed([seat.person_id], now)
        refresh("person", [seat.pk])


@transaction.atomic
def give_seat_back(*, seat: Seat, now: datetime, by: Person | None = None) -> None:
    """The seat with the role it had; an active one stays as it is."""
    seat = _locked_seat(seat)
    if not is_active(seat):
        seat.ended_at = None
        seat.save(update_fields=["ended_at"])
        note_seat(Act.SEAT_GIVEN_BACK, seat, by, now)
        access_changed([seat.person_id], now)
        refresh("person", [seat.pk])


def forget_strangers(now: datetime) -> int:
    """Removes people whom a join code brought in, and who neither signed in nor took a seat. Returns how many."""
    strangers = Person.objects.filter(
        last_login__isnull=True, seats__isnull=True, joined_at__lt=now - STRANGER_STAYS
    )
    return strangers.delete()[1].get(Person._meta.label, 0)


def note_seat(act: Act, seat: Seat, by: Person | None, now: datetime) -> None:
    """`by` nobody: who runs the server did it."""
    role = f"{seat.role}, coordinator" if seat.is_coordinator else seat.role
    note(act, by=by.pk if by else None, cohort=seat.cohort_id, about=f"{seat.person.name} ({role})", now=now)


def _locked_seat(seat: Seat) -> Seat:
    """The seat, read anew; the cohort's row is locked, so that two organisers cannot both leave at once."""
    lock_cohort(seat.cohort_id)
    return Seat.objects.select_related("person").get(pk=seat.pk)


def _keep_an_organiser(seat: Seat) -> None:
    if seat.role != Role.ORGANISER or not is_active(seat):
        return
    others = (
        seats_with_past(seat.cohort_id).filter(role=Role.ORGANISER, ended_at__isnull=True).exclude(pk=seat.pk)
    )
    if not others.exists():
        raise Refused("conflict", _("A cohort needs an organiser. Make somebody else organiser first."))
