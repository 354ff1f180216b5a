"""From an upload to items of a plan: choose a file, look at what it says, import, undo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges.plans.exchange.choices import choices_from
from challenges.plans.exchange.columns import CHOICES
from challenges.plans.exchange.documents import bring_document, faults_of, flags_of, left_out
from challenges.plans.exchange.headings import BY_NAME, COLUMNS, EXTRA, HEADING_ROWS, LEAVE_OUT
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.parsing import read_document
from challenges.plans.exchange.runs import (
    Seen,
    begin_import,
    carry_out,
    choices_of,
    is_document,
    run_for,
    seat_to_import,
    seen,
    undo,
    what_changed,
)
from challenges.plans.exchange.separated import ENCODINGS, SEPARATORS
from challenges.plans.exchange.tables import letters
from challenges.plans.exchange.template import template
from challenges.plans.exchange.ties import Finding, RowReading, counts
from challenges.plans.models import Plan
from challenges.plans.queries import plan_for, plans_for
from challenges.plans.queries.plans import cohorts_to_plan_in
from challenges.plans.rules import WRITABLE, is_member
from challenges.plans.words import due_words
from rooms.uploads import check_size
from synergy.cohorts.models import Cohort
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of

SHOWN = ("kind", "number", "title", "owner", "due", "progress")
"""What the preview shows of each row at a glance; other columns fold out."""
SAMPLES = 3


@dataclass(frozen=True)
class ColumnView:
    """One column of the file: its heading, what it is read as, and the first things in it."""

    place: int
    letters: str
    heading: str
    meaning: str
    samples: list[str]


@dataclass(frozen=True)
class RowView:
    """One row as it will be imported. `values` are pairs of label and text."""

    reading: RowReading
    kind: str
    owner: str
    due: Any
    progress: str
    part_of: str
    more: list[tuple[str, str]]
    is_known: bool

    @property
    def errors(self) -> list[Finding]:
        return [each for each in self.reading.findings if each.is_error]

    @property
    def warnings(self) -> list[Finding]:
        return [each for each in self.reading.findings if not each.is_error]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    targets = _targets(person)
    if request.method != "POST":
        return _render_upload(request, targets, request.GET.get("plan", ""), None)
    chosen = request.POST.get("to", "")
    try:
        run = _begin(request, person, targets, chosen)
    except Refused as refusal:
        return _render_upload(request, targets, chosen, refusal)
    return redirect("plan_exchange:preview", run.pk)


@login_required
@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="synergy-plan.xlsx"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(template(), content_type=kind, headers=headers)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    run = run_for(person, pk)
    if run is None:
        raise Http404
    if request.method != "POST":
        return _render(request, person, run, None)
    try:
        answer = _do(request, person, run)
    except Refused as refusal:
        return _render(request, person, run, refusal)
    return answer


def _targets(person: Person) -> list[tuple[str, str, Cohort, Plan | None]]:
    """Where the person may import to: value, words, cohort and plan."""
    open_plans = [plan for plan in plans_for(person) if plan.state in WRITABLE and is_member(person, plan)]
    new = [
        (f"cohort-{cohort.pk}", _("A new plan in %(cohort)s") % {"cohort": cohort.name}, cohort, None)
        for cohort in cohorts_to_plan_in(person)
    ]
    return [*new, *((str(plan.pk), str(plan), plan.cohort, plan) for plan in open_plans)]


def _begin(request: HttpRequest, person: Person, targets: Any, chosen: str) -> PlanImport:
    target = next((each for each in targets if each[0] == chosen), None)
    if target is None:
        raise Refused("invalid", _("Choose where it goes."), fields={"to": _("Choose where it goes.")})
    file = request.FILES.get("file")
    if file is None:
        raise Refused("invalid", _("Choose a file first."), fields={"file": _("Choose a file first.")})
    check_size(file.size or 0)
    _value, _words, cohort, plan = target
    if is_document(file.read(64)) and plan is not None:
        detail = _("A plan in JSON becomes a new plan. Choose “A new plan”.")
        raise Refused("invalid", detail, fields={"to": detail})
    file.seek(0)
    return begin_import(
        person=person, cohort=cohort, plan=plan, name=file.name or "", content=file.read(), now=timezone.now()
    )


def _do(request: HttpRequest, person: Person, run: PlanImport) -> HttpResponse:
    form, now = request.POST, timezone.now()
    asked = form.get("do")
    if asked == "discard":
        # The state is asked with the deletion: an import beside this one keeps its record.
        PlanImport.objects.filter(pk=run.pk, state=ImportState.PREVIEW).delete()
        return redirect("plan_exchange:upload")
    if asked == "undo":
        undo(person=person, run=run, now=now)
        messages.success(request, _("The import is undone. Nothing of it stands in the plan any more."))
        return redirect("plan_exchange:preview", run.pk)
    if asked == "import":
        if is_document(bytes(run.content)):
            plan = bring_document(person=person, run=run, now=now)
        else:
            skip = form.get("faulty") == "skip"
            plan = carry_out(person=person, run=run, title=form.get("title", ""), skip_faulty=skip, now=now)
        messages.success(request, _("Imported into “%(plan)s”.") % {"plan": plan})
        return redirect("plan_exchange:preview", run.pk)
    if run.state == ImportState.PREVIEW:
        run.choices = msgspec.to_builtins(choices_from(form.dict(), choices_of(run)))
        run.save(update_fields=["choices"])
    return redirect(reverse("plan_exchange:preview", args=[run.pk]) + "#rows")


def _render_upload(request: HttpRequest, targets: Any, chosen: str, refusal: Refused | None) -> HttpResponse:
    page = {
        "targets": [(value, words) for value, words, _cohort, _plan in targets],
        "chosen": chosen,
        "refusal": refusal,
        "fields": dict(refusal.fields or {}) if refusal else {},
        "waiting": PlanImport.objects.filter(person=person_of(request)).order_by("-at")[:5],
    }
    status = STATUS[refusal.code] if refusal else 200
    return render(request, "challenges/plans/exchange/upload.html", page, status=status)


def _render(request: HttpRequest, person: Person, run: PlanImport, refusal: Refused | None) -> HttpResponse:
    status = STATUS[refusal.code] if refusal else 200
    run = run_for(person, run.pk) or run
    page: dict[str, Any] = {"run": run, "refusal": refusal, "states": ImportState}
    if run.state != ImportState.PREVIEW:
        plan = plan_for(person, run.plan_id or 0)
        page |= {"plan": plan, "brought": len(run.brought.get("items", []))}
        page["changed"] = what_changed(run) if run.state == ImportState.IMPORTED else []
        return render(request, "challenges/plans/exchange/done.html", page, status=status)
    if is_document(bytes(run.content)):
        try:
            document = read_document(bytes(run.content))
            seat = seat_to_import(person, run)
            flags = flags_of(document, may_assign=seat is not None and seat.is_coordinator)
            page |= {"document": document, "left_out": left_out(document), "flags": flags}
            page["faults"] = faults_of(document)
        except Refused as fault:
            page |= {"refusal": fault}
        return render(request, "challenges/plans/exchange/document.html", page, status=status)
    try:
        page |= _preview_of(seen(person, run), run)
    except Refused as fault:
        page |= {"refusal": fault, "choices": choices_of(run), "encodings": ENCODINGS, "is_unread": True}
    return render(request, "challenges/plans/exchange/preview.html", page, status=status)


def _preview_of(found: Seen, run: PlanImport) -> dict[str, Any]:
    reading, choices = found.reading, choices_of(run)
    rows = [_row_view(row, found) for row in reading.rows]
    sums = counts(reading.rows)
    to_bring = len(found.rows_to_bring(choices))
    return {
        "reading": reading,
        "stem": PurePath(run.name).stem,
        "choices": choices,
        "tables": [table.name for table in reading.tables],
        "encodings": ENCODINGS,
        "separators": SEPARATORS,
        "heading_rows": [row.number for row in reading.table.rows[:HEADING_ROWS]],
        "heading_row": reading.table.rows[reading.headings.at].number,
        "columns": _columns(found),
        "meanings": [(column.name, column.label) for column in COLUMNS],
        "other_meanings": [(EXTRA, _("Keep it beside the row")), (LEAVE_OUT, _("Leave it out"))],
        "unused": [column for column in COLUMNS if column.name not in reading.headings.meanings],
        "has_title": "title" in reading.headings.meanings,
        "rows": rows,
        "faulty": [row for row in rows if row.errors],
        "sums": sums,
        "to_bring": to_bring,
        "known": sum(row.is_known for row in rows),
        "may_assign": found.may_assign,
        "button": ngettext("Import %(count)d row", "Import %(count)d rows", to_bring) % {"count": to_bring},
    }


def _columns(found: Seen) -> list[ColumnView]:
    reading = found.reading
    below = reading.table.rows[reading.headings.at + 1 :]
    views = []
    for place, meaning in enumerate(reading.headings.meanings):
        texts = (str(row.cells[place].value or "") for row in below if place < len(row.cells))
        samples = [text[:60] for text in texts if text.strip()][:SAMPLES]
        heading = reading.headings.texts[place]
        if heading or samples:
            views.append(ColumnView(place, letters(place), heading, meaning, samples))
    return views


def _row_view(row: RowReading, found: Seen) -> RowView:
    item = row.item
    more = [(str(BY_NAME[name].label), text) for name, text in _more(row)]
    due = item.due
    return RowView(
        reading=row,
        kind=str(CHOICES["kind"](item.kind).label),
        owner=item.owner_wording or ("✓" if item.owner else ""),
        due=due_words(due),
        progress=str(CHOICES["progress"](item.progress).label),
        part_of=item.parent or "",
        more=[*more, *item.extra.items()],
        is_known=item.number in found.known,
    )


def _more(row: RowReading) -> list[tuple[str, str]]:
    item = row.item
    direction = item.direction
    values = {
        "description": item.description,
        "contributors": item.contributors_wording,
        "start": item.start.wording if item.start else "",
        "confidence": item.confidence,
        "why": item.confidence_why,
        "unit": item.unit,
        "direction": direction,
        "baseline": item.baseline,
        "baseline_on": item.baseline_on.isoformat() if item.baseline_on else "",
        "target": item.target,
        "lowest": item.lowest,
        "highest": item.highest,
        "data_source": item.data_source,
        "evidence": "\n".join(row.links),
    }
    return [(name, value) for name, value in values.items() if value]
