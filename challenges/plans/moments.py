"""Dates as plans write them: "30. apríl 2015", "by autumn 2022", "Q4 2024", "4° trimestre 2021", "ongoing".

# Note [Nothing is guessed]

The wording is kept in any case. It is read word by word; each word must be known, in one of the product's
languages or French, and together they must name one time. A word that is not known ("mid", "before"), a
season of two years ("winter 2022") or 3/4/2022 leaves the wording without days: it is flagged, and somebody
who knows writes it anew. A month, quarter or year means all of its days, so it is late after its last one.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from challenges.plans.events import MomentCard


class Days(NamedTuple):
    """Both included; None where it is open. `precision` as in `models.Precision`."""

    since: date | None
    until: date | None
    precision: str


def read_moment(wording: str) -> MomentCard | None:
    """None for an empty wording; without days and precision when it is not understood."""
    text = " ".join(wording.split())
    if not text:
        return None
    days = read_days(text) or Days(None, None, "")
    return MomentCard(wording=text, since=days.since, until=days.until, precision=days.precision)


def read_days(text: str) -> Days | None:
    """None when it is not understood. See the Note [Nothing is guessed]."""
    plain = _plain(text)
    if plain.strip(" .") in _OPEN:
        return Days(None, None, "open")
    try:
        return _days_of(plain)
    except ValueError:  # there is no such day
        return None


def names_no_day(text: str) -> bool:
    """Whether it is written like a day, but the calendar has none: 31.02.2027, 31 June."""
    try:
        _days_of(_plain(text))
    except ValueError as error:
        return isinstance(error, NoSuchDay)
    return False


class NoSuchDay(ValueError):
    pass


def _days_of(plain: str) -> Days | None:
    return _in_digits(plain) or _in_words(plain) or _from_to(plain)


def _plain(text: str) -> str:
    """Lower case, without accents, with one kind of dash."""
    lower = text.casefold().replace("ł", "l").replace("—", "–").replace("−", "–")
    parts = unicodedata.normalize("NFD", lower)
    return " ".join("".join(each for each in parts if unicodedata.category(each) != "Mn").split())


def _known(words: Mapping[int, str]) -> dict[str, int]:
    return {word: number for number, line in words.items() for word in _plain(line).split()}


_MONTHS = _known(
    {
        1: "january jan styczeń stycznia styczniu януари janvāris janvāra janvārī január januára januári januar janvier janvārim",
        2: "february feb luty lutego lutym февруари februāris februāra februārī február februára februári février februārim",
        3: "march mar marzec marca marcu март marts marta martā március marec mars martam",
        4: "april apr kwiecień kwietnia kwietniu април aprīlis aprīļa aprīlī április apríl apríla apríli avril aprīlim",
        5: "may maj maja maju май maijs maija maijā május máj mája máji mai maijam",
        6: "june jun czerwiec czerwca czerwcu юни jūnijs jūnija jūnijā június jún júna júni juin jūnijam",
        7: "july jul lipiec lipca lipcu юли jūlijs jūlija jūlijā július júl júla júli juillet jūlijam",
        8: "august aug sierpień sierpnia sierpniu август augusts augusta augustā augusztus auguste août augustam",
        9: "september sep sept wrzesień września wrześniu септември septembris septembra septembrī szeptember septembri septembre septembrim",
        10: "october oct październik października październiku октомври oktobris oktobra oktobrī október októbra októbri octobre oktobrim",
        11: "november nov listopad listopada listopadzie ноември novembris novembra novembrī novembri novembre novembrim",
        12: "december dec grudzień grudnia grudniu декември decembris decembra decembrī decembri décembre decembrim",
    }
)
_SPRING, _SUMMER, _AUTUMN, _WINTER = range(4)
_SEASONS = _known(
    {
        _SPRING: "spring wiosna wiosny wiosną wiosnę пролет пролетта pavasaris pavasara pavasarī tavasz jar jari printemps pavasarim tavasszal tavaszig tavaszán tavaszáig",
        _SUMMER: "summer lato lata latem лято лятото vasara vasaras vasarā nyár leto leta lete été vasarai nyáron nyárig nyarán nyaráig",
        _AUTUMN: "autumn fall jesień jesieni jesienią есен есента rudens rudenī ősz jeseň jesene jeseni automne rudenim ősszel őszig őszén őszéig",
        _WINTER: "winter zima zimy zimą zimę зима зимата ziema ziemas ziemā tél zime hiver ziemai télen télig telén teléig",
    }
)
_SEASON_STARTS = {_SPRING: 3, _SUMMER: 6, _AUTUMN: 9, _WINTER: 12}
_ORDINALS = _known(
    {
        1: "i first pierwszy pierwsza pierwszego първо първото pirmais első prvý prvého",
        2: "ii second drugi druga drugiego второ второто otrais második druhý druhého",
        3: "iii third trzeci trzeciego трето третото trešais harmadik tretí tretieho",
        4: "iv fourth czwarty czwartego четвърто четвъртото ceturtais negyedik štvrtý štvrtého",
    }
)
_QUARTER = frozenset(
    _plain(
        "quarter kwartał kwartału kwartale тримесечие тримесечието ceturksnis ceturkšņa ceturksnī ceturksnim "
        "negyedév negyedéve negyedévében kvartál kvartálu štvrťrok štvrťroka štvrťroku trimestre q"
    ).split()
)
_HALF = frozenset(
    _plain(
        "half półrocze półrocza półroczu полугодие полугодието pusgads pusgada pusgadā félév féléve félévében "
        "polrok polroka polroku h"
    ).split()
)
_OPEN = frozenset(
    _plain(word)
    for word in (
        *("ongoing", "continuous", "continuously", "permanent", "permanently", "on-going", "no end date"),
        *("na bieżąco", "ciągle", "stale", "bezterminowo", "w sposób ciągły", "постоянен", "постоянно"),
        *("текущо", "безсрочно", "pastāvīgi", "nepārtraukti", "beztermiņa", "folyamatos", "folyamatosan"),
        *("priebežne", "priebežný", "trvale", "stále", "trvalá úloha", "en continu", "en cours", "continu"),
    )
)
_SMALL = frozenset(
    _plain(
        "by until till in of the on at during end st nd rd th do w we na r roku rok rokiem koniec końca до края на г "
        "година години през в gada gads gadu līdz beigas beigām ev év éve évi végéig vége ig v vo konca roka d de "
        "la le fin du jusqu en annee year ° º"
    ).split()
)
"""Words that do not change which days are meant."""
_WORD = re.compile(r"\d+|[^\W\d_]+|[°º]|\S")
_TOGETHER = re.compile(r"\b([qh])([1-4])\b")
_DMY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YM = re.compile(r"(\d{4})[-/.](\d{1,2})\.?")
_MY = re.compile(r"(\d{1,2})[./](\d{4})\.?")
_DM = re.compile(r"(\d{1,2})\.(\d{1,2})\.")
_YEARS = re.compile(r"(\d{4}) ?[-–/] ?(\d{4})")
_LEAP_YEAR = 2024  # for days without a year: they are not understood, but 31 June is none in any
_DASH = re.compile(r" ?– ?| - | to ")


def _in_digits(plain: str) -> Days | None:
    """Raises ValueError: there is no 31 February."""
    text = "".join(word for word in plain.split() if word.strip(".,") not in _SMALL)
    if found := _YMD.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _DMY.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHES.fullmatch(text):
        return _with_slashes(int(found[1]), int(found[2]), int(found[3]))
    if found := _YM.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := _MY.fullmatch(text):
        return _month(int(found[2]), int(found[1]))
    if found := _DM.fullmatch(text):
        _day(_LEAP_YEAR, int(found[2]), int(found[1]))
    return None


def _with_slashes(first: int, second: int, year: int) -> Days | None:
    """3/4 is in March to some and in April to others."""
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


class _Found:
    """What the words name."""

    def __init__(self) -> None:
        self.years: list[int] = []
        self.months: list[int] = []
        self.seasons: list[int] = []
        self.numbers: list[int] = []
        self.parts = ""
        """A letter for each word that names a part of a year: q, h."""

    def take(self, word: str) -> bool:
        """Whether the word is known."""
        if word.isdecimal():
            (self.years if len(word) == 4 else self.numbers).append(int(word))
        elif word in _QUARTER or word in _HALF:
            self.parts += "q" if word in _QUARTER else "h"
        elif word in _ORDINALS:
            self.numbers.append(_ORDINALS[word])
        elif word in _SEASONS:
            self.seasons.append(_SEASONS[word])
        elif (month := _month_named(word)) is not None:
            self.months.append(month)
        else:
            return word in _SMALL or word in ".,-"
        return True

    @property
    def shape(self) -> tuple[int, int, int, int, str]:
        return len(self.years), len(self.months), len(self.seasons), len(self.numbers), self.parts


def _month_named(word: str) -> int | None:
    """Also with the ending of "júniusig", until June."""
    return _MONTHS.get(word, _MONTHS.get(word.removesuffix("ig")))


def _in_words(plain: str) -> Days | None:
    found = _Found()
    words = _WORD.findall(_TOGETHER.sub(r"\1 \2", plain.replace("/", " ")))
    if not all(found.take(word) for word in words):
        return None
    if found.shape == (0, 1, 0, 1, ""):
        _day(_LEAP_YEAR, found.months[0], found.numbers[0])
    if not found.years:
        return None
    return _named(found)


def _named(found: _Found) -> Days | None:
    """Raises ValueError: there is no fifth quarter."""
    year = found.years[0]
    match found.shape:
        case (1, 0, 0, 0, ""):
            return Days(date(year, 1, 1), date(year, 12, 31), "year")
        case (1, 1, 0, 0, ""):
            return _month(year, found.months[0])
        case (1, 1, 0, 1, ""):
            return _day(year, found.months[0], found.numbers[0])
        case (1, 0, 0, 1, "q"):
            return _months(year, 3 * _one_of(found.numbers[0], 4) + 1, 3, "quarter")
        case (1, 0, 0, 1, "h"):
            return _months(year, 6 * _one_of(found.numbers[0], 2) + 1, 6, "half")
        case (1, 0, 1, 0, "") if found.seasons[0] != _WINTER:
            return _months(year, _SEASON_STARTS[found.seasons[0]], 3, "season")
        case (2, 0, 1, 0, "") if found.seasons[0] == _WINTER and found.years[1] == year + 1:
            return Days(date(year, 12, 1), _last(year + 1, 2), "season")
    return None


def _from_to(plain: str) -> Days | None:
    """ "2022–2024", "June – September 2022", "1 March 2022 – 30 June 2022"."""
    if found := _YEARS.fullmatch(plain):
        first, last = _in_words(found[1]), _in_words(found[2])
        return _between(first, last)
    sides = _DASH.split(plain)
    if len(sides) != 2:
        return None
    last = _in_digits(sides[1]) or _in_words(sides[1])
    if last is None or last.until is None:
        return None
    tries = (sides[0], f"{sides[0]} {last.until.year}", f"{sides[0]} {sides[1].partition(' ')[2]}")
    return _between(_first_read(tries), last)


def _first_read(tries: Iterable[str]) -> Days | None:
    return next((days for text in tries if (days := _in_digits(text) or _in_words(text))), None)


def _between(first: Days | None, last: Days | None) -> Days | None:
    if first is None or last is None or first.since is None or last.until is None:
        return None
    return Days(first.since, last.until, last.precision) if first.since <= last.until else None


def _one_of(number: int, most: int) -> int:
    """From 0. Raises ValueError."""
    if not 1 <= number <= most:
        raise ValueError(number)
    return number - 1


def _day(year: int, month: int, day: int) -> Days:
    try:
        on = date(year, month, day)
    except ValueError:
        raise NoSuchDay from None
    return Days(on, on, "day")


def _month(year: int, month: int) -> Days:
    return _months(year, month, 1, "month")


def _months(year: int, first: int, count: int, precision: str) -> Days:
    return Days(date(year, first, 1), _last(year, first + count - 1), precision)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
