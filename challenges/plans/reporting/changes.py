"""What changed between two snapshots of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from challenges.plans.events import ItemCard, MomentCard, PlanSnapshot
from challenges.plans.models import Kind
from challenges.plans.reporting.prefill import CARRIED_OUT
from challenges.plans.timeliness import Timeliness, timeliness_of
from challenges.plans.words import confidence_mark, due_words, number_words, progress_word


@dataclass(frozen=True)
class Change:
    """Of one item: what, from, to. Empty `before`: it is new; empty `after`: it was taken out."""

    item: ItemCard
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Tally:
    """How the plan stood on the day."""

    on: date
    complete: int
    total: int
    overdue: int
    reached: int
    indicators: int


def tally_of(snapshot: PlanSnapshot, on: date) -> Tally:
    """Milestones and deliverables, and indicators; `on` is the day that lateness is judged by."""
    steps = [item for item in snapshot.items if item.kind in (Kind.MILESTONE, Kind.DELIVERABLE)]
    standings = [timeliness_of(item.progress, _until(item), on) for item in snapshot.items if _is_dated(item)]
    numbers = [item for item in snapshot.items if item.kind == Kind.INDICATOR]
    return Tally(
        on=on,
        complete=sum(item.progress == "complete" for item in steps),
        total=len(steps),
        overdue=standings.count(Timeliness.OVERDUE),
        reached=sum(is_met(item.direction, last_reading(snapshot, item.id), item.target) for item in numbers),
        indicators=len(numbers),
    )


def changes_between(before: PlanSnapshot, after: PlanSnapshot) -> list[Change]:
    """In the order of the later one; what was taken out comes last."""
    old = {item.id: item for item in before.items}
    new = {item.id for item in after.items}
    found = []
    for item in after.items:
        if item.id not in old:
            found.append(Change(item, _("New in the plan"), "", item.title))
            continue
        found += list(_of_item(old[item.id], item))
        found += list(_of_readings(before, after, item))
    found += [
        Change(item, _("Taken out of the plan"), item.title, "")
        for item in before.items
        if item.id not in new
    ]
    return found


def last_reading(snapshot: PlanSnapshot, item: int) -> str | None:
    rows = sorted((each.on, each.id, each.value) for each in snapshot.readings if each.item == item)
    return rows[-1][2] if rows else None


def is_met(direction: str, value: str | None, target: str | None) -> bool:
    """Whether the target of an indicator is reached; not while there is no reading or no target."""
    if value is None or target is None:
        return False
    got, wanted = Decimal(value), Decimal(target)
    if direction == "keep":
        return got == wanted
    return got <= wanted if direction == "down" else got >= wanted


_SHOWN: tuple[tuple[str, Callable[[], str], Callable[[ItemCard], str]], ...] = (
    ("title", lambda: _("Title"), lambda item: item.title),
    ("progress", lambda: _("Progress"), lambda item: str(progress_word(item.progress))),
    ("confidence", lambda: _("Confidence"), lambda item: _confidence(item)),
    ("due", lambda: _("Date"), lambda item: _moment(item.due)),
    ("target", lambda: _("Target"), lambda item: _number(item.target, item.unit)),
)


def _of_item(old: ItemCard, new: ItemCard) -> Iterator[Change]:
    for _name, label, shown in _SHOWN:
        if shown(old) != shown(new):
            yield Change(new, label(), shown(old) or _("nothing"), shown(new) or _("nothing"))


def _of_readings(before: PlanSnapshot, after: PlanSnapshot, item: ItemCard) -> Iterator[Change]:
    old, new = last_reading(before, item.id), last_reading(after, item.id)
    if old != new:
        words = (_number(value, item.unit) or _("nothing") for value in (old, new))
        yield Change(item, _("Last reading"), *words)


def _confidence(item: ItemCard) -> str:
    mark = confidence_mark(item.confidence)
    return str(mark.label) if mark else ""


def _moment(moment: MomentCard | None) -> str:
    due = due_words(moment)
    return due.text if due else ""


def _number(value: str | None, unit: str) -> str:
    return "" if value is None else number_words(Decimal(value), unit)


def _is_dated(item: ItemCard) -> bool:
    return item.kind in CARRIED_OUT


def _until(item: ItemCard) -> date | None:
    return item.due.until if item.due else None
