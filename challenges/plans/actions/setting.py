"""One field of an item: read from a request, compared, and set in the row and in the log.

Values here are those of `events.ItemCard`: a number is a text, a date a `MomentCard`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from msgspec import to_builtins

from challenges.plans.actions.held import invalid, tell
from challenges.plans.actions.telling import tell_owner
from challenges.plans.actions.values import (
    a_choice,
    a_day,
    a_line,
    a_member,
    a_moment,
    a_number,
    a_text,
    a_trajectory,
    require_possible,
    some_contributors,
)
from challenges.plans.cards import item_card, number_text
from challenges.plans.events import ItemChanged, MomentCard, OddityCard
from challenges.plans.models import Direction, Item, Plan
from rooms.text import is_blank
from synergy.live.fields import count_change
from synergy.people.models import Person

ITEM_TEXT_LIMIT = 10_000
LINES = {
    "title": 500,
    "number": 20,
    "owner_wording": 500,
    "contributors_wording": 1000,
    "unit": 60,
    "data_source": 500,
}
"""Fields of one line: {field: most characters}."""
NUMBERS = ("baseline", "target", "lowest", "highest")
MOMENTS = ("start", "due")


def held_value(item: Item, field: str) -> object:
    """As in the item's card."""
    return getattr(item_card(item), field)


def checked_value(plan: Plan, item: Item, field: str, value: Any) -> object:
    """The value as it would be kept, like one of the card. Raises Refused (`invalid`)."""
    if field in LINES:
        return _checked_line(plan, item, field, a_line(value, LINES[field]))
    if field == "description":
        return a_text(value, ITEM_TEXT_LIMIT)
    if field in MOMENTS:
        return _checked_moment(plan, item, field, a_moment(value))
    if field == "owner":
        return a_member(plan, value)
    if field == "contributors":
        return some_contributors(plan, value, item_card(item).contributors)
    if field == "direction":
        return a_choice(value, ["", *Direction.values])
    if field == "baseline_on":
        return a_day(value)
    if field == "trajectory":
        return [(day, number_text(number) or "0") for day, number in a_trajectory(value, item.unit)]
    assert field in NUMBERS, field
    return _checked_number(item, field, a_number(value, item.unit))


def set_value(person: Person, plan: Plan, item: Item, field: str, value: object, now: datetime) -> None:
    """A checked value, in the row and in the log; a new owner is told. The plan is held."""
    put_value(person, plan, item, field, value, now)
    if field == "owner":
        tell_owner(plan, item, person, now)


def put_value(person: Person, plan: Plan, item: Item, field: str, value: object, now: datetime) -> None:
    """The same without a notice."""
    revision = count_change(item, field, person.pk)
    _put(item, field, value)
    item.save()
    oddities = [OddityCard(code=each["code"], values=each.get("values", {})) for each in item.oddities]
    fact = ItemChanged(item=item.pk, field=field, value=value, revision=revision, oddities=oddities)
    tell(plan, fact, person, now)


def put_moment(item: Item, field: str, moment: MomentCard | None) -> None:
    """In the row, with the oddity of a wording that is not understood; the caller saves."""
    setattr(item, f"{field}_wording", moment.wording if moment else "")
    setattr(item, f"{field}_since", moment.since if moment else None)
    setattr(item, f"{field}_until", moment.until if moment else None)
    setattr(item, f"{field}_precision", moment.precision if moment else "")
    code = f"{field}_not_understood"
    others = [each for each in item.oddities if each["code"] != code]
    if moment and not moment.precision:
        others.append({"code": code, "values": {"wording": moment.wording}})
    item.oddities = others


def _put(item: Item, field: str, value: Any) -> None:
    if field in MOMENTS:
        put_moment(item, field, value)
    elif field in NUMBERS:
        setattr(item, field, None if value is None else Decimal(value))
    elif field == "owner":
        item.owner_id = value
    elif field == "contributors":
        item.contributors.set(value)
    elif field == "trajectory":
        item.trajectory = to_builtins(value)
    else:
        setattr(item, field, value)


def _checked_line(plan: Plan, item: Item, field: str, line: str) -> str:
    if field == "title" and is_blank(line):
        raise invalid("value", _("Give it a title."))
    same = plan.items.exclude(pk=item.pk).filter(number=line)
    if field == "number" and line and line != item.number and same.exists():
        raise invalid("value", _("Something else in the plan has the number %(number)s.") % {"number": line})
    return line


def _checked_moment(plan: Plan, item: Item, field: str, moment: MomentCard | None) -> MomentCard | None:
    """A due date that ends before the start is refused; what is not understood is kept and flagged."""
    days = {"start": (item.start_since, item.start_until), "due": (item.due_since, item.due_until)}
    days[field] = (moment.since, moment.until) if moment else (None, None)
    start, due = days["start"][0] or plan.starts, days["due"][1]
    if moment is not None and start is not None and due is not None and due < start:
        words = {"start": date_format(start), "due": date_format(due)}
        if field == "start":
            raise invalid(
                "value", _("It is due on %(due)s. Choose an earlier start, or change the date.") % words
            )
        if days["start"][0] is None:
            raise invalid("value", _("The plan begins on %(start)s. Choose a later date.") % words)
        raise invalid("value", _("It starts on %(start)s. Choose a later date, or change the start.") % words)
    return moment


def _checked_number(item: Item, field: str, value: Decimal | None) -> str | None:
    limits = {name: getattr(item, name) for name in NUMBERS} | {field: value}
    lowest, highest, target = limits["lowest"], limits["highest"], limits["target"]
    if lowest is not None and highest is not None and highest < lowest:
        raise invalid("value", _("The highest possible value cannot be below the lowest."))
    if target is not None:
        require_possible(target, item.unit, lowest, highest)
    if field == "baseline" and value is not None:
        require_possible(value, item.unit, lowest, highest)
    return number_text(value)


def first_day(plan: Plan, item: Item) -> date | None:
    """From when on a reading makes sense: the indicator's baseline or start, else the plan's start."""
    known = [day for day in (item.baseline_on, item.start_since or plan.starts) if day is not None]
    return min(known, default=None)
