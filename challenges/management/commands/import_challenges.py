"""Brings public challenges from a file as drafts of an institution."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from challenges.importing import ChallengeImport, ImportFailed, import_challenges, read_records
from synergy.cohorts.models import Cohort, Role
from synergy.cohorts.queries import active_seats
from synergy.people.models import Person


class Command(BaseCommand):
    help = (
        "Brings the challenges of a file, as challenge.gov publishes them, as drafts of one institution. HTML "
        "becomes Markdown; what has no field here stands at the end of the situation. Importing a file again "
        "adds what is new in it and leaves the rest as people have it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON, as published")
        parser.add_argument("--cohort", type=int, required=True, metavar="PK")
        parser.add_argument(
            "--as", dest="email", help="participant whose institution brings them; by default the first one"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(pk=options["cohort"]).first()
        if cohort is None:
            raise CommandError(f"there is no cohort {options['cohort']}.")
        person = _participant(cohort, options["email"])
        try:
            records = read_records(_read(options["file"]))
            with transaction.atomic():
                done = import_challenges(records=records, cohort=cohort, person=person, now=timezone.now())
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except ImportFailed as error:
            raise CommandError(f"{options['file']}: {error}. Nothing was changed.") from None
        self._report(done, cohort, is_dry=options["dry_run"])

    def _report(self, done: ChallengeImport, cohort: Cohort, *, is_dry: bool) -> None:
        for remark in done.remarks:
            self.stdout.write(remark)
        self.stdout.write(
            f"{len(done.made)} challenges added to “{cohort}” as drafts; {done.kept} were there already; "
            f"{len(done.remarks)} remarks."
        )
        if is_dry:
            self.stdout.write("Dry run: nothing was changed.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from None


def _participant(cohort: Cohort, email: str | None) -> Person:
    seats = active_seats(cohort.pk).filter(role=Role.PARTICIPANT)
    if email:
        seats = seats.filter(person__email=email.strip().lower())
    seat = seats.order_by("pk").first()
    if seat is None:
        whom = f"{email} is no" if email else "there is no"
        raise CommandError(f"{whom} participant of this cohort.")
    return seat.person
