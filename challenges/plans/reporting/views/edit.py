"""The form of a report: field by field with buttons, and on every change with the bundle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.models import Confidence, Progress, Report, ReportEntry, Voice
from challenges.plans.reporting.actions import missing_in_report
from challenges.plans.reporting.prefill import CARRIED_OUT
from challenges.plans.reporting.queries import report_state, report_stream
from challenges.plans.reporting.rules import WRITABLE, can_submit, can_write, runs
from challenges.plans.reporting.views.forms import done_words
from challenges.plans.reporting.views.reading import report_or_404, said, status_of, top_of
from challenges.plans.reporting.words import report_badge
from challenges.plans.views.rows import ItemRow, item_row
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words
from rooms.views import json_for_script
from synergy.journal import log
from synergy.live.field_forms import FormField, digest, form_field, tried, whole_number
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.views import person_of

REPORT_FIELDS: dict[str, tuple[Promise, Promise | str]] = {
    "text": (
        gettext_lazy("How is the plan?"),
        gettext_lazy("What happened in this period, what helps, what is in the way. A few sentences."),
    ),
    "confidence": (gettext_lazy("Will the plan be reached?"), ""),
}
ENTRY_FIELDS: dict[str, tuple[Promise, Promise | str]] = {
    "progress": (gettext_lazy("How far is it?"), ""),
    "confidence": (gettext_lazy("Will it be reached in time?"), ""),
    "evidence": (gettext_lazy("What shows it?"), gettext_lazy("Readings, files, what one can see.")),
    "challenges": (gettext_lazy("What is in the way?"), ""),
}
CHOSEN = {"progress": Progress.choices, "confidence": Confidence.choices}


@dataclass(frozen=True)
class EntryForm:
    row: ItemRow
    entry: ReportEntry
    fields: list[FormField]
    is_open: bool


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    person = person_of(request)
    row = report_or_404(person, pk, report)
    if request.method != "POST":
        if not can_write(person, row) or row.state not in WRITABLE or row.period.closed_at is not None:
            return redirect("plan_reports:report", pk, report)
        return _render(request, row, {})
    what, item = request.POST.get("do", "save"), whole_number(request.POST.get("item", ""))
    stream = report_stream(report)
    if what == "submit":
        refused = tried(person, stream, "report.submit", {})
        if refused:
            return _render(request, row, refused)
        messages.success(request, done_words("submit", row))
        return redirect("plan_reports:report", pk, report)
    if what == "add_entries":
        refused = tried(person, stream, "entries.add", {})
    else:
        refused = _save(person, row, request.POST, item)
    if refused:
        return _render(request, row, refused)
    return redirect(reverse("plan_reports:edit", args=[pk, report]) + (f"#entry-{item}" if item else ""))


def _save(person: Person, report: Report, form: QueryDict, item: int) -> dict[str, Refused]:
    """Only what the person changed."""
    refused: dict[str, Refused] = {}
    for name in ENTRY_FIELDS if item else REPORT_FIELDS:
        text = form.get(name, "").replace("\r\n", "\n")
        if name not in form or form.get(f"{name}_was") == digest(text):
            continue
        data = {"field": name, "value": text, "base": whole_number(form.get(f"{name}_revision", "0"))}
        if item:
            refused |= tried(person, report_stream(report.pk), "entry.change", {"item": item, **data}, name)
        else:
            refused |= tried(person, report_stream(report.pk), "report.change", data, name)
    return refused


def _render(request: HttpRequest, report: Report, refused: dict[str, Refused]) -> HttpResponse:
    person, form = person_of(request), request.POST
    report = report_or_404(person, report.plan_id, report.pk)
    top, sight = top_of(person, report.plan)
    item = whole_number(form.get("item", "")) if refused else 0
    typed: dict[str, Any] = dict(form.items()) if refused else {}
    entries = {entry.item_id: entry for entry in report.entries.all()}
    whole = refused if not item else {}
    page = {
        **top,
        "report": report,
        "report_head": log.head(report_stream(report.pk)),
        "state_json": json_for_script(report_state(person, report)),
        "voice": Voice(report.voice).label,
        "is_shadow": report.voice == Voice.SHADOW,
        "report_state": report_badge(report.voice, report.state),
        "fields": _fields(REPORT_FIELDS, report, {} if item else typed, whole),
        "entries": _entry_forms(sight, entries, item, typed, refused),
        "labels": _labels(sight, entries),
        "unsaid": sum(each.kind in CARRIED_OUT and each.id not in entries for each in sight.items.values()),
        "choices": {
            name: [("", _("Not judged")), *((value, str(label)) for value, label in choices)]
            for name, choices in CHOSEN.items()
        },
        "missing": list(missing_in_report(report).values()),
        "may_submit": can_submit(person, report),
        "runs_until": day_words(report.period.ends)
        if runs(report.plan, report.period.ends, sight.today)
        else "",
        "problem": said(refused).get("", ""),
    }
    return render(request, "challenges/plans/reports/edit.html", page, status=status_of(refused))


def _fields(
    specs: dict[str, tuple[Promise, Promise | str]],
    thing: Report | ReportEntry,
    typed: dict[str, Any],
    refused: dict[str, Refused],
) -> list[FormField]:
    return [
        form_field(
            name,
            words,
            getattr(thing, name),
            thing.revisions.get(name, 0),
            typed.get(name),
            refused.get(name),
        )
        for name, words in specs.items()
    ]


def _entry_forms(
    sight: Sight,
    entries: dict[int, ReportEntry],
    opened: int,
    typed: dict[str, Any],
    refused: dict[str, Refused],
) -> list[EntryForm]:
    """In the order of the plan; what was taken out of it since is not shown."""
    found = []
    for item, depth in sight.tree:
        if entry := entries.get(item.id):
            here = item.id == opened
            fields = _fields(ENTRY_FIELDS, entry, typed if here else {}, refused if here else {})
            found.append(EntryForm(item_row(sight, item, depth), entry, fields, here))
    return found


def _labels(sight: Sight, entries: dict[int, ReportEntry]) -> list[dict[str, Any]]:
    """What the client writes over each entry, in the order of the plan."""
    rows = [item_row(sight, item, depth) for item, depth in sight.tree if item.id in entries]
    return [
        {
            "item": row.item.id,
            "kind": str(row.kind),
            "number": row.item.number,
            "title": row.title,
            "depth": row.depth,
            "address": row.address,
            "due": row.due.text if row.due else "",
            "late": str(row.timeliness.label) if row.timeliness and row.is_overdue else "",
        }
        for row in rows
    ]
