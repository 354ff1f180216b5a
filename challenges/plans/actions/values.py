"""What somebody types into a field, as it is kept. Everything here raises Refused (`invalid`, field `value`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from challenges.plans.actions.held import invalid
from challenges.plans.events import MomentCard
from challenges.plans.models import Plan
from challenges.plans.moments import names_no_day, read_moment
from challenges.plans.numbers import NotANumber, read_number
from challenges.plans.queries.due import members_of
from challenges.plans.queries.plans import possible_contributors
from challenges.plans.words import number_words
from rooms.text import clean_line, clean_text
from synergy.live.fields import too_long
from synergy.live.refusals import Refused

PERCENT = ("%", "percent", "per cent", "procent", "процент", "százalék", "percento", "procenti")
YEARS = (1900, 2200)
PATH_LIMIT = 60
"""Most points of a trajectory."""


def a_line(value: Any, limit: int, field: str = "value") -> str:
    text = _read(value, str)
    line = clean_line(text, len(text))
    _require_room(line, limit, field)
    return line


def a_text(value: Any, limit: int, field: str = "value") -> str:
    text = clean_text(_read(value, str))
    _require_room(text, limit, field)
    return text


def a_choice(value: Any, choices: Sequence[str]) -> str:
    if value not in choices:
        raise invalid("value", _("Choose one of the list."))
    return str(value)


def a_day(value: Any) -> date | None:
    """Of an ISO date; None for null and for nothing."""
    if value in (None, ""):
        return None
    try:
        day = date.fromisoformat(_read(value, str))
    except ValueError:
        raise invalid("value", _("Write the day as a date.")) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise invalid("value", _("Check the year."))
    return day


def a_moment(value: Any) -> MomentCard | None:
    """The wording as it was written, with the days that it means when it is understood."""
    line = a_line(value, 200)
    if names_no_day(line):
        raise invalid("value", _("There is no such day. Look at the day and the month."))
    return read_moment(line)


def a_number(value: Any, unit: str, field: str = "value") -> Decimal | None:
    """A number that names no other unit than this one; None for nothing."""
    text = _read(value, str).strip()
    if not text:
        return None
    try:
        amount = read_number(text)
    except NotANumber as error:
        if error.is_ambiguous:
            raise invalid(
                field,
                _("%(text)s can be read in two ways. Write thousands with a space and decimals with a point.")
                % {"text": text},
            ) from None
        raise invalid(field, _("Write a number, for example 17.8.")) from None
    if amount.unit and amount.unit.casefold() != unit.casefold():
        wrong = {"unit": unit or "–", "other": amount.unit}
        raise invalid(field, _("This is measured in %(unit)s, not in %(other)s.") % wrong)
    return amount.value


def require_possible(
    value: Decimal, unit: str, lowest: Decimal | None, highest: Decimal | None, field: str = "value"
) -> None:
    """Within `lowest` … `highest`; of percentages that name neither, within 0 … 100."""
    if unit.casefold() in PERCENT:
        lowest = Decimal(0) if lowest is None else lowest
        highest = Decimal(100) if highest is None else highest
        if highest == 100 < value:
            raise invalid(field, _("A share is 100 % at most."))
    if lowest is not None and value < lowest:
        raise invalid(field, _("The lowest possible value is %(lowest)s.") % {"lowest": number_words(lowest)})
    if highest is not None and value > highest:
        raise invalid(
            field, _("The highest possible value is %(highest)s.") % {"highest": number_words(highest)}
        )


def a_member(plan: Plan, value: Any) -> int | None:
    """The id of somebody who may be accountable; None for null."""
    if value is None:
        return None
    return some_members(plan, [value])[0]


def some_members(plan: Plan, value: Any) -> list[int]:
    """Ids of participants of the institution, in order."""
    return _some_of(
        {person for _cohort, _institution, person in members_of([plan])},
        value,
        _("Choose somebody of the institution."),
    )


def some_contributors(plan: Plan, value: Any, held: Collection[int]) -> list[int]:
    """Ids of people who may read the plan, in order; who is named already may stay."""
    known = possible_contributors(plan) | set(held)
    return _some_of(known, value, _("Choose people who may read the plan."))


def a_trajectory(value: Any, unit: str) -> list[tuple[date, Decimal]]:
    """In order of the days, one value each."""
    points: dict[date, Decimal] = {}
    for place, (on, typed) in enumerate(_read(value, list[tuple[str, str]]), 1):
        try:
            day, number = a_day(on), a_number(typed, unit)
        except Refused as refusal:
            said = {"number": place, "detail": refusal.detail}
            raise invalid("value", _("Point %(number)d: %(detail)s") % said) from None
        if day is None or number is None:
            raise invalid("value", _("Point %(number)d needs a day and a number.") % {"number": place})
        points[day] = number
    if len(points) > PATH_LIMIT:
        raise invalid("value", _("There is room for %(limit)d steps.") % {"limit": PATH_LIMIT})
    return sorted(points.items())


def _some_of(known: Collection[int], value: Any, detail: str) -> list[int]:
    wanted = sorted(set(_read(value, list[int])))
    if not set(known).issuperset(wanted):
        raise invalid("value", detail)
    if len(wanted) > 50:
        raise invalid("value", _("There is room for %(limit)d people.") % {"limit": 50})
    return wanted


def _require_room(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise invalid(field, too_long(len(text), limit))


def _read(value: Any, shape: Any) -> Any:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        detail = _("Something in this request is not as it should be.")
        raise Refused("invalid", detail, fields={"value": detail}) from None
