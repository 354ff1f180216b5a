"""An indicator as a chart, in a sentence and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils.translation import gettext as _

from challenges.plans.drawing.chart import NARROW, WIDTH, Chart, Series, draw_chart
from challenges.plans.drawing.path import Direction, Point, Verdict, expected_on, expected_path, verdict_on
from challenges.plans.events import ItemCard
from challenges.plans.models import Kind
from challenges.plans.views.rows import item_address, title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import Due, day_words, due_words, number_words, verdict_badge
from challenges.words import Badge

FEW = 6
"""So many charts are drawn on the page of a plan."""


@dataclass(frozen=True)
class ChartRow:
    on: str
    what: str
    """ "baseline", "target"; empty for a reading."""
    expected: str
    actual: str


@dataclass(frozen=True)
class IndicatorChart:
    """`drawn` and `narrow` are None when there is no value on a day. `agreed_target` only when it is another one
    than now."""

    item: ItemCard
    title: str
    unit: str
    address: str
    verdict: Badge
    drawn: Chart | None
    narrow: Chart | None
    """The same for a phone."""
    told: str
    due: Due | None
    target: str
    agreed_target: str
    rows: list[ChartRow]


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in one line, where there are many."""

    title: str
    address: str
    baseline: str
    last: str
    target: str
    due: Due | None
    verdict: Badge


def charts_of(sight: Sight) -> list[IndicatorChart]:
    """Of the first few; those with readings go before the others."""
    found = sight.of_kind(Kind.INDICATOR)
    read = {each.item for each in sight.card.readings}
    shown = sorted(found, key=lambda item: item.id not in read)[:FEW]
    return [chart_of(sight, item) for item in shown]


def indicators_of(sight: Sight) -> list[IndicatorRow]:
    """All of them, where there are more than charts are drawn for; each has its chart on its own page."""
    found = sight.of_kind(Kind.INDICATOR)
    return [_row(sight, item) for item in found] if len(found) > FEW else []


def _row(sight: Sight, item: ItemCard) -> IndicatorRow:
    series = series_of(sight, item)
    last = series.readings[-1] if series.readings else None
    return IndicatorRow(
        title=title_of(item),
        address=item_address(sight, item),
        baseline=_number(item.baseline, item.unit),
        last=number_words(last[1], item.unit) if last else "",
        target=_number(item.target, item.unit),
        due=due_words(item.due),
        verdict=verdict_badge(_verdict(item, series)),
    )


def _verdict(item: ItemCard, series: Series) -> Verdict:
    last = series.readings[-1] if series.readings else None
    target = Decimal(item.target) if item.target is not None else None
    return verdict_on(series.path, target, cast("Direction", item.direction or "up"), last)


def chart_of(sight: Sight, item: ItemCard) -> IndicatorChart:
    series = series_of(sight, item)
    verdict = _verdict(item, series)
    agreed = sight.agreed(item)
    is_moved = agreed is not None and agreed.target != item.target
    names = {
        "baseline": lambda value: _("Baseline %(value)s") % {"value": value},
        "now": lambda value: _("%(value)s now") % {"value": value},
        "target": lambda value: _("Target %(value)s") % {"value": value},
    }
    drawn, narrow = (
        draw_chart(series, names, number_words, width)  # type: ignore[arg-type]
        for width in (WIDTH, NARROW)
    )
    return IndicatorChart(
        item=item,
        title=title_of(item),
        unit=item.unit,
        address=item_address(sight, item),
        verdict=verdict_badge(verdict),
        drawn=drawn,
        narrow=narrow,
        told=_told(item, series, verdict_badge(verdict)),
        due=due_words(item.due),
        target=_number(item.target, item.unit),
        agreed_target=_number(agreed.target, item.unit) or _("none") if agreed and is_moved else "",
        rows=_rows(series),
    )


def series_of(sight: Sight, item: ItemCard) -> Series:
    """A baseline or target without a day of its own has that of the plan's beginning or end, if there is one."""
    baseline = _point(item.baseline_on or sight.card.starts, item.baseline)
    target = _point((item.due.until if item.due else None) or sight.card.ends, item.target)
    bends = [(on, Decimal(value)) for on, value in item.trajectory]
    path = expected_path(bends, baseline, target) if item.baseline is not None or bends else ()
    readings = [(each.on, Decimal(each.value)) for each in sight.readings(item)]
    return Series(baseline, target, path, readings)


def _point(on: date | None, value: str | None) -> Point | None:
    return (on, Decimal(value)) if on and value is not None else None


def _told(item: ItemCard, series: Series, verdict: Badge) -> str:
    told = [f"{title_of(item)}."]
    if item.baseline is not None:
        on, value = series.baseline[0] if series.baseline else None, _number(item.baseline, item.unit)
        told.append(f"{_('Baseline')}: {value}{_day(on)}.")
    if series.readings:
        on, last = series.readings[-1]
        told.append(f"{_('Last reading')}: {number_words(last, item.unit)}{_day(on)}.")
    if item.target is not None:
        on = series.target[0] if series.target else None
        told.append(f"{_('Target')}: {_number(item.target, item.unit)}{_day(on)}.")
    return " ".join([*told, f"{verdict.label}."])


def _rows(series: Series) -> list[ChartRow]:
    """By day: the baseline, each reading and each point of the path, the target."""
    actual = dict(series.readings)
    named = {series.baseline[0]: _("baseline")} if series.baseline else {}
    if series.target:
        named[series.target[0]] = _("target")
    days = sorted({*actual, *(on for on, _value in series.path), *named})
    return [
        ChartRow(day_words(on), named.get(on, ""), _expected(series, on), _write(actual.get(on)))
        for on in days
    ]


def _expected(series: Series, on: date) -> str:
    expected = expected_on(series.path, on)
    return _write(expected.quantize(Decimal("0.1")) if expected is not None else None)


def _write(value: Decimal | None) -> str:
    return "" if value is None else number_words(value)


def _number(value: str | None, unit: str) -> str:
    return "" if value is None else number_words(Decimal(value), unit)


def _day(on: date | None) -> str:
    return f" ({day_words(on)})" if on else ""
