"""Numbers as people type them: "17.8", "17,8", "4 083", "4.083,00", "85 %"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_SPELLING = re.compile(r"(?P<sign>[-−]?)(?P<digits>\d[\d., '’]*)\s*(?P<unit>.*)", re.DOTALL)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2},\d{3}")
_BY_SPACES = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
DIGITS = 14
"""Most digits before the point."""
PLACES = 6
"""Most digits after it."""
SIGNIFICANT = 15
"""Most digits in all: a number of SQLite holds no more."""


class Amount(NamedTuple):
    """A number, and the words after it."""

    value: Decimal
    unit: str


class NotANumber(ValueError):
    """`is_ambiguous`: "4,083" is 4083 to one and 4.083 to another."""

    def __init__(self, text: str, *, is_ambiguous: bool = False) -> None:
        super().__init__(text)
        self.is_ambiguous = is_ambiguous


def read_number(text: str) -> Amount:
    """Raises NotANumber. A single dot is a decimal point, a single comma a decimal comma."""
    found = _SPELLING.fullmatch(" ".join(text.split()))
    if found is None:
        raise NotANumber(text)
    digits = _plain(_BY_SPACES.sub("", found["digits"].strip(" '’")))
    whole, _point, part = digits.partition(".")
    before, after = len(whole.lstrip("0")), len(part.rstrip("0"))
    if before > DIGITS or after > PLACES or before + after > SIGNIFICANT:
        raise NotANumber(text)
    return Amount(Decimal(f"{'-' if found['sign'] else ''}{digits}"), found["unit"].strip())


def _plain(digits: str) -> str:
    """With a point before the decimals and nothing else between. Raises NotANumber."""
    if _BY_DOTS.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif _BY_COMMAS.fullmatch(digits):
        digits = digits.replace(",", "")
    elif _AMBIGUOUS.fullmatch(digits):
        raise NotANumber(digits, is_ambiguous=True)
    else:
        digits = digits.replace(",", ".")
    if not _PLAIN.fullmatch(digits):
        raise NotANumber(digits)
    return digits
