"""The columns of a table of items, and how people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.plans.exchange.tables import Table
from synergy.search.words import folded

EXTRA, LEAVE_OUT = "extra", "leave_out"
"""What else may become of a column: kept beside the item under its heading, or not read."""
HEADING_ROWS = 20
"""So far down the headings are looked for; above them people write what the table is."""


@dataclass(frozen=True)
class Column:
    """`names` are the words by which it is known beside its label in each language; `asked` what forms call it."""

    name: str
    label: str | Promise
    explained: str | Promise
    names: str = ""
    asked: str | Promise = ""


COLUMNS = (
    Column(
        "kind",
        pgettext_lazy("column", "Kind"),
        _("Objective, milestone, deliverable, action, indicator, risk or assumption."),
        "type, kind of item, rodzaj, typ, вид, тип, veids, tips, típus, fajta, druh",
        _("What is it?"),
    ),
    Column(
        "key",
        pgettext_lazy("column", "Key"),
        _("Any word by which other rows call this row. Without it the number is used."),
        "id, key, klucz, identyfikator, ключ, идентификатор, atslēga, kulcs, azonosító, kľúč, identifikátor",
    ),
    Column(
        "parent",
        pgettext_lazy("column", "Part of"),
        _("The key or number of the row that this row belongs to."),
        "parent, belongs to, parent number, część, należy do, element nadrzędny, част от, към, принадлежи към, "
        "daļa no, pieder, része ennek, szülő, ehhez tartozik, súčasť, patrí k, nadradená položka",
        _("Under"),
    ),
    Column(
        "number",
        pgettext_lazy("column", "Number"),
        _("As you count: 1, C01.2. Gaps are fine."),
        "no, no., nr, nr., #, lp, lp., l.p., numer, номер, №, № по ред, numurs, nr.p.k., szám, sorszám, ssz., "
        "číslo, č., p.č.",
    ),
    Column(
        "title",
        pgettext_lazy("column", "Title"),
        _("What will be there or done. Every row needs one."),
        "name, title, task, activity, milestone, what, commitment, nazwa, tytuł, zadanie, działanie, "
        "kamień milowy, наименование, заглавие, задача, дейност, мярка, nosaukums, uzdevums, pasākums, "
        "aktivitāte, megnevezés, cím, feladat, intézkedés, tevékenység, mérföldkő, názov, úloha, opatrenie, "
        "aktivita, míľnik",
    ),
    Column(
        "description",
        pgettext_lazy("column", "Description"),
        _("More about it. Markdown is kept."),
        "details, notes, note, comment, opis, uwagi, описание, забележка, apraksts, piezīmes, leírás, "
        "megjegyzés, popis, poznámka",
        _("What is meant"),
    ),
    Column(
        "owner",
        pgettext_lazy("column", "Owner"),
        _("One person who answers for it: e-mail or name. Other words are kept as they are."),
        "responsible, responsible person, accountable, lead, owner, who, odpowiedzialny, osoba odpowiedzialna, "
        "właściciel, отговорник, отговорно лице, отговорен, atbildīgais, atbildīgā persona, felelős, gazda, "
        "zodpovedný, zodpovední, zodpovedná osoba, gestor",
        _("Responsible"),
    ),
    Column(
        "contributors",
        pgettext_lazy("column", "Contributors"),
        _("Who helps. Several with a semicolon."),
        "with, support, supporting, partners, involved, współpraca, współpracownicy, uczestnicy, partnerzy, "
        "участници, съвместно с, партньори, iesaistītie, līdzatbildīgie, partneri, közreműködők, közreműködő, "
        "résztvevők, spolupráca, spolupracujú, partneri, súčinnosť",
        _("With whom else"),
    ),
    Column(
        "start",
        pgettext_lazy("column", "Start"),
        _("A date, a month, a quarter, or words such as “spring 2027”."),
        "begin, begins, starts, start date, from, początek, rozpoczęcie, data rozpoczęcia, od, начало, "
        "начална дата, от, sākums, sākuma datums, no, kezdet, kezdés, kezdő dátum, začiatok, začiatok od, od",
    ),
    Column(
        "due",
        pgettext_lazy("column", "Due"),
        _("A date, a month, a quarter, or words such as “by autumn 2027” or “ongoing”."),
        "deadline, due date, date, end, ends, until, by when, termin, data, data zakończenia, koniec, do, срок, "
        "краен срок, крайна дата, дата, край, datums, dátum, termiņš, beigu datums, beigas, līdz, határidő, vége, befejezés, termín, "
        "termín plnenia, koniec, do",
        _("Date"),
    ),
    Column(
        "progress",
        pgettext_lazy("column", "Progress"),
        _("Not started, limited, substantial or complete."),
        "status, state, progress, status, postęp, stan, напредък, състояние, статус, progress, izpilde, "
        "statuss, haladás, állapot, státusz, pokrok, stav, plnenie",
    ),
    Column(
        "confidence",
        pgettext_lazy("column", "Confidence"),
        _("How likely it is: highly likely, probable, uncertain, in doubt or not achievable."),
        "rag, likelihood, confidence, pewność, prawdopodobieństwo, увереност, вероятност, pārliecība, varbūtība, "
        "bizonyosság, valószínűség, istota, pravdepodobnosť",
    ),
    Column(
        "why",
        pgettext_lazy("column", "Why"),
        _("The reason for this confidence."),
        "reason, why, uzasadnienie, dlaczego, причина, защо, обосновка, pamatojums, kāpēc, indoklás, miért, "
        "dôvod, zdôvodnenie, prečo",
        _("Why do you judge it so?"),
    ),
    Column(
        "unit",
        pgettext_lazy("column", "Unit"),
        _("Of an indicator: %, days, people."),
        "unit of measure, unit, jednostka, jednostka miary, мерна единица, единица, mērvienība, vienība, "
        "mértékegység, egység, jednotka, merná jednotka",
    ),
    Column(
        "direction",
        pgettext_lazy("column", "Direction"),
        _("Of an indicator: up, down or keep."),
        "direction, kierunek, посока, virziens, irány, smer",
    ),
    Column(
        "baseline",
        pgettext_lazy("column", "Baseline"),
        _("Of an indicator: the value at the beginning."),
        "baseline value, wartość bazowa, wartość początkowa, базова стойност, начална стойност, sākotnējā vērtība, "
        "bāzes vērtība, kiinduló érték, bázisérték, východisková hodnota, počiatočná hodnota",
    ),
    Column(
        "baseline_on",
        pgettext_lazy("column", "Baseline date"),
        _("Of an indicator: the day of the first value."),
        "baseline on, date of baseline, data wartości bazowej, дата на базовата стойност, "
        "sākotnējās vērtības datums, kiinduló érték napja, dátum východiskovej hodnoty",
        _("Day of the baseline"),
    ),
    Column(
        "target",
        pgettext_lazy("column", "Target"),
        _("Of an indicator: the value to reach by the due date."),
        "target value, goal, wartość docelowa, cel, целева стойност, цел, mērķa vērtība, mērķis, célérték, "
        "cieľová hodnota, cieľ",
    ),
    Column(
        "lowest",
        pgettext_lazy("column", "Lowest"),
        _("Of an indicator: no value is lower."),
        "min, minimum",
        _("Lowest possible value"),
    ),
    Column(
        "highest",
        pgettext_lazy("column", "Highest"),
        _("Of an indicator: no value is higher."),
        "max, maximum",
        _("Highest possible value"),
    ),
    Column(
        "trajectory",
        pgettext_lazy("column", "Trajectory"),
        _("Of an indicator: the values on the way, as 2027-06-30: 40; 2027-12-31: 60."),
        "trajectory, trajektoria, траектория, trajektorija, pálya, trajektória",
        _("Expected path"),
    ),
    Column(
        "data_source",
        pgettext_lazy("column", "Data source"),
        _("Of an indicator: where its values come from."),
        "source, source of data, means of verification, źródło danych, źródło, източник на данни, източник, "
        "datu avots, avots, adatforrás, forrás, zdroj údajov, zdroj",
        _("Where the numbers come from"),
    ),
    Column(
        "evidence",
        pgettext_lazy("column", "Evidence"),
        _("Addresses of web pages or documents that prove it, one a line."),
        "proof, link, links, evidence, dowód, dowody, доказателство, доказателства, pierādījums, pierādījumi, "
        "bizonyíték, bizonyítékok, dôkaz, dôkazy, výstup",
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
_VAGUE = ("date", "data", "дата", "datums", "dátum")
"""May be the date of anything: another column that says more has the field before it."""


READ = (
    pgettext_lazy("column", "Last reading"),
    pgettext_lazy("column", "Day of the last reading"),
    pgettext_lazy("column", "Where it stands"),
)
"""What an export says of indicators beside these columns. An import that finds all three leaves them out."""


@dataclass(frozen=True)
class Headings:
    """`at` is the index of the row of headings in the table; `meanings` what each column is, by its place."""

    at: int
    texts: list[str]
    meanings: list[str]


def headings_of(table: Table) -> Headings:
    """The row in which most columns are recognised; the first one when none is."""
    best = max(range(min(HEADING_ROWS, len(table.rows))), key=lambda at: (_known(table, at), -at), default=0)
    texts = texts_at(table, best)
    return Headings(best, texts, recognised(texts))


def recognised(texts: Sequence[str]) -> list[str]:
    """For each heading a name of `COLUMNS`, each at most once; `extra` for those that are not known."""
    found: dict[int, str] = {}
    vague = {plain(word) for word in _VAGUE}
    for at, text in sorted(enumerate(texts), key=lambda each: plain(each[1]) in vague):
        name = next((name for name in _meanings_of(text) if name not in found.values()), None)
        if name:
            found[at] = name
    known = {plain(text) for text in texts}
    left = next((words for words in _read_in_each_language() if words <= known), set())
    return [
        found.get(at, EXTRA if text and plain(text) not in left else LEAVE_OUT)
        for at, text in enumerate(texts)
    ]


def plain(text: str) -> str:
    """A heading without case, accents, and what people put after it."""
    text = re.sub(r"\(.*?\)|\[.*?\]", " ", text)
    return " ".join(re.sub(r"[*:_]+", " ", folded(text)).split())


def in_each_language(text: str | Promise) -> Iterable[str]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield str(text)


@cache
def _read_in_each_language() -> list[set[str]]:
    each = zip(*(in_each_language(label) for label in READ), strict=True)
    return [{plain(word) for word in words} for words in each]


def _meanings_of(text: str) -> Sequence[str]:
    return _dictionary().get(plain(text), ())


@cache
def _dictionary() -> dict[str, list[str]]:
    """{plain heading: columns}; where two columns share a word, as “no” does, the first one that is free."""
    found: dict[str, list[str]] = {}
    for column in COLUMNS:
        words = [column.name.replace("_", " "), *in_each_language(column.label), *column.names.split(",")]
        for word in filter(None, [*words, *in_each_language(column.asked)]):
            names = found.setdefault(plain(word), [])
            if column.name not in names:
                names.append(column.name)
    return found


def texts_at(table: Table, at: int) -> list[str]:
    if at >= len(table.rows):
        return []
    return [" ".join(str(cell.value or "").split()) for cell in table.rows[at].cells]


def _known(table: Table, at: int) -> int:
    return sum(name not in (EXTRA, LEAVE_OUT) for name in recognised(texts_at(table, at)))
