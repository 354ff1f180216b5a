"""What programs say and are answered about plans."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from challenges.plans import shapes
from challenges.plans.models import Plan, Report
from challenges.plans.queries import Due


class PlanRow(msgspec.Struct, frozen=True):
    """A plan in a list. `address` is its page here."""

    id: int
    cohort: int
    institution: int
    institution_name: str
    country: str
    title: str
    language: str
    state: str
    audience: str
    owner: int | None
    challenge: int | None
    starts: date | None
    ends: date | None
    time_zone: str
    approved_at: datetime | None
    changed_at: datetime
    address: str


class PlanPage(msgspec.Struct, frozen=True):
    """In the order of their last change. `next` goes into `after`; null on the last page."""

    plans: list[PlanRow]
    next: str | None


class DueRow(msgspec.Struct, frozen=True):
    """Something that one answers for. `days` until its last day; negative when that has passed."""

    plan: int
    plan_title: str
    item: int
    title: str
    due_until: date
    time_zone: str
    timeliness: str
    days: int
    progress: str
    address: str


class DueList(msgspec.Struct, frozen=True):
    """The most urgent first."""

    due: list[DueRow]


class ReportRow(msgspec.Struct, frozen=True):
    """What one voice (`own`, `shadow`) says about a plan in a period. `confidence` is empty while not judged."""

    id: int
    plan: int
    plan_title: str
    institution_name: str
    country: str
    period: str
    starts: date
    ends: date
    voice: str
    state: str
    confidence: str
    submitted_at: datetime | None
    approved_at: datetime | None
    changed_at: datetime
    address: str


class ReportPage(msgspec.Struct, frozen=True):
    """In the order of their last change. `next` goes into `after`; null on the last page."""

    reports: list[ReportRow]
    next: str | None


class NewReading(shapes.Data, frozen=True):
    """What an indicator was on a day. The same `id` again gets the same answer and changes nothing."""

    id: UUID
    on: date
    value: shapes.Number
    note: shapes.Text = ""


class NewProgress(shapes.Data, frozen=True):
    """How far an item is. The same `id` again changes nothing. A confidence needs its `why`."""

    id: UUID
    progress: shapes.ProgressName
    confidence: shapes.ConfidenceName = ""
    why: shapes.Text = ""


class ProgressKept(msgspec.Struct, frozen=True):
    item: int
    progress: str


def plan_row(row: Plan) -> PlanRow:
    """Reads the institution: fetch it for lists."""
    return PlanRow(
        id=row.pk,
        cohort=row.cohort_id,
        institution=row.institution_id,
        institution_name=row.institution.name,
        country=row.institution.country,
        title=row.title,
        language=row.language,
        state=row.state,
        audience=row.audience,
        owner=row.owner_id,
        challenge=row.challenge_id,
        starts=row.starts,
        ends=row.ends,
        time_zone=row.time_zone,
        approved_at=row.approved_at,
        changed_at=row.changed_at,
        address=f"/plans/{row.pk}/",
    )


def due_row(due: Due) -> DueRow:
    item = due.item
    assert item.due_until is not None
    return DueRow(
        plan=item.plan_id,
        plan_title=item.plan.title,
        item=item.pk,
        title=item.title,
        due_until=item.due_until,
        time_zone=item.plan.time_zone,
        timeliness=due.timeliness.value,
        days=due.days,
        progress=item.progress,
        address=f"/plans/{item.plan_id}/items/{item.pk}/",
    )


def report_row(row: Report) -> ReportRow:
    """Reads the plan, its institution and the period: fetch them for lists."""
    plan, period = row.plan, row.period
    return ReportRow(
        id=row.pk,
        plan=plan.pk,
        plan_title=plan.title,
        institution_name=plan.institution.name,
        country=plan.institution.country,
        period=period.name,
        starts=period.starts,
        ends=period.ends,
        voice=row.voice,
        state=row.state,
        confidence=row.confidence,
        submitted_at=row.submitted_at,
        approved_at=row.approved_at,
        changed_at=row.changed_at,
        address=f"/plans/{plan.pk}/reports/{row.pk}/",
    )
