"""The facilitators' desk: everything at a glance, and what runs the gathering."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rooms.views import json_for_script
from sessions.openspace.board import slot_name
from sessions.openspace.found import facilitated_or_404
from sessions.openspace.models import Stage
from sessions.openspace.queries import gathering_stream
from sessions.openspace.queries.desk import desk_of
from sessions.openspace.queries.reports import missing_reports
from sessions.openspace.rules import AFTER_ROUNDS, stages_after
from sessions.openspace.streams import GATHERING
from sessions.today import place_in_programme
from synergy.live.forms import run_command
from synergy.live.refusals import Refused
from synergy.live.streams import read_state
from synergy.people.views import person_of


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete without scripts as of now; the client brings it to life."""
    gathering = facilitated_or_404(request, pk)
    head, state = read_state(GATHERING, person_of(request), gathering_stream(pk))
    running = next((slot for slot in state.slots if slot.started_at and not slot.ended_at), None)
    rounds = [] if gathering.stage in AFTER_ROUNDS else state.slots
    next_round = next((slot for slot in rounds if slot.kind == "round" and not slot.started_at), None)
    page = {
        "gathering": gathering,
        "where": place_in_programme(gathering.training_session),
        "training_session": gathering.training_session,
        "state": state,
        "state_json": json_for_script(state),
        "desk_json": json_for_script(desk_of(gathering, timezone.now())),
        "head": head,
        "stages": [(stage.value, stage.label) for stage in Stage if stage in stages_after(gathering.stage)],
        "running": running and (running, slot_name(state.slots, running)),
        "next_round": next_round and (next_round, slot_name(state.slots, next_round)),
        "spaces": [
            (space, sum(where == space.id for where in state.where.values()))
            for space in state.spaces
            if not space.is_removed
        ],
        "missing": missing_reports(gathering),
    }
    return render(request, "openspace/desk.html", page)


@never_cache
@login_required
@require_safe
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """How lively the rooms are, as JSON: signals that tell of it may be lost, so the desk asks now and then."""
    card = desk_of(facilitated_or_404(request, pk), timezone.now())
    return HttpResponse(msgspec.json.encode(card), content_type="application/json")


@login_required
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """A command from a form of the page: its `name`, and its data as the field `data`, JSON."""
    facilitated_or_404(request, pk)
    try:
        data = msgspec.Raw(request.POST.get("data", "{}").encode())
        run_command(person_of(request), gathering_stream(pk), request.POST.get("name", ""), data)
    except Refused as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, _("Done."))
    return redirect("openspace:desk", pk)
