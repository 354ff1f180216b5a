"""How a person wants an upload read, and what is read so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from challenges.plans.exchange.covers import Cover, cover_of
from challenges.plans.exchange.headings import (
    BY_NAME,
    EXTRA,
    LEAVE_OUT,
    Headings,
    headings_of,
    recognised,
    texts_at,
)
from challenges.plans.exchange.separated import ENCODINGS, SEPARATORS, read_separated
from challenges.plans.exchange.sheets import Team, read_rows
from challenges.plans.exchange.tables import Table, refuse
from challenges.plans.exchange.ties import RowReading
from challenges.plans.exchange.workbooks import read_workbook
from synergy.cohorts.models import Seat
from synergy.search.words import folded


class Choices(msgspec.Struct, frozen=True):
    """Empty is: as it is found out. `meanings` by the place of the column; `without_known` leaves out rows
    whose number is in the plan already."""

    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    heading_row: int = 0
    meanings: dict[str, str] = {}
    without_known: bool = True


@dataclass(frozen=True)
class Reading:
    """A whole file as it is understood. `tables` are its sheets, `table` the one that is read."""

    tables: list[Table]
    table: Table
    headings: Headings
    rows: list[RowReading]
    cover: Cover


def read_tables(name: str, content: bytes, choices: Choices) -> list[Table]:
    """Raises Refused (`invalid`, field `file`)."""
    if content.startswith(b"PK"):
        return read_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(_("This is an old or a protected Excel file. Save it as .xlsx without a password first."))
    if content.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<html", b"<!DOCTYPE", b"<?xml", b"{\\rtf")
    ):
        refuse(_("This is no table. Save it as .xlsx or .csv first."))
    if name.casefold().endswith((".xlsx", ".xlsm")):
        refuse(_("This is no Excel workbook. Save it as .xlsx or .csv first."))
    return [read_separated(name, content, encoding=choices.encoding, separator=choices.separator)]


def read_file(name: str, content: bytes, choices: Choices, team: Team) -> Reading:
    """Raises Refused (`invalid`, field `file`)."""
    tables = [table for table in read_tables(name, content, choices) if table.rows]
    if not tables:
        refuse(_("The file is empty: no row has anything in it."))
    table = next((each for each in tables if each.name == choices.sheet), None) or _likely(tables)
    headings = _headings(table, choices)
    rows = read_rows(table, headings.at, headings.meanings, team)
    return Reading(tables, table, headings, rows, cover_of(tables, table, headings.at))


def choices_from(form: Mapping[str, Any], before: Choices) -> Choices:
    """What the form of the preview says; what is not possible is left as it was."""
    known = {*BY_NAME, EXTRA, LEAVE_OUT}
    meanings = {
        key[7:]: str(value) for key, value in form.items() if key.startswith("column-") and value in known
    }
    sheet, encoding = str(form.get("sheet", "")), str(form.get("encoding", ""))
    separator = str(form.get("separator", "")).replace("tab", "\t")
    heading = str(form.get("heading_row", ""))
    same_place = sheet == before.sheet and heading == str(before.heading_row)
    return Choices(
        sheet=sheet[:100],
        encoding=encoding if encoding in ENCODINGS else "",
        separator=separator if separator in SEPARATORS else "",
        heading_row=int(heading) if heading.isdecimal() and len(heading) < 8 else 0,
        meanings=meanings if same_place else {},
        without_known=form.get("known") != "add",
    )


def team_of(seats: list[Seat]) -> Team:
    """By e-mail and by name; a name that two people have means nobody."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for seat in seats:
        for word in (seat.person.email, seat.person.name):
            name = folded(" ".join(word.split()))
            if found.setdefault(name, f"person-{seat.person_id}") != f"person-{seat.person_id}":
                twice.add(name)
    return {name: key for name, key in found.items() if name not in twice}


def _likely(tables: list[Table]) -> Table:
    """The sheet of which most columns are recognised."""

    def known(table: Table) -> int:
        return sum(meaning in BY_NAME for meaning in headings_of(table).meanings)

    return max(tables, key=known)


def _headings(table: Table, choices: Choices) -> Headings:
    found = headings_of(table)
    at = next((at for at, row in enumerate(table.rows) if row.number == choices.heading_row), found.at)
    if at != found.at:
        texts = texts_at(table, at)
        found = Headings(at, texts, recognised(texts))
    width = max((len(row.cells) for row in table.rows[at:]), default=0)
    texts = [*found.texts, *[""] * (width - len(found.texts))]
    meanings = [*found.meanings, *[EXTRA] * (width - len(found.meanings))]
    meanings = [choices.meanings.get(str(place), meaning) for place, meaning in enumerate(meanings)]
    return Headings(at, texts, _once(meanings))


def _once(meanings: list[str]) -> list[str]:
    """A field that is chosen for two columns is that of the first one; the other is kept beside the row."""
    taken: set[str] = set()
    kept = []
    for meaning in meanings:
        kept.append(EXTRA if meaning in taken and meaning in BY_NAME else meaning)
        taken.add(meaning)
    return kept
