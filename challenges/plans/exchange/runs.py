"""One import from its upload on. Everything happens under the plan's lock, in one transaction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from challenges.plans.exchange.bringing import add_items, link_evidence, tell_items
from challenges.plans.exchange.choices import Choices, Reading, read_file, team_of
from challenges.plans.exchange.covers import Cover
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.own_words import flagged
from challenges.plans.exchange.places import ground_of
from challenges.plans.exchange.ties import RowReading, say_misplaced, to_bring
from challenges.plans.models import Item, Plan, Progress, Update
from challenges.plans.queries import plan_for, plan_stream
from challenges.plans.rules import WRITABLE, can_assign, can_begin, is_member
from rooms.text import clean_line
from rooms.uploads import check_size
from synergy.cohorts.actions import lock_cohort
from synergy.cohorts.models import Cohort, Role, Seat
from synergy.cohorts.queries import active_seats, seat_in
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

KEPT = timedelta(days=2)
"""How long an upload waits for its import."""
WAITING_LIMIT = 5
"""Most uploads of one person that wait; older ones go."""
_JSON = re.compile(rb"\s*(\{|\[\s*[\[{\"\]\d-])")


@dataclass(frozen=True)
class Seen:
    """A run as it is read now. `known` are numbers that are in the plan already."""

    run: PlanImport
    reading: Reading
    known: dict[str, Item]
    may_assign: bool

    def rows_to_bring(self, choices: Choices) -> list[RowReading]:
        """What stands under a row that is left out goes under the one in the plan that has its number."""
        rows = to_bring(self.reading.rows)
        if not choices.without_known:
            return rows
        left = {row.item.key: row.item.number for row in rows if row.item.number in self.known}
        kept = [row for row in rows if row.item.key not in left]
        return [_under(row, left.get(row.item.parent or "")) for row in kept]


def run_for(person: Person, pk: int) -> PlanImport | None:
    """The person's own, as long as they may still work where it goes."""
    run = PlanImport.objects.select_related("plan", "cohort").filter(pk=pk, person=person).first()
    if run is None or seat_to_import(person, run) is None:
        return None
    return run


def seat_to_import(person: Person, run: PlanImport) -> Seat | None:
    """The seat by which the person imports; None when they may not any more."""
    seat = seat_in(person, run.cohort_id)
    if run.plan_id is None:
        return seat if can_begin(seat) else None
    plan = plan_for(person, run.plan_id)
    return seat if plan is not None and is_member(person, plan) else None


def begin_import(
    *, person: Person, cohort: Cohort, plan: Plan | None, name: str, content: bytes, now: datetime
) -> PlanImport:
    """Keeps the upload for its preview. Raises Refused (`forbidden`, `conflict`, `too_large`, `invalid`)."""
    check_size(len(content))
    run = PlanImport(
        person=person,
        cohort=cohort,
        plan=plan,
        makes_plan=plan is None,
        name=clean_line(PurePath(name.replace("\\", "/")).name, 120) or _("file"),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        at=now,
    )
    require_open(person, run)
    if not is_document(content):
        read_file(run.name, content, Choices(), {})
    waiting = PlanImport.objects.filter(state=ImportState.PREVIEW)
    own = waiting.filter(person=person).order_by("-at", "-pk").values_list("pk", flat=True)
    PlanImport.objects.filter(pk__in=list(own)[WAITING_LIMIT - 1 :]).delete()
    waiting.filter(at__lt=now - KEPT).delete()
    run.save()
    return run


def is_document(content: bytes) -> bool:
    """Whether it is JSON; what it says is looked at by `restoring`."""
    return bool(_JSON.match(content.removeprefix(b"\xef\xbb\xbf")))


def choices_of(run: PlanImport) -> Choices:
    return msgspec.convert(run.choices, Choices)


def seen(person: Person, run: PlanImport) -> Seen:
    """Reads the upload again, with the names of the team. Raises Refused (`invalid`)."""
    seat = seat_to_import(person, run)
    plan = plan_for(person, run.plan_id) if run.plan_id else None
    # Who brings a new plan is accountable for it, and so says who is responsible.
    may_assign = can_assign(person, plan) if plan else seat is not None
    team = team_of(_team_seats(run, seat)) if may_assign else {}
    reading = read_file(run.name, bytes(run.content), choices_of(run), team)
    found = Seen(run, reading, _numbers(plan) if plan else {}, may_assign)
    say_misplaced(found.rows_to_bring(choices_of(run)), ground_of(plan))
    return found


def carry_out(*, person: Person, run: PlanImport, title: str, skip_faulty: bool, now: datetime) -> Plan:
    """Imports what was read. Pressed twice it is done once. Raises Refused.

    With faulty rows nothing is imported, unless `skip_faulty`: then all others are.
    """
    found = seen(person, run)
    if not skip_faulty and any(row.is_faulty for row in found.reading.rows):
        raise Refused(
            "invalid", _("Some rows have errors. Correct the file, or import the others without them.")
        )
    with transaction.atomic():
        fresh = PlanImport.objects.select_for_update().get(pk=run.pk)
        if fresh.state != ImportState.PREVIEW and fresh.plan:
            return fresh.plan
        plan = hold_plan(person, fresh, title, found.reading.cover, now)
        seen_again = Seen(fresh, found.reading, _numbers(plan), found.may_assign)
        rows = seen_again.rows_to_bring(choices_of(fresh))
        if not rows:
            raise Refused("invalid", _("There is no row to import."))
        _bring(person, plan, fresh, rows, _numbers(plan), now)
    return plan


def hold_plan(person: Person, run: PlanImport, title: str, cover: Cover, now: datetime) -> Plan:
    """The plan that it goes into, locked; a new one is made where it makes one. Raises Refused."""
    seat = seat_to_import(person, run)
    if seat is None:
        raise Refused("forbidden", _("Only participants of the institution write its plan."))
    if run.plan_id is None:
        lock_cohort(run.cohort_id)
        return Plan.objects.create(
            cohort=run.cohort,
            institution=seat.institution,
            owner=person,
            title=clean_line(title or cover.title or PurePath(run.name).stem, 200),
            summary=cover.summary,
            starts=cover.starts,
            ends=cover.ends,
            language=person.language,
            time_zone=person.time_zone,
            created_by=person,
            created_at=now,
            changed_at=now,
        )
    log.lock(plan_stream(run.plan_id))
    plan = Plan.objects.get(pk=run.plan_id)
    require_writable(plan)
    return plan


def require_writable(plan: Plan) -> None:
    """Raises Refused (`conflict`)."""
    if plan.state not in WRITABLE:
        detail = _("This plan is not being written now. What was agreed changes by a change request.")
        raise Refused("conflict", detail, present={"state": plan.state})


def _bring(
    person: Person,
    plan: Plan,
    run: PlanImport,
    rows: Sequence[RowReading],
    known: dict[str, Item],
    now: datetime,
) -> None:
    items = flagged([row.item for row in rows], {row.item.key for row in rows if row.links})
    keys = {key for item in items for key in (item.owner, *item.contributors) if key}
    people = {key: int(key.removeprefix("person-")) for key in keys}
    made = add_items(plan=plan, items=items, there=known, people=people, person=person, now=now)
    _sign(person, list(made.values()), now)
    tell_items(plan=plan, items=list(made.values()), person=person, now=now)
    links: dict[str, list[Item]] = {}
    for row in rows:
        for url in row.links:
            links.setdefault(url, []).append(made[row.item.key])
    new = link_evidence(plan=plan, links=links, person=person, now=now)
    plan.changed_at = now
    plan.save(update_fields=["changed_at"])
    run.plan, run.state, run.imported_at, run.content = plan, ImportState.IMPORTED, now, b""
    run.brought = {
        "items": [item.pk for item in made.values()],
        "parents": {str(item.pk): item.parent_id for item in made.values()},
        "evidence": [row.pk for row in new],
        "linked": [item.pk for linked in links.values() for item in linked],
    }
    run.save()


def _sign(person: Person, items: Sequence[Item], now: datetime) -> None:
    """The history of what the file says was reached begins with the import."""
    reported = [item for item in items if item.progress != Progress.NOT_STARTED or item.confidence]
    Update.objects.bulk_create(
        Update(
            item=item,
            progress=item.progress,
            confidence=item.confidence,
            why=item.confidence_why if item.confidence else "",
            by=person,
            at=now,
        )
        for item in reported
    )


def _under(row: RowReading, parent: str | None) -> RowReading:
    return replace(row, item=msgspec.structs.replace(row.item, parent=parent)) if parent else row


def _numbers(plan: Plan) -> dict[str, Item]:
    rows = plan.items.filter(removed_at__isnull=True).exclude(number="").order_by("-pk")
    return {row.number: row for row in rows}


def _team_seats(run: PlanImport, seat: Seat | None) -> list[Seat]:
    institution = run.plan.institution_id if run.plan else seat.institution_id if seat else None
    team = active_seats(run.cohort_id).filter(role=Role.PARTICIPANT, institution=institution)
    return list(team.select_related("person"))


def require_open(person: Person, run: PlanImport) -> None:
    """Raises Refused."""
    if seat_to_import(person, run) is None:
        raise Refused("forbidden", _("Only participants of the institution write its plan."))
    if run.plan is not None:
        require_writable(run.plan)
