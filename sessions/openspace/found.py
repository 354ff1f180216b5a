"""How a page finds its gathering: through the person who looks, or not at all."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from sessions.openspace.models import Gathering
from sessions.openspace.queries import gathering_for
from sessions.openspace.rules import can_facilitate
from synergy.people.views import person_of


def gathering_or_404(request: HttpRequest, pk: int) -> Gathering:
    """With the person's seat. Raises Http404 also when it is not theirs to see."""
    gathering = gathering_for(person_of(request), pk)
    if gathering is None:
        raise Http404
    return gathering


def facilitated_or_404(request: HttpRequest, pk: int) -> Gathering:
    """For facilitators and organisers alone."""
    gathering = gathering_or_404(request, pk)
    if not can_facilitate(person_of(request), gathering):
        raise Http404
    return gathering
