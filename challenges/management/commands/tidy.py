"""`tidy` with the files of challenges: the command of `sessions` must not know of them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from challenges.actions.strays import delete_strays
from sessions.management.commands.tidy import Command as Tidy


class Command(Tidy):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        files = delete_strays(timezone.now())
        self.stdout.write(f"Removed {files} files of challenges without entry.")
