"""Pages of rooms, complete without JavaScript; the client brings the room to life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID, uuid4

import msgspec
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rooms import queries
from rooms.actions import mark_read
from rooms.commands import Posted
from rooms.companions import companion_of
from rooms.events import MessageCard, MessagePage, PersonCard, RoomStateCard
from rooms.knocking import words_at_the_door
from rooms.models import Room
from rooms.queries import room_stream
from rooms.streams import ROOM
from synergy.cohorts.queries import cohorts_of
from synergy.journal import log
from synergy.live.field_forms import whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import STATUS, Refused
from synergy.live.streams import read_state
from synergy.people.views import person_of

_NOT_IN_SCRIPTS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Line:
    """A message with what the page shows around it."""

    card: MessageCard
    author: PersonCard | None
    quoted: PersonCard | None
    remover: PersonCard | None
    first_of_day: bool
    """In the zone of the person who looks."""
    first_new: bool
    """Whether "new since you left" stands above it."""


@never_cache
@login_required
@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    groups = [
        {"cohort": cohort, "rooms": queries.rooms_for(person, cohort.pk)} for cohort in cohorts_of(person)
    ]
    return render(request, "rooms/list.html", {"groups": groups})


@never_cache
@login_required
@require_safe
def room_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The room at its newest messages, or at another place of its history by `before`, `after` or `around`."""
    person = person_of(request)
    room = queries.room_for(person, pk)
    if room is not None:
        return _render_room(request, room)
    words = words_at_the_door(person, pk)
    if words is None:
        raise Http404
    return render(request, "rooms/closed_door.html", {"words": words}, status=403)


@login_required
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A message from the form of the page; sending the same form twice posts it once."""
    person, room = person_of(request), _room(request, pk)
    text, command_id = request.POST.get("text", ""), _command_id(request)
    data = {"text": text, "root": _whole_number(request.POST.get("root"))}
    try:
        done = run_command(person, room_stream(room.pk), "message.post", data, command_id)
    except Refused as refusal:
        return _render_room(request, room, text=text, command_id=command_id, refusal=refusal)
    seq = msgspec.convert(done, Posted, from_attributes=True).message
    mark_read([(person.pk, room.pk, seq)], timezone.now())
    return redirect(f"{reverse('rooms:room', args=[room.pk])}#m{seq}")


@login_required
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks the room as read up to `seq`; for who reads without JavaScript."""
    person, room = person_of(request), _room(request, pk)
    mark_read([(person.pk, room.pk, _whole_number(request.POST.get("seq")) or 0)], timezone.now())
    return redirect("rooms:list")


def _render_room(
    request: HttpRequest,
    room: Room,
    *,
    text: str = "",
    command_id: UUID | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    """A form that was turned down is shown again with its `text` and id: it may have been saved all the same."""
    person = person_of(request)
    head, state = read_state(ROOM, person, room_stream(room.pk))
    companion = companion_of(person, room)
    page = _page(request, room) or MessagePage(state.messages, state.has_earlier, has_later=False, head=head)
    response = render(
        request,
        "rooms/room.html",
        {
            "room": room,
            "state": state,
            "state_json": json_for_script(state),
            "companion": companion,
            "companion_json": json_for_script(companion.state) if companion else "",
            "head": head,
            "page": page,
            "lines": _lines(page.messages, state),
            "rooms": queries.rooms_for(person, room.cohort_id),
            "command_id": command_id or uuid4(),
            "text": text,
            "error": refusal.detail if refusal else "",
        },
        status=STATUS[refusal.code] if refusal else 200,
    )
    for name, value in (refusal.headers if refusal else {}).items():
        response[name] = value
    return response


def json_for_script(value: msgspec.Struct) -> SafeString:
    """JSON that can stand inside a `<script type="application/json">`."""
    return mark_safe(msgspec.json.encode(value).decode().translate(_NOT_IN_SCRIPTS))  # noqa: S308


def _page(request: HttpRequest, room: Room) -> MessagePage | None:
    """The piece of the history that the address asks for."""
    places = {"before": queries.page_before, "after": queries.page_after, "around": queries.page_around}
    for name, page in places.items():
        seq = _whole_number(request.GET.get(name))
        if seq is not None:
            with log.snapshot():
                return page(room, seq)
    return None


def _lines(cards: list[MessageCard], state: RoomStateCard) -> list[Line]:
    people = state.people
    days = [timezone.localtime(card.at).date() for card in cards]
    starts = [True, *(one != other for one, other in pairwise(days))]
    first_new = next(
        (card.seq for card in cards if card.seq > state.read and card.by != state.me and not card.removed),
        None,
    )
    return [
        Line(
            card=card,
            author=people.get(str(card.by)),
            quoted=_person(people, card.quote.by if card.quote else None),
            remover=_person(people, card.removed.by if card.removed else None),
            first_of_day=first_of_day,
            first_new=card.seq == first_new,
        )
        for card, first_of_day in zip(cards, starts, strict=False)
    ]


def _person(people: Mapping[str, PersonCard], pk: int | None) -> PersonCard | None:
    return people.get(str(pk))


def _room(request: HttpRequest, pk: int) -> Room:
    room = queries.room_for(person_of(request), pk)
    if room is None:
        raise Http404
    return room


def _whole_number(value: str | None) -> int | None:
    return whole_number(value or "") or None


def _command_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("command_id", ""))
    except ValueError:
        return uuid4()
