"""A document as the word of one person. See the Note [Whose word it is] in `restoring`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from django.utils.translation import gettext as _

from challenges.plans.events import OddityCard
from challenges.plans.exchange.document import ItemData, PlanDocument
from challenges.plans.models import Progress
from challenges.plans.words import UNPROVEN
from rooms.text import clean_line


def in_own_words(document: PlanDocument, *, may_assign: bool) -> PlanDocument:
    """Without what excuses from rules: that a row is taken from a tracker as it is, or proven by what is not here.

    Who may not say who is accountable for the plan is it, and says who is responsible for its items.
    """
    items = [_unsourced(item) for item in document.items]
    proven = {key for each in document.evidence if each.url for key in each.items}
    owner = document.plan.owner if may_assign else None
    return msgspec.structs.replace(
        document,
        plan=msgspec.structs.replace(document.plan, owner=owner),
        items=flagged(items, proven),
    )


def flagged(items: Sequence[ItemData], proven: Collection[str]) -> list[ItemData]:
    """Those that say they are complete get a flag where nothing proves them, nor what stands under them.

    `proven`: the keys of those that have evidence. What was taken out proves nothing above it.
    """
    known = _proven_too(items, proven)
    return [_with_flag(item, is_proven=item.key in known) for item in items]


def without_old_flags(items: Sequence[ItemData], proven: Collection[str]) -> list[ItemData]:
    """What was imported with a flag and is proven since, or no longer complete, has none; see `flagged`."""
    known = _proven_too(items, proven)
    return [
        _with_flag(item, is_proven=True) if item.key in known or item.progress != Progress.COMPLETE else item
        for item in items
    ]


def _proven_too(items: Sequence[ItemData], proven: Collection[str]) -> set[str]:
    """With what stands above what is proven."""
    by_key = {item.key: item for item in items}
    known: set[str] = set()
    for key in proven:
        item = by_key.get(key)
        while item is not None and item.key not in known:
            known.add(item.key)
            item = by_key.get(item.parent or "") if item.removed_at is None else None
    return known


def unowned(item: ItemData, names: Mapping[str, str]) -> ItemData:
    """Its owner is a name in words."""
    wording = _joined(item.owner_wording, [names.get(item.owner or "", "")], 500)
    return msgspec.structs.replace(item, owner=None, owner_wording=wording)


def with_team(item: ItemData, team: Collection[str], names: Mapping[str, str]) -> ItemData:
    """Owner and contributors who are not of the team, by their keys, are names in words."""
    if item.owner is not None and item.owner not in team:
        item = unowned(item, names)
    others = [names.get(key, "") for key in item.contributors if key not in team]
    return msgspec.structs.replace(
        item,
        contributors=[key for key in item.contributors if key in team],
        contributors_wording=_joined(item.contributors_wording, others, 1000),
    )


def _joined(wording: str, names: Iterable[str], limit: int) -> str:
    new = [name for name in names if name and name not in wording]
    return clean_line("; ".join(filter(None, [wording, *new])), limit) if new else wording


def _unsourced(item: ItemData) -> ItemData:
    extra = {**item.extra, _("Source"): item.source} if item.source else item.extra
    return msgspec.structs.replace(item, source="", extra=extra)


def _with_flag(item: ItemData, *, is_proven: bool) -> ItemData:
    oddities = [odd for odd in item.oddities if odd.code != UNPROVEN]
    if item.progress == Progress.COMPLETE and not is_proven:
        oddities.append(OddityCard(code=UNPROVEN, values={}))
    return msgspec.structs.replace(item, oddities=oddities)
