"""A workbook to fill in: the columns in the person's language, what each is for, and lists to choose from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from challenges.plans.exchange.columns import CHOICES, NUMBERS
from challenges.plans.exchange.headings import COLUMNS
from challenges.plans.exchange.tables import ROW_LIMIT
from challenges.plans.exchange.writing import add_sheet, saved

LAST_ROW = 500


def template() -> bytes:
    """In the active language. Its own examples are on the second sheet, so that nobody imports them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    heads = [str(column.label) for column in COLUMNS]
    sheet = add_sheet(book, pgettext("sheet", "Items"), heads, [])
    for place, column in enumerate(COLUMNS, start=1):
        sheet.cell(1, place).comment = Comment(str(column.explained), "Synergy", height=90, width=260)
        _add_rule(sheet, column.name, get_column_letter(place))
    explained = [(str(column.label), str(column.explained), _words(column.name)) for column in COLUMNS]
    add_sheet(book, pgettext("sheet", "Explained"), [_("Column"), _("What to write"), _("Words")], explained)
    add_sheet(book, pgettext("sheet", "Example"), heads, _example())
    for name in (pgettext("sheet", "Explained"), pgettext("sheet", "Example")):
        for letter, width in (("A", 20), ("B", 60), ("C", 60)):
            book[name[:31]].column_dimensions[letter].width = width
    return saved(book)


def _add_rule(sheet: object, name: str, letter: str) -> None:
    rule = None
    if name in CHOICES:
        words = ",".join(str(label) for label in CHOICES[name].labels)
        # Excel takes a list of up to 255 characters, and a comma always divides it.
        if len(words) <= 250:
            rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    elif name in NUMBERS:
        rule = DataValidation(
            type="decimal", operator="between", formula1="-1E+14", formula2="1E+14", allow_blank=True
        )
        rule.error = _("Write a number here.")
    elif name == "title":
        rule = DataValidation(
            type="textLength", operator="between", formula1="1", formula2="500", allow_blank=True
        )
        rule.error = _("There is room for 500 characters.")
    if rule is not None:
        rule.showErrorMessage = True
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)  # type: ignore[attr-defined]


def _words(name: str) -> str:
    if name in CHOICES:
        return ", ".join(str(label) for label in CHOICES[name].labels)
    return _("up to %(limit)d rows") % {"limit": ROW_LIMIT} if name == "title" else ""


def _example() -> list[list[object]]:
    kinds = dict(CHOICES["kind"].choices)
    rows: list[dict[str, object]] = [
        {
            "kind": kinds["objective"],
            "number": "1",
            "title": _("Every letter is answered in ten working days"),
        },
        {
            "kind": kinds["milestone"],
            "number": "1.1",
            "parent": "1",
            "title": _("The rule who answers is signed"),
            "due": date(2027, 6, 30),
        },
        {
            "kind": kinds["indicator"],
            "number": "1.2",
            "parent": "1",
            "title": _("Days until a letter is answered"),
            "due": "2027",
            "unit": _("working days"),
            "direction": str(CHOICES["direction"]("down").label),
            "baseline": 23,
            "target": 10,
        },
    ]
    return [[row.get(column.name) for column in COLUMNS] for row in rows]
