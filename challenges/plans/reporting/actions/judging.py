"""Submitted, returned with a reason, approved: each once, and told to those who wait for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.plans.actions.held import reason
from challenges.plans.models import Progress, Report, ReportState, Voice
from challenges.plans.reporting.actions.held import (
    hold_report,
    require_judge,
    require_open,
    require_over,
    require_reported,
    require_writable,
    tell_report,
    tell_state,
)
from challenges.plans.reporting.actions.telling import tell_of_report
from challenges.plans.reporting.cards import report_moved
from challenges.plans.reporting.queries import report_readers
from challenges.plans.reporting.rules import can_submit
from rooms.text import is_blank
from synergy.cohorts.models import Seat
from synergy.live.access import access_changed
from synergy.live.refusals import Refused
from synergy.people.models import Person


def submit_report(*, person: Person, report: Report, now: datetime, why: str = "") -> None:
    """Submitting what is submitted changes nothing. Raises Refused: `invalid` with what is missing in `fields`;
    before the last day of the period that is `why`, which is kept.
    """
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require(can_submit(person, report), _may_submit(report))
        if report.state == ReportState.SUBMITTED:
            return
        require_writable(report)
        missing = missing_in_report(report)
        if missing:
            raise Refused("invalid", _("Something is missing before it can be submitted."), fields=missing)
        remark = require_over(report.plan, report.period, why, now)
        is_again = report.state == ReportState.RETURNED
        report.submitted_at, report.submitted_by, report.returned_why = now, person, ""
        _move(report, ReportState.SUBMITTED, person, now, remark)
        tell_of_report(report, person, now, is_again=is_again)


def missing_in_report(report: Report) -> dict[str, str]:
    """{"text", "confidence" or "item:<id>": what to do}. Two queries at most."""
    missing = {}
    if is_blank(report.text):
        missing["text"] = _("Say in a few sentences how the plan is.")
    if not report.confidence:
        missing["confidence"] = _("Say how likely it is that the plan is reached.")
    if report.voice == Voice.SHADOW:
        return missing
    rows = report.entries.filter(item__removed_at__isnull=True).select_related("item").order_by("pk")
    complete = [row for row in rows if row.progress == Progress.COMPLETE]
    proven = set(
        report.plan.items.filter(
            pk__in=[row.item_id for row in complete], evidence__isnull=False
        ).values_list("pk", flat=True)
    )
    for row in rows:
        words = {"item": str(row.item)}
        if not row.progress:
            missing[f"item:{row.item_id}"] = _("%(item)s: say how far it is.") % words
        elif row in complete and row.item_id not in proven and is_blank(row.evidence):
            missing[f"item:{row.item_id}"] = _("%(item)s: it is complete, so say what proves it.") % words
    return missing


def withdraw_report(*, person: Person, report: Report, now: datetime) -> None:
    """A draft again, as long as nobody has answered. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require(can_submit(person, report), _may_submit(report))
        require_reported(report.plan)
        require_open(report.period)
        if report.state == ReportState.DRAFT:
            return
        if report.state != ReportState.SUBMITTED:
            detail = _("Somebody has answered already, so it cannot be taken back.")
            raise Refused("conflict", detail, present={"state": report.state})
        before = _followers(report)
        _move(report, ReportState.DRAFT, person, now)
        access_changed(before - _followers(report), now)


def return_report(*, person: Person, report: Report, submitted_at: datetime, why: str, now: datetime) -> None:
    """Back to the institution, with questions on what was submitted then. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require_judge(person, report)
        words = reason(why)
        _require_waits(report, submitted_at)
        report.returned_why = words
        _move(report, ReportState.RETURNED, person, now)
        tell_of_report(report, person, now)


def approve_report(
    *, person: Person, report: Report, submitted_at: datetime, now: datetime, why: str = ""
) -> None:
    """It stays as it is from now on, and sets nothing on the plan. Raises Refused: a `conflict` to who is second, and
    to who has read another version than the one submitted at `submitted_at`.

    See the Note [What a report changes].
    """
    with transaction.atomic(savepoint=False):
        hold_report(report)
        require_judge(person, report)
        _require_waits(report, submitted_at)
        remark = require_over(report.plan, report.period, why, now)
        report.approved_at, report.approved_by = now, person
        _move(report, ReportState.APPROVED, person, now, remark)
        tell_of_report(report, person, now)


def _require_waits(report: Report, submitted_at: datetime) -> None:
    require_reported(report.plan)
    require_open(report.period)
    present = {"state": report.state, "submitted_at": report.submitted_at}
    if report.state != ReportState.SUBMITTED:
        words = {"state": ReportState(report.state).label}
        detail = _("It does not wait for an answer any more. It is now: %(state)s.") % words
        raise Refused("conflict", detail, present=present)
    if report.submitted_at != submitted_at:
        detail = _("The report was submitted again after you opened it. Read it as it is now, then answer.")
        raise Refused("conflict", detail, present=present)


def _move(report: Report, state: ReportState, person: Person, now: datetime, remark: str = "") -> None:
    report.state = state
    report.save(
        update_fields=[
            "state",
            "submitted_at",
            "submitted_by",
            "approved_at",
            "approved_by",
            "returned_why",
        ]
    )
    tell_report(report, report_moved(report, remark), person, now)
    tell_state(report, person, now)


def _followers(report: Report) -> set[int]:
    seats = Seat.objects.filter(cohort=report.plan.cohort_id, ended_at__isnull=True)
    return report_readers(report.pk, list(seats.values_list("person", flat=True)))


def _may_submit(report: Report) -> str:
    if report.voice == Voice.SHADOW:
        return _("Only the consultant of the plan writes the shadow report.")
    return _("Co-ordinators and who owns the plan may do this.")
