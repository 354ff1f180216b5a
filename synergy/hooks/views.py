"""Webhooks of a cohort, for its organisers: registered, tested, looked at, removed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.cohorts.models import Role
from synergy.cohorts.queries import seats_of
from synergy.cohorts.views import managed_cohort_or_404
from synergy.hooks import actions
from synergy.hooks.forms import HookForm
from synergy.hooks.models import Ended, Hook
from synergy.hooks.sending import end_hook
from synergy.hooks.sources import labels_of
from synergy.live.refusals import Refused
from synergy.people.views import person_of

LAST = 50
"""Deliveries that are shown."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hooks(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """The secret of a new one is in the answer to the form and nowhere else."""
    if _facilitates(request, cohort_id):
        return _who_may(request, cohort_id)
    cohort = managed_cohort_or_404(request, cohort_id)
    form, secret = HookForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _hook, secret = actions.register_hook(
                person=person_of(request), cohort=cohort, now=timezone.now(), **form.cleaned_data
            )
            form = HookForm()
        except Refused as refusal:
            form.add_error("url", refusal.detail)
    open_ones = Hook.objects.filter(cohort=cohort).exclude(ended=Ended.REMOVED).select_related("person")
    rows = [{"hook": hook, "hears": labels_of(hook.kinds)} for hook in open_ones.order_by("-pk")]
    page = {"cohort": cohort, "rows": rows, "form": form, "secret": secret}
    return render(request, "hooks/hooks.html", page, status=400 if form.errors else 200)


@never_cache
@login_required
@require_safe
def hook(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    """What was sent last, and what came back."""
    if _facilitates(request, cohort_id):
        return _who_may(request, cohort_id)
    found = _hook_or_404(request, cohort_id, pk)
    deliveries = found.deliveries.filter(tried_at__isnull=False).order_by("-tried_at", "-pk")[:LAST]
    page = {"hook": found, "cohort": found.cohort, "hears": labels_of(found.kinds), "deliveries": deliveries}
    return render(request, "hooks/hook.html", page)


@login_required
@require_POST
def test(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    found = _hook_or_404(request, cohort_id, pk)
    try:
        actions.send_test(hook=found, now=timezone.now())
        messages.success(request, _("A test is on its way. Load this page again to see the answer."))
    except Refused as refusal:
        messages.error(request, refusal.detail)
    return redirect("hooks:hook", cohort_id, pk)


@login_required
@require_POST
def remove(request: HttpRequest, cohort_id: int, pk: int) -> HttpResponse:
    found = _hook_or_404(request, cohort_id, pk)
    now = timezone.now()
    with transaction.atomic():
        if not end_hook(hook=found, why=Ended.REMOVED, now=now):
            Hook.objects.filter(pk=found.pk).update(ended=Ended.REMOVED)
        note(Act.HOOK_ENDED, by=person_of(request).pk, cohort=cohort_id, about=found.url, now=now)
    messages.success(request, _("Removed. Nothing is sent there any more."))
    return redirect("hooks:hooks", cohort_id)


def _facilitates(request: HttpRequest, cohort_id: int) -> bool:
    seats = seats_of(person_of(request)).filter(cohort_id=cohort_id)
    return {seat.role for seat in seats} == {Role.FACILITATOR}


def _who_may(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """To who knows the cohort and may not manage it."""
    return render(request, "hooks/not_allowed.html", {"cohort_id": cohort_id}, status=403)


def _hook_or_404(request: HttpRequest, cohort_id: int, pk: int) -> Hook:
    rows = Hook.objects.filter(cohort=managed_cohort_or_404(request, cohort_id)).exclude(ended=Ended.REMOVED)
    found = rows.select_related("cohort", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
