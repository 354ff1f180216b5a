"""The page on which a gathering is prepared: its spaces and slots as rows, each with its form."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sessions.openspace.board import slot_name
from sessions.openspace.cards import slot_card
from sessions.openspace.checklist import checklist
from sessions.openspace.forms import ShiftForm, SlotForm, SpaceForm, WordsForm
from sessions.openspace.models import Gathering, Slot, Space
from sessions.today import ZoneTime, elsewhere
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import active_seats


@dataclass(frozen=True)
class SpaceRow:
    space: Space
    form: SpaceForm
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class SlotRow:
    slot: Slot
    name: str
    form: SlotForm
    others: list[tuple[ZoneTime, ZoneTime]]
    """Start and end on the clocks of the other countries."""


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
    checks = checklist(gathering, spaces, slots, seats)
    page = {
        "gathering": gathering,
        "training_session": gathering.training_session,
        "words_form": words_form or WordsForm(gathering=gathering),
        "spaces": _space_rows(spaces, space_forms or {}),
        "new_space": new_space or SpaceForm(auto_id="new_space_%s"),
        "slots": _slot_rows(gathering, slots, seats, slot_forms or {}),
        "new_slot": new_slot or SlotForm.after(slots, gathering),
        "shift_form": shift_form or ShiftForm(slots=slots_to_come(slots), auto_id="shift_%s"),
        "checks": checks,
        "open_checks": sum(not check.is_met for check in checks),
    }
    return render(request, "openspace/prepare.html", page, status=422 if bound else 200)


def _space_rows(spaces: list[Space], bound: dict[int, SpaceForm]) -> list[SpaceRow]:
    return [
        SpaceRow(space, bound.get(space.pk) or SpaceForm.of(space), space == spaces[0], space == spaces[-1])
        for space in spaces
    ]


def _slot_rows(
    gathering: Gathering, slots: list[Slot], seats: list[Seat], bound: dict[int, SlotForm]
) -> list[SlotRow]:
    own = gathering.seat.country if gathering.seat else ""
    countries = {seat.country for seat in seats}
    return [
        SlotRow(
            slot,
            name,
            bound.get(slot.pk) or SlotForm.of(slot, gathering),
            list(
                zip(
                    elsewhere(slot.starts_at, own, countries),
                    elsewhere(slot.ends_at, own, countries),
                    strict=True,
                )
            ),
        )
        for slot, (_pk, name) in zip(slots, slot_choices(slots), strict=True)
    ]


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
