"""Protocols: those that are shipped, and a cohort's own, which organisers copy and change. Plain forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.consultations.actions import change_protocol, copy_protocol, remove_protocol
from challenges.consultations.forms import PhaseForm, ProtocolForms
from challenges.consultations.models import Protocol, Speaks, Writes
from challenges.consultations.page_words import Length, length_of
from challenges.consultations.protocols import SHIPPED
from challenges.consultations.queries import own_protocol, protocols_for
from challenges.consultations.rules import can_make_protocols
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats, seat_in, seats_of
from synergy.live.field_forms import whole_number
from synergy.live.refusals import STATUS, Refused
from synergy.people.views import person_of

PREFIX = "phases"


@never_cache
@login_required
@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Leads to the protocols of the person's cohort."""
    seat = seats_of(person_of(request)).first()
    if seat is None:
        raise Http404
    return redirect("consultations:protocols", seat.cohort_id)


@never_cache
@login_required
@require_safe
def protocol_list(request: HttpRequest, cohort: int) -> HttpResponse:
    seat = _seat_or_404(request, cohort)
    cards = [(card, length_of(card)) for card in protocols_for(cohort)]
    page = {
        **_who_makes(seat),
        "own": [each for each in cards if each[0].key not in SHIPPED],
        "shipped": [each for each in cards if each[0].key in SHIPPED],
    }
    return render(request, "challenges/consultations/protocols.html", page)


@never_cache
@login_required
@require_safe
def protocol_page(request: HttpRequest, cohort: int, key: str) -> HttpResponse:
    seat = _seat_or_404(request, cohort)
    card = next((each for each in protocols_for(cohort) if each.key == key), None)
    if card is None:
        raise Http404
    phases = [
        (phase, Length(phase.minutes, phase.days), Speaks(phase.speaks).label, Writes(phase.writes).label)
        for phase in card.phases
    ]
    page = {
        **_who_makes(seat),
        "card": card,
        "length": length_of(card),
        "phases": phases,
        "is_own": key not in SHIPPED,
    }
    return render(request, "challenges/consultations/protocol.html", page)


@login_required
@require_POST
def copy(request: HttpRequest, cohort: int, key: str) -> HttpResponse:
    """The cohort's own one, to be changed at once."""
    seat = _seat_or_404(request, cohort)
    if not can_make_protocols(seat):
        raise Http404
    try:
        with transaction.atomic():
            made = copy_protocol(person=person_of(request), cohort=seat.cohort, key=key, now=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.detail)
        return redirect("consultations:protocols", cohort)
    return redirect("consultations:edit_protocol", made.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps are moved, added and taken out in the form; nothing is kept before it is saved."""
    row = _own_or_404(request, pk)
    if request.method != "POST":
        return _render(request, row, ProtocolForms(row))
    moved = rearranged(request.POST)
    if moved is not None:
        return _render(request, row, ProtocolForms(row, moved), is_unsaved=True)
    shown = ProtocolForms(row, request.POST)
    if not shown.is_valid():
        return _render(request, row, shown, status=422)
    try:
        with transaction.atomic():
            change_protocol(
                person=person_of(request),
                protocol=row,
                draft=shown.draft(),
                base=shown.base(),
                now=timezone.now(),
            )
    except Refused as refusal:
        shown.show(refusal)
        return _render(request, row, shown, status=STATUS[refusal.code])
    messages.success(request, _("Saved. Consultations that are planned already keep the protocol as it was."))
    return redirect("consultations:protocol", row.cohort_id, str(row.pk))


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own_or_404(request, pk)
    try:
        remove_protocol(person=person_of(request), protocol=row, now=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, _("“%(name)s” is removed.") % {"name": row.name})
    return redirect("consultations:protocols", row.cohort_id)


def rearranged(form: QueryDict) -> QueryDict | None:
    """The form after the button that was pressed: `up`, `down` or `out` with a number, or `add`; None for none."""
    name = next((each for each in ("up", "down", "out", "add") if each in form), None)
    if name is None:
        return None
    steps = _steps(form)
    at = whole_number(form.get(name, "")) if form.get(name) else -1
    if name == "add":
        steps.append({"speaks": Speaks.EVERYBODY, "writes": Writes.NOTHING, "minutes": "5", "days": "1"})
    elif name == "out" and 0 <= at < len(steps):
        steps.pop(at)
    elif name == "up" and 0 < at < len(steps):
        steps.insert(at - 1, steps.pop(at))
    elif name == "down" and 0 <= at < len(steps) - 1:
        steps.insert(at + 1, steps.pop(at))
    return _with_steps(form, steps)


def _steps(form: QueryDict) -> list[dict[str, str]]:
    total = form.get(f"{PREFIX}-TOTAL_FORMS", "")
    count = min(int(total), 100) if total.isdecimal() and len(total) < 4 else 0
    return [
        {name: str(form[at]) for name in PhaseForm.base_fields if (at := f"{PREFIX}-{number}-{name}") in form}
        for number in range(count)
    ]


def _with_steps(form: QueryDict, steps: list[dict[str, str]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in form.lists():
        if not name.startswith(f"{PREFIX}-"):
            made.setlist(name, values)
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        made[f"{PREFIX}-{name}"] = str(len(steps))
    for number, step in enumerate(steps):
        for name, value in step.items():
            made[f"{PREFIX}-{number}-{name}"] = value
    return made


def _render(
    request: HttpRequest, row: Protocol, shown: ProtocolForms, *, is_unsaved: bool = False, status: int = 200
) -> HttpResponse:
    forms: list[Any] = list(shown.phases)
    is_in_days = shown.head["is_asynchronous"].value() == "days"
    field = "days" if is_in_days else "minutes"
    values = [str(form[field].value() or "") for form in forms]
    total = sum(int(value) for value in values if value.isdecimal() and len(value) < 5)
    page = {
        "protocol": row,
        "shown": shown,
        "forms": forms,
        "is_in_days": is_in_days,
        "is_unsaved": is_unsaved,
        "length": Length(0, total) if is_in_days else Length(total, 0),
    }
    return render(request, "challenges/consultations/protocol_edit.html", page, status=status)


def _who_makes(seat: Seat) -> dict[str, Any]:
    """Whether the person makes protocols, and else whom they can ask."""
    organisers = active_seats(seat.cohort_id).filter(role=Role.ORGANISER).exclude(person=seat.person_id)
    may_make = can_make_protocols(seat)
    return {"cohort": seat.cohort, "may_make": may_make, "organisers": [] if may_make else organisers}


def _seat_or_404(request: HttpRequest, cohort: int) -> Seat:
    seat = seat_in(person_of(request), cohort)
    if seat is None:
        raise Http404
    return seat


def _own_or_404(request: HttpRequest, pk: int) -> Protocol:
    """One that the person may change."""
    person = person_of(request)
    row = own_protocol(person, pk)
    if row is None or not can_make_protocols(seat_in(person, row.cohort_id)):
        raise Http404
    return row
