"""The school makes the periods of all plans of a cohort at once."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.actions.values import a_day
from challenges.plans.models import Plan
from challenges.plans.reporting.actions import make_periods
from challenges.plans.reporting.rules import REPORTED
from challenges.plans.reporting.spans import Length
from challenges.plans.reporting.views.reading import said, status_of
from synergy.alphabet import alphabetical
from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.views import person_of

LENGTHS = (
    ("month", gettext_lazy("Every month")),
    ("quarter", gettext_lazy("Every quarter")),
    ("half", gettext_lazy("Every half-year")),
)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_periods(request: HttpRequest, cohort: int) -> HttpResponse:
    row = _cohort(person_of(request), cohort)
    if row is None:
        raise Http404
    refused: dict[str, Refused] = {}
    if request.method == "POST":
        try:
            _make(request, row)
            return redirect("plan_reports:periods", cohort)
        except Refused as refusal:
            refused = {"make": refusal}
    plans = list(
        Plan.objects.filter(cohort=row, state__in=REPORTED)
        .select_related("institution")
        .prefetch_related("periods")
        .order_by(alphabetical("institution__name"), "pk")
    )
    page: dict[str, Any] = {
        "cohort": row,
        "plans": [(plan, sorted(plan.periods.all(), key=lambda each: each.starts)) for plan in plans],
        "lengths": LENGTHS,
        "refused": said(refused),
        "typed": request.POST,
    }
    return render(request, "challenges/plans/reports/periods.html", page, status=status_of(refused))


def _make(request: HttpRequest, cohort: Cohort) -> None:
    form = request.POST
    length = form.get("length", "")
    starts, ends = a_day(form.get("starts")), a_day(form.get("ends"))
    if length not in dict(LENGTHS) or starts is None or ends is None:
        raise Refused("invalid", _("Choose how often, and the first and last day."))
    made, left = make_periods(
        person=person_of(request),
        cohort=cohort,
        length=cast("Length", length),
        starts=starts,
        ends=ends,
        now=timezone.now(),
    )
    words = ngettext("%(number)d plan has new periods.", "%(number)d plans have new periods.", made)
    messages.success(request, words % {"number": made})
    if left:
        names = ", ".join(str(plan) for plan in left)
        detail = _("These have other periods on some of the days, so nothing was added: %(plans)s")
        messages.warning(request, detail % {"plans": names})


def _cohort(person: Person, pk: int) -> Cohort | None:
    return next(
        (seat.cohort for seat in seats_of(person) if seat.cohort_id == pk and can_moderate(seat)), None
    )
