"""What stands in a plan and where: added, moved, taken out and put back. Numbers are kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.plans.actions.agreed import agreed_items
from challenges.plans.actions.held import hold, invalid, item_of, require_work, tell
from challenges.plans.actions.proof import keeping_proof
from challenges.plans.actions.setting import checked_value, put_moment
from challenges.plans.actions.under import present_under, subtree
from challenges.plans.actions.values import a_line
from challenges.plans.cards import item_card
from challenges.plans.events import ItemsAdded, ItemsPlaced, ItemsRemoved, MomentCard, Place
from challenges.plans.models import Item, Kind, Plan
from rooms.text import is_blank
from synergy.live.refusals import Refused
from synergy.people.models import Person

ITEMS_LIMIT = 1_000
DEPTH_LIMIT = 6
LEAVES = (Kind.INDICATOR, Kind.RISK, Kind.ASSUMPTION)
"""Nothing stands under them."""
_LAST_NUMBER = re.compile(r"(\d+)\D*$")


def add_item(
    *,
    person: Person,
    plan: Plan,
    kind: str,
    title: str,
    now: datetime,
    parent: int | None = None,
    number: str = "",
    due: str = "",
) -> Item:
    """Last under `parent`; without a number it gets the next one. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        rows = list(plan.items.order_by("position", "pk"))
        if len(rows) >= ITEMS_LIMIT:
            raise Refused("conflict", _("There is room for %(limit)d items.") % {"limit": ITEMS_LIMIT})
        above = item_of(plan, parent) if parent is not None else None
        _require_place(rows, above)
        item = Item(plan=plan, kind=kind, parent=above, created_by=person, created_at=now)
        item.title = a_line(title, 500, "title")
        if is_blank(item.title):
            raise invalid("title", _("Give it a title."))
        item.number = _number(rows, above, a_line(number, 20, "number"))
        item.position = 1 + max((row.position for row in rows if row.parent_id == parent), default=-1)
        moment = checked_value(plan, item, "due", due)
        assert moment is None or isinstance(moment, MomentCard)
        put_moment(item, "due", moment)
        item.save()
        tell(plan, ItemsAdded(items=[item_card(item, [])]), person, now)
    return item


def move_item(
    *, person: Person, plan: Plan, item: int, parent: int | None, position: int, now: datetime
) -> None:
    """Under `parent`, as the child number `position`, from 0. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        row = item_of(plan, item)
        above = item_of(plan, parent) if parent is not None else None
        rows = list(plan.items.order_by("position", "pk"))
        if parent != row.parent_id and item in agreed_items(plan):
            raise Refused("conflict", _("This was agreed with the plan, so it stays where it is."))
        under = subtree(rows, item)
        if parent in under:
            raise invalid("parent", _("It cannot stand under itself."))
        _require_place(rows, above, height=_height(rows, item))
        siblings = [
            each for each in rows if each.parent_id == parent and each.pk != item and not each.removed_at
        ]
        row = next(each for each in rows if each.pk == item)
        siblings.insert(position, row)
        with keeping_proof(plan):
            places = _places(siblings, parent, row)
        if places:
            tell(plan, ItemsPlaced(places=places), person, now)


def remove_item(*, person: Person, plan: Plan, item: int, now: datetime) -> None:
    """Out of the plan, with what stands under it. Raises Refused; what was agreed needs a request."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        row = plan.items.filter(pk=item).first()
        if row is not None and row.removed_at is not None:
            return
        item_of(plan, item)
        gone = present_under(plan, item)
        if agreed_items(plan) & set(gone):
            raise Refused(
                "conflict",
                _("This was agreed with the plan. Ask for a change and say why."),
                present={"agreed": True},
            )
        take_out(person, plan, gone, now)


def restore_item(*, person: Person, plan: Plan, item: int, now: datetime) -> None:
    """Puts it back, with what was taken out together with it. Raises Refused; the school agreed to what was agreed."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_work(person, plan)
        rows = list(plan.items.order_by("position", "pk"))
        row = next((each for each in rows if each.pk == item), None)
        if row is None:
            raise Refused("not_found", _("There is no such item in this plan."))
        if row.removed_at is None:
            return
        above = next((each for each in rows if each.pk == row.parent_id), None)
        if above is not None and above.removed_at is not None:
            raise Refused("conflict", _("Put back first what it stands under."))
        under = subtree(rows, item)
        back = sorted(each.pk for each in rows if each.pk in under and each.removed_at == row.removed_at)
        if agreed_items(plan) & set(back):
            raise Refused(
                "conflict",
                _("The school agreed that this is taken out. If it is needed after all, add it anew."),
                present={"agreed": True},
            )
        plan.items.filter(pk__in=back).update(removed_at=None)  # one that nothing proves is flagged
        tell(plan, ItemsRemoved(items=back, removed_at=None), person, now)


def take_out(person: Person, plan: Plan, items: Collection[int], now: datetime) -> None:
    """The plan is held. Raises Refused: what stays and is complete keeps what proves it."""
    with keeping_proof(plan):
        plan.items.filter(pk__in=items).update(removed_at=now)
    tell(plan, ItemsRemoved(items=sorted(items), removed_at=now), person, now)


def next_number(taken: Collection[str], siblings: Iterable[str], prefix: str) -> str:
    """After the highest of the siblings' numbers, and none that was ever used: "1.3" after "1.2"."""
    highest = 0
    for number in siblings:
        found = _LAST_NUMBER.search(number)
        highest = max(highest, int(found[1][-6:])) if found else highest
    while (number := f"{prefix}{highest + 1}") in taken:
        highest += 1
    return number


def _number(rows: list[Item], above: Item | None, wished: str) -> str:
    taken = {row.number for row in rows}
    if wished and wished in taken:
        raise invalid(
            "number", _("Something else in the plan has the number %(number)s.") % {"number": wished}
        )
    siblings = [row.number for row in rows if row.parent_id == (above.pk if above else None)]
    prefix = f"{above.number}." if above and above.number else ""
    return wished or next_number(taken, siblings, prefix)[:20]


def _require_place(rows: list[Item], above: Item | None, height: int = 1) -> None:
    if above is None:
        return
    if above.kind in LEAVES:
        raise invalid("parent", _("Nothing can stand under an indicator, a risk or an assumption."))
    by_id = {row.pk: row for row in rows}
    depth, parent = height + 1, above.parent_id
    while parent is not None:
        depth, parent = depth + 1, by_id[parent].parent_id
    if depth > DEPTH_LIMIT:
        raise invalid(
            "parent", _("It would stand too deep: %(limit)d levels are possible.") % {"limit": DEPTH_LIMIT}
        )


def _height(rows: list[Item], item: int) -> int:
    """Levels from the item down, at least 1."""
    below = [row.pk for row in rows if row.parent_id == item]
    return 1 + max((_height(rows, pk) for pk in below), default=0)


def _places(siblings: list[Item], parent: int | None, moved: Item) -> list[Place]:
    """Numbers them anew from 0 and gives those that changed."""
    places = []
    for position, row in enumerate(siblings):
        if row.position == position and row.parent_id == parent:
            continue
        row.position, row.parent_id = position, parent
        row.save(update_fields=["position", "parent"])
        places.append(Place(item=row.pk, parent=parent, position=position))
    return places
