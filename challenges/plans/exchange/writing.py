"""A plan as workbook, as file with separators, as JSON.

# Note [Text stays text]

A spreadsheet computes a cell that begins with an equals sign, a plus, a minus or an at sign, and a formula
can call other programs. In a workbook every text is written as text. A file with separators has no types:
there such a text gets an apostrophe before it, which spreadsheets show as it is and which an import takes
off again. Numbers are written as numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from challenges.plans.exchange import columns
from challenges.plans.exchange.document import PlanDocument
from challenges.plans.exchange.tables import CELL_LIMIT

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONG = 60
"""Characters from which a text is folded into lines."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="E8EEF4")

Table = tuple[str, list[str], Iterable[Sequence[Any]]]


def as_json(document: PlanDocument) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def as_separated(document: PlanDocument) -> bytes:
    """The items, in UTF-8 with a mark by which Excel knows it, separated by semicolons."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(text) for text in columns.headings(columns.standing(document))])
    for row in columns.rows(document):
        writer.writerow([_separated(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def harmless(text: str) -> str:
    """See the Note [Text stays text]. What has such an apostrophe already gets a second one."""
    return f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text


def as_workbook(document: PlanDocument) -> bytes:
    """A sheet for each kind of rows, with headings in the active language. Times are in UTC."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, heads, rows in _sheets(document):
        add_sheet(book, name, heads, rows)
    return saved(book)


def add_sheet(book: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Any:
    sheet = book.create_sheet(name[:31])
    for at, row in enumerate([heads, *rows], start=1):
        for place, value in enumerate(row, start=1):
            if value not in (None, ""):
                _put(sheet.cell(at, place), value)
    for place in range(1, len(heads) + 1):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = _WRAPPED
        sheet.column_dimensions[get_column_letter(place)].width = 22
    sheet.freeze_panes = "A2"
    return sheet


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
        if cell.value.startswith(DANGEROUS):
            cell.quotePrefix = True
        if len(cell.value) > LONG or "\n" in cell.value:
            cell.alignment = _WRAPPED


def _separated(value: columns.Value) -> str:
    if isinstance(value, Decimal):
        # 4.083 may be four thousand to who reads it; 4.0830 may not.
        return f"{value:f}0" if value.as_tuple().exponent == -3 else f"{value:f}"
    return value.isoformat() if isinstance(value, date) else harmless(value or "")


def _sheets(document: PlanDocument) -> Iterable[Table]:
    people = {person.key: person.email or person.name for person in document.people}
    titles = {item.key: f"{item.number} {item.title}".strip() for item in document.items}
    items = columns.standing(document)
    heads = columns.headings(items)
    rows = columns.rows(document)
    kinds = [item.kind == "indicator" for item in items]
    yield pgettext("sheet", "Plan"), [_("Field"), _("Value")], _plan_rows(document, people)
    yield pgettext("sheet", "Items"), heads, rows
    indicators = [row for row, is_indicator in zip(rows, kinds, strict=True) if is_indicator]
    yield pgettext("sheet", "Indicators"), heads, indicators
    yield (
        pgettext("sheet", "Readings"),
        [_("Indicator"), _("Day"), _("Value"), _("Note"), _("By"), _("At")],
        [
            (titles[each.item], each.on, Decimal(each.value), each.note, people.get(each.by), each.at)
            for each in document.readings
        ],
    )
    yield (
        pgettext("sheet", "Updates"),
        [_("Item"), _("Progress"), _("Confidence"), _("Why"), _("By"), _("At")],
        [
            (titles[each.item], each.progress, each.confidence, each.why, people.get(each.by), each.at)
            for each in document.updates
        ],
    )
    yield (
        pgettext("sheet", "Evidence"),
        [_("Title"), _("Address"), _("Proves"), _("SHA-256"), _("Bytes"), _("State"), _("By"), _("At")],
        [
            (
                each.title,
                each.url,
                "\n".join(titles[key] for key in each.items),
                each.sha256,
                str(each.size or ""),
                each.link_state,
                people.get(each.by),
                each.at,
            )
            for each in document.evidence
        ],
    )
    yield (
        pgettext("sheet", "Changes"),
        [_("Item"), _("Field"), _("Before"), _("After"), _("Why"), _("By"), _("At"), _("State"), _("Answer")],
        [
            (
                titles[each.item],
                each.field,
                _said(each.before),
                _said(each.after),
                each.why,
                people.get(each.by),
                each.at,
                each.state,
                each.answer_why,
            )
            for each in document.requests
        ],
    )
    yield (
        pgettext("sheet", "Reports"),
        [_("Period"), _("From"), _("Until"), *_report_heads()],
        _report_rows(document, titles),
    )
    yield (
        pgettext("sheet", "Flags"),
        [_("Item"), _("What is odd"), _("Values")],
        [
            (titles[item.key], odd.code, "; ".join(f"{name}: {text}" for name, text in odd.values.items()))
            for item in items
            for odd in item.oddities
        ],
    )


def _report_heads() -> list[str]:
    said = [_("Progress"), _("Confidence"), _("Evidence"), _("Challenges"), _("Text")]
    return [_("Voice"), _("State"), _("Item"), *said]


def _plan_rows(document: PlanDocument, people: dict[str, str]) -> list[tuple[str, Any]]:
    plan = document.plan
    return [
        (_("Title"), plan.title),
        (_("Institution"), plan.institution),
        (_("Country"), plan.country),
        (_("State"), plan.state),
        (_("Language"), plan.language),
        (_("Starts"), plan.starts),
        (_("Ends"), plan.ends),
        (_("Time zone"), plan.time_zone),
        (_("Owner"), people.get(plan.owner or "")),
        (_("Consultant"), people.get(plan.consultant or "")),
        (_("Who may read it"), plan.audience),
        (_("Approved by"), people.get(plan.approved_by or "")),
        (_("Approved at"), plan.approved_at),
        (_("Changed at"), plan.changed_at),
        (_("Source"), plan.source),
        *((_("Summary"), part) for part in _in_cells(plan.summary)),
    ]


def _report_rows(document: PlanDocument, titles: dict[str, str]) -> Iterable[Sequence[Any]]:
    """Each period at least once, with the text of a report in its first line."""
    for period in document.periods:
        head = (period.name, period.starts, period.ends)
        reports = [report for report in document.reports if report.period == period.name]
        if not reports:
            yield head
        for report in reports:
            yield (*head, report.voice, report.state, "", "", report.confidence, "", "", report.text)
            for each in report.entries:
                told = (each.progress, each.confidence, each.evidence, each.challenges)
                yield (*head, report.voice, report.state, titles[each.item], *told)


def _in_cells(text: str) -> list[str]:
    """A text longer than a cell goes on in the next row."""
    return [text[at : at + CELL_LIMIT] for at in range(0, len(text), CELL_LIMIT)]


def _said(value: object) -> str:
    """A text, a moment by its wording, nothing."""
    if isinstance(value, dict):
        return str(value.get("wording", ""))
    return "" if value is None else str(value)
