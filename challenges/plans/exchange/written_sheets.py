"""The sheets of a plan's workbook, one for each kind of rows, with headings in the active language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from challenges.plans.exchange import columns
from challenges.plans.exchange.document import PlanDocument, SnapshotData
from challenges.plans.exchange.tables import CELL_LIMIT

Table = tuple[str, list[str], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class _Source:
    """A document, and what its people and items are called."""

    document: PlanDocument
    people: Mapping[str, str]
    titles: Mapping[str, str]


def sheets_of(document: PlanDocument) -> Iterable[Table]:
    """Name, headings and rows of each."""
    source = _Source(
        document,
        people={person.key: person.email or person.name for person in document.people},
        titles={item.key: f"{item.number} {item.title}".strip() for item in document.items},
    )
    for sheet in _SHEETS:
        yield sheet(source)


def _plan(source: _Source) -> Table:
    return pgettext("sheet", "Plan"), [_("Field"), _("Value")], _plan_rows(source)


def _items(source: _Source) -> Table:
    items = columns.standing(source.document)
    return pgettext("sheet", "Items"), columns.headings(items), columns.rows(source.document)


def _indicators(source: _Source) -> Table:
    items = columns.standing(source.document)
    rows = zip(columns.rows(source.document), items, strict=True)
    indicators = [row for row, item in rows if item.kind == "indicator"]
    return pgettext("sheet", "Indicators"), columns.headings(items), indicators


def _readings(source: _Source) -> Table:
    heads = [_("Indicator"), _("Day"), _("Value"), _("Note"), _("By"), _("At")]
    rows = [
        (
            source.titles[each.item],
            each.on,
            Decimal(each.value),
            each.note,
            source.people.get(each.by),
            each.at,
        )
        for each in source.document.readings
    ]
    return pgettext("sheet", "Readings"), heads, rows


def _updates(source: _Source) -> Table:
    heads = [_("Item"), _("Progress"), _("Confidence"), _("Why"), _("By"), _("At")]
    rows = [
        (
            source.titles[each.item],
            each.progress,
            each.confidence,
            each.why,
            source.people.get(each.by),
            each.at,
        )
        for each in source.document.updates
    ]
    return pgettext("sheet", "Updates"), heads, rows


def _evidence(source: _Source) -> Table:
    heads = [
        *(_("Title"), _("Address"), _("Proves"), _("SHA-256")),
        *(_("Bytes"), _("State"), _("By"), _("At")),
    ]
    rows = [
        (
            *(each.title, each.url, "\n".join(source.titles[key] for key in each.items), each.sha256),
            *(str(each.size or ""), each.link_state, source.people.get(each.by), each.at),
        )
        for each in source.document.evidence
    ]
    return pgettext("sheet", "Evidence"), heads, rows


def _changes(source: _Source) -> Table:
    heads = [
        *(_("Item"), _("Field"), _("Before"), _("After"), _("Why")),
        *(_("By"), _("At"), _("State"), _("Answer")),
    ]
    rows = [
        (
            *(source.titles[each.item], each.field, _said(each.before), _said(each.after), each.why),
            *(source.people.get(each.by), each.at, each.state, each.answer_why),
        )
        for each in source.document.requests
    ]
    return pgettext("sheet", "Changes"), heads, rows


def _reports(source: _Source) -> Table:
    heads = [_("Period"), _("From"), _("Until"), *_report_heads()]
    return pgettext("sheet", "Reports"), heads, _report_rows(source)


def _stocktakes(source: _Source) -> Table:
    heads = [
        *(_("Day"), _("What you saw together"), _("By"), _("At")),
        *(_("Decision"), _("Owner"), _("Due"), _("Done at")),
    ]
    return pgettext("sheet", "Stocktakes"), heads, _stocktake_rows(source)


def _as_it_stood(source: _Source) -> Table:
    heads = [
        *(_("When"), _("Number"), _("Title"), _("Owner"), _("Due"), _("Progress"), _("Confidence")),
        *(_("Why"), _("Baseline"), _("Target"), _("Unit"), _("Last reading")),
    ]
    return pgettext("sheet", "As it stood"), heads, [*_standings(source)]


def _history(source: _Source) -> Table:
    heads = [_("Before"), _("After"), _("Why"), _("By"), _("At")]
    steps = source.document.steps
    rows = [(each.from_state, each.to_state, each.why, source.people.get(each.by), each.at) for each in steps]
    return pgettext("sheet", "History"), heads, rows


def _flags(source: _Source) -> Table:
    rows = [
        (source.titles[item.key], odd.code, "; ".join(f"{name}: {text}" for name, text in odd.values.items()))
        for item in columns.standing(source.document)
        for odd in item.oddities
    ]
    return pgettext("sheet", "Flags"), [_("Item"), _("What is odd"), _("Values")], rows


_SHEETS: Sequence[Callable[[_Source], Table]] = (
    *(_plan, _items, _indicators, _readings, _updates, _evidence),
    *(_changes, _reports, _stocktakes, _as_it_stood, _history, _flags),
)


def _report_heads() -> list[str]:
    said = [_("Progress"), _("Confidence"), _("Evidence"), _("Challenges"), _("Text")]
    signed = [_("Submitted by"), _("Submitted at"), _("Approved by"), _("Approved at")]
    return [_("Voice"), _("State"), _("Item"), *said, *signed]


def _plan_rows(source: _Source) -> list[tuple[str, Any]]:
    plan, people = source.document.plan, source.people
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


def _report_rows(source: _Source) -> Iterable[Sequence[Any]]:
    """Each period at least once, with the text of a report in its first line."""
    document, people = source.document, source.people
    for period in document.periods:
        head = (period.name, period.starts, period.ends)
        reports = [report for report in document.reports if report.period == period.name]
        if not reports:
            yield head
        for report in reports:
            signed = (
                *(people.get(report.submitted_by or ""), report.submitted_at),
                *(people.get(report.approved_by or ""), report.approved_at),
            )
            said = ("", "", report.confidence, "", "", report.text)
            yield (*head, report.voice, report.state, *said, *signed)
            for each in report.entries:
                beside = "\n".join(f"{name}: {text}" for name, text in each.extra.items())
                told = (each.progress, each.confidence, each.evidence, each.challenges, beside)
                yield (*head, report.voice, report.state, source.titles[each.item], *told)


def _stocktake_rows(source: _Source) -> Iterable[Sequence[Any]]:
    """Each stocktake in its first line, then what was decided."""
    people = source.people
    for review in source.document.reviews:
        yield (review.on, review.note, people.get(review.by), review.at)
        for each in review.decisions:
            yield (review.on, "", "", "", each.text, people.get(each.owner or ""), each.due, each.done_at)


def _standings(source: _Source) -> Iterable[Sequence[Any]]:
    """What the plan was at its approvals and stocktakes."""
    document, people = source.document, source.people
    held: list[tuple[str, SnapshotData]] = [
        (_("Approval %(number)d") % {"number": each.number}, each.snapshot) for each in document.baselines
    ]
    held += [
        (_("Stocktake %(day)s") % {"day": each.on.isoformat()}, each.snapshot) for each in document.reviews
    ]
    for when, snapshot in held:
        last = {reading.item: Decimal(reading.value) for reading in snapshot.readings}
        for item in snapshot.items:
            owner = people.get(item.owner or "") or item.owner_wording
            yield (
                *(when, item.number, item.title, owner, item.due.wording if item.due else ""),
                *(item.progress, item.confidence, item.confidence_why),
                *(_amount(item.baseline), _amount(item.target), item.unit, last.get(item.key)),
            )


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _in_cells(text: str) -> list[str]:
    """A text longer than a cell goes on in the next row."""
    return [text[at : at + CELL_LIMIT] for at in range(0, len(text), CELL_LIMIT)]


def _said(value: object) -> str:
    """A text, a moment by its wording, nothing."""
    if isinstance(value, dict):
        return str(value.get("wording", ""))
    return "" if value is None else str(value)
