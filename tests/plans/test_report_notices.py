"""Who is told of reports, who is reminded, and what waits on the first page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.plans.models import Decision, Period, Plan
from challenges.plans.reporting.queries import decisions_of
from challenges.plans.reporting.reminders import remind_of_decisions, remind_of_reports
from challenges.plans.reporting.waiting import reports_that_wait
from synergy.cohorts.models import Seat
from synergy.notices.models import Notice
from synergy.people.models import Person
from tests.factories import NOON
from tests.support.reports import begun, report_made, reporting_made, written

ENDS = date(2026, 6, 30)


def at(day):
    return datetime.combine(day, datetime.min.time(), ZoneInfo("Europe/Warsaw")) + timedelta(hours=7)


def morning(days, zone="Europe/Warsaw"):
    """So many days after the last one of the period."""
    now = at(ENDS + timedelta(days=days))
    remind_of_reports(zone=zone, day=now.date(), now=now)


def leave(*people):
    Seat.objects.filter(person__in=people).update(ended_at=NOON)


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.fixture
def case(agreed):
    Person.objects.update(time_zone="Europe/Warsaw")
    reporting_made(
        agreed, "facilitator", "period.add", name="Q2 2026", starts="2026-04-01", ends=ENDS.isoformat()
    )
    return agreed


def test_reminded_when_it_is_over_and_a_week_later_and_once(case):
    morning(0)
    assert told("plan_report_due") == []
    for _twice in range(2):
        morning(1)
    assert told("plan_report_due") == ["Elżbieta Nowicka", "Maria Lis", "Ģirts Kļaviņš"]
    morning(7, zone="Europe/Riga")
    assert told("plan_report_late") == []
    report = written(case, "coordinator", "own")
    report_made(case, "coordinator", report, "report.submit")
    for _twice in range(2):
        morning(7)
    assert told("plan_report_late") == ["Ģirts Kļaviņš"]


def test_who_has_left_is_reminded_of_nothing(case):
    leave(case.consultant, case.plan_owner)
    morning(1)
    assert told("plan_report_due") == ["Elżbieta Nowicka"]


def test_who_took_on_a_decision_is_reminded_three_times(case, django_assert_num_queries):
    due = date(2026, 9, 30)
    for name in ("member", "consultant"):
        decisions = [{"text": "Talk", "owner": case.people[name].pk, "due": due.isoformat()}]
        reporting_made(case, "facilitator", "stocktake.hold", decisions=decisions)
    leave(case.consultant)
    # Somebody of the cohort for whom the plan was open once.
    Decision.objects.create(review=case.plan.reviews.first(), text="Talk", owner=case.peer, due=due)
    assert decisions_of(case.peer) == []
    assert len(decisions_of(case.member)) == 1
    found = []
    for days in (-15, -14, -14, -10, -3, -3, 0, 1, 1, 20):
        now = at(due + timedelta(days=days))
        remind_of_decisions(zone="Europe/Warsaw", day=now.date(), now=now)
        remind_of_decisions(zone="Europe/Riga", day=now.date(), now=now)
        rows = Notice.objects.filter(kind__startswith="plan_decision_").order_by("pk")
        found.append([row.kind.removeprefix("plan_decision_") for row in rows])
    soon, now, late = ["in_14_days"], ["in_14_days", "in_3_days"], ["in_14_days", "in_3_days", "overdue"]
    assert found == [[], soon, soon, soon, now, now, now, late, late, late]
    assert told("plan_decision_overdue") == ["Jan Zieliński"]
    Notice.objects.filter(kind__startswith="plan_decision_").delete()
    reporting_made(case, "member", "decision.tick", decision=Decision.objects.first().pk, is_done=True)
    with CaptureQueriesContext(connection) as asked:
        remind_of_decisions(zone="Europe/Warsaw", day=due, now=at(due))
    assert told("plan_decision_in_3_days") == []
    for _more in range(2):
        Decision.objects.create(review=case.plan.reviews.first(), text="Talk", owner=case.peer, due=due)
    with django_assert_num_queries(len(asked)):
        remind_of_decisions(zone="Europe/Warsaw", day=due, now=at(due))


def test_a_plan_without_a_day_in_the_period_is_not_asked(case):
    client = Client()
    client.force_login(case.coordinator)
    for field, day, words in (
        ("starts", ENDS + timedelta(days=1), "Not due: the plan begins on"),
        ("ends", date(2026, 3, 31), "Not due: the plan ended on"),
    ):
        Plan.objects.update(**{"starts": None, "ends": None, field: day})
        morning(1)
        assert told("plan_report_due") == []
        assert list(reports_that_wait(case.coordinator, at(ENDS + timedelta(days=2)))) == []
        assert words in client.get(reverse("plan_reports:list", args=[case.plan.pk])).text
    Plan.objects.update(starts=ENDS, ends=None)
    morning(1)
    assert "Elżbieta Nowicka" in told("plan_report_due")


def test_nobody_is_reminded_of_what_is_closed_or_long_over(case):
    morning(100)
    assert told("plan_report_late") == []
    reporting_made(case, "facilitator", "period.close", period=Period.objects.get().pk)
    morning(1)
    assert told("plan_report_due") == []


def test_each_step_is_told_to_those_whom_it_concerns(case):
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    assert told("plan_report_submitted") == ["Fiona Kovács", "Olga Horváth", "Ģirts Kļaviņš"]
    report_made(case, "facilitator", own, "report.return", why="Who?")
    team = ["Elżbieta Nowicka", "Jan Zieliński", "Maria Lis", "Tomasz Wójcik"]
    assert told("plan_report_returned") == team
    shadow = written(case, "consultant", "shadow")
    assert told("plan_report_shadow") == []
    report_made(case, "consultant", shadow, "report.submit")
    assert told("plan_report_shadow") == sorted([*team, "Fiona Kovács", "Olga Horváth"])


def test_what_waits_on_the_first_page(case, django_assert_max_num_queries):
    def lines(name, now):
        return [(line.text, line.urgency) for line in reports_that_wait(case.people[name], now)]

    after, title = at(ENDS + timedelta(days=2)), str(case.plan)
    assert lines("coordinator", at(ENDS)) == []
    for name in ("coordinator", "plan_owner", "consultant"):
        assert lines(name, after) == [(title, "soon")]
    assert lines("coordinator", after + timedelta(days=7)) == [(title, "now")]
    for name in ("member", "facilitator", "peer", "outsider"):
        assert lines(name, after) == []
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    assert lines("coordinator", after) == []
    assert lines("facilitator", after) == [(title, "today")]
    decisions = [{"text": "Talk", "owner": case.member.pk, "due": None}]
    reporting_made(case, "facilitator", "stocktake.hold", decisions=decisions)
    assert lines("member", NOON) == [("1 decision of a stocktake is yours", "soon")]
    for number in range(4):
        day = f"2026-0{number + 1}-0{number + 1}"
        Period.objects.create(plan=case.plan, name=day, starts="2026-03-01", ends=ENDS)
    begun(case, "member", "own", Period.objects.last())
    for name in ("coordinator", "facilitator", "consultant", "member"):
        with django_assert_max_num_queries(5):
            reports_that_wait(case.people[name], after)
