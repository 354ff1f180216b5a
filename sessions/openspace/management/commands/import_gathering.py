"""Opens a gathering from the file that export_gathering wrote."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sessions.openspace.archive import ArchiveError, import_gathering, read_file
from sessions.openspace.management.organisers import organiser_of, session_numbered


class Command(BaseCommand):
    help = (
        "Opens a gathering from a file of export_gathering in a training session that has its day. People are "
        "found by their address; those who are not here get an account and the seat that they had. A file that "
        "is not right changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--session", type=int, required=True, metavar="PK", help="training session")
        parser.add_argument("--as", dest="email", help="facilitator or organiser; by default the first one")

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_numbered(options["session"])
        person = organiser_of(session, options["email"])
        try:
            file = read_file(options["file"].read_bytes())
            gathering = import_gathering(
                file=file, training_session=session, person=person, now=timezone.now()
            )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from None
        except ArchiveError as error:
            raise CommandError(f"{options['file']}: {error}. Nothing was changed.") from None
        self.stdout.write(
            f"{len(file.topics)} topics, {len(file.people)} people: /gatherings/{gathering.pk}/"
        )
