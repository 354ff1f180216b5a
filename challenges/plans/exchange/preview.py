"""What the preview of a table shows: how its columns are read, and what becomes of each row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.exchange.columns import CHOICES
from challenges.plans.exchange.headings import BY_NAME, COLUMNS, EXTRA, HEADING_ROWS, LEAVE_OUT
from challenges.plans.exchange.models import PlanImport
from challenges.plans.exchange.runs import Seen, choices_of
from challenges.plans.exchange.separated import ENCODINGS, SEPARATORS
from challenges.plans.exchange.tables import letters
from challenges.plans.exchange.ties import Finding, RowReading, counts
from challenges.plans.models import Kind
from challenges.plans.words import due_words

SAMPLES = 3
FAULTS_SHOWN = 50
"""In the list of errors; all of them stand beside their rows."""


@dataclass(frozen=True)
class ColumnView:
    """One column of the file: its heading, what it is read as, and the first things in it."""

    place: int
    letters: str
    heading: str
    meaning: str
    samples: list[str]


@dataclass(frozen=True)
class RowView:
    """One row as it will be imported. `values` are pairs of label and text."""

    reading: RowReading
    kind: str
    owner: str
    due: Any
    progress: str
    part_of: str
    more: list[tuple[str, str]]
    is_known: bool

    @property
    def errors(self) -> list[Finding]:
        return [each for each in self.reading.findings if each.is_error]

    @property
    def warnings(self) -> list[Finding]:
        return [each for each in self.reading.findings if not each.is_error]


def preview_of(found: Seen, run: PlanImport) -> dict[str, Any]:
    reading, choices = found.reading, choices_of(run)
    rows = [_row_view(row, found) for row in reading.rows]
    sums = counts(reading.rows)
    to_bring = len(found.rows_to_bring(choices))
    return {
        "reading": reading,
        "title": reading.cover.title or PurePath(run.name).stem,
        "cover": reading.cover,
        "missed": _missed(found),
        "kept": [
            text
            for text, meaning in zip(reading.headings.texts, reading.headings.meanings, strict=True)
            if meaning == EXTRA and text
        ],
        "is_folded": all(meaning != EXTRA for meaning in reading.headings.meanings),
        "choices": choices,
        "tables": [table.name for table in reading.tables],
        "encodings": ENCODINGS,
        "separators": SEPARATORS,
        "heading_rows": [row.number for row in reading.table.rows[:HEADING_ROWS]],
        "heading_row": reading.table.rows[reading.headings.at].number,
        "columns": _columns(found),
        "meanings": [(column.name, column.label) for column in COLUMNS],
        "other_meanings": [(EXTRA, _("Keep it beside the row")), (LEAVE_OUT, _("Leave it out"))],
        "unused": [column for column in COLUMNS if column.name not in reading.headings.meanings],
        "has_title": "title" in reading.headings.meanings,
        "rows": rows,
        "faulty": (faulty := [row for row in rows if row.errors]),
        "more_faulty": max(len(faulty) - FAULTS_SHOWN, 0),
        "left_known": choices.without_known and sum(row.is_known and not row.errors for row in rows),
        "sums": sums,
        "to_bring": to_bring,
        "known": sum(row.is_known for row in rows),
        "may_assign": found.may_assign,
        "button": ngettext("Import %(count)d row", "Import %(count)d rows", to_bring) % {"count": to_bring},
    }


def _missed(found: Seen) -> list[str]:
    """What a plan lives by and no row of the table says, in words."""
    rows, meanings = found.reading.rows, found.reading.headings.meanings
    told = []
    if rows and not any(row.item.due for row in rows):
        told.append(
            _("No row has a date, so nobody is reminded of anything.")
            if "due" in meanings
            else _(
                "No column is read as date, so nobody is reminded of anything. Choose below which one it is."
            )
        )
    if rows and all(row.item.kind == Kind.ACTION for row in rows):
        told.append(
            _("All rows become actions. In a column “Kind” you can say which are objectives or milestones.")
        )
    return told


def _columns(found: Seen) -> list[ColumnView]:
    reading = found.reading
    below = reading.table.rows[reading.headings.at + 1 :]
    views = []
    for place, meaning in enumerate(reading.headings.meanings):
        texts = (str(row.cells[place].value or "") for row in below if place < len(row.cells))
        samples = [text[:60] for text in texts if text.strip()][:SAMPLES]
        heading = reading.headings.texts[place]
        if heading or samples:
            views.append(ColumnView(place, letters(place), heading, meaning, samples))
    return views


def _row_view(row: RowReading, found: Seen) -> RowView:
    item = row.item
    more = [(str(BY_NAME[name].label), text) for name, text in _more(row)]
    due = item.due
    return RowView(
        reading=row,
        kind=str(CHOICES["kind"](item.kind).label),
        owner=item.owner_wording or ("✓" if item.owner else ""),
        due=due_words(due),
        progress=str(CHOICES["progress"](item.progress).label),
        part_of=item.parent or "",
        more=[*more, *item.extra.items()],
        is_known=item.number in found.known,
    )


def _more(row: RowReading) -> list[tuple[str, str]]:
    item = row.item
    direction = item.direction
    values = {
        "description": item.description,
        "contributors": item.contributors_wording,
        "start": item.start.wording if item.start else "",
        "confidence": item.confidence,
        "why": item.confidence_why,
        "unit": item.unit,
        "direction": direction,
        "baseline": item.baseline,
        "baseline_on": item.baseline_on.isoformat() if item.baseline_on else "",
        "target": item.target,
        "lowest": item.lowest,
        "highest": item.highest,
        "data_source": item.data_source,
        "evidence": "\n".join(row.links),
    }
    return [(name, value) for name, value in values.items() if value]
