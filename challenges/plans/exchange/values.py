"""What single cells mean: numbers, days, words of a list. What is not clear is said and never guessed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from challenges.plans.events import MomentCard
from challenges.plans.exchange.headings import in_each_language, plain
from challenges.plans.exchange.tables import Cell
from challenges.plans.models import Confidence, Direction, Kind, Progress
from challenges.plans.moments import read_moment
from challenges.plans.numbers import DIGITS, PLACES, SIGNIFICANT
from rooms.text import clean_text
from synergy.search.words import folded

_NUMBER = re.compile(r"[+\-\u2212]?\d[\d.,\u00a0\u202f ']*")
_GROUPED = re.compile(r"[+-]?\d{1,3}([., ']\d{3})+")
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})\.?")
_EXCEL_DAYS = range(20_000, 80_000)
"""Numbers by which Excel counts the days from 1954 to 2119, in cells that have lost their format."""
_EXCEL_ZERO = date(1899, 12, 30)

_MORE_WORDS: dict[str, str] = {
    Kind.OBJECTIVE: "goal, commitment, aim, cel, цел, mērķis, cél, cieľ, priorytet, ангажимент",
    Kind.MILESTONE: "kamień milowy, етап, ключов етап, starpposms, atskaites punkts, mérföldkő, míľnik",
    Kind.DELIVERABLE: "product, output, produkt, rezultat, продукт, резултат, nodevums, termék, eredmény, výstup",
    Kind.ACTION: "task, activity, measure, zadanie, działanie, задача, дейност, мярка, uzdevums, pasākums, "
    "darbība, feladat, intézkedés, tevékenység, úloha, opatrenie, aktivita, akcja, akcia, действие, rīcība, akció",
    Kind.INDICATOR: "kpi, target, wskaźnik, miernik, показател, индикатор, rādītājs, indikators, mutató, "
    "indikátor, ukazovateľ, ukazovatel",
    Kind.RISK: "ryzyko, риск, risks, kockázat, riziko",
    Kind.ASSUMPTION: "założenie, допускане, предположение, pieņēmums, feltételezés, feltevés, predpoklad",
    Progress.NOT_STARTED: "ns, not begun, nie rozpoczęto, nierozpoczęte, не е започнато, nav sākts, "
    "nem kezdődött el, nezačaté, nezačalo, 0",
    Progress.LIMITED: "lp, limited progress, in progress, started, ongoing, w toku, ograniczony, започнато, "
    "в процес, ierobežots, sākts, folyamatban, korlátozott, prebieha, obmedzený",
    Progress.SUBSTANTIAL: "sp, substantial progress, mostly done, znaczny, znaczący, значителен, būtisks, "
    "jelentős, významný, podstatný",
    Progress.COMPLETE: "c, completed, done, finished, zakończone, ukończone, wykonano, zrealizowane, "
    "изпълнено, завършено, pabeigts, izpildīts, kész, befejezett, teljesült, dokončené, splnené, hotové, 100 %",
    Confidence.HIGHLY_LIKELY: "green, zielony, зелен, zaļš, zöld, zelená",
    Confidence.PROBABLE: "amber/green, likely",
    Confidence.UNCERTAIN: "amber, yellow, żółty, жълт, dzeltens, sárga, žltá, oranžová",
    Confidence.IN_DOUBT: "amber/red",
    Confidence.NOT_ACHIEVABLE: "red, unachievable, czerwony, червен, sarkans, piros, červená",
    Direction.UP: "up, rise, increase, higher is better, wzrost, нагоре, увеличение, augšup, növekvő, nő, rast, hore",
    Direction.DOWN: "down, fall, decrease, lower is better, spadek, надолу, намаление, lejup, csökkenő, csökken, "
    "pokles, dole",
    Direction.KEEP: "keep, stay, same, bez zmian, utrzymanie, запазване, saglabāt, szinten tart, udržať",
}


class NotRead(Exception):
    """The cell says something that does not fit. The text is for the person: what, and what to do."""


class Amount(NamedTuple):
    """`unit` is what stands after the number. `is_unsure` is set where 4.083 may be four thousand or four."""

    value: Decimal
    unit: str
    is_unsure: bool = False


def text_of(cell: Cell) -> str:
    """As one reads it: days as ISO dates, whole numbers without “.0”."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_as_text(Decimal(repr(value)))
    if isinstance(value, date | time):
        return value.isoformat()
    return clean_text(str(value)).strip() if not isinstance(value, timedelta) else str(value)


def number_as_text(value: Decimal) -> str:
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") or "0") if "." in written else written


def read_amount(cell: Cell, decimal_mark: str = "") -> Amount:
    """A number, perhaps with a unit. `decimal_mark` is what the other numbers of the column use, if they tell.

    Raises NotRead.
    """
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return Amount(_bounded(Decimal(repr(cell.value))), "")
    text = text_of(cell)
    found = _NUMBER.match(text)
    if found is None:
        raise NotRead(_("“%(text)s” is not a number. Write digits, such as 17,5.") % {"text": text[:60]})
    digits, unit = found[0].rstrip(" .,'\u00a0\u202f"), text[found.end() :].strip()
    digits = re.sub(r"[\u00a0\u202f]", " ", digits).replace("\u2212", "-")
    mark = decimal_mark_of(digits)
    is_unsure = not mark and bool(_GROUPED.fullmatch(digits)) and digits.count(",") + digits.count(".") == 1
    if is_unsure:
        mark = decimal_mark
        is_unsure = not mark
    try:
        return Amount(_bounded(_decimal(digits, mark)), unit[:60], is_unsure)
    except InvalidOperation:
        raise NotRead(
            _("“%(text)s” is not a number. Write digits, such as 17,5.") % {"text": text[:60]}
        ) from None


def decimal_mark_of(text: str) -> str:
    """The decimal mark, if the number itself tells: 17,5 and 4.083,00 do, 4.083 does not."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return max(".,", key=text.rfind)
    if points + commas != 1 or _GROUPED.fullmatch(text.strip()):
        return ""
    return "." if points else ","


def column_mark(cells: Iterable[Cell]) -> str:
    """The decimal mark that the numbers of a column agree on; empty when they do not tell."""
    texts = (
        found[0] for cell in cells if (found := _NUMBER.match(text_of(cell))) and isinstance(cell.value, str)
    )
    marks = {mark for text in texts if (mark := decimal_mark_of(text.rstrip(" .,'")))}
    return marks.pop() if len(marks) == 1 else ""


def plain_unit(unit: str) -> str:
    return folded(unit).strip(" .")


def read_day(cell: Cell) -> date:
    """Raises NotRead."""
    moment = moment_in(cell)
    if moment is None or moment.since is None or moment.since != moment.until:
        raise NotRead(_("“%(text)s” is not a day. Write it as 31.12.2027.") % {"text": text_of(cell)[:60]})
    return moment.since


def moment_in(cell: Cell) -> MomentCard | None:
    """The date with its wording; without days where the wording is not understood. None of an empty cell.

    Raises NotRead for a day that does not exist.
    """
    if isinstance(cell.value, datetime | date):
        day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return MomentCard(wording=day.isoformat(), since=day, until=day, precision="day")
    if isinstance(cell.value, int | float) and int(cell.value) in _EXCEL_DAYS:
        day = _EXCEL_ZERO + timedelta(days=int(cell.value))
        return MomentCard(wording=day.isoformat(), since=day, until=day, precision="day")
    text = text_of(cell)
    check_day(text)
    return read_moment(text)


def check_day(text: str) -> None:
    """Raises NotRead when the text is written as a day that the calendar does not have."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(each) for each in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(each) for each in found.groups())
    else:
        return
    if not 1 <= month <= 12:
        raise NotRead(
            _("“%(text)s” has no month %(month)d. Write day, month and year, as in 31.12.2027.")
            % {"text": text, "month": month}
        )
    if not 1900 <= year <= 2200:
        raise NotRead(_("“%(text)s”: the year is not likely. Check it.") % {"text": text})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotRead(
            _("“%(text)s”: %(month)s %(year)d has %(days)d days. Choose another day.")
            % {"text": text, "month": MONTHS[month], "year": year, "days": last}
        )


def not_understood(wording: str) -> str:
    """Why nothing reminds of a date that is written so."""
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", wording):
        return _("“%(text)s”: is it the day first, or the month? Write it as 31.12.2027 or 2027-12-31.") % {
            "text": wording
        }
    return _("No date is understood here. The words are kept; nothing reminds of it.")


def read_choice(choices: type[TextChoices], text: str) -> str:
    """The value that the word stands for, in any of the six languages. Raises NotRead."""
    found = _words_of(choices).get(plain(text))
    if found is None:
        allowed = ", ".join(str(label) for label in choices.labels)
        raise NotRead(
            _("“%(text)s” is not known here. Write one of: %(words)s.")
            % {"text": text[:60], "words": allowed}
        )
    return found


@cache
def _words_of(choices: type[TextChoices]) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in choices:
        more = _MORE_WORDS.get(choice, "").split(",")
        for word in (choice.value.replace("_", " "), *in_each_language(choice.label), *more):
            found.setdefault(plain(word), str(choice.value))
    return found


def _decimal(digits: str, mark: str) -> Decimal:
    """Raises InvalidOperation where what stands between the digits does not divide thousands."""
    whole, _mark, part = digits.partition(mark) if mark else (digits, "", "")
    if not (_GROUPED.fullmatch(whole) or re.fullmatch(r"[+-]?\d+", whole)) or not re.fullmatch(r"\d*", part):
        raise InvalidOperation
    return Decimal(f"{_divided(whole)}.{part or 0}")


def _divided(whole: str) -> str:
    return re.sub(r"[., ']", "", whole)


def _bounded(value: Decimal) -> Decimal:
    """Raises NotRead."""
    if not value.is_finite() or abs(value) >= 10**DIGITS:
        raise NotRead(_("This number is too large."))
    rounded = round(value, min(PLACES, SIGNIFICANT - value.adjusted() - 1))
    return rounded.normalize() if rounded else Decimal(0)
