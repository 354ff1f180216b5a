"""The sheets of a plan's workbook, one for each kind of rows, with headings in the active language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from challenges.plans.exchange import columns
from challenges.plans.exchange.document import ItemData, PlanDocument, SnapshotData
from challenges.plans.exchange.said import at_head, day_or_words, in_zone, local, said, word
from challenges.plans.exchange.tables import CELL_LIMIT
from challenges.plans.models import (
    Audience,
    Confidence,
    LinkState,
    PlanState,
    Progress,
    ReportState,
    RequestField,
    RequestState,
    Voice,
)
from challenges.plans.words import day_words, oddity, progress_word
from synergy.people.models import Country

Table = tuple[str, list[str], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class _Source:
    """A document, and what its people and items are called."""

    document: PlanDocument
    people: Mapping[str, str]
    titles: Mapping[str, str]


def sheets_of(document: PlanDocument) -> Iterable[Table]:
    """Name, headings and rows of each that has any, in the words of the pages and in the reader's zone."""
    source = _Source(
        document,
        people={person.key: columns.who(person) for person in document.people},
        titles={item.key: f"{item.number} {item.title}".strip() for item in document.items},
    )
    for sheet in _SHEETS:
        name, heads, rows = sheet(source)
        kept = list(rows)
        if kept or sheet is _items:
            yield name, heads, kept


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
    heads = [_("Indicator"), _("Day"), _("Value"), _("Note"), _("By"), at_head()]
    rows = [
        (
            source.titles[each.item],
            each.on,
            Decimal(each.value),
            each.note,
            source.people.get(each.by),
            local(each.at),
        )
        for each in source.document.readings
    ]
    return pgettext("sheet", "Readings"), heads, rows


def _updates(source: _Source) -> Table:
    heads = [_("Item"), _("Progress"), _("Confidence"), _("Why"), _("By"), at_head()]
    rows = [
        (
            source.titles[each.item],
            progress_word(each.progress),
            word(Confidence, each.confidence),
            each.why,
            source.people.get(each.by),
            local(each.at),
        )
        for each in source.document.updates
    ]
    return pgettext("sheet", "Updates"), heads, rows


def _evidence(source: _Source) -> Table:
    heads = [
        *(_("Title"), _("Address"), _("Proves"), _("SHA-256")),
        *(_("Bytes"), _("State"), _("By"), at_head()),
    ]
    rows = [
        (
            *(each.title, each.url, "\n".join(source.titles[key] for key in each.items), each.sha256),
            *(each.size, word(LinkState, each.link_state if each.url else "")),
            *(source.people.get(each.by), local(each.at)),
        )
        for each in source.document.evidence
    ]
    return pgettext("sheet", "Evidence"), heads, rows


def _changes(source: _Source) -> Table:
    heads = [
        *(_("Item"), _("Field"), _("Before"), _("After"), _("Why")),
        *(_("By"), at_head(), _("State"), _("Answer")),
    ]
    rows = [
        (
            *(source.titles[each.item], word(RequestField, each.field)),
            *(said(each.before), said(each.after), each.why),
            *(source.people.get(each.by), local(each.at), word(RequestState, each.state), each.answer_why),
        )
        for each in source.document.requests
    ]
    return pgettext("sheet", "Changes"), heads, rows


def _reports(source: _Source) -> Table:
    heads = [_("Period"), _("From"), _("Until"), *_report_heads()]
    return pgettext("sheet", "Reports"), heads, _report_rows(source)


def _stocktakes(source: _Source) -> Table:
    heads = [
        *(_("Day"), _("What you saw together"), _("By"), at_head()),
        *(_("Decision"), _("Owner"), _("Due"), in_zone(_("Done at"))),
    ]
    return pgettext("sheet", "Stocktakes"), heads, _stocktake_rows(source)


def _as_it_stood(source: _Source) -> Table:
    heads = [
        *(_("When"), _("Number"), _("Title"), _("Owner"), _("Due"), _("Progress"), _("Confidence")),
        *(_("Why"), _("Baseline"), _("Target"), _("Unit"), _("Last reading")),
    ]
    return pgettext("sheet", "As it stood"), heads, [*_standings(source)]


def _history(source: _Source) -> Table:
    heads = [_("Before"), _("After"), _("Why"), _("By"), at_head()]
    rows = [
        (
            *(word(PlanState, each.from_state), word(PlanState, each.to_state), each.why),
            *(source.people.get(each.by), local(each.at)),
        )
        for each in source.document.steps
    ]
    return pgettext("sheet", "History"), heads, rows


def _flags(source: _Source) -> Table:
    rows = [
        (source.titles[item.key], oddity(odd))
        for item in columns.standing(source.document)
        for odd in item.oddities
    ]
    return pgettext("sheet", "Flags"), [_("Item"), _("What is odd")], rows


_SHEETS: Sequence[Callable[[_Source], Table]] = (
    *(_plan, _items, _indicators, _readings, _updates, _evidence),
    *(_changes, _reports, _stocktakes, _as_it_stood, _history, _flags),
)


def _report_heads() -> list[str]:
    told = [_("Progress"), _("Confidence"), _("Evidence"), _("Challenges"), _("Text")]
    signed = [
        *(_("Submitted by"), in_zone(_("Submitted at"))),
        *(_("Approved by"), in_zone(_("Approved at"))),
    ]
    return [_("Voice"), _("State"), _("Item"), *told, *signed]


def _plan_rows(source: _Source) -> list[tuple[str, Any]]:
    plan, people = source.document.plan, source.people
    return [
        (_("Title"), plan.title),
        (_("Institution"), plan.institution),
        (_("Country"), word(Country, plan.country)),
        (_("State"), word(PlanState, plan.state)),
        (_("Language"), _(str(dict(settings.LANGUAGES).get(plan.language, plan.language)))),
        (_("Starts"), plan.starts),
        (_("Ends"), plan.ends),
        (_("Time zone"), plan.time_zone),
        (_("Owner"), people.get(plan.owner or "")),
        (_("Consultant"), people.get(plan.consultant or "")),
        (_("Who may read it"), word(Audience, plan.audience)),
        (_("Approved by"), people.get(plan.approved_by or "")),
        (in_zone(_("Approved at")), local(plan.approved_at)),
        (in_zone(_("Changed at")), local(plan.changed_at)),
        (_("Source"), plan.source),
        *((_("Summary"), part) for part in _in_cells(plan.summary)),
    ]


def _report_rows(source: _Source) -> Iterable[Sequence[Any]]:
    """Each period at least once, with the text of a report in its first line."""
    document, people = source.document, source.people
    unreported = {item.key for item in document.items if item.kind in columns.UNREPORTED}
    for period in document.periods:
        head = (period.name, period.starts, period.ends)
        reports = [report for report in document.reports if report.period == period.name]
        if not reports:
            yield head
        for report in reports:
            signed = (
                *(people.get(report.submitted_by or ""), local(report.submitted_at)),
                *(people.get(report.approved_by or ""), local(report.approved_at)),
            )
            about = ("", "", word(Confidence, report.confidence), "", "", report.text)
            whose = (word(Voice, report.voice), word(ReportState, report.state))
            yield (*head, *whose, *about, *signed)
            for each in report.entries:
                beside = "\n".join(f"{name}: {text}" for name, text in each.extra.items())
                progress = "" if each.item in unreported else str(progress_word(each.progress))
                told = (progress, word(Confidence, each.confidence), each.evidence, each.challenges, beside)
                yield (*head, *whose, source.titles[each.item], *told)


def _stocktake_rows(source: _Source) -> Iterable[Sequence[Any]]:
    """Each stocktake in its first line, then what was decided."""
    people = source.people
    for review in source.document.reviews:
        yield (review.on, review.note, people.get(review.by), local(review.at))
        for each in review.decisions:
            done = (people.get(each.owner or ""), each.due, local(each.done_at))
            yield (review.on, "", "", "", each.text, *done)


def _standings(source: _Source) -> Iterable[Sequence[Any]]:
    """What the plan was at its approvals and stocktakes."""
    document, people = source.document, source.people
    held: list[tuple[str, SnapshotData]] = [
        (_("Approval %(number)d") % {"number": each.number}, each.snapshot) for each in document.baselines
    ]
    held += [
        (_("Stocktake %(day)s") % {"day": day_words(each.on)}, each.snapshot) for each in document.reviews
    ]
    for when, snapshot in held:
        last = {reading.item: Decimal(reading.value) for reading in snapshot.readings}
        for item in snapshot.items:
            owner = people.get(item.owner or "") or item.owner_wording
            yield (
                *(when, item.number, item.title, owner, day_or_words(item.due)),
                *(_progress(item), word(Confidence, item.confidence), item.confidence_why),
                *(_amount(item.baseline), _amount(item.target), item.unit, last.get(item.key)),
            )


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _in_cells(text: str) -> list[str]:
    """A text longer than a cell goes on in the next row."""
    return [text[at : at + CELL_LIMIT] for at in range(0, len(text), CELL_LIMIT)]


def _progress(item: ItemData) -> str:
    is_silent = item.kind in columns.UNREPORTED and item.progress == Progress.NOT_STARTED
    return "" if is_silent else str(progress_word(item.progress))
