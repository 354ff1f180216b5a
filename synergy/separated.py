"""Files with separators, which spreadsheets open.

# Note [Text stays text]

A spreadsheet computes a cell that begins with an equals sign, a plus, a minus or an at sign, and a formula
can call other programs. In a workbook every text is written as text. A file with separators has no types:
there such a text gets an apostrophe before it, which spreadsheets show as it is and which an import takes
off again. Numbers are written as numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_separated(rows: Iterable[Sequence[Any]]) -> bytes:
    """In UTF-8 with a mark by which Excel knows it, separated by semicolons, texts made harmless."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(value) if isinstance(value, str) else value for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def harmless(text: str) -> str:
    """See the Note [Text stays text]. What has such an apostrophe already gets a second one."""
    return f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text
