from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from sessions.founding import found_cohort
from synergy.people.models import Country, Tier
from synergy.people.zones import zone_of_country


class Command(BaseCommand):
    help = (
        "Starts a cohort with its first organiser, a plenary room and a lounge. The organiser signs "
        "in with a code by e-mail and invites everybody else. May be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Address of the organiser.")
        parser.add_argument("--name", required=True, help="The organiser's name.")
        parser.add_argument("--institution", required=True, help="Where the organiser works.")
        parser.add_argument("--country", required=True, choices=Country.values)
        parser.add_argument("--tier", default=Tier.CENTRAL.value, choices=Tier.values)
        parser.add_argument("--time-zone", help="For example Europe/Riga; by default that of the country.")
        parser.add_argument("--programme", default="SYNERGIA")
        parser.add_argument("--edition", type=int, default=1)
        parser.add_argument("--starts-on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--ends-on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--cohort", default="Cohort A")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ["programme", "edition", "starts_on", "ends_on", "cohort"]
        names += ["email", "name", "institution", "country", "tier", "time_zone"]
        wanted = {name: options[name] for name in names}
        wanted["time_zone"] = wanted["time_zone"] or zone_of_country(wanted["country"])
        try:
            seat = found_cohort(**wanted, now=timezone.now())
        except ValidationError as error:
            raise CommandError(_in_words(error)) from None
        self.stdout.write(f"{seat.person} is organiser of {seat.cohort.edition}, {seat.cohort}.")
        self.stdout.write(f"To sign in: {_door()}, with the address {seat.person.email}.")
        if not settings.CONFIG.email_url:
            folder = settings.CONFIG.data_dir / "mail"
            self.stdout.write(f"EMAIL_URL is not set: the code is written to {folder}.")


def _in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{field}: {' '.join(words)}" for field, words in error.message_dict.items())


def _door() -> str:
    scheme = "https" if settings.CONFIG.https else "http"
    host = settings.CONFIG.allowed_hosts[0]
    return f"{scheme}://{host}{reverse('account_login')}"
