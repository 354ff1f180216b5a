from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from synergy.live.refusals import Refused
from synergy.people.erasing import erase_person
from synergy.people.models import Person


class Command(BaseCommand):
    help = (
        "Erases a person for good: what they said, their files, sign-ins and notices, and their name and address "
        "wherever they stand. What institutions need stays, with “A former participant”. See docs/privacy.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="The address that the person signs in with.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")

    def handle(self, *args: Any, email: str, dry_run: bool, **options: Any) -> None:
        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}.")
        others = Person.objects.filter(name__iexact=person.name).exclude(pk=person.pk).count()
        try:
            counts = erase_person(person=person, now=timezone.now(), is_rehearsal=dry_run)
        except Refused as error:
            raise CommandError(f"{error.detail} Give the cohort another organiser first.") from None
        for what, count in counts.items():
            self.stdout.write(f"{count:>8}  {what}")
        if others:
            self.stdout.write("Somebody else has the same name, so it stays in what others wrote.")
        self.stdout.write("Nothing was changed." if dry_run else "Erased. Backups made before still hold it.")
