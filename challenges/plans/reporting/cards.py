"""Rows made into the cards of `reporting` and of a report."""

from __future__ import annotations

from challenges.plans.models import Decision, Period, Report, ReportEntry, Review
from challenges.plans.reporting.events import (
    DecisionCard,
    EntryCard,
    PeriodCard,
    ReportLine,
    ReportMoved,
    StocktakeCard,
)


def period_card(row: Period) -> PeriodCard:
    return PeriodCard(
        id=row.pk,
        name=row.name,
        starts=row.starts,
        ends=row.ends,
        closed_at=row.closed_at,
        closed_by=row.closed_by_id,
    )


def report_line(row: Report) -> ReportLine:
    return ReportLine(
        id=row.pk,
        period=row.period_id,
        voice=row.voice,
        state=row.state,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by_id,
        approved_at=row.approved_at,
        approved_by=row.approved_by_id,
        returned_why=row.returned_why,
    )


def report_moved(row: Report, remark: str = "") -> ReportMoved:
    return ReportMoved(
        state=row.state,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by_id,
        approved_at=row.approved_at,
        approved_by=row.approved_by_id,
        returned_why=row.returned_why,
        remark=remark,
    )


def entry_card(row: ReportEntry) -> EntryCard:
    return EntryCard(
        item=row.item_id,
        progress=row.progress,
        confidence=row.confidence,
        evidence=row.evidence,
        challenges=row.challenges,
        revisions=row.revisions,
        editors=row.editors,
    )


def decision_card(row: Decision) -> DecisionCard:
    return DecisionCard(id=row.pk, text=row.text, owner=row.owner_id, due=row.due, done_at=row.done_at)


def stocktake_card(row: Review) -> StocktakeCard:
    """Reads its decisions: prefetch them for lists."""
    decisions = sorted(row.decisions.all(), key=lambda each: each.pk)
    return StocktakeCard(
        id=row.pk,
        on=row.on,
        note=row.note,
        by=row.by_id,
        at=row.at,
        decisions=[decision_card(each) for each in decisions],
    )
