"""Preparing a gathering: its words, spaces and times. For facilitators and organisers; works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions.models import TrainingSession
from sessions.openspace.actions import preparing
from sessions.openspace.forms import NewGatheringForm, ShiftForm, SlotForm, SpaceForm, WordsForm
from sessions.openspace.found import facilitated_or_404
from sessions.openspace.models import Gathering, Slot, Space
from sessions.openspace.prepare_page import prepare_page, slots_of, slots_to_come, spaces_of
from sessions.openspace.queries import gatherings_of
from sessions.queries import session_for
from sessions.rules import can_plan
from sessions.today import place_in_programme
from synergy.live.refusals import Refused
from synergy.people.views import person_of

_FIELDS = {"starts_at": "start", "ends_at": "end", "theme": "theme_en", "givens": "givens_en"}
"""What an action says of its fields, in the fields of the forms."""


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The gatherings of a training session, and the form for one more."""
    session = _session(request, pk)
    present = list(gatherings_of(session))
    form = NewGatheringForm(
        request.POST or None,
        training_session=session,
        plans=preparing.plan_choices(),
        taken={gathering.on for gathering in present},
        today=timezone.localdate(),
    )
    if request.method == "POST":
        made: list[Gathering] = []

        def create(**values: Any) -> None:
            made.append(
                preparing.create_gathering(
                    person=person_of(request), training_session=session, now=timezone.now(), **values
                )
            )

        if _done(form, create):
            return redirect("openspace:prepare", made[0].pk)
    page = {
        "where": place_in_programme(session),
        "training_session": session,
        "gatherings": present,
        "form": form,
    }
    return render(request, "openspace/new.html", page, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_GET
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    return prepare_page(request, facilitated_or_404(request, pk))


@login_required
@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    gathering = facilitated_or_404(request, pk)
    form = WordsForm(request.POST, gathering=gathering)
    if not _done(form, _as(request, preparing.change_gathering, gathering=gathering)):
        return prepare_page(request, gathering, words_form=form)
    messages.success(request, _("Saved."))
    return redirect("openspace:prepare", pk)


@login_required
@require_POST
def add_space(request: HttpRequest, pk: int) -> HttpResponse:
    gathering = facilitated_or_404(request, pk)
    form = SpaceForm(request.POST, auto_id="new_space_%s")
    if not _done(form, _as(request, preparing.add_space, gathering=gathering)):
        return prepare_page(request, gathering, new_space=form)
    return _back(pk, "spaces")


@login_required
@require_POST
def change_space(request: HttpRequest, pk: int, space: int) -> HttpResponse:
    gathering, found = _space(request, pk, space)
    form = SpaceForm.of(found, request.POST)
    if not _done(form, _as(request, preparing.change_space, gathering=gathering, space=found)):
        return prepare_page(request, gathering, space_forms={found.pk: form})
    return _back(pk, "spaces")


@login_required
@require_POST
def move_space(request: HttpRequest, pk: int, space: int) -> HttpResponse:
    """One place up or down in the order of the wall."""
    gathering, found = _space(request, pk, space)
    order = [each.pk for each in spaces_of(gathering)]
    at = order.index(found.pk)
    to = at - 1 if "up" in request.POST else at + 1
    order.insert(min(max(to, 0), len(order) - 1), order.pop(at))
    _try(request, _as(request, preparing.order_spaces, gathering=gathering, order=order))
    return _back(pk, "spaces")


@login_required
@require_POST
def remove_space(request: HttpRequest, pk: int, space: int) -> HttpResponse:
    gathering, found = _space(request, pk, space)
    _try(request, _as(request, preparing.remove_space, gathering=gathering, space=found))
    return _back(pk, "spaces")


@login_required
@require_POST
def add_slot(request: HttpRequest, pk: int) -> HttpResponse:
    gathering = facilitated_or_404(request, pk)
    form = SlotForm(request.POST, gathering=gathering, auto_id="new_slot_%s")
    if not _done(form, _as(request, preparing.add_slot, gathering=gathering)):
        return prepare_page(request, gathering, new_slot=form)
    return _back(pk, "slots")


@login_required
@require_POST
def change_slot(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    gathering, found = _slot(request, pk, slot)
    form = SlotForm.of(found, gathering, request.POST)
    if not _done(form, _as(request, preparing.change_slot, gathering=gathering, slot=found)):
        return prepare_page(request, gathering, slot_forms={found.pk: form})
    return _back(pk, "slots")


@login_required
@require_POST
def shift_slots(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves a slot and all that follow it by some minutes."""
    gathering = facilitated_or_404(request, pk)
    form = ShiftForm(request.POST, slots=slots_to_come(slots_of(gathering)), auto_id="shift_%s")

    def shift(slot: int, minutes: int) -> None:
        found = gathering.slots.get(pk=slot)
        _as(request, preparing.shift_slots, gathering=gathering)(slot=found, minutes=minutes)

    if not _done(form, shift):
        return prepare_page(request, gathering, shift_form=form)
    return _back(pk, "slots")


@login_required
@require_POST
def remove_slot(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    gathering, found = _slot(request, pk, slot)
    _try(request, _as(request, preparing.remove_slot, gathering=gathering, slot=found))
    return _back(pk, "slots")


def _as(request: HttpRequest, action: Callable[..., Any], **known: Any) -> Callable[..., None]:
    """The action by the person, now; it still wants what the form says."""

    def act(**values: Any) -> None:
        action(person=person_of(request), now=timezone.now(), **known, **values)

    return act


def _done(form: forms.Form, act: Callable[..., None]) -> bool:
    """Whether the form is right and the action took it; what is wrong is said in the form."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            act(**form.cleaned_data)
    except Refused as refusal:
        for name, detail in (refusal.fields or {"": refusal.detail}).items():
            field = _FIELDS.get(name, name)
            form.add_error(field if field in form.fields else None, detail)
        return False
    return True


def _try(request: HttpRequest, act: Callable[..., None]) -> None:
    """Does what has no form of its own; says why when it was turned down."""
    try:
        with transaction.atomic():
            act()
    except Refused as refusal:
        messages.error(request, refusal.detail)


def _back(pk: int, part: str) -> HttpResponse:
    return redirect(f"{reverse('openspace:prepare', args=[pk])}#{part}")


def _session(request: HttpRequest, pk: int) -> TrainingSession:
    found = session_for(person_of(request), pk)
    if found is None or not can_plan(found[1]):
        raise Http404
    return found[0]


def _space(request: HttpRequest, pk: int, space: int) -> tuple[Gathering, Space]:
    gathering = facilitated_or_404(request, pk)
    found = gathering.spaces.filter(removed_at=None, pk=space).select_related("room").first()
    if found is None:
        raise Http404
    return gathering, found


def _slot(request: HttpRequest, pk: int, slot: int) -> tuple[Gathering, Slot]:
    gathering = facilitated_or_404(request, pk)
    found = gathering.slots.filter(pk=slot).first()
    if found is None:
        raise Http404
    return gathering, found
