"""A plan as workbook, as file with separators, as JSON. See the Note [Text stays text] in `synergy.separated`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import msgspec
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from challenges.plans.exchange import columns
from challenges.plans.exchange.document import PlanDocument
from challenges.plans.exchange.tables import CELL_LIMIT
from challenges.plans.exchange.written_sheets import sheets_of
from synergy import separated

LONG = 60
"""Characters from which a text is folded into lines."""
MARGIN = 4
"""Characters beside the text of a column, for the button of the filter."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="E8EEF4")


def as_json(document: PlanDocument) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def as_separated(document: PlanDocument) -> bytes:
    """The items, with semicolons between the cells."""
    rows = [[_separated(value) for value in row] for row in columns.rows(document)]
    return separated.as_separated([columns.headings(columns.standing(document)), *rows])


def as_workbook(document: PlanDocument) -> bytes:
    """A sheet for each kind of rows, with headings in the active language and times in the active zone."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, heads, rows in sheets_of(document):
        add_sheet(book, name, heads, rows)
    return saved(book)


def add_sheet(book: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Any:
    """With a head that stays and filters, columns as wide as what stands in them."""
    sheet = book.create_sheet(name[:31])
    widths = [MARGIN + min(len(text), 16) for text in heads]
    for at, row in enumerate([heads, *rows], start=1):
        for place, value in enumerate(row, start=1):
            if value not in (None, ""):
                _put(sheet.cell(at, place), value)
                if at > 1:
                    widths[place - 1] = max(widths[place - 1], _width(value))
    for place in range(1, len(heads) + 1):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = _WRAPPED
        sheet.column_dimensions[get_column_letter(place)].width = widths[place - 1]
    sheet.freeze_panes = "A2"
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions
    return sheet


def _width(value: Any) -> int:
    """Characters. Long texts fold into lines."""
    if isinstance(value, datetime):
        return 18
    lines = str(value).split("\n")
    return min(max(map(len, lines)) + MARGIN, LONG)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: Any) -> None:
    if isinstance(value, int):
        cell.value = value
    elif isinstance(value, Decimal):
        cell.value = float(value) if Decimal(repr(float(value))) == value else str(value)
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:CELL_LIMIT]
        cell.data_type = "s"
        if cell.value.startswith(separated.DANGEROUS):
            cell.quotePrefix = True
        if len(cell.value) > LONG or "\n" in cell.value:
            cell.alignment = _WRAPPED


def _separated(value: columns.Value) -> str | Decimal:
    if isinstance(value, Decimal):
        # 4.083 may be four thousand to who reads it; 4.0830 may not.
        return Decimal(f"{value:f}0" if value.as_tuple().exponent == -3 else f"{value:f}")
    return value.isoformat() if isinstance(value, date) else value or ""
