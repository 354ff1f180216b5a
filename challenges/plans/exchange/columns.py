"""What stands in the columns when items leave as a table: the same names that an import understands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from challenges.plans.drawing.path import Point
from challenges.plans.events import MomentCard
from challenges.plans.exchange.document import ItemData, PersonData, PlanData, PlanDocument
from challenges.plans.exchange.headings import COLUMNS, READ
from challenges.plans.measured import verdict_of
from challenges.plans.models import Confidence, Direction, Kind, Progress
from challenges.plans.words import verdict_badge

Value = str | date | Decimal | None
CHOICES = {"kind": Kind, "progress": Progress, "confidence": Confidence, "direction": Direction}
UNREPORTED = (Kind.INDICATOR, Kind.RISK, Kind.ASSUMPTION)
"""An indicator stands where its readings are; the others are not carried out."""
NUMBERS = ("baseline", "target", "lowest", "highest")


def headings(items: Sequence[ItemData]) -> list[str]:
    """The labels of all columns in the active language, then the headings of what stands beside the rows."""
    read = READ if any(item.kind == Kind.INDICATOR for item in items) else ()
    return [str(label) for label in (*(column.label for column in COLUMNS), *read)] + extra_names(items)


def extra_names(items: Sequence[ItemData]) -> list[str]:
    return list(dict.fromkeys(name for item in items for name in item.extra))


def standing(document: PlanDocument) -> list[ItemData]:
    """Without what was taken out of the plan."""
    return [item for item in document.items if item.removed_at is None]


def rows(document: PlanDocument) -> list[list[Value]]:
    """The values of each item that stands in the plan, by column."""
    items = standing(document)
    people = {person.key: who(person) for person in document.people}
    last = {each.item: (each.on, Decimal(each.value)) for each in document.readings}
    has_read = any(item.kind == Kind.INDICATOR for item in items)
    keys = _keys(items)
    links: dict[str, list[str]] = {}
    for proof in document.evidence:
        for key in proof.items:
            links.setdefault(key, []).append(proof.url or proof.title)
    extra = extra_names(items)
    return [
        [_value(column.name, item, people, keys, links) for column in COLUMNS]
        + (_read(item, document.plan, last.get(item.key)) if has_read else [])
        + [item.extra.get(name) for name in extra]
        for item in items
    ]


def _value(
    name: str,
    item: ItemData,
    people: dict[str, str],
    keys: dict[str, str],
    links: dict[str, list[str]],
) -> Value:
    if name == "progress" and item.progress == Progress.NOT_STARTED and item.kind in UNREPORTED:
        return None
    if name in CHOICES:
        value = getattr(item, name)
        return str(CHOICES[name](value).label) if value else None
    if name in NUMBERS:
        number = getattr(item, name)
        return Decimal(number) if number is not None else None
    if name in ("start", "due"):
        moment: MomentCard | None = getattr(item, name)
        if moment is None:
            return None
        is_day = moment.precision == "day" and moment.since and moment.wording == moment.since.isoformat()
        return moment.since if is_day else moment.wording
    if name == "key":
        return keys[item.key]
    if name == "parent":
        return keys.get(item.parent or "")
    if name == "owner":
        return people.get(item.owner or "") or item.owner_wording
    if name == "contributors":
        named = [people.get(key) for key in item.contributors]
        return "; ".join(filter(None, [*named, item.contributors_wording]))
    if name == "why":
        return item.confidence_why
    if name == "trajectory":
        return "; ".join(f"{day.isoformat()}: {value}" for day, value in item.trajectory)
    if name == "evidence":
        return "\n".join(links.get(item.key, []))
    other: object = getattr(item, name)
    return other if isinstance(other, date) else str(other or "")


def who(person: PersonData) -> str:
    """With the e-mail where it may be told, because names are not unique."""
    return f"{person.name} <{person.email}>" if person.email else person.name


def _read(item: ItemData, plan: PlanData, last: Point | None) -> list[Value]:
    if item.kind != Kind.INDICATOR:
        return [None, None, None]
    verdict = verdict_of(item, plan.starts, plan.ends, last)
    on, value = last or (None, None)
    return [value, on, str(verdict_badge(verdict).label)]


def _keys(items: Sequence[ItemData]) -> dict[str, str]:
    """The number where it is one row's alone, so that people see what a row is part of; else the key."""
    numbers = [item.number for item in items]
    return {
        item.key: item.number if item.number and numbers.count(item.number) == 1 else item.key
        for item in items
    }
