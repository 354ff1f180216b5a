"""Fills a gathering with bots that do what its people would do, over the real doors."""

from __future__ import annotations

import asyncio
import contextlib
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rooms.replay.cast import Part, signed_in
from rooms.replay.servers import ServerDidNotStart, servers_at
from sessions.demo.personas import chosen_personas
from sessions.openspace.models import Gathering, Stage
from sessions.openspace.rehearsal.bots import Doings
from sessions.openspace.rehearsal.play import Tempo, rehearse
from synergy.cohorts.models import Role, Seat
from synergy.people.models import Person


class Command(BaseCommand):
    help = (
        "Rehearse a gathering: bots propose topics, place them, move, talk, report, vote and act. "
        "A person facilitates at the desk, or, with --lead, a bot does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gathering", type=int, help="number of the gathering, as in its address")
        parser.add_argument("--lead", action="store_true", help="a bot facilitates, from opening to closing")
        parser.add_argument("--people", type=int, default=20, help="most bots (default 20)")
        parser.add_argument(
            "--without",
            action="append",
            default=[],
            metavar="EMAIL",
            help="leave this person out; without --lead the people of the sign-in page are left out anyway",
        )
        parser.add_argument("--pace", type=float, default=2, help="seconds between two doings (default 2)")
        parser.add_argument("--round-seconds", type=float, default=60, help="with --lead (default 60)")
        parser.add_argument(
            "--patience", type=float, default=60, help="longest wait, with --lead (default 60)"
        )
        parser.add_argument(
            "--url", action="append", help="a running server with this database; may be repeated"
        )
        parser.add_argument("--seed", type=int, default=1, help="other seeds, other choices")

    def handle(self, *args: Any, **options: Any) -> None:
        gathering = _gathering(options["gathering"])
        facilitator = _facilitator(gathering) if options["lead"] else None
        people = _participants(gathering, options["without"], with_personas=options["lead"])[
            : options["people"]
        ]
        doings = Doings()
        try:
            with (
                servers_at(options["url"]) as urls,
                signed_in([*people, *([facilitator] if facilitator else [])]) as parts,
            ):
                guide = parts[facilitator.pk] if facilitator else None
                bots = [parts[person.pk] for person in people]
                self.stderr.write(
                    f"{len(bots)} bots at {urls[0]}/gatherings/{gathering.pk}/ (stop with Ctrl+C)"
                )
                with contextlib.suppress(KeyboardInterrupt):
                    asyncio.run(self._rehearse(list(urls), gathering.pk, bots, guide, doings, options))
        except ServerDidNotStart as error:
            raise CommandError(str(error)) from None
        self._report(doings)

    async def _rehearse(
        self,
        urls: list[str],
        gathering: int,
        bots: list[Part],
        facilitator: Part | None,
        doings: Doings,
        options: dict[str, Any],
    ) -> None:
        tempo = Tempo(options["pace"], options["round_seconds"], options["patience"])
        watching = asyncio.create_task(self._watch(doings))
        try:
            await rehearse(
                urls, gathering, bots, doings, facilitator=facilitator, tempo=tempo, seed=options["seed"]
            )
        finally:
            watching.cancel()

    async def _watch(self, doings: Doings) -> None:
        """A line that renews itself on a terminal, else a line now and then."""
        began = time.monotonic()
        is_terminal = self.stderr.isatty()
        while True:
            await asyncio.sleep(1 if is_terminal else 10)
            counts = ", ".join(f"{count} {name}" for name, count in sorted(doings.done.items()))
            self.stderr.write(
                f"{time.monotonic() - began:5.0f} s  {counts or 'nothing yet'}",
                ending="\r" if is_terminal else "\n",
            )

    def _report(self, doings: Doings) -> None:
        for name, count in sorted(doings.done.items()):
            self.stdout.write(f"{count:6} {name}")
        for name, count in sorted(doings.refused.items()):
            self.stdout.write(f"{count:6} {name} (refused)")
        wrong = [*doings.unexpected, *doings.faults]
        if wrong:
            raise CommandError("Something was lost or went wrong:\n" + "\n".join(wrong[:20]))
        self.stdout.write(self.style.SUCCESS("Every bot saw everything once and in order."))


def _gathering(pk: int) -> Gathering:
    gathering = Gathering.objects.select_related("training_session").filter(pk=pk).first()
    if gathering is None:
        raise CommandError(f"There is no gathering with the number {pk}.")
    if gathering.stage == Stage.CLOSED:
        raise CommandError("This gathering is closed. Prepare another one.")
    return gathering


def _participants(gathering: Gathering, without: list[str], *, with_personas: bool) -> list[Person]:
    seats = Seat.objects.filter(
        cohort=gathering.training_session.cohort_id, role=Role.PARTICIPANT, ended_at__isnull=True
    ).exclude(person__email__in=without)
    if not with_personas:
        seats = seats.exclude(pk__in=[persona.seat.pk for persona in chosen_personas()])
    return [seat.person for seat in seats.select_related("person").order_by("pk")]


def _facilitator(gathering: Gathering) -> Person:
    seats = Seat.objects.filter(
        cohort=gathering.training_session.cohort_id, role=Role.FACILITATOR, ended_at__isnull=True
    )
    seat = seats.select_related("person").order_by("pk").first()
    if seat is None:
        raise CommandError("The cohort has no facilitator; give somebody the role first.")
    return seat.person
