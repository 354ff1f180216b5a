from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from synergy.search.index import rebuild


class Command(BaseCommand):
    help = "Makes the index of the search anew, from what is in the database. People may go on working."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in rebuild().items():
            self.stdout.write(f"{kind}: {count}")
