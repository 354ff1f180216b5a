"""A report is begun with what is known, and written field by field by all whose voice it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.plans.actions.values import a_choice, a_text
from challenges.plans.models import Confidence, Plan, Progress, Report, ReportEntry, Voice
from challenges.plans.reporting.actions.held import (
    hold_report,
    hold_reporting,
    require_open,
    require_reported,
    require_writable,
    tell_report,
    tell_state,
)
from challenges.plans.reporting.actions.periods import period_of
from challenges.plans.reporting.cards import entry_card
from challenges.plans.reporting.events import EntriesAdded, EntryChanged, ReportChanged
from challenges.plans.reporting.prefill import items_reported_on, known_of
from challenges.plans.reporting.rules import ENTRY_LIMIT, TEXT_LIMIT, can_write, can_write_voice, is_due
from synergy.live.fields import count_change, require_base, revision_of
from synergy.live.refusals import Refused
from synergy.people.models import Person


def begin_report(*, person: Person, plan: Plan, period: int, voice: str, now: datetime) -> Report:
    """The one that is there already, if any. One's own begins with what the plan knows of the period; a shadow
    report begins empty, so that it is a voice of its own. Raises Refused.
    """
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        require(can_write_voice(person, plan, voice), _not_yours(voice))
        require_reported(plan)
        row = period_of(plan, period)
        there = row.reports.filter(voice=voice).first()
        if there is not None:
            return there
        require_open(row)
        if not is_due(plan, row.starts, row.ends):
            raise Refused("conflict", _("The plan has no day in this period, so there is nothing to report."))
        report = Report.objects.create(
            plan=plan, period=row, voice=voice, created_by=person, created_at=now, changed_at=now
        )
        ReportEntry.objects.bulk_create(_entries(report, set()))
        tell_state(report, person, now)
    return report


def add_entries(*, person: Person, report: Report, now: datetime) -> int:
    """For what came into the plan since the report was begun: how many. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require(can_write(person, report), _not_yours(report.voice))
        require_writable(report)
        rows = _entries(report, set(report.entries.values_list("item", flat=True)))
        if rows:
            ReportEntry.objects.bulk_create(rows)
            fact = EntriesAdded(entries=[entry_card(row) for row in rows])
            tell_report(report, fact, person, now)
    return len(rows)


def change_report(
    *, person: Person, report: Report, field: str, value: str, base: int, now: datetime
) -> tuple[int, str]:
    """Sets `text` or `confidence`; gives its revision and what is kept. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require(can_write(person, report), _not_yours(report.voice))
        kept = a_text(value, TEXT_LIMIT) if field == "text" else _a_word(value, Confidence.values)
        held = getattr(report, field)
        require_writable(report)
        if kept == held:
            return revision_of(report, field), held
        require_base(report, field, base, held)
        setattr(report, field, kept)
        revision = count_change(report, field, person.pk)
        report.save(update_fields=[field, "revisions", "editors"])
        tell_report(report, ReportChanged(field=field, value=kept, revision=revision), person, now)
    return revision, kept


def change_entry(
    *, person: Person, report: Report, item: int, field: str, value: str, base: int, now: datetime
) -> tuple[int, str]:
    """Sets one field of what it says of an item; gives its revision and what is kept. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require(can_write(person, report), _not_yours(report.voice))
        entry = report.entries.filter(item=item).first()
        if entry is None:
            raise Refused("not_found", _("The report says nothing of this."))
        kept = _checked(field, value)
        require_writable(report)
        held = getattr(entry, field)
        if kept == held:
            return revision_of(entry, field), held
        require_base(entry, field, base, held)
        setattr(entry, field, kept)
        revision = count_change(entry, field, person.pk)
        entry.save(update_fields=[field, "revisions", "editors"])
        fact = EntryChanged(item=item, field=field, value=kept, revision=revision)
        tell_report(report, fact, person, now)
    return revision, kept


def _entries(report: Report, known: set[int]) -> list[ReportEntry]:
    items = [item for item in items_reported_on(report.plan) if item.pk not in known]
    if report.voice == Voice.SHADOW:
        return [ReportEntry(report=report, item=item) for item in items]
    return [ReportEntry(report=report, item=item, **known_of(report, item)) for item in items]


def _checked(field: str, value: str) -> str:
    if field == "progress":
        return _a_word(value, Progress.values)
    if field == "confidence":
        return _a_word(value, Confidence.values)
    return a_text(value, ENTRY_LIMIT)


def _a_word(value: str, choices: list[str]) -> str:
    """Empty: not judged."""
    return a_choice(value, choices) if value else ""


def _not_yours(voice: str) -> str:
    if voice == Voice.SHADOW:
        return _("Only the consultant of the plan writes the shadow report.")
    return _("Only participants of the institution may do this.")
