from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from rooms.actions import open_room
from rooms.models import RoomKind
from synergy.cohorts.actions import give_seat
from synergy.cohorts.models import Cohort, Edition, Programme, Role
from synergy.people.actions import register_person
from synergy.people.models import Country, Institution, Tier
from synergy.people.zones import zone_of_country


class Command(BaseCommand):
    help = (
        "Starts a cohort with its first organiser, a plenary room and a lounge. "
        "The organiser signs in with a code by e-mail and invites everybody else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Of the first organiser.")
        parser.add_argument("name", help="Of the first organiser.")
        parser.add_argument("--programme", default="SYNERGIA")
        parser.add_argument("--edition", type=int, default=1)
        parser.add_argument("--starts", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--ends", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--cohort", default="Cohort A")
        parser.add_argument("--institution", required=True, help="Where the organiser works.")
        parser.add_argument("--country", choices=Country.values, required=True)
        parser.add_argument("--tier", choices=Tier.values, default=Tier.CENTRAL.value)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']}: {' '.join(error.messages)}") from None
        if options["ends"] < options["starts"]:
            raise CommandError("The edition ends before it starts.")
        cohort = self._cohort(options)
        institution, _made = Institution.objects.get_or_create(
            name=options["institution"], country=options["country"], defaults={"tier": options["tier"]}
        )
        organiser = register_person(
            email=options["email"],
            name=options["name"],
            language="en",
            time_zone=zone_of_country(options["country"]),
        )
        now = timezone.now()
        give_seat(cohort=cohort, person=organiser, institution=institution, role=Role.ORGANISER, now=now)
        for name, title, kind in (
            ("Plenary", "Where we all meet", RoomKind.PLENARY),
            ("Lounge", "Coffee, weather, anything", RoomKind.LOUNGE),
        ):
            if not cohort.rooms.filter(name=name).exists():
                open_room(person=organiser, cohort=cohort, name=name, title=title, kind=kind, now=now)
        self.stdout.write(f"{cohort.edition}, {cohort} is ready. {organiser} signs in as {organiser.email}.")

    def _cohort(self, options: dict[str, Any]) -> Cohort:
        programme, _made = Programme.objects.get_or_create(name=options["programme"])
        edition, _made = Edition.objects.get_or_create(
            programme=programme,
            number=options["edition"],
            defaults={"starts_on": options["starts"], "ends_on": options["ends"]},
        )
        return Cohort.objects.get_or_create(edition=edition, name=options["cohort"])[0]
