"""The form of a plan: field by field with a button, and on every change with the bundle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.actions import missing_in
from challenges.plans.events import ItemCard
from challenges.plans.models import Kind, PlanState
from challenges.plans.queries import plan_stream
from challenges.plans.views.fields import (
    PLAN_FIELDS,
    ShownField,
    command_value,
    fields_of_kind,
    item_fields,
    item_locked,
    may_assign,
    plan_fields,
    team_of,
)
from challenges.plans.views.forms import FORMS
from challenges.plans.views.plan import head_of, questions_of
from challenges.plans.views.reading import plan_or_404, read_plan
from challenges.plans.views.remarks import remarks_on
from challenges.plans.views.rows import ItemRow, item_row, title_of
from challenges.plans.views.sight import Sight
from challenges.plans.views.turns import next_words
from challenges.plans.words import KIND_NAMES
from rooms.events import PersonCard
from rooms.views import json_for_script
from synergy.live.field_forms import digest, tried, whole_number
from synergy.live.refusals import STATUS, Refused
from synergy.live.refused_forms import RefusedForm, refused_fields, refused_form
from synergy.people.models import Person
from synergy.people.views import person_of

Refusals = dict[str, Refused]
IN_PARTS = ("contributors", "trajectory")
"""Fields that the form has as several boxes."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`?item=` opens the fields of one item, for who has no scripts."""
    plan_or_404(request, pk)
    person = person_of(request)
    head, sight = read_plan(person, pk)
    if request.method != "POST":
        if not sight.may("plan.change"):
            messages.info(request, _why_not(sight))
            return redirect("plans:plan", pk)
        return _render(request, head, sight, {})
    doing = _DOINGS.get(request.POST.get("do", "save"))
    if doing is None:
        raise Http404
    refused = doing(person, sight, request.POST)
    if refused:
        return _render(request, *read_plan(person, pk), refused)
    name = request.POST.get("do", "save")
    messages.success(request, str(FORMS[name].done))
    if name == "propose":
        return redirect("plans:plan", pk)
    return redirect(reverse("plans:edit", args=[pk]) + _after(request.POST))


def move_of(sight: Sight, item: ItemCard, way: str) -> dict[str, Any] | None:
    """What `item.move` needs to go one place up or down, in under the one above, or out beside its parent.

    None when there is no such place.
    """
    siblings = list(sight.children(item.parent if item.parent in sight.items else None))
    at = next(place for place, each in enumerate(siblings) if each.id == item.id)
    parent = sight.items.get(item.parent or 0)
    if way == "up" and at > 0:
        return {"parent": item.parent, "position": at - 1}
    if way == "down" and at + 1 < len(siblings):
        return {"parent": item.parent, "position": at + 1}
    if way == "in" and at > 0 and siblings[at - 1].kind not in (Kind.INDICATOR, Kind.RISK, Kind.ASSUMPTION):
        above = siblings[at - 1]
        return {"parent": above.id, "position": len(sight.children(above.id))}
    if way == "out" and parent is not None:
        place = next(spot for spot, each in enumerate(sight.children(parent.parent)) if each.id == parent.id)
        return {"parent": parent.parent, "position": place + 1}
    return None


def _save(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    found = {name: _typed(form, name) for name in PLAN_FIELDS if name in form}
    stream = plan_stream(sight.card.id)
    refused: Refusals = {}
    for name, text in found.items():
        if form.get(f"{name}_was") != digest(text):
            base = whole_number(form.get(f"{name}_revision", "0"))
            data = {"field": name, "value": command_value(name, text), "base": base}
            refused |= tried(person, stream, "plan.change", data, name)
    return refused


def _save_item(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    item = _item_of(sight, _key(form))
    if item is None:
        return _gone()
    refused: Refusals = {}
    for name in fields_of_kind(item.kind):
        text = _typed(form, name)
        is_there = name in form or (name in IN_PARTS and f"{name}_was" in form)
        if not is_there or form.get(f"{name}_was") == digest(text):
            continue
        base = whole_number(form.get(f"{name}_revision", "0"))
        data = {"item": _key(form), "field": name, "value": command_value(name, text), "base": base}
        refused |= tried(person, plan_stream(sight.card.id), "item.change", data, name)
    return refused


def _add(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    data = {
        "kind": form.get("kind", ""),
        "title": form.get("title", ""),
        "parent": _key(form, "parent") or None,
    }
    return tried(person, plan_stream(sight.card.id), "item.add", data, "add")


def _move(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    item = sight.items.get(_key(form))
    if item is None:
        return _gone()
    place = move_of(sight, item, form.get("way", ""))
    if place is None:
        return {}
    return tried(person, plan_stream(sight.card.id), "item.move", {"item": item.id, **place}, "tree")


def _gone() -> Refusals:
    return {"tree": Refused("not_found", _("This does not stand in the plan any more."))}


def _remove(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    return tried(person, plan_stream(sight.card.id), "item.remove", {"item": _key(form)}, "tree")


def _restore(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    return tried(person, plan_stream(sight.card.id), "item.restore", {"item": _key(form)}, "tree")


def _propose(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    return tried(person, plan_stream(sight.card.id), "plan.propose", {}, "propose")


def _hand_over(person: Person, sight: Sight, form: QueryDict) -> Refusals:
    data = {"owner": _key(form, "person"), "to": _key(form, "to")}
    return tried(person, plan_stream(sight.card.id), "plan.hand_over", data, "hand_over")


_DOINGS: dict[str, Callable[[Person, Sight, QueryDict], Refusals]] = {
    "save": _save,
    "save_item": _save_item,
    "add": _add,
    "move": _move,
    "remove": _remove,
    "restore": _restore,
    "propose": _propose,
    "hand_over": _hand_over,
}


def _render(request: HttpRequest, head: int, sight: Sight, refused: Refusals) -> HttpResponse:
    person, form = person_of(request), request.POST
    plan = plan_or_404(request, sight.card.id)
    typed = {name: _typed(form, name) for name in (*form, *IN_PARTS)} if refused else {}
    is_items = form.get("do") == "save_item"
    item = sight.items.get(_key(form) or whole_number(request.GET.get("item", "")))
    if item is None and is_items:
        item = _item_of(sight, _key(form))
    page = {
        "head": head,
        **head_of(person, sight),
        "state_json": json_for_script(sight.card),
        "fields": plan_fields(sight, {} if is_items else typed, {} if is_items else refused),
        "opened": item,
        "item_fields": _fields_of(sight, item, typed if is_items else {}, refused if is_items else {}),
        "rows": _rows(sight, item),
        "removed": [
            (each, item_locked(sight, each, "title") != "")
            for each in sight.card.items
            if each.removed_at is not None
        ],
        "kinds": [(kind, kind.label, KIND_NAMES[kind][1]) for kind in Kind],
        "parents": [
            (each.id, title_of(each)) for each in sight.of_kind("objective", "milestone", "deliverable")
        ],
        "missing": list(missing_in(plan).values()),
        "remarks": remarks_on(sight),
        "may_propose": sight.may("plan.propose"),
        "waits": next_words(sight),
        "questions": questions_of(sight),
        "owners": [each for each in _owners(sight) if may_assign(sight) or each.id == person.pk],
        "team": team_of(sight),
        "may_hand_over": sight.may("plan.hand_over"),
        "turned": _turned(form.get("do", "save"), refused),
        "typed": typed,
    }
    status = STATUS[next(iter(refused.values())).code] if refused else 200
    return render(request, "challenges/plans/edit.html", page, status=status)


def _why_not(sight: Sight) -> str:
    """One came to write, and may only read."""
    if not sight.card.rights.member:
        return _("You read this plan. Participants of its institution write it.")
    if sight.card.state == PlanState.PROPOSED:
        return _("The plan waits for approval. Take it back to a draft to change it.")
    return _("The plan is done or stopped, so it stays as it is.")


def _turned(name: str, refused: Refusals) -> RefusedForm | None:
    """`_save` and `_save_item` name their fields, the others their form."""
    title = FORMS[name].title if refused else ""
    for form, refusal in refused.items():
        if form in ("tree", "propose", "add", "hand_over"):
            return refused_form(refusal, form, title, FORMS[name].fields)
    return refused_fields(refused, "i" if name == "save_item" else "p", title)


def _item_of(sight: Sight, key: int) -> ItemCard | None:
    """Also one that was taken out."""
    return next((each for each in sight.card.items if each.id == key), None)


def _rows(sight: Sight, opened: ItemCard | None) -> list[tuple[ItemRow, dict[str, bool]]]:
    """With the ways that each may go. What somebody took out while its fields were written stands first."""
    rows = [(item_row(sight, each, depth), _ways(sight, each)) for each, depth in sight.tree]
    if opened is None or opened.removed_at is None:
        return rows
    return [(item_row(sight, opened), {}), *rows]


def _fields_of(
    sight: Sight, item: ItemCard | None, typed: dict[str, Any], refused: Refusals
) -> list[ShownField]:
    return item_fields(sight, item, typed, refused) if item else []


def _owners(sight: Sight) -> list[PersonCard]:
    """Who owns the plan or something in it, with those who have left. One may always hand over what is one's own."""
    keys = dict.fromkeys([sight.card.owner, *(item.owner for item in sight.items.values())])
    return [person for key in keys if (person := sight.person(key))]


def _ways(sight: Sight, item: ItemCard) -> dict[str, bool]:
    return {way: move_of(sight, item, way) is not None for way in ("up", "down", "in", "out")}


def _typed(form: QueryDict, name: str) -> str:
    """With the line ends that the server keeps."""
    if name == "contributors":
        return ",".join(str(key) for key in sorted(map(whole_number, form.getlist(name))) if key)
    if name == "trajectory":
        points = zip(form.getlist("trajectory_on"), form.getlist("trajectory_value"), strict=False)
        return "\n".join(f"{on}\t{number}" for on, number in points if on.strip() or number.strip())
    return form.get(name, "").replace("\r\n", "\n")


def _key(form: QueryDict, name: str = "item") -> int:
    return whole_number(form.get(name, ""))


def _after(form: QueryDict) -> str:
    """Where one goes on: at the item that was moved or saved."""
    return f"#item-{_key(form)}" if _key(form) else ""
