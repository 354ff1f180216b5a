"""Reads an .xlsx file as tables, within bounds. See the Note [A file from anywhere] in `tables`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from challenges.plans.exchange.tables import CELL_LIMIT, COLUMN_LIMIT, Cell, Table, gathered, refuse
from synergy.live.refusals import Refused

UNPACKED_LIMIT = 256 * 1024 * 1024
"""Bytes of all parts together. Sheets are streamed; a million empty rows with borders are about 170 MB."""
PART_LIMIT = 32 * 1024 * 1024
"""Bytes of a part that is read whole: the texts, the styles."""
ROW_BYTES = 4 * 1024 * 1024
"""So far apart may the rows of a sheet be."""
SIZELESS_LIMIT = 16 * 1024 * 1024
"""Bytes of a sheet that does not say how large it is: openpyxl goes through it to find out."""
SHEET_LIMIT = 40
_SHEETS = "xl/worksheets/"
_CHUNK = 1024 * 1024


def read_workbook(content: bytes) -> list[Table]:
    """The visible sheets with content. Raises Refused (`invalid`, field `file`)."""
    try:
        _check_archive(content)
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"][:SHEET_LIMIT]
        tables = [gathered(sheet.title, _rows(sheet)) for sheet in sheets]
    except Refused:
        raise
    except Exception:  # zipfile, zlib and openpyxl raise whatever the broken part led to
        refuse(_("This workbook is damaged. Open it in your spreadsheet program and save it again as .xlsx."))
    return [table for table in tables if table.rows]


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMN_LIMIT), start=1):
        yield number, [_cell(each) for each in row]


def _cell(source: Any) -> Cell:
    value = source.value
    if isinstance(value, str):
        return Cell(value[:CELL_LIMIT], is_formula=source.data_type == "f")
    return Cell(value)


def _check_archive(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            refuse(_("This is no Excel workbook. Save it as .xlsx or .csv first."))
        unpacked = sum(part.file_size for part in parts)
        if unpacked > UNPACKED_LIMIT or any(
            part.file_size > PART_LIMIT and not part.filename.startswith(_SHEETS) for part in parts
        ):
            refuse(
                _("This workbook unpacks to %(size)s, which is too much. Copy the table into a new file.")
                % {"size": filesizeformat(unpacked)}
            )
        for part in parts:
            if part.filename.startswith(_SHEETS) and part.filename.endswith(".xml"):
                _check_sheet(archive, part.filename, part.file_size)


def _check_sheet(archive: ZipFile, name: str, size: int) -> None:
    """That openpyxl need not hold much of it at once."""
    gap, has_size, start = 0, False, True
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            if start:
                has_size, start = b"dimension" in chunk, False
            last = chunk.rfind(b"<row")
            gap = gap + len(chunk) if last < 0 else len(chunk) - last
            if gap > ROW_BYTES:
                refuse(_("A row of this workbook is too large. Copy the table into a new file."))
            if size > SIZELESS_LIMIT and not has_size:
                refuse(
                    _(
                        "This workbook has very many rows, and most may be empty. Copy the rows with words "
                        "into a new workbook, and choose that."
                    )
                )
