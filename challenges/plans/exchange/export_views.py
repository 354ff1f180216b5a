"""A plan as a file, to whoever may read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.plans.exchange.binding import document_of
from challenges.plans.exchange.document import PlanDocument
from challenges.plans.exchange.writing import as_json, as_separated, as_workbook
from challenges.plans.models import Plan
from challenges.plans.rules import is_consultant, is_own, is_school
from challenges.plans.views.reading import plan_or_404
from challenges.sights import note_seen
from synergy.audit.models import Act
from synergy.people.models import Person
from synergy.people.views import person_of


@dataclass(frozen=True)
class Form:
    """One way to take a plan with you."""

    suffix: str
    content_type: str
    write: Callable[[PlanDocument], bytes]
    name: Promise
    hint: Promise


FORMS = {
    "xlsx": Form(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_workbook,
        _("Excel workbook"),
        _(
            "All sheets: the plan, its items, indicators, readings, updates, evidence, changes, reports, "
            "stocktakes, history."
        ),
    ),
    "csv": Form(
        "csv",
        "text/csv; charset=utf-8",
        as_separated,
        _("CSV"),
        _("The items as one table, separated by semicolons. Excel and LibreOffice open it."),
    ),
    "json": Form(
        "json",
        "application/json",
        as_json,
        _("JSON"),
        _("All that you may read here, without loss. Synergy can make a plan from it again."),
    ),
}


@never_cache
@login_required
@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    return render(
        request,
        "challenges/plans/exchange/export.html",
        {"plan": plan, "forms": FORMS, "has_addresses": may_see_addresses(person_of(request), plan)},
    )


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    plan = plan_or_404(request, pk)
    if form not in FORMS:
        raise Http404
    way = FORMS[form]
    person = person_of(request)
    note_seen(request, plan, Act.EXPORTED, of=form, about=form)
    document = document_of(plan, with_addresses=may_see_addresses(person, plan), reader=person)
    name = f"{slugify(plan.title)[:60] or f'plan-{plan.pk}'}.{way.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(way.write(document), content_type=way.content_type, headers=headers)


def may_see_addresses(person: Person, plan: Plan) -> bool:
    """The e-mails of those who are named go to the institution, its consultant and the school alone."""
    return is_own(person, plan) or is_school(person, plan) or is_consultant(person, plan)
