"""What pages say of periods and reports."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.plans.models import Plan, ReportState, Voice
from challenges.plans.reporting.events import PeriodCard
from challenges.plans.words import day_words
from challenges.words import Badge

_STATES: dict[str, tuple[str, str]] = {
    ReportState.DRAFT: ("pencil", ""),
    ReportState.SUBMITTED: ("hourglass", "care"),
    ReportState.RETURNED: ("circle-question-mark", "care"),
    ReportState.APPROVED: ("circle-check", "done"),
}
NOT_BEGUN = Badge(gettext_lazy("Not begun"), "")


def report_badge(voice: str, state: str) -> Badge:
    """A shadow report waits for nobody once it is submitted."""
    if voice == Voice.SHADOW and state == ReportState.SUBMITTED:
        return Badge(ReportState.SUBMITTED.label, "check", "info")
    return Badge(ReportState(state).label, *_STATES[state])


def period_badge(plan: Plan, period: PeriodCard, today: date, *, is_reported: bool) -> Badge:
    if period.closed_at is not None:
        return Badge(_("Closed"), "lock")
    if plan.starts is not None and period.ends < plan.starts:
        return Badge(_("Not due: the plan begins on %(day)s") % {"day": day_words(plan.starts)}, "clock")
    if plan.ends is not None and plan.ends < period.starts:
        return Badge(_("Not due: the plan ended on %(day)s") % {"day": day_words(plan.ends)}, "clock")
    if today < period.starts:
        return Badge(_("Not begun"), "clock")
    if today <= period.ends:
        return Badge(_("Under way"), "refresh-cw", "info")
    if is_reported:
        return Badge(_("Reported on"), "check", "done")
    return Badge(_("Over, to be reported on"), "pencil", "care")


def span_words(period: PeriodCard) -> str:
    return f"{day_words(period.starts)} – {day_words(period.ends)}"
