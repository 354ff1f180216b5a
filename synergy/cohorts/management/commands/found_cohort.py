from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from synergy.cohorts.founding import found_cohort
from synergy.people.models import Country, Tier


class Command(BaseCommand):
    help = "Makes a cohort and its first organiser, who then invites everybody else. May be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Address of the organiser, who signs in with a code sent there.")
        parser.add_argument("--name", required=True, help="The organiser's name.")
        parser.add_argument("--institution", required=True, help="Name of the organiser's institution.")
        parser.add_argument("--country", required=True, choices=Country.values)
        parser.add_argument("--tier", default=Tier.CENTRAL.value, choices=Tier.values)
        parser.add_argument("--time-zone", default="UTC", help="For example Europe/Riga.")
        parser.add_argument("--programme", required=True)
        parser.add_argument("--edition", type=int, default=1)
        parser.add_argument("--starts-on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--ends-on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--cohort", default="Cohort 1")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ["programme", "edition", "starts_on", "ends_on", "cohort"]
        names += ["email", "name", "institution", "country", "tier", "time_zone"]
        try:
            seat = found_cohort(**{name: options[name] for name in names}, now=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{seat.person.email} is organiser of {seat.cohort.edition}, {seat.cohort}.")
