"""The sheets of a plan's workbook, one for each kind of rows, with headings in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from challenges.plans.exchange import columns
from challenges.plans.exchange.document import PlanDocument, SnapshotData
from challenges.plans.exchange.tables import CELL_LIMIT

Table = tuple[str, list[str], Iterable[Sequence[Any]]]


def sheets_of(document: PlanDocument) -> Iterable[Table]:
    """Name, headings and rows of each."""
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
        _report_rows(document, titles, people),
    )
    yield (
        pgettext("sheet", "Stocktakes"),
        [
            *(_("Day"), _("What you saw together"), _("By"), _("At")),
            *(_("Decision"), _("Owner"), _("Due"), _("Done at")),
        ],
        _stocktake_rows(document, people),
    )
    yield (
        pgettext("sheet", "As it stood"),
        [
            *(_("When"), _("Number"), _("Title"), _("Owner"), _("Due"), _("Progress"), _("Confidence")),
            *(_("Why"), _("Baseline"), _("Target"), _("Unit"), _("Last reading")),
        ],
        [*_standings(document, people)],
    )
    yield (
        pgettext("sheet", "History"),
        [_("Before"), _("After"), _("Why"), _("By"), _("At")],
        [(each.from_state, each.to_state, each.why, people.get(each.by), each.at) for each in document.steps],
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
    signed = [_("Submitted by"), _("Submitted at"), _("Approved by"), _("Approved at")]
    return [_("Voice"), _("State"), _("Item"), *said, *signed]


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


def _report_rows(
    document: PlanDocument, titles: dict[str, str], people: dict[str, str]
) -> Iterable[Sequence[Any]]:
    """Each period at least once, with the text of a report in its first line."""
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
                yield (*head, report.voice, report.state, titles[each.item], *told)


def _stocktake_rows(document: PlanDocument, people: dict[str, str]) -> Iterable[Sequence[Any]]:
    """Each stocktake in its first line, then what was decided."""
    for review in document.reviews:
        yield (review.on, review.note, people.get(review.by), review.at)
        for each in review.decisions:
            yield (review.on, "", "", "", each.text, people.get(each.owner or ""), each.due, each.done_at)


def _standings(document: PlanDocument, people: dict[str, str]) -> Iterable[Sequence[Any]]:
    """What the plan was at its approvals and stocktakes."""
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
