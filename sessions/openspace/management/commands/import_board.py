"""Puts a board from elsewhere on the wall of a gathering."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from sessions.models import TrainingSession
from sessions.openspace.boards import BoardError, BoardImport, import_boards, read_boards
from sessions.openspace.management.organisers import organiser_of, session_numbered
from synergy.live.refusals import Refused


class Command(BaseCommand):
    help = (
        "Puts the board of a gathering that was held elsewhere on a wall: W3C breakouts, MozFest, "
        "CarpentryCon. The format is recognised. Importing a file again adds what is new in it and leaves "
        "the rest as people have it. People on the board who have a seat in the cohort convene their "
        "topics; the topics of others have no convener and can be adopted, and nobody gets an account."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON, as published")
        parser.add_argument("--session", type=int, required=True, metavar="PK", help="training session")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="day of the first board; by default its own if the session has it, else the session's first",
        )
        parser.add_argument("--as", dest="email", help="facilitator or organiser; by default the first one")
        parser.add_argument(
            "--people", type=Path, metavar="FILE", help='JSON of {"name on the board": "e-mail"}'
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_numbered(options["session"])
        person = organiser_of(session, options["email"])
        addresses = _addresses(options["people"])
        try:
            boards = read_boards(_read(options["file"]))
            with transaction.atomic():
                done = import_boards(
                    boards=boards,
                    training_session=session,
                    person=person,
                    now=timezone.now(),
                    on=options["on"],
                    addresses=addresses,
                    progress=self._progress,
                )
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except BoardError as error:
            raise CommandError(f"{options['file']}: {error}. Nothing was changed.") from None
        except Refused as refusal:
            raise CommandError(f"{refusal.detail} Nothing was changed.") from None
        self._report(done, session, is_dry=options["dry_run"])

    def _progress(self, what: str, done: int, total: int) -> None:
        self.stderr.write(f"{what}: {done} of {total}")

    def _report(self, done: BoardImport, session: TrainingSession, *, is_dry: bool) -> None:
        for remark in done.remarks:
            self.stdout.write(str(remark))
        counts = Counter(str(remark.weight.value) for remark in done.remarks)
        self.stdout.write(
            f"{len(done.gatherings)} gatherings, {done.spaces} spaces, {done.slots} slots, {done.topics} topics "
            f"and {done.placements} placements added to “{session}”; {done.kept} rows were there already; "
            f"{counts['changed']} remarks on changes, {counts['refused']} on refusals, {counts['noted']} notes."
        )
        for gathering in () if is_dry else done.gatherings:
            self.stdout.write(f"{gathering.on}: /gatherings/{gathering.pk}/")
        if is_dry:
            self.stdout.write("Dry run: nothing was changed.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from None


def _addresses(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        found = json.loads(_read(path))
    except ValueError as error:
        raise CommandError(f"{path}: {error}.") from None
    if not isinstance(found, dict) or not all(isinstance(email, str) for email in found.values()):
        raise CommandError(f'{path}: expected {{"name on the board": "e-mail"}}.')
    return found
