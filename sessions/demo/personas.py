"""As whom one can look around in a demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from synergy.cohorts.models import Role, Seat

INVENTED = "@demo.example"
"""The end of every invented person's address. `.example` belongs to nobody, so no real person can have it."""


@dataclass(frozen=True)
class Persona:
    title: Promise
    does: Promise
    seat: Seat


def invented_seats() -> QuerySet[Seat]:
    """The seats of all invented people: those who run the session first, then by name."""
    order = Case(
        When(role=Role.ORGANISER, then=Value(0)),
        When(role=Role.FACILITATOR, then=Value(1)),
        When(role=Role.PARTICIPANT, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return (
        Seat.objects.filter(person__email__endswith=INVENTED, ended_at__isnull=True)
        .select_related("person", "institution")
        .order_by(order, "person__name")
    )


def chosen_personas() -> list[Persona]:
    """One person for each way of taking part; a kind of which nobody is there is left out."""
    found = [(title, does, _first(**match)) for title, does, match in _KINDS]
    return [Persona(title, does, seat) for title, does, seat in found if seat is not None]


_KINDS = (
    (
        _("Participant"),
        _("Sees today’s programme, joins rooms, writes and answers"),
        {"role": Role.PARTICIPANT, "is_coordinator": False},
    ),
    (
        _("Institution co-ordinator"),
        _("Takes part and keeps a team together"),
        {"role": Role.PARTICIPANT, "is_coordinator": True},
    ),
    (
        _("Facilitator"),
        _("Opens sessions, pins and removes messages, helps rooms"),
        {"role": Role.FACILITATOR},
    ),
    (_("Programme organiser"), _("Invites people and looks after their seats"), {"role": Role.ORGANISER}),
    (_("Observer"), _("Reads along in every room, and writes in none"), {"role": Role.OBSERVER}),
)


def _first(**match: object) -> Seat | None:
    return invented_seats().filter(**match).order_by("created_at", "pk").first()
