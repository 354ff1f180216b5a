"""The wall, its projector view and the principles: complete without JavaScript, alive with it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rooms.views import json_for_script
from sessions.openspace.board import announced, board_of
from sessions.openspace.found import gathering_or_404
from sessions.openspace.models import Gathering
from sessions.openspace.principles import FIGURES, LAW, PRINCIPLES
from sessions.openspace.queries import gathering_stream
from sessions.openspace.streams import GATHERING
from sessions.today import place_in_programme
from synergy.live.streams import read_state
from synergy.people.views import person_of


@never_cache
@login_required
@require_safe
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "openspace/wall.html", _page(request, gathering_or_404(request, pk)))


@never_cache
@login_required
@require_safe
def projector(request: HttpRequest, pk: int) -> HttpResponse:
    """The wall for a big screen: larger, without controls; it turns its pages by itself."""
    return render(request, "openspace/projector.html", _page(request, gathering_or_404(request, pk)))


@never_cache
@login_required
@require_safe
def principles(request: HttpRequest, pk: int) -> HttpResponse:
    gathering = gathering_or_404(request, pk)
    page = {"gathering": gathering, "where": place_in_programme(gathering.training_session), **_texts()}
    return render(request, "openspace/principles.html", page)


def _page(request: HttpRequest, gathering: Gathering) -> dict[str, Any]:
    head, state = read_state(GATHERING, person_of(request), gathering_stream(gathering.pk))
    return {
        "gathering": gathering,
        "state": state,
        "state_json": json_for_script(state),
        "head": head,
        "board": board_of(state),
        "news": announced(state.news, timezone.now()),
        "where": place_in_programme(gathering.training_session),
        **_texts(),
    }


def _texts() -> dict[str, Any]:
    return {"principles": PRINCIPLES, "law": LAW, "figures": FIGURES}
