"""Who is who in a cohort, for everybody who has a seat there; and asking that a colleague be invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synergy.alphabet import in_alphabet
from synergy.cohorts.asking_invitation import ask_for_invitation
from synergy.cohorts.forms import ColleagueForm
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats, seat_in
from synergy.cohorts.rules import can_ask_for_invitation, can_manage_people
from synergy.live.refusals import Refused
from synergy.people.models import Institution
from synergy.people.views import person_of


@dataclass(frozen=True)
class Team:
    """The people of one institution: who co-ordinates first, then by name."""

    institution: Institution
    seats: list[Seat]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """A POST asks for a colleague."""
    own = seat_in(person_of(request), cohort_id)
    if own is None:
        raise Http404
    if request.method == "POST" and not can_ask_for_invitation(own):
        raise PermissionDenied
    form = ColleagueForm(request.POST if request.method == "POST" else None, prefix="colleague")
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_invitation(seat=own, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", refusal.detail)
        else:
            words = _("The organisers are asked to invite %(name)s.")
            messages.success(request, words % {"name": form.cleaned_data["name"]})
            return redirect("cohorts:who", cohort_id)
    seats = list(active_seats(cohort_id))
    runs = [seat for seat in seats if seat.role in (Role.ORGANISER, Role.FACILITATOR)]
    teams = teams_of([seat for seat in seats if seat.role == Role.PARTICIPANT])
    page = {
        "cohort": own.cohort,
        "seat": own,
        "own": next((team for team in teams if team.institution.pk == own.institution_id), None),
        "teams": [team for team in teams if team.institution.pk != own.institution_id],
        "runs": sorted(runs, key=lambda seat: seat.role != Role.ORGANISER),
        "observers": [seat for seat in seats if seat.role == Role.OBSERVER],
        "may_ask": can_ask_for_invitation(own),
        "may_manage": can_manage_people(own),
        "form": form,
    }
    return render(request, "cohorts/who.html", page, status=422 if form.errors else 200)


def teams_of(seats: Sequence[Seat]) -> list[Team]:
    """By country, then by the name of the institution."""
    found: dict[int, Team] = {}
    for seat in sorted(seats, key=lambda seat: not seat.is_coordinator):
        found.setdefault(seat.institution_id, Team(seat.institution, [])).seats.append(seat)
    return sorted(
        found.values(), key=lambda team: (team.institution.country, in_alphabet(team.institution.name))
    )
