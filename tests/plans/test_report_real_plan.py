"""The Canadian plan, imported whole, is reported on over two quarters by both voices."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.plans.actions import (
    add_reading,
    approve_plan,
    change_plan,
    propose_plan,
    report_item,
    set_consultant,
)
from challenges.plans.models import Plan, ReportEntry, Review
from challenges.plans.queries import plan_for
from tests.factories import NOON
from tests.support.reports import begun, report_do, report_made, reporting_made

CANADIAN = Path(__file__).parents[1] / "data" / "tracker_ca_ogp_nap5_commitments.json"
FIRST, SECOND = datetime(2024, 10, 4, 9, tzinfo=UTC), datetime(2025, 1, 9, 9, tzinfo=UTC)


@pytest.fixture
def case(case):
    call_command(
        "import_plan", str(CANADIAN), cohort=case.cohort.pk, email=case.member.email, stdout=StringIO()
    )
    case.plan = Plan.objects.order_by("pk").last()
    who = case.coordinator
    change_plan(person=who, plan=seen(case, who), field="owner", value=case.plan_owner.pk, base=0, now=NOON)
    propose_plan(person=who, plan=seen(case, who), now=NOON)
    approve_plan(person=case.facilitator, plan=seen(case, case.facilitator), now=NOON)
    set_consultant(
        person=case.facilitator, plan=seen(case, case.facilitator), consultant=case.consultant.pk, now=NOON
    )
    return case


def seen(case, person):
    return plan_for(person, case.plan.pk)


def say(case, who, report, now, text, confidence, entries):
    """Writes and submits the report; `entries` is {number of an item: (progress, evidence)}."""
    for field, value in (("text", text), ("confidence", confidence)):
        report_made(case, who, report, "report.change", now=now, field=field, value=value, base=0)
    for number, (progress, evidence) in entries.items():
        item = case.plan.items.get(number=number).pk
        for field, value in (("progress", progress), ("evidence", evidence)):
            report_made(
                case, who, report, "entry.change", now=now, item=item, field=field, value=value, base=0
            )
    report_made(case, who, report, "report.submit", now=now)


def page(case, who, name, *args):
    client = Client()
    client.force_login(case.people[who])
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse(f"plan_reports:{name}", args=[case.plan.pk, *args]))
    assert answer.status_code == 200
    return answer, len(queries)


def test_two_quarters_of_the_canadian_plan(case):
    third, fourth = case.plan.periods.filter(ends__year=2024, ends__month__in=[9, 12]).order_by("ends")
    assert [third.name, fourth.name] == ["2024-09", "2024-12"]
    indicator = case.plan.items.filter(kind="indicator").order_by("pk").first()
    add_reading(
        person=case.member,
        plan=seen(case, case.member),
        item=indicator.pk,
        on=third.ends,
        value="12",
        note="Counted by hand",
        now=FIRST,
    )

    own = begun(case, "coordinator", "own", third)
    assert ReportEntry.objects.filter(report=own).count() == 130
    assert "12" in own.entries.get(item=indicator).evidence
    say(
        case,
        "coordinator",
        own,
        FIRST,
        "As planned.",
        "probable",
        {
            "C02.2.2": ("substantial", "The declaration is drafted."),
            indicator.number: ("limited", "Counted by hand."),
        },
    )
    shadow = begun(case, "consultant", "shadow", third)
    say(
        case,
        "consultant",
        shadow,
        FIRST,
        "Slower.",
        "uncertain",
        {"C02.2.2": ("limited", "One draft, nobody asked.")},
    )
    both = page(case, "member", "report", own.pk)[0].context["both"]
    assert [side.row.item.number for side in both.differing] == ["C02.2.2"]
    report_made(case, "facilitator", own, "report.approve", now=FIRST)
    reporting_made(case, "consultant", "stocktake.hold", now=FIRST, note="First look")
    reporting_made(case, "facilitator", "period.close", now=FIRST, period=third.pk)

    row = case.plan.items.get(number="C02.2.2")
    assert row.progress == "not_started"  # a report sets nothing
    report_item(
        person=case.coordinator,
        plan=seen(case, case.coordinator),
        item=row.pk,
        progress="substantial",
        confidence="probable",
        why="Signed by nine of ten",
        now=SECOND,
    )
    later = begun(case, "coordinator", "own", fourth)
    known = later.entries.get(item=row)
    assert (known.progress, known.confidence, known.evidence) == (
        "substantial",
        "probable",
        "Signed by nine of ten",
    )
    assert later.entries.get(item=indicator).evidence == ""  # its reading is of the quarter before
    say(case, "coordinator", later, SECOND, "Nearly there.", "highly_likely", {})
    late = report_do(
        case, "coordinator", own, "report.change", now=SECOND, field="text", value="Better", base=1
    )
    assert late.code == "conflict"
    own.refresh_from_db()
    assert (own.text, own.state) == ("As planned.", "approved")

    changes = page(case, "member", "stocktake", Review.objects.get().pk)[0].context["changes"]
    assert [(change.item.number, change.what, change.after) for change in changes] == [
        ("C02.2.2", "Progress", "Substantial"),
        ("C02.2.2", "Confidence", "Probable"),
    ]
    paper, queries = page(case, "facilitator", "paper")
    told = paper.content.decode()
    for words in ("As planned.", "Slower.", "Nearly there.", "One draft, nobody asked.", "By fall 2022"):
        assert words in told
    assert queries < 60
