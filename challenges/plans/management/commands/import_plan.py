"""Brings a plan from a file into a cohort: a public tracker, or JSON from Synergy."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from challenges.plans.exchange.document import PersonData, PlanDocument
from challenges.plans.exchange.parsing import read_document
from challenges.plans.exchange.restoring import restore_plan
from challenges.plans.exchange.trackers import read_tracker
from challenges.plans.models import Plan
from challenges.plans.rules import can_begin
from synergy.cohorts.models import Cohort, Seat
from synergy.cohorts.queries import active_seats
from synergy.live.refusals import Refused

IMPORTER = "person-1"
"""The key in a tracker's document of who imports it."""


class Command(BaseCommand):
    help = (
        "Brings a plan as a draft of one institution: JSON from Synergy (docs/plan-format.md), the tasks of "
        "otvorenavlada/akcnyplan2015, or the tracker of Canada's 5th National Action Plan on Open Government. "
        "What has no field here is kept beside its row; what is odd is flagged. A plan that is there already "
        "is left as people have it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON")
        parser.add_argument("--cohort", type=int, required=True, metavar="PK")
        parser.add_argument(
            "--as", dest="email", help="participant whose plan it becomes; by default the first one"
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="restore approvals, baselines and history with everybody's name",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(pk=options["cohort"]).first()
        if cohort is None:
            raise CommandError(f"there is no cohort {options['cohort']}.")
        seat = _participant(cohort, options["email"])
        try:
            document = _document(_read(options["file"]), seat)
            with transaction.atomic():
                plan = _restore(document, seat, is_whole=options["whole"])
                if options["dry_run"]:
                    transaction.set_rollback(True)
                self._report(document, plan, cohort)
        except Refused as refusal:
            raise CommandError(f"{options['file']}: {refusal.detail} Nothing was changed.") from None
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")

    def _report(self, document: PlanDocument, plan: Plan | None, cohort: Cohort) -> None:
        if plan is None:
            self.stdout.write(f"“{document.plan.title}” is in “{cohort}” already and was left as it is.")
            return
        for item in document.items:
            for odd in item.oddities:
                values = ", ".join(f"{name} {text}" for name, text in odd.values.items())
                self.stdout.write(f"{item.number}: {odd.code.replace('_', ' ')} ({values})")
        flags = sum(len(item.oddities) for item in document.items)
        self.stdout.write(
            f"“{plan}” added to “{cohort}” as plan {plan.pk}: {len(document.items)} items, "
            f"{len(document.evidence)} pieces of evidence, {len(document.periods)} periods, {flags} flags."
        )


def _document(content: bytes, seat: Seat) -> PlanDocument:
    """Raises Refused."""
    if b'"synergy-plan"' in content[:200]:
        return read_document(content)
    person = PersonData(key=IMPORTER, name=seat.person.name, email=seat.person.email)
    return read_tracker(content, person=person, now=timezone.now())


def _restore(document: PlanDocument, seat: Seat, *, is_whole: bool) -> Plan | None:
    """None when the cohort has it already. Raises Refused."""
    source = document.plan.source
    if source and Plan.objects.filter(cohort=seat.cohort_id, source=source).exists():
        return None
    return restore_plan(
        document=document,
        cohort=seat.cohort,
        institution=seat.institution,
        person=seat.person,
        now=timezone.now(),
        is_whole=is_whole,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from None


def _participant(cohort: Cohort, email: str | None) -> Seat:
    seats = active_seats(cohort.pk).select_related("person", "institution", "cohort").order_by("pk")
    for seat in seats:
        if can_begin(seat) and email in (None, seat.person.email):
            return seat
    whom = f"{email} is no" if email else "there is no"
    raise CommandError(f"{whom} participant of this cohort.")
