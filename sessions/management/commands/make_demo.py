from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from rooms.models import Attachment
from sessions.demo.build import build_demo
from sessions.demo.personas import INVENTED, chosen_personas
from synergy.people.models import Person


class Command(BaseCommand):
    help = "Makes the demonstration: invented people, a session that is at its third day, rooms with talk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="Delete everything first.")
        parser.add_argument(
            "--site", default="http://127.0.0.1:8000", help="Where the site is, for links in mails."
        )

    def handle(self, *args: Any, reset: bool, site: str, **options: Any) -> None:
        if reset:
            self._delete_everything()
        cohort = build_demo(
            timezone.now(), lambda token: site.rstrip("/") + reverse("cohorts:invitation", args=[token])
        )
        seats = cohort.seats.count()
        self.stdout.write(f"{cohort.edition.programme}, {cohort.name}: {seats} people, all invented.")
        for persona in chosen_personas():
            person = persona.seat.person
            self.stdout.write(f"  {persona.title!s:26} {person.name} <{person.email}>")
        if settings.CONFIG.demo:
            self.stdout.write("Choose one of them on the sign-in page; no password is asked for.")
        else:
            self.stdout.write("Start with DEMO=1 to choose one of them on the sign-in page.")

    def _delete_everything(self) -> None:
        """Only where nobody real is: a person whose address is not invented stops it."""
        real = Person.objects.exclude(email__endswith=INVENTED).first()
        if real is not None and not settings.CONFIG.demo:
            raise CommandError(f"{real.email} is not invented. Not deleting a database with real people.")
        for attachment in Attachment.objects.all():
            attachment.file.delete(save=False)
            attachment.thumbnail.delete(save=False)
        for person in Person.objects.exclude(picture=""):
            person.picture.delete(save=False)
        for path in (settings.CONFIG.data_dir / "mail").glob("*.log"):
            path.unlink()
        call_command("flush", interactive=False, verbosity=0)
