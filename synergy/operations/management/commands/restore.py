from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from synergy.operations.backup import summary_of
from synergy.operations.restore import NotRestored, restore_backup


class Command(BaseCommand):
    help = "Puts a backup into an empty database, and brings its tables up to this version."
    # They would look for tables that are not there yet.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="What ./dev manage backup wrote.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = restore_backup(file, self.stdout.write)
        except NotRestored as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored: {summary_of(manifest.rows)}. Start the servers.")
