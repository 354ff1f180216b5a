"""What tests of reports share: commands of both streams, and a report that lacks nothing."""

import uuid

import msgspec

from challenges.plans.models import Report
from challenges.plans.reporting.queries import report_stream, reporting_stream
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON


def run(stream, person, name, /, now=NOON, **fields):
    """The answer: what `done` carries, or the Refused."""
    asked = request_for(person, uuid.uuid4(), str(stream), name, msgspec.json.encode(fields), "en")
    (answer,) = execute([asked], now)
    return answer if isinstance(answer, Refused) else answer.data


EARLY = ("report.submit", "report.approve", "period.close")
"""What is asked for a reason before the period ends."""


def reporting_do(case, who, name, /, now=NOON, **fields):
    if name in EARLY:
        fields.setdefault("why", "All is said")
    return run(reporting_stream(case.plan.pk), case.people[who], name, now=now, **fields)


def reporting_made(case, who, name, /, now=NOON, **fields):
    return _possible(reporting_do(case, who, name, now=now, **fields), name)


def report_do(case, who, report, name, /, now=NOON, **fields):
    """Who answers has read the report as it is, unless the fields say otherwise."""
    if name in ("report.approve", "report.return"):
        read = Report.objects.get(pk=report.pk).submitted_at or NOON
        fields.setdefault("submitted_at", read.isoformat())
    if name in EARLY:
        fields.setdefault("why", "All is said")
    return run(report_stream(report.pk), case.people[who], name, now=now, **fields)


def report_made(case, who, report, name, /, now=NOON, **fields):
    return _possible(report_do(case, who, report, name, now=now, **fields), name)


def begun(case, who, voice, period=None):
    """The report on the period, else on the plan's first one."""
    period = period or case.plan.periods.order_by("starts").first()
    reporting_made(case, who, "report.begin", period=period.pk, voice=voice)
    return Report.objects.get(period=period, voice=voice)


def written(case, who, voice, period=None):
    """The same, with all that it needs to be submitted."""
    report = begun(case, who, voice, period)
    report_made(case, who, report, "report.change", field="text", value="It goes well.", base=0)
    report_made(case, who, report, "report.change", field="confidence", value="probable", base=0)
    return report


def _possible(answer, name):
    if isinstance(answer, Refused):
        raise AssertionError(f"{name}: {answer} {answer.fields}")
    return answer
