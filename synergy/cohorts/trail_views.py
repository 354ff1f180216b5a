"""The audit trail of a cohort, for its organisers: as a page and as a table."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synergy.alphabet import in_alphabet
from synergy.audit.models import OF_ONESELF, Act, AuditEvent
from synergy.audit.trail import acts_in
from synergy.cohorts.models import Cohort, Role, Seat
from synergy.cohorts.queries import newest_seats, seats_with_past
from synergy.cohorts.views import managed_cohort_or_404
from synergy.separated import as_separated

ON_A_PAGE = 50
IN_A_FILE = 20_000
"""Rows at most; the last line says that there are more, and narrower days give them."""


_ROLE = re.compile(rf"\(({'|'.join(Role.values)})(, coordinator)?\)$")
"""How `actions.seats.note_seat` writes it."""


class Ask(forms.Form):
    """What is looked for; nothing of it has to be said."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Who"), coerce=int, empty_value=None, required=False, choices=()
    )
    act = forms.ChoiceField(label=gettext_lazy("What"), required=False, choices=())
    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, data: Any, cohort: Cohort) -> None:
        super().__init__(data)
        names = {seat.person_id: seat.person.name for seat in seats_with_past(cohort.pk)}
        people = sorted(names.items(), key=lambda person: in_alphabet(person[1]))
        everybody: list[tuple[Any, Any]] = [("", _("Everybody")), *people]
        self.fields["person"].choices = everybody  # type: ignore[attr-defined]
        acts = [("", _("Everything")), *((act.value, act.label) for act in Act if act not in OF_ONESELF)]
        self.fields["act"].choices = acts  # type: ignore[attr-defined]


@never_cache
@login_required
@require_safe
def trail(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Newest first. With `?form=csv` the same as a file."""
    cohort = managed_cohort_or_404(request, cohort_id)
    ask = Ask(request.GET or None, cohort)
    said: dict[str, Any] = ask.cleaned_data if ask.is_valid() else {}
    found = acts_in(
        cohort.pk,
        by=said.get("person"),
        acts=[said["act"]] if said.get("act") else (),
        first=said.get("first"),
        last=said.get("last"),
    )
    if request.GET.get("form") == "csv" and not ask.errors:
        return _as_file(cohort, list(found[: IN_A_FILE + 1]))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    for what in ("page", "form"):
        asked.pop(what, None)
    context = {
        "cohort": cohort,
        "ask": ask,
        "asked": asked.urlencode(),
        "page": page,
        "rows": _with_seats(list(page), cohort),
    }
    return render(request, "cohorts/trail.html", context, status=422 if ask.errors else 200)


def _with_seats(acts: list[AuditEvent], cohort: Cohort) -> list[tuple[AuditEvent, Seat | None]]:
    """Each with who did it; who runs the server has no seat."""
    seats = newest_seats({act.by for act in acts if act.by is not None}, cohort.pk)
    for act in acts:
        act.about = _ROLE.sub(_role_in_words, act.about)
    return [(act, seats.get(act.by or 0)) for act in acts]


def _role_in_words(found: re.Match[str]) -> str:
    role = str(Role(found[1]).label)
    return f"({role} · {_('co-ordinator')})" if found[2] else f"({role})"


def _as_file(cohort: Cohort, acts: list[AuditEvent]) -> HttpResponse:
    heads = [
        _("Time (%(zone)s)") % {"zone": timezone.get_current_timezone_name()},
        _("Who"),
        _("What"),
        _("Of what"),
        _("Page"),
    ]
    rows = [
        [
            f"{timezone.localtime(act.at):%Y-%m-%d %H:%M:%S}",
            seat.name if seat else "",
            act.get_act_display(),
            act.about,
            act.address,
        ]
        for act, seat in _with_seats(acts[:IN_A_FILE], cohort)
    ]
    if len(acts) > IN_A_FILE:
        rows.append(["", "", _("Older entries are left out. Choose days to get them."), "", ""])
    name = f"audit-trail-{cohort.pk}-{timezone.localdate()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(as_separated([heads, *rows]), content_type="text/csv; charset=utf-8", headers=headers)
