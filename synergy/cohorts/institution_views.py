"""An institution whose name, country or kind was written wrongly: organisers mend it, or take it out of the list."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.cohorts.forms import InstitutionForm
from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import managed_institutions
from synergy.cohorts.views import managed_cohort_or_404
from synergy.live.refusals import Refused
from synergy.people import actions
from synergy.people.models import Institution
from synergy.people.views import person_of


def _institution_or_404(request: HttpRequest, cohort_id: int, pk: int) -> tuple[Cohort, Institution]:
    cohort = managed_cohort_or_404(request, cohort_id)
    found = managed_institutions(person_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return cohort, found


def _note(request: HttpRequest, cohort: Cohort, act: Act, about: str) -> None:
    note(act, by=person_of(request).pk, now=timezone.now(), cohort=cohort.pk, about=about)


def _was_and_is(before: Institution, after: Institution) -> str:
    return after.name if before.name == after.name else f"{before.name} → {after.name}"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_institution(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    cohort, institution = _institution_or_404(request, cohort_id, pk)
    now = {"name": institution.name, "country": institution.country, "tier": institution.tier}
    form = InstitutionForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = actions.change_institution(institution=institution, **form.cleaned_data)
                _note(request, cohort, Act.INSTITUTION_CHANGED, _was_and_is(institution, changed))
        except Refused as refusal:
            form.add_error("name", refusal.detail)
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": changed.name})
            return redirect("cohorts:people", cohort.pk)
    page = {
        "cohort": cohort,
        "institution": institution,
        "form": form,
        "is_used": actions.is_used(institution),
    }
    return render(request, "cohorts/institution.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def remove_institution(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    cohort, institution = _institution_or_404(request, cohort_id, pk)
    try:
        with transaction.atomic():
            actions.remove_institution(institution=institution)
            _note(request, cohort, Act.INSTITUTION_REMOVED, institution.name)
    except Refused as refusal:
        messages.error(request, refusal.detail)
        return redirect("cohorts:change_institution", cohort.pk, pk)
    messages.success(request, _("Taken out of the list: %(name)s.") % {"name": institution.name})
    return redirect("cohorts:people", cohort.pk)
