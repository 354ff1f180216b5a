"""A plan in JSON brought by a person: as a draft, in their name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.exchange.document import PlanDocument
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.own_words import in_own_words
from challenges.plans.exchange.parsing import read_document
from challenges.plans.exchange.places import Ground, misplaced
from challenges.plans.exchange.restoring import restore_plan
from challenges.plans.exchange.runs import seat_to_import
from challenges.plans.models import Plan
from challenges.plans.words import UNPROVEN
from synergy.cohorts.actions import lock_cohort
from synergy.live.refusals import Refused
from synergy.people.models import Person


def bring_document(*, person: Person, run: PlanImport, now: datetime) -> Plan:
    """Pressed twice it is done once. Raises Refused."""
    seat = seat_to_import(person, run)
    if seat is None:
        raise Refused("forbidden", _("Only participants of the institution write its plan."))
    document = read_document(bytes(run.content)) if run.content else None
    for why in faults_of(document) if document else []:
        raise Refused("invalid", why)
    with transaction.atomic():
        lock_cohort(run.cohort_id)
        fresh = PlanImport.objects.select_for_update().get(pk=run.pk)
        if fresh.state != ImportState.PREVIEW and fresh.plan:
            return fresh.plan
        if document is None:
            raise Refused("not_found", _("This upload is not there any more."))
        _require_new(document, fresh)
        plan = restore_plan(
            document=in_own_words(document, may_assign=seat.is_coordinator),
            cohort=fresh.cohort,
            institution=seat.institution,
            person=person,
            now=now,
        )
        fresh.plan, fresh.state, fresh.imported_at, fresh.content = plan, ImportState.IMPORTED, now, b""
        fresh.brought = {
            "items": list(plan.items.filter(removed_at__isnull=True).values_list("pk", flat=True)),
            "evidence": list(plan.evidence.values_list("pk", flat=True)),
            "is_document": True,
        }
        fresh.save()
    return plan


def faults_of(document: PlanDocument) -> list[str]:
    """Which of its items have no place in a plan, and why."""
    found = misplaced(document.items, Ground())
    named = {item.key: f"{item.number} {item.title}".strip() or item.key for item in document.items}
    return [_("“%(item)s”: %(why)s") % {"item": named[key], "why": why} for key, why in found.items()]


def flags_of(document: PlanDocument) -> list[str]:
    """What is brought in another way than it stands in the file, in words."""
    told = []
    unproven = sum(
        odd.code == UNPROVEN
        for item in in_own_words(document, may_assign=True).items
        for odd in item.oddities
    )
    if unproven:
        told.append(
            ngettext(
                "%(count)d item is complete, and nothing here proves it. It is imported with a flag.",
                "%(count)d items are complete, and nothing here proves them. They are imported with a flag.",
                unproven,
            )
            % {"count": unproven}
        )
    return told


def left_out(document: PlanDocument) -> list[str]:
    """What the page does not bring, in words. See the Note [Whose word it is] in `restoring`."""
    files = sum(not each.url for each in document.evidence)
    told = []
    if files:
        told.append(
            ngettext(
                "%(count)d file: its content is not in the JSON. Attach it again.",
                "%(count)d files: their content is not in the JSON. Attach them again.",
                files,
            )
            % {"count": files}
        )
    if document.plan.approved_at or document.baselines:
        told.append(_("The approval: the new plan is a draft, and is proposed and approved in its cohort."))
    if document.requests:
        told.append(_("Change requests, which belong to what was approved."))
    if any(report.voice == "shadow" for report in document.reports):
        told.append(_("Shadow reports: they are the word of the consultant."))
    if document.reviews:
        told.append(_("Reviews and their decisions."))
    return told


def _require_new(document: PlanDocument, run: PlanImport) -> None:
    """Raises Refused (`conflict`)."""
    source = document.plan.source
    if source and Plan.objects.filter(cohort=run.cohort_id, source=source).exists():
        raise Refused("conflict", _("This plan was imported into the cohort before."))
