"""What stands under an item of the tree."""

from __future__ import annotations

from collections.abc import Iterable

from challenges.plans.models import Item, Plan


def present_under(plan: Plan, item: int) -> list[int]:
    """Ids of the item and of what stands under it now. One query."""
    rows = list(plan.items.filter(removed_at__isnull=True))
    return sorted(subtree(rows, item))


def subtree(rows: Iterable[Item], item: int) -> set[int]:
    """Ids of the item and of all under it."""
    children: dict[int | None, list[int]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row.pk)
    found, waiting = set(), [item]
    while waiting:
        key = waiting.pop()
        found.add(key)
        waiting.extend(children.get(key, []))
    return found
