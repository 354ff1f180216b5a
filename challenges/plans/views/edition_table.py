"""The plans of an edition as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from challenges.plans.cards import item_card
from challenges.plans.exchange.writing import add_sheet, saved
from challenges.plans.measured import standing_of
from challenges.plans.models import Item, Kind, PlanState
from challenges.plans.queries.due import last_readings
from challenges.plans.queries.near import readable_reports
from challenges.plans.views.edition import Ask, asked_for, seen
from challenges.plans.words import confidence_mark
from challenges.sights import note_edition_taken
from synergy.people.models import Country
from synergy.people.views import person_of
from synergy.separated import as_separated

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def edition_table(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The rows that are asked for, all of them, as a file. `form`: csv | xlsx."""
    now = timezone.now()
    seats, edition, plans = seen(request, pk)
    if form not in ("csv", "xlsx"):
        raise Http404
    found = asked_for(plans, Ask.of(request.GET), now, readable_reports(person_of(request), seats))
    found = found.select_related("owner", "institution")
    note_edition_taken(request, edition, (plan.cohort_id for plan in found), form)
    measures = _measures(list(found))
    heads, rows = _file_heads(), [_cells(plan, measures.get(plan.pk, [])) for plan in found]
    content = as_separated([heads, *rows]) if form == "csv" else _as_workbook(heads, rows)
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8" if form == "csv" else XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="plans-edition-{edition.number}.{form}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _file_heads() -> list[str]:
    return [
        *(_("Institution"), _("Country"), _("Plan"), _("State"), _("Accountable")),
        *(_("First day"), _("Last day"), _("Own view"), _("Shadow view")),
        *(
            _("Milestones done"),
            _("Milestones planned"),
            _("Overdue"),
            _("Overdue for longest"),
            _("Its date"),
        ),
        *(_("Next due"), _("Date of what is next"), _("Indicators"), _("Last change")),
    ]


def _cells(plan: Any, measures: Sequence[str]) -> list[Any]:
    own, shadow = confidence_mark(plan.own), confidence_mark(plan.shadow)
    return [
        *(plan.institution.name, str(Country(plan.institution.country).label), str(plan)),
        *(str(PlanState(plan.state).label), plan.owner.name if plan.owner else ""),
        *(plan.starts, plan.ends, str(own.label) if own else "", str(shadow.label) if shadow else ""),
        *(plan.reached, plan.milestones, plan.overdue, plan.late_title or "", plan.late_due),
        *(plan.next_title or "", plan.next_due, "\n".join(measures)),
        timezone.localtime(plan.changed_at).date(),
    ]


def _measures(plans: Sequence[Any]) -> dict[int, list[str]]:
    """{plan: where each of its indicators stands}. Two queries."""
    by_id = {plan.pk: plan for plan in plans}
    rows = Item.objects.filter(plan__in=by_id, kind=Kind.INDICATOR, removed_at__isnull=True)
    items = list(rows.order_by("position", "pk"))
    last = last_readings([item.pk for item in items])
    found: dict[int, list[str]] = {}
    for item in items:
        plan = by_id[item.plan_id]
        stands = standing_of(item_card(item, []), plan.starts, plan.ends, last.get(item.pk))
        found.setdefault(plan.pk, []).append(f"{item}: {stands}")
    return found


def _as_workbook(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    add_sheet(book, _("Plans"), heads, rows)
    return saved(book)
