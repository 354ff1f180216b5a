"""An import taken back, as long as nobody has worked on what it brought."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.events import EvidenceRemoved, ItemsRemoved
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.runs import require_open
from challenges.plans.models import Evidence, Item
from challenges.plans.queries import plan_stream
from challenges.plans.rules import WRITABLE
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def what_changed(run: PlanImport) -> list[str]:
    """What people did with the rows since they were imported; nothing, and it can be undone."""
    brought = {int(pk) for pk in run.brought.get("items", [])}
    if run.plan and run.plan.state not in WRITABLE:
        return [_("The plan was proposed meanwhile.")]
    rows = Item.objects.filter(plan=run.plan_id)
    if run.brought.get("is_document"):
        is_same = run.plan is not None and run.plan.changed_at == run.imported_at
        return [] if is_same else [_("Something in the plan was changed.")]
    items = rows.filter(pk__in=brought).prefetch_related(
        "readings", "updates", "change_requests", "report_entries"
    )
    others = {item.parent_id for item in rows.filter(parent__in=brought).exclude(pk__in=brought)}
    proven = Evidence.objects.filter(items__in=brought).exclude(pk__in=run.brought.get("evidence", []))
    links = set(proven.values_list("items", flat=True))
    parents = run.brought.get("parents", {})
    told = []
    for item in items.order_by("position", "pk"):
        touched = (
            item.revisions
            or item.removed_at
            or item.room_id
            or item.parent_id != parents.get(str(item.pk), item.parent_id)
            or item.pk in others
            or item.pk in links - set(run.brought.get("linked", []))
            or any(update.at != run.imported_at for update in item.updates.all())
            or item.readings.all()
            or item.change_requests.all()
            or item.report_entries.all()
        )
        if touched:
            told.append(str(item))
    return told


def undo(*, person: Person, run: PlanImport, now: datetime) -> None:
    """Takes out again what the import brought, unless somebody has changed it. Raises Refused."""
    with transaction.atomic():
        fresh = PlanImport.objects.select_for_update(of=("self",)).select_related("plan").get(pk=run.pk)
        if fresh.state != ImportState.IMPORTED or fresh.plan is None:
            return
        require_open(person, fresh)
        stream = plan_stream(fresh.plan.pk)
        log.lock(stream)
        fresh.plan.refresh_from_db()
        changed = what_changed(fresh)
        if changed:
            detail = ngettext(
                "This cannot be undone: %(count)d row was changed since. Take out single rows in the plan.",
                "This cannot be undone: %(count)d rows were changed since. Take out single rows in the plan.",
                len(changed),
            ) % {"count": len(changed)}
            raise Refused("conflict", detail, present={"changed": changed})
        keys = [int(pk) for pk in fresh.brought.get("items", [])]
        Item.objects.filter(pk__in=keys).update(removed_at=now)
        log.append(stream, ItemsRemoved(items=keys, removed_at=now), by=person.pk, at=now)
        for row in Evidence.objects.filter(pk__in=fresh.brought.get("evidence", [])):
            if not row.items.exclude(pk__in=keys).exists():
                log.append(stream, EvidenceRemoved(evidence=row.pk), by=person.pk, at=now)
                row.delete()
        if fresh.brought.get("is_document"):
            fresh.plan.reports.all().delete()
            fresh.plan.periods.all().delete()
            fresh.plan.source = ""
        fresh.plan.changed_at = now
        fresh.plan.save(update_fields=["changed_at", "source"])
        fresh.state, fresh.undone_at = ImportState.UNDONE, now
        fresh.save(update_fields=["state", "undone_at"])
