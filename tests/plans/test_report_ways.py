"""A period from its beginning to its end: both voices, questions, approval, closing, a stocktake."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from challenges.plans.models import Decision, Item, Period, Plan, Report, ReportEntry
from challenges.plans.reporting.actions import make_periods
from challenges.plans.reporting.spans import spans_between
from synergy.live.refusals import Refused
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.support.plans import do, made
from tests.support.reports import begun, report_do, report_made, reporting_do, reporting_made, written

Q2 = {"name": "Q2 2026", "starts": "2026-04-01", "ends": "2026-06-30"}


@pytest.fixture
def case(agreed):
    reporting_made(agreed, "facilitator", "period.add", **Q2)
    agreed.period = Period.objects.get()
    return agreed


def code(answer):
    return answer.code if isinstance(answer, Refused) else "done"


def test_spans():
    assert [span.name for span in spans_between("quarter", date(2026, 11, 2), date(2027, 4, 1))] == [
        "Q4 2026",
        "Q1 2027",
        "Q2 2027",
    ]
    assert spans_between("half", date(2026, 7, 1), date(2026, 7, 1)) == [
        ("H2 2026", date(2026, 7, 1), date(2026, 12, 31))
    ]
    assert spans_between("month", date(2028, 2, 29), date(2028, 2, 29)) == [
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29))
    ]


def test_an_own_report_begins_with_what_is_known_and_a_shadow_report_with_nothing(case):
    day = NOON.date()
    Period.objects.update(starts=day.replace(day=1), ends=day + timedelta(days=40))
    made(
        case.plan,
        case.member,
        "reading.add",
        item=case.indicator.pk,
        on=day.isoformat(),
        value="19,5",
        note="By hand",
    )
    made(
        case.plan,
        case.item_owner,
        "item.report",
        item=case.first.pk,
        progress="limited",
        confidence="uncertain",
        why="Late",
    )
    Item.objects.filter(pk=case.second.pk).update(confidence="probable", confidence_why="x" * 4001)
    own = begun(case, "member", "own")
    entries = {entry.item_id: entry for entry in own.entries.all()}
    assert len(entries[case.second.pk].evidence) == 4000
    assert set(entries) == set(case.plan.items.values_list("pk", flat=True))
    first, indicator = entries[case.first.pk], entries[case.indicator.pk]
    assert (first.progress, first.confidence, first.challenges) == ("limited", "uncertain", "Late")
    assert "19.5 working days (By hand)" in indicator.evidence
    # Nobody has said how far it is, and readings show that it was begun.
    assert (indicator.progress, entries[case.second.pk].progress) == ("", "not_started")
    shadow = begun(case, "consultant", "shadow")
    assert set(shadow.entries.values_list("progress", "confidence", "evidence")) == {("", "", "")}


def test_written_by_two_submitted_returned_and_approved(case):
    own = begun(case, "member", "own")
    assert begun(case, "coordinator", "own") == own
    report_made(case, "member", own, "report.change", field="text", value="It goes well.", base=0)
    clash = report_do(case, "coordinator", own, "report.change", field="text", value="It does not.", base=0)
    assert (clash.code, clash.present["value"], clash.present["by"]) == (
        "conflict",
        "It goes well.",
        case.member.pk,
    )
    missing = report_do(case, "coordinator", own, "report.submit")
    assert set(missing.fields) == {"confidence"}
    report_made(case, "member", own, "report.change", field="confidence", value="probable", base=0)
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "plan_owner", own, "report.submit")
    assert Notice.objects.filter(kind="plan_report_submitted", person=case.facilitator).count() == 1
    late = report_do(case, "member", own, "report.change", field="text", value="More", base=1)
    assert (late.code, late.present) == ("conflict", {"state": "submitted"})
    report_made(case, "facilitator", own, "report.return", why="Who uses it?")
    assert code(report_do(case, "organiser", own, "report.approve")) == "conflict"
    report_made(case, "member", own, "report.change", field="text", value="Nine people use it.", base=1)
    report_made(case, "coordinator", own, "report.submit", now=NOON + timedelta(hours=1))
    report_made(case, "facilitator", own, "report.approve")
    second = report_do(case, "organiser", own, "report.approve")
    assert (second.code, second.present["state"]) == ("conflict", "approved")
    own.refresh_from_db()
    assert (own.state, own.approved_by, own.text) == ("approved", case.facilitator, "Nine people use it.")
    assert Notice.objects.filter(kind="plan_report_approved").count() == 4


def test_who_answers_has_read_what_is_submitted_now(case):
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "coordinator", own, "report.withdraw")
    report_made(case, "member", own, "report.change", field="text", value="It went badly.", base=1)
    report_made(case, "coordinator", own, "report.submit", now=NOON + timedelta(minutes=5))
    words = {"submitted_at": NOON.isoformat()}
    for name, more in (("report.approve", {}), ("report.return", {"why": "Who?"})):
        refused = report_do(case, "facilitator", own, name, **words, **more)
        assert (refused.code, refused.present["state"]) == ("conflict", "submitted")
    client = Client()
    client.force_login(case.facilitator)
    page = reverse("plan_reports:report", args=[case.plan.pk, own.pk])
    stale = client.post(page, {"do": "approve", "step": NOON.isoformat()})
    assert (stale.status_code, "submitted again" in stale.text) == (409, True)
    (form,) = set(re.findall(r'name="step" value="([^"]+)"', client.get(page).text))
    assert client.post(page, {"do": "approve", "step": unescape(form)}).status_code == 302
    own.refresh_from_db()
    assert own.state == "approved"


def test_a_report_approved_while_it_is_edited_is_a_conflict(case):
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "facilitator", own, "report.approve")
    for name, fields in (
        ("report.change", {"field": "text", "value": "More", "base": 1}),
        ("entry.change", {"item": case.first.pk, "field": "progress", "value": "limited", "base": 0}),
        ("entries.add", {}),
        ("report.withdraw", {}),
    ):
        answer = report_do(case, "coordinator", own, name, **fields)
        assert (name, answer.code, answer.present) == (name, "conflict", {"state": "approved"})


def test_what_is_complete_needs_a_word_on_what_proves_it(case):
    own = written(case, "coordinator", "own")
    report_made(
        case, "member", own, "entry.change", item=case.first.pk, field="progress", value="complete", base=0
    )
    refused = report_do(case, "coordinator", own, "report.submit")
    assert set(refused.fields) == {f"item:{case.first.pk}"}
    report_made(
        case, "member", own, "entry.change", item=case.first.pk, field="evidence", value="Signed", base=0
    )
    report_made(case, "coordinator", own, "report.submit")


def test_an_approved_report_changes_nothing_on_the_plan(case):
    own = written(case, "coordinator", "own")
    report_made(
        case, "member", own, "entry.change", item=case.first.pk, field="progress", value="substantial", base=0
    )
    before = list(Item.objects.order_by("pk").values())
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "facilitator", own, "report.approve")
    assert list(Item.objects.order_by("pk").values()) == before


def test_a_closed_period_keeps_readings_and_reports_until_it_is_opened_with_a_reason(case):
    day = NOON.date()
    Period.objects.update(starts=day.replace(day=1), ends=day + timedelta(days=40))
    own = written(case, "coordinator", "own")
    for _twice in range(2):
        reporting_made(case, "facilitator", "period.close", period=case.period.pk)
    reading = {"item": case.indicator.pk, "on": day.isoformat(), "value": "19"}
    refusals = [
        do(case.plan, case.member, "reading.add", **reading),
        report_do(case, "member", own, "report.change", field="text", value="More", base=1),
        report_do(case, "coordinator", own, "report.submit"),
        reporting_do(case, "consultant", "report.begin", period=case.period.pk, voice="shadow"),
        reporting_do(case, "facilitator", "period.remove", period=case.period.pk),
    ]
    assert {refusal.code for refusal in refusals} == {"conflict"}
    assert all("closed" in refusal.detail and "facilitator" in refusal.detail for refusal in refusals)
    assert (
        code(reporting_do(case, "facilitator", "period.reopen", period=case.period.pk, why=" ")) == "invalid"
    )
    reporting_made(case, "facilitator", "period.reopen", period=case.period.pk, why="A number was forgotten")
    made(case.plan, case.member, "reading.add", **reading)
    report_made(case, "coordinator", own, "report.submit")


def test_periods_do_not_overlap_and_a_used_one_stays(case):
    same = reporting_made(case, "facilitator", "period.add", **Q2)
    assert same.data.period == case.period.pk if hasattr(same, "data") else True
    for fields, field in (
        ({**Q2, "name": "Other"}, "starts"),
        ({**Q2, "starts": "2026-07-01", "ends": "2026-07-31"}, "name"),
        ({"name": "Back", "starts": "2026-08-02", "ends": "2026-08-01"}, "ends"),
        ({"name": " ", "starts": "2026-08-01", "ends": "2026-08-01"}, "name"),
        ({"name": "Old", "starts": "0026-08-01", "ends": "2026-08-01"}, "starts"),
    ):
        assert list(reporting_do(case, "facilitator", "period.add", **fields).fields) == [field]
    begun(case, "member", "own")
    assert code(reporting_do(case, "facilitator", "period.remove", period=case.period.pk)) == "conflict"
    assert Period.objects.count() == 1


def test_a_stopped_plan_keeps_its_reports_as_they_are(case):
    own = written(case, "coordinator", "own")
    report_made(case, "coordinator", own, "report.submit")
    Plan.objects.update(state="stopped")
    asked = [
        report_do(case, "facilitator", own, "report.approve", submitted_at=NOON.isoformat()),
        report_do(case, "facilitator", own, "report.return", submitted_at=NOON.isoformat(), why="Why?"),
        report_do(case, "coordinator", own, "report.withdraw"),
    ]
    assert [refusal.code for refusal in asked] == ["conflict"] * 3
    Plan.objects.update(state="approved")
    report_made(case, "coordinator", own, "report.withdraw")


def test_the_school_makes_periods_for_all_plans_at_once(case):
    span = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "now": NOON}
    made_for, left = make_periods(person=case.facilitator, cohort=case.cohort, length="quarter", **span)
    assert (made_for, left) == (1, [])
    assert list(Period.objects.order_by("starts").values_list("name", flat=True)) == [
        f"Q{number} 2026" for number in range(1, 5)
    ]
    assert make_periods(person=case.facilitator, cohort=case.cohort, length="quarter", **span) == (0, [])
    assert make_periods(person=case.facilitator, cohort=case.cohort, length="month", **span) == (
        0,
        [case.plan],
    )
    Period.objects.all().delete()
    Plan.objects.update(starts=date(2026, 5, 1), ends=date(2026, 9, 30))
    make_periods(person=case.facilitator, cohort=case.cohort, length="quarter", **span)
    assert list(Period.objects.order_by("starts").values_list("name", flat=True)) == ["Q2 2026", "Q3 2026"]
    Period.objects.all().delete()
    Plan.objects.update(state="stopped")
    assert make_periods(person=case.facilitator, cohort=case.cohort, length="quarter", **span) == (0, [])
    with pytest.raises(Refused):
        make_periods(person=case.coordinator, cohort=case.cohort, length="quarter", **span)


def test_a_stocktake_freezes_the_plan_and_its_decisions_are_ticked_off(case):
    decisions = [{"text": "Talk to Finance", "owner": case.member.pk, "due": None}]
    reporting_made(case, "consultant", "stocktake.hold", note="Two views", decisions=decisions)
    review = case.plan.reviews.get()
    made(case.plan, case.item_owner, "item.report", item=case.first.pk, progress="limited")
    review.refresh_from_db()
    frozen = {item["id"]: item["progress"] for item in review.snapshot["items"]}
    assert frozen[case.first.pk] == "not_started"
    twice = {
        "stocktake": review.pk,
        "text": " One line\r\nand another ",
        "owner": case.member.pk,
        "due": None,
    }
    for _twice in range(2):
        reporting_made(case, "consultant", "decision.add", **twice)
    assert review.decisions.count() == 2
    review.decisions.last().delete()
    Notice.objects.last().delete()
    decision = Decision.objects.get()
    assert Notice.objects.filter(kind="plan_decided", person=case.member).count() == 1
    for name, wanted in (("item_owner", "forbidden"), ("member", "done"), ("coordinator", "done")):
        assert code(reporting_do(case, name, "decision.tick", decision=decision.pk, is_done=True)) == wanted
    decision.refresh_from_db()
    assert decision.done_at == NOON


def test_what_came_into_the_plan_is_taken_into_a_report(case):
    own = begun(case, "member", "own")
    made(case.plan, case.member, "item.add", kind="action", title="More")
    assert ReportEntry.objects.filter(report=own).count() == 4
    for _twice in range(2):
        report_made(case, "member", own, "entries.add")
    assert ReportEntry.objects.filter(report=own).count() == 5
    assert Report.objects.count() == 1
