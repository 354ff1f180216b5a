"""Two people at the same moment, each in a transaction of their own: reports and periods."""

from datetime import date

import pytest

from challenges.plans.actions import add_reading, stop_plan
from challenges.plans.models import Reading, Report
from challenges.plans.reporting import actions
from challenges.plans.reporting.queries import report_for
from synergy.live.refusals import Refused
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.factories.plans import make_plan_case
from tests.support.plans import agree
from tests.support.reports import report_made, reporting_made, written
from tests.support.together import second_of_two

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(transactional_db):
    case = agree(make_plan_case())
    day = NOON.date()
    reporting_made(case, "facilitator", "period.add", name="Now", starts=day.replace(day=1), ends=day)
    return case


def second_of(*acts):
    waiting = list(acts)
    return second_of_two(lambda: waiting.pop(0)())


def test_two_approve_a_report(case):
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    fiona, olga = (report_for(person, own.pk) for person in (case.facilitator, case.organiser))
    late = second_of(
        lambda: actions.approve_report(person=case.facilitator, report=fiona, submitted_at=NOON, now=NOON),
        lambda: actions.approve_report(person=case.organiser, report=olga, submitted_at=NOON, now=NOON),
    )
    assert isinstance(late, Refused)
    assert (late.code, late.present["state"]) == ("conflict", "approved")
    assert Report.objects.get().approved_by == case.facilitator


def test_a_report_is_approved_while_it_is_edited(case):
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    by_school, by_team = report_for(case.facilitator, own.pk), report_for(case.member, own.pk)
    words = {"field": "text", "value": "More", "base": 1, "now": NOON}
    late = second_of(
        lambda: actions.approve_report(
            person=case.facilitator, report=by_school, submitted_at=NOON, now=NOON
        ),
        lambda: actions.change_report(person=case.member, report=by_team, **words),
    )
    assert isinstance(late, Refused)
    assert (late.code, late.present) == ("conflict", {"state": "approved"})
    assert Report.objects.get().text == "It goes well."


def test_a_plan_is_stopped_while_periods_are_made_for_all(case):
    span = {"length": "quarter", "starts": date(2030, 1, 1), "ends": date(2030, 12, 31), "now": NOON}
    plan = case.seen_by(case.coordinator)
    told = second_of(
        lambda: stop_plan(person=case.coordinator, plan=plan, why="No money.", now=NOON),
        lambda: actions.make_periods(person=case.facilitator, cohort=case.cohort, **span),
    )
    assert told == (0, [])
    assert case.plan.periods.get().name == "Now"


def test_a_report_is_submitted_twice_and_begun_twice(case):
    own = written(case, "coordinator", "own")
    seen = [report_for(person, own.pk) for person in (case.coordinator, case.plan_owner)]
    second_of(
        lambda: actions.submit_report(person=case.coordinator, report=seen[0], now=NOON),
        lambda: actions.submit_report(person=case.plan_owner, report=seen[1], now=NOON),
    )
    assert Report.objects.get().submitted_by == case.coordinator
    assert Notice.objects.filter(kind="plan_report_submitted", person=case.facilitator).count() == 1
    period = case.plan.periods.get().pk
    plans = [case.seen_by(case.consultant) for _twice in range(2)]
    words = {"person": case.consultant, "period": period, "voice": "shadow", "now": NOON}
    second_of(
        lambda: actions.begin_report(plan=plans[0], **words),
        lambda: actions.begin_report(plan=plans[1], **words),
    )
    assert Report.objects.filter(voice="shadow").count() == 1


def test_a_period_is_closed_while_a_reading_is_entered(case):
    period = case.plan.periods.get().pk
    by_school, by_team = case.seen_by(case.facilitator), case.seen_by(case.member)
    reading = {"item": case.indicator.pk, "on": NOON.date(), "value": "17", "note": "", "now": NOON}
    late = second_of(
        lambda: actions.close_period(
            person=case.facilitator, plan=by_school, period=period, why="All is in.", now=NOON
        ),
        lambda: add_reading(person=case.member, plan=by_team, **reading),
    )
    assert isinstance(late, Refused)
    assert (late.code, "closed" in late.detail) == ("conflict", True)
    assert not Reading.objects.exists()
