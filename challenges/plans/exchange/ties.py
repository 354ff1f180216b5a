"""Which row is part of which, and which rows can be imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec
from django.utils.translation import gettext as _

from challenges.plans.actions.tree import DEPTH_LIMIT
from challenges.plans.events import OddityCard
from challenges.plans.exchange.document import ItemData
from challenges.plans.exchange.headings import BY_NAME
from challenges.plans.exchange.own_words import flagged
from challenges.plans.exchange.places import Ground, crowded, misplaced, too_deep
from challenges.plans.words import UNPROVEN
from synergy.search.words import folded


@dataclass(frozen=True)
class Finding:
    """`cell` is its address, as in “F7”; `is_error` keeps the row from being imported."""

    row: int
    cell: str
    column: str
    text: str
    is_error: bool


@dataclass
class RowReading:
    """`links` are addresses of evidence."""

    row: int
    item: ItemData
    parent_wording: str = ""
    links: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_faulty(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def tie(readings: list[RowReading], *, has_parents: bool) -> None:
    """Gives each item its parent; says where there is none, or where rows go round in a circle."""
    by_key: dict[str, RowReading] = {}
    by_number: dict[str, RowReading] = {}
    for reading in readings:
        if reading.item.key in by_key:
            reading.item = msgspec.structs.replace(reading.item, key=f"row-{reading.row}")
        by_key[reading.item.key] = reading
        by_number.setdefault(reading.item.number, reading)
    _say_twice(readings)
    for reading in readings:
        wording = reading.parent_wording
        parent = by_key.get(wording) or by_number.get(wording) if wording else None
        if wording and parent is None:
            text = _("There is no row with the key or number “%(wording)s”.") % {"wording": wording}
            reading.findings.append(_about_parent(reading.row, text))
        if not wording and not has_parents:
            parent = by_number.get(_outer(reading.item.number))
        if parent is not None and parent is not reading:
            reading.item = msgspec.structs.replace(reading.item, parent=parent.item.key)
    _break_circles(readings, by_key)
    _say_alike(readings)


def say_unproven(readings: Sequence[RowReading], column: str) -> None:
    """What is complete and not proven gets its flag; `column`: the letters of that of the progress."""
    proven = {each.item.key for each in readings if each.links}
    flags = flagged([each.item for each in readings], proven)
    for reading, item in zip(readings, flags, strict=True):
        reading.item = item
        if any(odd.code == UNPROVEN for odd in item.oddities):
            text = _("It is complete, and nothing proves it yet. It is imported with a flag.")
            label = str(BY_NAME["progress"].label)
            reading.findings.append(
                Finding(reading.row, f"{column}{reading.row}", label, text, is_error=False)
            )


def _outer(number: str) -> str:
    """C01.2 → C01; a number without points has none."""
    return number.rstrip(".").rpartition(".")[0] or "\0"


def _say_twice(readings: Sequence[RowReading]) -> None:
    numbers = Counter(each.item.number for each in readings if each.item.number)
    for reading in readings:
        if numbers[reading.item.number] > 1:
            values = {"number": reading.item.number}
            text = _("The number %(number)s is there more than once.") % values
            reading.findings.append(
                Finding(reading.row, "", str(BY_NAME["number"].label), text, is_error=False)
            )
            odd = OddityCard(code="number_repeated", values=values)
            reading.item = msgspec.structs.replace(reading.item, oddities=[*reading.item.oddities, odd])


def _say_alike(readings: Sequence[RowReading]) -> None:
    """Once the parents are known: "Train the staff" may stand under each of several objectives."""
    told = [each for each in readings if each.item.title and not each.is_faulty]
    counts = Counter(_likeness(each) for each in told)
    for reading in told:
        if counts[_likeness(reading)] > 1:
            text = _("Another row says the same. Both are imported.")
            label = str(BY_NAME["title"].label)
            reading.findings.append(Finding(reading.row, "", label, text, is_error=False))


def _likeness(reading: RowReading) -> tuple[str, ...]:
    """What makes two rows look like one that was copied."""
    item = reading.item
    due = item.due.wording if item.due else ""
    return item.kind, item.parent or "", folded(item.title), due


def _break_circles(readings: Sequence[RowReading], by_key: Mapping[str, RowReading]) -> None:
    for reading in readings:
        seen: set[str] = set()
        item: ItemData | None = reading.item
        while item is not None and item.parent is not None and item.key not in seen:
            seen.add(item.key)
            above = by_key.get(item.parent)
            item = above.item if above else None
        if item is not None and item.key in seen and item.parent is not None:
            text = _("This row is part of itself, by way of others. Change “Part of” in one of them.")
            reading.findings.append(_about_parent(reading.row, text))
        elif len(seen) >= DEPTH_LIMIT:
            reading.findings.append(_about_parent(reading.row, too_deep()))


def to_bring(readings: Sequence[RowReading]) -> list[RowReading]:
    """Those without faults, parents before children; what stands under a faulty row moves to the one above it."""
    by_key = {each.item.key: each for each in readings}
    good = {key: each for key, each in by_key.items() if not each.is_faulty}
    placed: dict[str, RowReading] = {}

    def place(reading: RowReading) -> None:
        item = reading.item
        if item.key in placed:
            return
        parent = item.parent
        while parent is not None and parent not in good:
            parent = by_key[parent].item.parent
        if parent is not None:
            place(good[parent])
        placed[item.key] = replace(reading, item=msgspec.structs.replace(item, parent=parent))

    for reading in good.values():
        place(reading)
    return list(placed.values())


def say_misplaced(rows: Sequence[RowReading], ground: Ground) -> None:
    """Says of those that are to be brought which has no place in the plan, or no room for its links."""
    places = misplaced([row.item for row in rows], ground)
    links = crowded([(row.item.key, row.links) for row in rows if row.item.key not in places], ground)
    for row in rows:
        if why := places.get(row.item.key):
            row.findings.append(_about_parent(row.row, why))
        elif why := links.get(row.item.key):
            column = str(BY_NAME["evidence"].label)
            row.findings.append(Finding(row.row, "", column, why, is_error=True))


def counts(readings: Sequence[RowReading]) -> dict[str, int]:
    """Rows, faulty ones, and those with warnings alone."""
    faulty = sum(each.is_faulty for each in readings)
    odd = sum(bool(each.findings) and not each.is_faulty for each in readings)
    return {"rows": len(readings), "faulty": faulty, "odd": odd, "good": len(readings) - faulty}


def _about_parent(row: int, text: str) -> Finding:
    return Finding(row, "", str(BY_NAME["parent"].label), text, is_error=True)
