"""Writes a whole gathering into a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sessions.openspace.archive import export_gathering, file_of
from sessions.openspace.models import Gathering


class Command(BaseCommand):
    help = (
        "Writes a whole gathering into a JSON file that import_gathering reads: spaces, slots, topics, "
        "placements, interests, requests, stays, reports, notes, votes, actions, words, announcements, calls, "
        "and the people whom they name. It holds addresses and who voted for what: keep it safe. "
        "The talk in the rooms is no part of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gathering", type=int, help="number of the gathering, as in its address")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        gathering = Gathering.objects.filter(pk=options["gathering"]).first()
        if gathering is None:
            raise CommandError(f"there is no gathering {options['gathering']}.")
        archive = export_gathering(gathering)
        try:
            options["file"].write_bytes(file_of(archive))
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from None
        self.stdout.write(
            f"{options['file']}: {len(archive.topics)} topics, {len(archive.people)} people, {len(archive.stays)} stays."
        )
