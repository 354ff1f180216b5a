"""From an upload to items of a plan: choose a file, look at what it says, import, undo."""

from __future__ import annotations

from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges.plans.exchange.choices import choices_from
from challenges.plans.exchange.documents import bring_document, faults_of, flags_of, left_out
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.parsing import read_document
from challenges.plans.exchange.preview import preview_of
from challenges.plans.exchange.runs import (
    begin_import,
    carry_out,
    choices_of,
    is_document,
    run_for,
    seen,
)
from challenges.plans.exchange.separated import ENCODINGS
from challenges.plans.exchange.template import template
from challenges.plans.exchange.undoing import undo, what_changed
from challenges.plans.models import Plan
from challenges.plans.queries import plan_for, plans_for
from challenges.plans.queries.plans import cohorts_to_plan_in
from challenges.plans.rules import WRITABLE, is_member
from rooms.uploads import check_size
from synergy.cohorts.models import Cohort
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of


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
        ended = Refused("not_found", _("This upload has ended, or it is not yours. Choose the file again."))
        return _render_upload(request, _targets(person), "", ended)
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
        if not undo(person=person, run=run, now=now):
            messages.success(request, _("The import is undone. The plan that it made is gone with it."))
            return redirect("plan_exchange:upload")
        messages.success(request, _("The import is undone. Nothing of it stands in the plan any more."))
        return redirect("plan_exchange:preview", run.pk)
    if asked == "import" and run.state == ImportState.PREVIEW:
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
        "has_closed": any(
            plan.state not in WRITABLE and is_member(person_of(request), plan)
            for plan in plans_for(person_of(request))
        ),
        "chosen": chosen,
        "refusal": refusal,
        "fields": dict(refusal.fields or {}) if refusal else {},
        "recent": PlanImport.objects.filter(person=person_of(request)).defer("content").order_by("-at")[:5],
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
            page |= {"document": document, "left_out": left_out(document), "flags": flags_of(document)}
            page["faults"] = faults_of(document)
        except Refused as fault:
            page |= {"refusal": fault}
        return render(request, "challenges/plans/exchange/document.html", page, status=status)
    try:
        page |= preview_of(seen(person, run), run)
    except Refused as fault:
        page |= {"refusal": fault, "choices": choices_of(run), "encodings": ENCODINGS, "is_unread": True}
    return render(request, "challenges/plans/exchange/preview.html", page, status=status)
