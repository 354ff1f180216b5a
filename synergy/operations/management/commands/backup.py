from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from synergy.operations.backup import summary_of, write_backup


class Command(BaseCommand):
    help = "Writes everything to one file, while the servers go on. Keep it as safe as the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="A file that is not there yet, such as synergy-2027-01-11.tar.gz"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = write_backup(file.absolute(), timezone.now(), self.stdout.write)
        except FileExistsError:
            raise CommandError(f"{file} is there already. Name a new file.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from None
        size = file.stat().st_size / 1024 / 1024
        self.stdout.write(f"{file}: {summary_of(manifest.rows)}; {size:.1f} MB")
