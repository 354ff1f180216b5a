"""The beginning of an installation: a cohort, and the organiser who invites everybody else."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from synergy.cohorts.actions import give_seat
from synergy.cohorts.models import Cohort, Edition, Programme, Role, Seat
from synergy.people.actions import register_person
from synergy.people.models import Institution


@transaction.atomic
def found_cohort(
    *,
    programme: str,
    edition: int,
    starts_on: date,
    ends_on: date,
    cohort: str,
    email: str,
    name: str,
    institution: str,
    country: str,
    tier: str,
    time_zone: str,
    now: datetime,
) -> Seat:
    """The organiser's seat. What is there already under these names is taken as it is, so it may be run again.

    Raises django.core.exceptions.ValidationError when the institution or the edition cannot be.
    """
    found_programme, _is_new = Programme.objects.get_or_create(name=programme)
    found_edition = Edition.objects.filter(programme=found_programme, number=edition).first()
    if found_edition is None:
        found_edition = Edition(
            programme=found_programme, number=edition, starts_on=starts_on, ends_on=ends_on
        )
        found_edition.full_clean()
        found_edition.save()
    found_institution = Institution.objects.filter(country=country, name=institution).first()
    if found_institution is None:
        found_institution = Institution(name=institution, country=country, tier=tier)
        found_institution.full_clean()
        found_institution.save()
    found_cohort, _is_new = Cohort.objects.get_or_create(edition=found_edition, name=cohort)
    person = register_person(email=email, name=name, language="en", time_zone=time_zone)
    return give_seat(
        cohort=found_cohort, person=person, institution=found_institution, role=Role.ORGANISER, now=now
    )
