"""People, as the search finds them: each by their seat, for those who share its cohort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seats_of
from synergy.people.models import Institution, Person
from synergy.search.index import refresh
from synergy.search.kinds import Draft, Kind, Shown


def _keys() -> Iterable[int]:
    return Seat.objects.filter(ended_at__isnull=True).order_by("pk").values_list("pk", flat=True)


def note_institution(instance: Institution, **_signal: Any) -> None:
    """People are found by the name of their institution."""
    refresh("person", list(instance.seats.values_list("pk", flat=True)))


def _drafts(ids: Collection[int]) -> Iterable[Draft]:
    seats = Seat.objects.filter(pk__in=ids, ended_at__isnull=True, person__is_active=True)
    for seat in seats.select_related("person", "institution"):
        yield Draft(
            id=seat.pk,
            title=seat.person.name,
            text=seat.institution.name,
            language="",
            at=seat.created_at,
            scope=seat.cohort_id,
        )


def _cohorts(person: Person) -> Collection[int]:
    return [seat.cohort_id for seat in seats_of(person)]


def _visible(person: Person, ids: Collection[int]) -> Collection[int]:
    """Of somebody who is met in several cohorts, the newest seat alone."""
    seats = Seat.objects.filter(pk__in=ids, ended_at__isnull=True, cohort__in=_cohorts(person))
    return dict(seats.order_by("pk").values_list("person", "pk")).values()


def _shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    seats = Seat.objects.filter(pk__in=ids).select_related("person", "institution", "cohort")
    return {
        seat.pk: Shown(
            address=f"{reverse('cohorts:who', args=[seat.cohort_id])}#seat-{seat.pk}",
            where=f"{seat.get_role_display()} · {seat.cohort.name}",
            person=seat,
        )
        for seat in seats
    }


PEOPLE = Kind(
    name="person",
    label=_("People"),
    icon="users",
    keys=_keys,
    drafts=_drafts,
    visible=_visible,
    shown=_shown,
    scopes=_cohorts,
)
