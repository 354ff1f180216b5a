"""Whether what is brought has a place: room in the plan, not too deep, not under what holds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from challenges.plans.actions.evidence import EVIDENCE_LIMIT, checked_address
from challenges.plans.actions.tree import DEPTH_LIMIT, ITEMS_LIMIT, LEAVES
from challenges.plans.exchange.document import ItemData
from challenges.plans.models import Plan
from synergy.live.refusals import Refused

Place = tuple[str, int]
"""The kind of something and the level where it stands, from 1; an empty kind and 0 for the plan itself."""
TOP: Place = ("", 0)


@dataclass(frozen=True)
class Ground:
    """What stands in the plan before. `places` by number; `addresses` of links; `proofs` are files and links."""

    items: int = 0
    places: Mapping[str, Place] = field(default_factory=dict)
    proofs: int = 0
    addresses: frozenset[str] = frozenset()


def ground_of(plan: Plan | None) -> Ground:
    """Two queries; none for a plan that is not made yet."""
    if plan is None:
        return Ground()
    rows = {row.pk: row for row in plan.items.order_by("-pk")}

    def level(pk: int | None) -> int:
        return 1 + level(rows[pk].parent_id) if pk is not None else 0

    standing = [row for row in rows.values() if row.number and row.removed_at is None]
    links = list(plan.evidence.values_list("url", flat=True))
    places = {row.number: (row.kind, level(row.pk)) for row in standing}
    return Ground(len(rows), places, len(links), frozenset(filter(None, links)))


def misplaced(items: Sequence[ItemData], ground: Ground) -> dict[str, str]:
    """{key: why it has no place}. Items have their parents before them.

    What stands under one that has no place is looked at as if it stood where that one would have.
    """
    places: dict[str, Place] = dict(ground.places)
    own: dict[str, Place] = {}
    room = ITEMS_LIMIT - ground.items
    found = {}
    for item in items:
        above = own.get(item.parent or "") or places.get(item.parent or "", TOP)
        why = _why_not(above, room)
        if why:
            found[item.key], own[item.key] = why, above
        else:
            own[item.key] = (item.kind, above[1] + 1)
            room -= 1
    return found


def too_deep() -> str:
    return _("It would stand too deep: %(limit)d levels are possible.") % {"limit": DEPTH_LIMIT}


def crowded(links: Iterable[tuple[str, Sequence[str]]], ground: Ground) -> dict[str, str]:
    """{key: why}, of pairs of a key and its addresses: those for whose links the plan has no room."""
    known, room = set(ground.addresses), EVIDENCE_LIMIT - ground.proofs
    found = {}
    for key, addresses in links:
        new = set(addresses) - known
        if len(new) > room:
            found[key] = _("There is room for %(limit)d files and links.") % {"limit": EVIDENCE_LIMIT}
        else:
            known |= new
            room -= len(new)
    return found


def is_address(word: str) -> bool:
    """Whether it may be evidence as a link."""
    try:
        return checked_address(word) == word
    except Refused:
        return False


def _why_not(above: Place, room: int) -> str:
    kind, level = above
    if kind in LEAVES:
        return _("Nothing can stand under an indicator, a risk or an assumption.")
    if level >= DEPTH_LIMIT:
        return too_deep()
    if room <= 0:
        return _("There is room for %(limit)d items.") % {"limit": ITEMS_LIMIT}
    return ""
