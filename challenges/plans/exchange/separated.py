"""Reads a text file with separators as a table: which letters it is in and what separates them is found out."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from django.utils.translation import gettext as _

from challenges.plans.exchange.tables import CELL_LIMIT, COLUMN_LIMIT, Cell, Table, gathered, refuse

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1250": "Windows-1250 (PL, HU, SK)",
    "cp1251": "Windows-1251 (BG)",
    "cp1257": "Windows-1257 (LV)",
}
SEPARATORS = (";", ",", "\t")
_LETTERS = {
    "cp1250": "ąćęłńóśźżáéíöőúüűäčďĺľňôŕšťýž",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "cp1257": "āčēģīķļņšūž",
}
"""Those beyond ASCII that stand in texts of our languages."""
_MIXED = re.compile(r"[a-z][^\W\d_a-z]|[^\W\d_a-z][a-z]")
_SAMPLE = 50
"""Lines from which the separator is told."""
_NAMED = re.compile(r"\Asep=(.)\r?\n")


def read_separated(name: str, content: bytes, *, encoding: str = "", separator: str = "") -> Table:
    """`encoding` and `separator` are what the person chose; found out when empty.

    Raises Refused (`invalid`, field `file`).
    """
    encoding = encoding if encoding in ENCODINGS else encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        refuse(_("This file is not in %(letters)s.") % {"letters": ENCODINGS[encoding]})
    if "\x00" in text:
        refuse(_("This is no text file. Save the table as .xlsx or .csv first."))
    named = _NAMED.match(text)
    if not separator:
        separator = named[1] if named else separator_of(text)
    how = _("Read as %(letters)s, separated by “%(separator)s”.") % {
        "letters": ENCODINGS[encoding],
        "separator": _("tab") if separator == "\t" else separator,
    }
    return gathered(name, _rows(text, separator, 1 if named else 0), how=how)


def encoding_of(content: bytes) -> str:
    """One of `ENCODINGS`. Of the three of Windows the one in which it has the most letters of our languages."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return max(_LETTERS, key=lambda name: _likeness(content, name))
    return "utf-8-sig"


def separator_of(text: str) -> str:
    """The one that splits the first lines into the most columns of the same number."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])

    def columns(separator: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(StringIO(sample), delimiter=separator) if row]
        except csv.Error:
            return (0, 0)
        heading = widths[0] if widths else 0
        return (sum(width == heading for width in widths), heading) if heading > 1 else (0, 0)

    return max(SEPARATORS, key=columns)


def _likeness(content: bytes, encoding: str) -> int:
    text = content.decode(encoding, errors="replace").lower()
    known = sum(text.count(letter) for letter in _LETTERS[encoding])
    beyond = sum(not letter.isascii() for letter in text)
    # Cyrillic words have no Latin letters in them, and words of the other languages are full of them.
    mixed = len(_MIXED.findall(text)) if encoding == "cp1251" else 0
    return 2 * known - beyond - 3 * mixed


def _rows(text: str, separator: str, skipped: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for number, row in enumerate(reader):
            if number >= skipped:
                yield line, [_cell(value) for value in row[:COLUMN_LIMIT]]
            line = reader.line_num + 1
    except csv.Error:
        refuse(_("Line %(line)d cannot be read: a quotation mark is not closed.") % {"line": line})


def _cell(value: str) -> Cell:
    """Text that a spreadsheet would compute is a formula. One apostrophe that says “this is text” goes."""
    if value.startswith("'") and value.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")):
        return Cell(value[1:CELL_LIMIT])
    return Cell(value[:CELL_LIMIT], is_formula=value.lstrip().startswith("="))
