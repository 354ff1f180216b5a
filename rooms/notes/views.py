"""Pages of notes, readable without JavaScript; the client lets people write."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rooms.notes.document import merge
from rooms.notes.queries import notes_for, notes_in, notes_stream
from rooms.notes.streams import NOTES
from rooms.queries import room_for
from rooms.views import json_for_script
from synergy.live.streams import read_state
from synergy.people.views import person_of


@never_cache
@login_required
@require_safe
def notes_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written in the room, newest first."""
    room = room_for(person_of(request), pk)
    if room is None:
        raise Http404
    return render(request, "rooms/notes_list.html", {"room": room, "notes": notes_in(room)})


@never_cache
@login_required
@require_safe
def notes_page(request: HttpRequest, pk: int, notes_pk: int) -> HttpResponse:
    person = person_of(request)
    notes = notes_for(person, notes_pk)
    if notes is None or notes.room_id != pk:
        raise Http404
    head, state = read_state(NOTES, person, notes_stream(notes.pk))
    return render(
        request,
        "rooms/notes.html",
        {
            "notes": notes,
            "room": notes.room,
            "text": merge(state.document, []).text,
            "state_json": json_for_script(state),
            "head": head,
        },
    )
