"""The page on which a gathering is prepared: its spaces and slots as rows, each with its form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from sessions.openspace.board import slot_name
from sessions.openspace.cards import slot_card
from sessions.openspace.checklist import checklist
from sessions.openspace.forms import ShiftForm, SlotForm, SpaceForm, WordsForm
from sessions.openspace.models import Gathering, Placement, Slot, Space, Stage
from sessions.today import ZoneTime, elsewhere, place_in_programme
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import active_seats
from synergy.people.zones import zone_of_country


@dataclass(frozen=True)
class SpaceRow:
    space: Space
    form: SpaceForm
    is_first: bool
    is_last: bool
    topics: int
    """Topics that stand there in rounds that are not over: removing it sends them back."""


@dataclass(frozen=True)
class SlotRow:
    slot: Slot
    name: str
    form: SlotForm
    others: list[tuple[ZoneTime, str]]
    """Start, and the clock time of the end, in the other countries."""
    topics: int
    """Topics that stand in it."""


def prepare_page(
    request: HttpRequest,
    gathering: Gathering,
    *,
    words_form: WordsForm | None = None,
    new_space: SpaceForm | None = None,
    space_forms: dict[int, SpaceForm] | None = None,
    new_slot: SlotForm | None = None,
    slot_forms: dict[int, SlotForm] | None = None,
    shift_form: ShiftForm | None = None,
) -> HttpResponse:
    """The page, with a form that was turned down in the place of the fresh one."""
    bound = any((words_form, new_space, space_forms, new_slot, slot_forms, shift_form))
    spaces, slots = spaces_of(gathering), slots_of(gathering)
    seats = list(active_seats(gathering.training_session.cohort_id))
    in_space, in_slot = _standing(gathering)
    checks = checklist(gathering, spaces, slots, seats)
    page = {
        "gathering": gathering,
        "has_begun": gathering.stage != Stage.PREPARING,
        "where": place_in_programme(gathering.training_session),
        "training_session": gathering.training_session,
        "words_form": words_form or WordsForm(gathering=gathering),
        "spaces": _space_rows(spaces, space_forms or {}, in_space),
        "new_space": new_space or SpaceForm(auto_id="new_space_%s"),
        "slots": _slot_rows(gathering, slots, seats, slot_forms or {}, in_slot),
        "new_slot": new_slot or SlotForm.after(slots, gathering),
        "shift_form": shift_form or ShiftForm(slots=slots_to_come(slots), auto_id="shift_%s"),
        "checks": checks,
        "open_checks": sum(not check.is_met for check in checks),
    }
    return render(request, "openspace/prepare.html", page, status=422 if bound else 200)


def _space_rows(spaces: list[Space], bound: dict[int, SpaceForm], topics: Counter[int]) -> list[SpaceRow]:
    return [
        SpaceRow(
            space,
            bound.get(space.pk) or SpaceForm.of(space),
            is_first=space == spaces[0],
            is_last=space == spaces[-1],
            topics=topics[space.pk],
        )
        for space in spaces
    ]


def _slot_rows(
    gathering: Gathering,
    slots: list[Slot],
    seats: list[Seat],
    bound: dict[int, SlotForm],
    topics: Counter[int],
) -> list[SlotRow]:
    own = gathering.seat.country if gathering.seat else ""
    countries = {seat.country for seat in seats}
    return [
        SlotRow(
            slot,
            name,
            bound.get(slot.pk) or SlotForm.of(slot, gathering),
            others=[
                (start, _clock_in(start.countries[0], slot.ends_at))
                for start in elsewhere(slot.starts_at, own, countries)
            ],
            topics=topics[slot.pk],
        )
        for slot, (_pk, name) in zip(slots, slot_choices(slots), strict=True)
    ]


def _clock_in(country: str, at: datetime) -> str:
    return date_format(at.astimezone(ZoneInfo(zone_of_country(country))), "TIME_FORMAT")


def _standing(gathering: Gathering) -> tuple[Counter[int], Counter[int]]:
    """How many topics stand in each space and in each slot, in rounds that are not over. One query."""
    places = Placement.objects.filter(topic__gathering=gathering, slot__ended_at=None)
    pairs = list(places.values_list("space", "slot"))
    return Counter(space for space, _slot in pairs), Counter(slot for _space, slot in pairs)


def slot_choices(slots: list[Slot]) -> list[tuple[int, str]]:
    """(id, name): rounds without a name are known by their number."""
    cards = [slot_card(slot) for slot in slots]
    return [(card.id, slot_name(cards, card)) for card in cards]


def slots_to_come(slots: list[Slot]) -> list[tuple[int, str]]:
    """(id, name) of those that have not started."""
    begun = {slot.pk for slot in slots if slot.started_at}
    return [(pk, name) for pk, name in slot_choices(slots) if pk not in begun]


def spaces_of(gathering: Gathering) -> list[Space]:
    return list(gathering.spaces.filter(removed_at=None).select_related("room").order_by("position", "pk"))


def slots_of(gathering: Gathering) -> list[Slot]:
    return list(gathering.slots.order_by("starts_at", "pk"))
