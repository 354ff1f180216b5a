"""Plans and their items, as the search finds them: for those who may read the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.plans.events import ItemChanged, ItemsAdded, ItemsErased, ItemsRemoved, PlanChanged, PlanMoved
from challenges.plans.models import Item, Plan
from challenges.plans.queries.plans import visible_plans
from synergy.cohorts.queries import seats_of
from synergy.journal.facts import Entry
from synergy.people.models import Institution, Person
from synergy.search.index import refresh
from synergy.search.kinds import Changes, Draft, Kind, Shown


class _Numbered(msgspec.Struct):
    id: int


class _Added(msgspec.Struct):
    items: list[_Numbered]


class _Removed(msgspec.Struct):
    items: list[int]


class _Changed(msgspec.Struct):
    item: int


def note_plan_facts(entries: Sequence[Entry]) -> Changes:
    changes = Changes()
    for entry in entries:
        if entry.name in (PlanChanged.name, PlanMoved.name):
            changes.touched.append(("plan", entry.stream.key))
        changes.touched += [("item", item) for item in _items_in(entry)]
    return changes


def _items_in(entry: Entry) -> list[int]:
    """The items whose words came, changed or went."""
    if entry.name == ItemsAdded.name:
        return [item.id for item in msgspec.json.decode(entry.body, type=_Added).items]
    if entry.name in (ItemsRemoved.name, ItemsErased.name):
        return msgspec.json.decode(entry.body, type=_Removed).items
    if entry.name == ItemChanged.name:
        return [msgspec.json.decode(entry.body, type=_Changed).item]
    return []


def note_institution(instance: Institution, **_signal: Any) -> None:
    """Plans are found by the name of their institution."""
    refresh("plan", list(instance.plans.values_list("pk", flat=True)))


def _plan_drafts(ids: Collection[int]) -> Iterable[Draft]:
    for plan in Plan.objects.filter(pk__in=ids).select_related("institution"):
        text = "\n\n".join(filter(None, [plan.summary, plan.institution.name]))
        yield Draft(plan.pk, plan.title, text, plan.language, plan.changed_at)


def _item_drafts(ids: Collection[int]) -> Iterable[Draft]:
    items = Item.objects.filter(pk__in=ids, removed_at__isnull=True).select_related("plan")
    for item in items:
        text = "\n\n".join(filter(None, [item.description, item.owner_wording, item.contributors_wording]))
        yield Draft(item.pk, str(item), text, item.plan.language, item.created_at)


def _plans_visible(person: Person, ids: Collection[int]) -> Collection[int]:
    plans = visible_plans(person, list(seats_of(person)))
    return set(plans.filter(pk__in=ids).values_list("pk", flat=True))


def _items_visible(person: Person, ids: Collection[int]) -> Collection[int]:
    plans = visible_plans(person, list(seats_of(person))).values("pk")
    items = Item.objects.filter(pk__in=ids, removed_at__isnull=True, plan__in=plans)
    return set(items.values_list("pk", flat=True))


def _plans_shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    plans = Plan.objects.filter(pk__in=ids).select_related("institution")
    return {
        plan.pk: Shown(
            reverse("plans:plan", args=[plan.pk]),
            f"{plan.institution.name} · {plan.get_state_display()}",
            "" if plan.title else str(plan),
        )
        for plan in plans
    }


def _items_shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    items = Item.objects.filter(pk__in=ids).select_related("plan")
    return {
        item.pk: Shown(
            reverse("plans:item", args=[item.plan_id, item.pk]),
            f"{item.get_kind_display()} · {item.plan}",
            "" if str(item) else item.get_kind_display(),
        )
        for item in items
    }


PLANS = Kind(
    name="plan",
    label=_("Plans"),
    icon="clipboard-check",
    keys=lambda: Plan.objects.order_by("pk").values_list("pk", flat=True),
    drafts=_plan_drafts,
    visible=_plans_visible,
    shown=_plans_shown,
)
ITEMS = Kind(
    name="item",
    label=_("Items of plans"),
    icon="list-checks",
    keys=lambda: Item.objects.order_by("pk").values_list("pk", flat=True),
    drafts=_item_drafts,
    visible=_items_visible,
    shown=_items_shown,
)
