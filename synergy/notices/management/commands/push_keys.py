from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prints a new PUSH_KEY. Browsers are bound to the key with which they were switched on."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"PUSH_KEY={secrets.token_urlsafe(32)}")
