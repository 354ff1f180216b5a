"""Puts items from outside into a plan: rows, links between them, and the facts of the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import msgspec
from django.db.models import Count

from challenges.plans.actions.evidence import checked_address
from challenges.plans.cards import evidence_card, item_card
from challenges.plans.events import EvidenceSet, ItemCard, ItemsAdded, MomentCard
from challenges.plans.exchange.document import ItemData
from challenges.plans.exchange.places import crowded, ground_of, misplaced
from challenges.plans.links import check_all_later
from challenges.plans.models import Evidence, Item, Plan, Progress
from challenges.plans.queries import plan_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

FACT_BYTES = 64 * 1024
"""About so much of items stands in one fact, so that no frame of a replay is too large."""
BATCH = 200

People = Mapping[str, int]
"""{key in the document: id of the person}"""


def add_items(
    *,
    plan: Plan,
    items: Sequence[ItemData],
    people: People,
    person: Person,
    now: datetime,
    there: Mapping[str, Item] | None = None,
) -> dict[str, Item]:
    """Rows of the items, parents first, last among what stands there. The plan is held by the caller.

    A parent that is not among them is looked for in `there`, {number: item of the plan}.

    Each level of the tree is inserted at once: never more queries for more items of a level. Raises Refused
    (`invalid`) when something has no place.
    """
    for why in misplaced(items, ground_of(plan)).values():
        raise Refused("invalid", why)
    counted = plan.items.values_list("parent").annotate(count=Count("pk")).order_by()
    positions: dict[int | None, int] = dict(counted)
    made: dict[str, Item] = {}
    for level in _levels(items):
        rows = []
        for data in level:
            parent = (made.get(data.parent) or (there or {}).get(data.parent)) if data.parent else None
            place = positions.get(parent.pk if parent else None, 0)
            positions[parent.pk if parent else None] = place + 1
            rows.append(_row(plan, data, parent, place, people, person, now))
        for data, row in zip(level, Item.objects.bulk_create(rows, batch_size=BATCH), strict=True):
            made[data.key] = row
    helpers = [(made[data.key], people[key]) for data in items for key in data.contributors if key in people]
    through = Item.contributors.through
    through.objects.bulk_create(
        [through(item_id=row.pk, person_id=pk) for row, pk in helpers], batch_size=BATCH
    )
    return made


def tell_items(*, plan: Plan, items: Sequence[Item], person: Person, now: datetime) -> None:
    """Appends `ItemsAdded`, in parts."""
    rows = Item.objects.filter(plan=plan, pk__in=[item.pk for item in items]).prefetch_related("contributors")
    cards = {row.pk: item_card(row) for row in rows}
    stream = plan_stream(plan.pk)
    for part in _parts([cards[item.pk] for item in items]):
        log.append(stream, ItemsAdded(items=part), by=person.pk, at=now)


def link_evidence(
    *, plan: Plan, links: Mapping[str, Sequence[Item]], person: Person, now: datetime
) -> list[Evidence]:
    """One `Evidence` for each address, with all items that name it; gives those that are new.

    Raises Refused (`invalid`).
    """
    for why in crowded([("", list(links))], ground_of(plan)).values():
        raise Refused("invalid", why)
    known = {row.url: row for row in plan.evidence.exclude(url="")}
    new = [
        Evidence(plan=plan, title=url[:300], url=checked_address(url), by=person, at=now)
        for url in links
        if url not in known
    ]
    for row in Evidence.objects.bulk_create(new, batch_size=BATCH):
        known[row.url] = row
    check_all_later(new)
    through = Evidence.items.through
    through.objects.bulk_create(
        [
            through(evidence_id=known[url].pk, item_id=item.pk)
            for url, items in links.items()
            for item in items
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    told = Evidence.objects.filter(plan=plan, url__in=list(links)).prefetch_related("items").order_by("pk")
    for row in told:
        log.append(plan_stream(plan.pk), EvidenceSet(evidence=evidence_card(row)), by=person.pk, at=now)
    return new


def _row(
    plan: Plan, data: ItemData, parent: Item | None, place: int, people: People, person: Person, now: datetime
) -> Item:
    is_reported = data.progress != Progress.NOT_STARTED or bool(data.progress_at)
    return Item(
        plan=plan,
        kind=data.kind,
        parent=parent,
        number=data.number,
        position=place,
        title=data.title,
        description=data.description,
        owner_id=people.get(data.owner or ""),
        owner_wording=data.owner_wording,
        contributors_wording=data.contributors_wording,
        **_moment("start", data.start),
        **_moment("due", data.due),
        progress=data.progress,
        confidence=data.confidence,
        confidence_why=data.confidence_why,
        progress_by_id=people.get(data.progress_by or "", person.pk) if is_reported else None,
        progress_at=(data.progress_at or now) if is_reported else None,
        unit=data.unit,
        direction=data.direction,
        baseline=_number(data.baseline),
        baseline_on=data.baseline_on,
        target=_number(data.target),
        lowest=_number(data.lowest),
        highest=_number(data.highest),
        trajectory=msgspec.to_builtins(data.trajectory),
        data_source=data.data_source,
        oddities=msgspec.to_builtins(data.oddities),
        extra=data.extra,
        source=data.source,
        removed_at=data.removed_at,
        created_by=person,
        created_at=now,
    )


def _moment(which: Literal["start", "due"], moment: MomentCard | None) -> dict[str, Any]:
    if moment is None:
        return {}
    return {
        f"{which}_wording": moment.wording,
        f"{which}_since": moment.since,
        f"{which}_until": moment.until,
        f"{which}_precision": moment.precision,
    }


def finite(text: str) -> Decimal:
    """Raises InvalidOperation for what is no number, infinity among it."""
    value = Decimal(text)
    if not value.is_finite():
        raise InvalidOperation
    return value


def _number(text: str | None) -> Decimal | None:
    return finite(text) if text is not None else None


def _levels(items: Sequence[ItemData]) -> Iterator[list[ItemData]]:
    """First those without a parent, then their children, and so on."""
    depth: dict[str, int] = {}
    levels: list[list[ItemData]] = []
    for data in items:
        at = depth[data.parent] + 1 if data.parent in depth else 0
        depth[data.key] = at
        if at == len(levels):
            levels.append([])
        levels[at].append(data)
    yield from levels


def _parts(cards: Sequence[ItemCard]) -> Iterator[list[ItemCard]]:
    part: list[ItemCard] = []
    size = 0
    for card in cards:
        size += len(msgspec.json.encode(card))
        if part and size > FACT_BYTES:
            yield part
            part, size = [], len(msgspec.json.encode(card))
        part.append(card)
    if part:
        yield part
