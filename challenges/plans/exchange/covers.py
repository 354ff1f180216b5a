"""What a file says beside its table: how the plan is called, and in a workbook of Synergy what else is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from challenges.plans.actions.values import YEARS
from challenges.plans.actions.writing import PLAN_TEXT_LIMIT
from challenges.plans.exchange.headings import in_each_language, plain
from challenges.plans.exchange.tables import Cell, Table
from challenges.plans.exchange.values import text_of
from rooms.text import clean_line

PLAN_SHEET = pgettext_lazy("sheet", "Plan")
ROW_SHEETS = (
    pgettext_lazy("sheet", "Items"),
    pgettext_lazy("sheet", "Indicators"),
    pgettext_lazy("sheet", "Evidence"),
)
"""What these say stands in the rows, too; a file among the evidence is remarked there."""
FIELD, VALUE = gettext_lazy("Field"), gettext_lazy("Value")
FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "starts": gettext_lazy("Starts"),
    "ends": gettext_lazy("Ends"),
}


@dataclass(frozen=True)
class Cover:
    """`left` says in words what is in other sheets and does not come with the rows."""

    title: str = ""
    summary: str = ""
    starts: date | None = None
    ends: date | None = None
    left: list[str] = field(default_factory=list)


def cover_of(tables: list[Table], table: Table, headings_at: int) -> Cover:
    """Of a workbook from Synergy its sheet of the plan; else the words that stand alone above the headings."""
    own = next((each for each in tables if _is_plan_sheet(each)), None)
    if own is None:
        return Cover(title=_alone_above(table, headings_at))
    said: dict[str, list[Cell]] = {}
    for row in own.rows[1:]:
        name = _field_names().get(plain(text_of(row.cells[0])))
        if name and len(row.cells) > 1:
            said.setdefault(name, []).append(row.cells[1])
    texts = {name: "".join(map(text_of, cells)) for name, cells in said.items()}
    starts, ends = (_day(said.get(name, [])) for name in ("starts", "ends"))
    if starts and ends and ends < starts:
        starts = ends = None
    return Cover(
        title=clean_line(texts.get("title", ""), 200),
        summary=texts.get("summary", "")[:PLAN_TEXT_LIMIT],
        starts=starts,
        ends=ends,
        left=_left([each for each in tables if each not in (own, table)]),
    )


def _is_plan_sheet(table: Table) -> bool:
    heads = [plain(text_of(cell)) for cell in table.rows[0].cells[:2]] if table.rows else []
    known = [{plain(word) for word in in_each_language(each)} for each in (FIELD, VALUE)]
    return len(heads) == 2 and all(head in words for head, words in zip(heads, known, strict=True))


def _alone_above(table: Table, headings_at: int) -> str:
    for row in table.rows[:headings_at]:
        texts = [text_of(cell) for cell in row.cells if not cell.is_blank]
        if len(texts) == 1 and not any(cell.is_formula for cell in row.cells):
            return clean_line(texts[0], 200)
    return ""


def _left(tables: list[Table]) -> list[str]:
    brought = {plain(word) for each in ROW_SHEETS for word in in_each_language(each)}
    told = [
        ngettext("%(sheet)s: %(count)d row", "%(sheet)s: %(count)d rows", len(table.rows) - 1)
        % {"sheet": table.name, "count": len(table.rows) - 1}
        for table in tables
        if len(table.rows) > 1 and plain(table.name) not in brought
    ]
    return [*told, _("The JSON file of the plan brings readings and your own reports, too.")] if told else []


def _day(cells: list[Cell]) -> date | None:
    value = cells[0].value if cells else None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        value = value.date()
    return value if isinstance(value, date) and YEARS[0] <= value.year <= YEARS[1] else None


@cache
def _field_names() -> dict[str, str]:
    return {plain(word): name for name, label in FIELDS.items() for word in in_each_language(label)}
