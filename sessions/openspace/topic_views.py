"""The page of a topic with its report: read, written and confirmed with a form, and alive with the bundle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rooms.text import clean_line, clean_text
from rooms.views import json_for_script
from sessions.openspace.board import rounds_left, slot_name
from sessions.openspace.cards import slot_card, topic_card
from sessions.openspace.events import NextStep, PlaceCard, ReportCard, SlotCard, TopicCard
from sessions.openspace.models import Topic
from sessions.openspace.queries import gathering_stream, topic_for, topic_stream
from sessions.openspace.rules import can_mark
from sessions.openspace.streams import TOPIC
from sessions.today import place_in_programme
from synergy.live.field_forms import FormField, digest, form_field, save_fields, tried, whole_number
from synergy.live.refusals import STATUS, Refused
from synergy.live.streams import read_state
from synergy.people.models import Person
from synergy.people.views import person_of

FIELDS: dict[str, tuple[Promise, Promise]] = {
    "summary": (_("What was said"), _("The main points, so that somebody who was not there understands.")),
    "recommendations": (_("Recommendations"), _("What should be done, and by whom?")),
    "resources": (_("Resources"), _("What is there already: people, papers, examples, links.")),
    "requests": (_("Requests"), _("What do you need from others?")),
}
"""name → label, hint; `static/src/report/fields.ts` has the same."""
NEW_STEPS = 2
"""How many empty rows the form offers without scripts."""


@dataclass(frozen=True)
class Stand:
    """Where and when the topic stands on the wall."""

    slot: SlotCard
    round: str
    space: str
    room: int
    is_left_out: bool
    """The round was not held."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = _topic(request, pk, number)
    if request.method == "POST":
        refused = _do(person_of(request), found, request.POST)
        if not refused:
            return redirect("openspace:topic", pk, number)
        return _render(request, found, refused)
    return _render(request, found, {})


def _do(person: Person, topic: Topic, form: QueryDict) -> dict[str, Refused]:
    """What the pressed button asks for; gives what was turned down, by field."""
    wall, own = gathering_stream(topic.gathering_id), topic_stream(topic.pk)
    marks = {"took_place": True, "did_not_happen": False}
    name = form.get("do", "save")
    if name in marks:
        data = {"topic": topic.pk, "took_place": marks[name]}
        return tried(person, wall, "topic.mark", data)
    if name in ("begin", "reopen"):
        return tried(person, own, f"report.{name}", {})
    refused = _save(person, topic, form)
    if not refused and name == "confirm":
        return tried(person, own, "report.confirm", {})
    return refused


def _save(person: Person, topic: Topic, form: QueryDict) -> dict[str, Refused]:
    """Saves what was changed in the form, field by field."""
    return save_fields(person, topic_stream(topic.pk), "report.change", form, _submitted(form))


def _submitted(form: QueryDict) -> dict[str, Any]:
    found: dict[str, Any] = {name: clean_text(str(form[name])) for name in FIELDS if name in form}
    if "next_steps_revision" in form:
        columns = (form.getlist("what"), form.getlist("who"), form.getlist("when"))
        steps = [
            {"what": clean_line(what, 300), "who": clean_line(who, 120), "when": when}
            for what, who, when in zip(*columns, strict=False)
        ]
        found["next_steps"] = [step for step in steps if any(step.values())]
    if "participants_revision" in form:
        numbers = [whole_number(each) for each in form.getlist("participants")]
        found["participants"] = [number for number in numbers if number]
    return found


def _render(request: HttpRequest, topic: Topic, refused: dict[str, Refused]) -> HttpResponse:
    person = person_of(request)
    head, state = read_state(TOPIC, person, topic_stream(topic.pk))
    card = topic_card(topic)
    page = {
        "topic": card,
        "gathering": topic.gathering,
        "where": place_in_programme(topic.gathering.training_session),
        "state": state,
        "state_json": json_for_script(state),
        "topic_json": json_for_script(card),
        "head": head,
        "stands": _stands(topic, card.places),
        "conveners": _people(state, [card.convener, *card.co_conveners]),
        "may_mark": can_mark(person, topic),
        "is_editable": state.may_edit and state.state != "confirmed" and card.state == "offered",
        "problem": refused.get("") or refused.get("next_steps") or refused.get("participants"),
        **_form(request, state, card, refused),
    }
    status = STATUS[next(iter(refused.values())).code] if refused else 200
    return render(request, "openspace/topic.html", page, status=status)


def _form(
    request: HttpRequest, state: ReportCard, card: TopicCard, refused: dict[str, Refused]
) -> dict[str, Any]:
    typed = _submitted(request.POST) if refused else {}
    held = msgspec.to_builtins(state.next_steps)
    steps = msgspec.convert(typed.get("next_steps", held), list[NextStep])
    ticked = typed.get("participants", state.participants)
    people = [person for person in state.people.values() if not person.past or person.id in ticked]
    people.sort(key=lambda person: (person.id not in ticked, person.name))
    return {
        "fields": [_text_field(state, name, typed.get(name), refused.get(name)) for name in FIELDS],
        "steps": [*steps, *[NextStep("", "", "")] * NEW_STEPS],
        "steps_was": digest(held),
        "ticked": set(ticked),
        "everybody": people,
        "people_was": digest(state.participants),
        "steps_revision": state.revisions.get("next_steps", 0),
        "people_revision": state.revisions.get("participants", 0),
    }


def _text_field(state: ReportCard, name: str, typed: str | None, refusal: Refused | None) -> FormField:
    return form_field(name, FIELDS[name], getattr(state, name), state.revisions.get(name, 0), typed, refusal)


def _stands(topic: Topic, places: list[PlaceCard]) -> list[Stand]:
    slots = [slot_card(slot) for slot in topic.gathering.slots.order_by("starts_at", "pk")]
    by_id = {slot.id: slot for slot in slots}
    left_out = rounds_left(topic.gathering.stage, slots)
    spaces = {space.pk: space for space in topic.gathering.spaces.select_related("room")}
    return [
        Stand(
            slot=by_id[place.slot],
            round=slot_name(slots, by_id[place.slot]),
            space=spaces[place.space].room.name,
            room=spaces[place.space].room_id,
            is_left_out=place.slot in left_out,
        )
        for place in places
    ]


def _people(state: ReportCard, ids: list[int | None]) -> list[Any]:
    return [state.people[str(pk)] for pk in ids if str(pk) in state.people]


def _topic(request: HttpRequest, pk: int, number: int) -> Topic:
    key = Topic.objects.filter(gathering=pk, number=number).values_list("pk", flat=True).first()
    topic = topic_for(person_of(request), key) if key else None
    if topic is None:
        raise Http404
    return topic
