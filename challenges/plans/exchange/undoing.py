"""An import taken back, as long as nobody has worked on what it brought."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.cards import evidence_card
from challenges.plans.events import EvidenceRemoved, EvidenceSet, ItemsErased
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.runs import require_open
from challenges.plans.models import Evidence, Item
from challenges.plans.queries import plan_stream
from challenges.plans.rules import WRITABLE
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.search.index import refresh


def what_changed(run: PlanImport) -> list[str]:
    """What people did with the rows since they were imported; nothing, and it can be undone."""
    if run.plan and run.plan.state not in WRITABLE:
        return [_("The plan was proposed meanwhile.")]
    if run.brought.get("is_document"):
        is_same = run.plan is not None and run.plan.changed_at == run.imported_at
        return [] if is_same else [_("Something in the plan was changed.")]
    return [str(item) for item in _touched(run)]


def _touched(run: PlanImport) -> list[Item]:
    brought = {int(pk) for pk in run.brought.get("items", [])}
    rows = Item.objects.filter(plan=run.plan_id)
    items = rows.filter(pk__in=brought).prefetch_related(
        "readings", "updates", "change_requests", "report_entries"
    )
    others = {item.parent_id for item in rows.filter(parent__in=brought).exclude(pk__in=brought)}
    proven = Evidence.objects.filter(items__in=brought).exclude(pk__in=run.brought.get("evidence", []))
    links = set(proven.values_list("items", flat=True))
    parents = run.brought.get("parents", {})
    found = []
    last: dict[int | None, int] = {}
    for item in items.order_by("position", "pk"):
        home = parents.get(str(item.pk), item.parent_id)
        touched = (
            item.revisions
            or item.removed_at
            or item.room_id
            or item.parent_id != home
            or item.pk < last.get(home, 0)  # they were brought in the order of the file
            or item.pk in others
            or item.pk in links - set(run.brought.get("linked", []))
            or any(update.at != run.imported_at for update in item.updates.all())
            or item.readings.all()
            or item.change_requests.all()
            or item.report_entries.all()
        )
        if touched:
            found.append(item)
        if item.parent_id == home:
            last[home] = max(item.pk, last.get(home, 0))
    return found


def undo(*, person: Person, run: PlanImport, now: datetime) -> bool:
    """Takes out for good what the import brought, unless somebody has changed it. Raises Refused.

    Tells whether the plan is still there: one that it has made goes with it while nothing else was done in it.
    """
    with transaction.atomic():
        fresh = PlanImport.objects.select_for_update(of=("self",)).select_related("plan").get(pk=run.pk)
        if fresh.state != ImportState.IMPORTED or fresh.plan is None:
            return True
        require_open(person, fresh)
        log.lock(plan_stream(fresh.plan.pk))
        fresh.plan.refresh_from_db()
        changed = what_changed(fresh)
        if changed:
            detail = ngettext(
                "This cannot be undone: %(count)d row was changed since. Take out single rows in the plan.",
                "This cannot be undone: %(count)d rows were changed since. Take out single rows in the plan.",
                len(changed),
            ) % {"count": len(changed)}
            raise Refused("conflict", detail, present={"changed": changed})
        _erase(fresh, person, now)
        if _is_all_there_was(fresh):
            gone = fresh.plan.pk
            fresh.plan.delete()
            refresh("plan", [gone])
            return False
        fresh.plan.changed_at = now
        fresh.plan.save(update_fields=["changed_at", "source"])
        fresh.state, fresh.undone_at = ImportState.UNDONE, now
        fresh.save(update_fields=["state", "undone_at"])
    return True


def _erase(run: PlanImport, person: Person, now: datetime) -> None:
    """The plan is held. Evidence that was there before, or proves something else, stays."""
    assert run.plan is not None
    stream = plan_stream(run.plan.pk)
    keys = [int(pk) for pk in run.brought.get("items", [])]
    new = set(run.brought.get("evidence", []))
    if run.brought.get("is_document"):
        keys = list(run.plan.items.order_by("pk").values_list("pk", flat=True))
        run.plan.reports.all().delete()
        run.plan.periods.all().delete()
        run.plan.source = ""
    proofs = list(run.plan.evidence.filter(Q(items__in=keys) | Q(pk__in=new)).distinct().order_by("pk"))
    rows = Item.objects.filter(pk__in=keys)
    rows.update(parent=None)
    rows.delete()
    for row in proofs:
        if row.pk in new and not row.items.exists():
            log.append(stream, EvidenceRemoved(evidence=row.pk), by=person.pk, at=now)
            row.delete()
        else:
            log.append(stream, EvidenceSet(evidence=evidence_card(row)), by=person.pk, at=now)
    log.append(stream, ItemsErased(items=keys), by=person.pk, at=now)


def _is_all_there_was(run: PlanImport) -> bool:
    """Whether the import made the plan, and nothing else was ever done in it. Asked before something is taken out."""
    assert run.plan is not None
    is_same = run.makes_plan and run.plan.changed_at == run.imported_at
    return is_same and not run.plan.imports.exclude(pk=run.pk).exists()
