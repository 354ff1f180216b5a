from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from rooms.actions import delete_orphans


class Command(BaseCommand):
    help = (
        "Deletes uploads that no message took within a day, and files that nothing refers to. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rows, files = delete_orphans(timezone.now())
        self.stdout.write(f"Deleted {rows} uploads without message and {files} files without entry.")
