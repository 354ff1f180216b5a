"""What the plan knows of an item in a period, as the first words of a report."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.translation import override

from challenges.plans.cards import number_text
from challenges.plans.models import Confidence, Evidence, Item, Kind, Plan, Progress, Reading, Report
from challenges.plans.reporting.rules import ENTRY_LIMIT
from challenges.plans.words import day_words

CARRIED_OUT = (Kind.OBJECTIVE, Kind.MILESTONE, Kind.DELIVERABLE, Kind.ACTION, Kind.INDICATOR)
"""Risks and assumptions are not reported on one by one."""
DOUBTFUL = (Confidence.UNCERTAIN, Confidence.IN_DOUBT, Confidence.NOT_ACHIEVABLE)


def items_reported_on(plan: Plan) -> list[Item]:
    """With their readings and evidence. Three queries."""
    rows = plan.items.filter(kind__in=CARRIED_OUT, removed_at__isnull=True).order_by("position", "pk")
    readings = Prefetch("readings", Reading.objects.order_by("on"))
    evidence = Prefetch("evidence", Evidence.objects.order_by("at", "pk"))
    return list(rows.prefetch_related(readings, evidence))


def known_of(report: Report, item: Item) -> dict[str, str]:
    """Fields of a `ReportEntry`, in the plan's language. The reason for a judgement is in the way, or shows it.

    "Not started" is said only by who reported it, or where nothing shows the contrary. What is too long for an entry is
    cut, as whoever writes on could not save it.
    """
    why = _cut(item.confidence_why)
    with override(report.plan.language):
        known = [*_readings(report, item), *_evidence(report, item)]
    return {
        "progress": "" if known and _is_unsaid(item) else item.progress,
        "confidence": item.confidence,
        "evidence": _cut("\n".join(known if item.confidence in DOUBTFUL else [*filter(None, [why]), *known])),
        "challenges": why if item.confidence in DOUBTFUL else "",
    }


def _is_unsaid(item: Item) -> bool:
    return item.progress == Progress.NOT_STARTED and item.progress_by_id is None


def _cut(text: str) -> str:
    return text if len(text) <= ENTRY_LIMIT else f"{text[: ENTRY_LIMIT - 1]}…"


def _readings(report: Report, item: Item) -> list[str]:
    period = report.period
    return [
        f"{day_words(each.on)}: {number_text(each.value)} {item.unit}".strip()
        + (f" ({each.note})" if each.note else "")
        for each in item.readings.all()
        if period.starts <= each.on <= period.ends
    ]


def _evidence(report: Report, item: Item) -> list[str]:
    """What was added in the period."""
    zone = ZoneInfo(report.plan.time_zone)
    since = datetime.combine(report.period.starts, time(), zone)
    until = datetime.combine(report.period.ends + timedelta(days=1), time(), zone)
    return [each.title for each in item.evidence.all() if since <= each.at < until]
