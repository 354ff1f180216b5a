"""A workbook or a file with separators as rows of cells, whatever somebody uploads.

# Note [A file from anywhere]

Nothing that is read here may cost more than the file is worth. A workbook is a ZIP archive, and a few
kilobytes can hold gigabytes: what its parts say they unpack to is added up before anything is unpacked, and
no part can unpack to more than it says. openpyxl builds one row in memory at a time, so a sheet that goes
on for megabytes without a new row is refused. Reading stops after `ROW_LIMIT` rows with content, after
`EMPTY_LIMIT` empty ones, and after `SECONDS`; the table says that it was cut. Formulas are never computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import NoReturn

from django.utils.translation import gettext as _

from synergy.live.refusals import Refused

ROW_LIMIT = 2_000
"""Most rows with content, however many of them a plan has room for."""
COLUMN_LIMIT = 100
EMPTY_LIMIT = 1_000
"""So many empty rows one after another are the end of the table."""
CELL_LIMIT = 32_767
"""Most characters of a cell, as in Excel."""
SECONDS = 10.0

Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Cell:
    """`value` of a formula is its text, with the equals sign."""

    value: Value
    is_formula: bool = False

    @property
    def is_blank(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet counts, from 1; of a text file, the line where the row begins."""

    number: int
    cells: list[Cell]


@dataclass
class Table:
    """The rows with content. `how` tells in words how a text file was read; `cut` why it is not all."""

    name: str
    rows: list[Row] = field(default_factory=list)
    how: str = ""
    cut: str = ""


def gathered(name: str, rows: Iterator[tuple[int, Sequence[Cell]]], *, how: str = "") -> Table:
    """Takes rows within the limits. See the Note [A file from anywhere]."""
    table = Table(name, how=how)
    ends, empty = monotonic() + SECONDS, 0
    for number, cells in rows:
        if all(cell.is_blank for cell in cells):
            empty += 1
            if empty >= EMPTY_LIMIT:
                break
        elif len(table.rows) > ROW_LIMIT:
            table.cut = _("Only the first %(limit)d rows were read. Split the file.") % {"limit": ROW_LIMIT}
            break
        else:
            empty = 0
            table.rows.append(Row(number, _trimmed(cells)))
        if monotonic() > ends:
            table.cut = _("Reading was stopped after row %(row)d because it took too long.") % {"row": number}
            break
    return table


def refuse(detail: str) -> NoReturn:
    """Raises Refused for the field `file`."""
    raise Refused("invalid", detail, fields={"file": detail})


def letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _trimmed(cells: Sequence[Cell]) -> list[Cell]:
    """Without the blanks at the end."""
    kept = list(cells[:COLUMN_LIMIT])
    while kept and kept[-1].is_blank:
        kept.pop()
    return kept
