"""The pages of reports: who may open which, what stands there, and at what cost."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from challenges.plans.models import Audience, Period, Plan, Report, ReportEntry, Review
from challenges.plans.reporting.comparing import differs, said_of
from synergy.notices.kinds import words_of
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.factories.people import make_institution
from tests.factories.plans import make_item, make_plan, make_plan_case
from tests.support.plans import agree
from tests.support.reports import begun, report_made, reporting_made, written

pytestmark = pytest.mark.once

TEAM = {"coordinator", "member", "item_owner", "plan_owner"}
OWN = TEAM | {"own_observer"}
SCHOOL = {"facilitator", "organiser"}
NEAR = OWN | SCHOOL | {"consultant"}
PEERS = {"peer", "observer"}


@pytest.fixture
def case(db):
    case = agree(make_plan_case(audience=Audience.COHORT))
    reporting_made(case, "facilitator", "period.add", name="Q2 2026", starts="2026-04-01", ends="2026-06-30")
    case.period = Period.objects.get()
    return case


def get(person, name, *args, **query):
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"plan_reports:{name}", args=args), query)


def post(person, name, /, *args, **form):
    client = Client()
    client.force_login(person)
    return client.post(reverse(f"plan_reports:{name}", args=args), form)


def who_gets(case, name, *args):
    return {who for who, person in case.people.items() if get(person, name, *args).status_code == 200}


def test_who_opens_what(case):
    pk = case.plan.pk
    own, shadow = written(case, "coordinator", "own"), written(case, "consultant", "shadow")
    reporting_made(case, "facilitator", "stocktake.hold", note="Two views")
    stocktake = Review.objects.get().pk
    assert who_gets(case, "list", pk) == NEAR | PEERS
    assert who_gets(case, "paper", pk) == NEAR | PEERS
    assert who_gets(case, "stocktake", pk, stocktake) == NEAR
    assert who_gets(case, "periods", case.cohort.pk) == SCHOOL
    assert who_gets(case, "report", pk, own.pk) == OWN
    assert who_gets(case, "report", pk, shadow.pk) == {"consultant"}
    assert who_gets(case, "edit", pk, own.pk) == TEAM
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "consultant", shadow, "report.submit")
    assert who_gets(case, "report", pk, own.pk) == NEAR
    assert who_gets(case, "report", pk, shadow.pk) == NEAR
    assert who_gets(case, "edit", pk, own.pk) == set()
    report_made(case, "facilitator", own, "report.approve")
    assert who_gets(case, "report", pk, own.pk) == NEAR | PEERS
    assert who_gets(case, "report", pk, shadow.pk) == NEAR
    assert who_gets(case, "report", pk + 1, own.pk) == set()


def test_an_edition_shows_what_one_may_read(case):
    edition = case.cohort.edition_id
    title = case.plan.title
    seen = {}
    for name, person in case.people.items():
        answer = get(person, "edition_paper", edition)
        seen[name] = answer.status_code == 200 and title in answer.content.decode()
    assert {name for name, is_there in seen.items() if is_there} == NEAR | PEERS
    assert get(case.later_cohort, "edition_paper", edition).status_code == 200
    assert get(case.elsewhere, "edition_paper", edition).status_code == 404


def test_the_period_that_runs_stands_first_and_those_to_come_last(case):
    today = timezone.now().date()
    for name, days in (("Later", 200), ("Now", -10), ("Next", 100), ("Before", -100)):
        starts = today + timedelta(days=days)
        Period.objects.create(plan=case.plan, name=name, starts=starts, ends=starts + timedelta(days=60))
    page = get(case.coordinator, "list", case.plan.pk).content.decode()
    names = ["Now", "Before", "Q2 2026", "Next", "Later"]
    places = [page.index(f": {name}</span>") for name in names]
    assert places == sorted(places)


def test_drafts_are_on_no_paper_and_in_no_side_by_side(case):
    own, shadow = written(case, "coordinator", "own"), written(case, "consultant", "shadow")
    report_made(case, "member", own, "report.change", field="text", value="Secret so far", base=1)
    report_made(case, "consultant", shadow, "report.change", field="text", value="Doubts so far", base=1)
    pk = case.plan.pk
    for name in ("coordinator", "facilitator", "consultant", "peer"):
        paper = get(case.people[name], "paper", pk).content.decode()
        assert "so far" not in paper, name
    assert "Doubts so far" not in get(case.member, "report", pk, own.pk).content.decode()
    assert "Secret so far" in get(case.member, "report", pk, own.pk).content.decode()
    report_made(case, "consultant", shadow, "report.submit")
    assert "Doubts so far" in get(case.member, "report", pk, own.pk).content.decode()
    assert "Doubts so far" in get(case.member, "paper", pk).content.decode()
    assert "Secret so far" not in get(case.member, "paper", pk).content.decode()
    assert "Doubts so far" not in get(case.peer, "paper", pk).content.decode()
    # Four newer periods of drafts do not push it off the paper.
    for month in range(1, 5):
        day = date(2027, month, 1)
        period = Period.objects.create(plan=case.plan, name=f"M{month}", starts=day, ends=day)
        Report.objects.create(
            plan=case.plan,
            period=period,
            voice="own",
            created_by=case.member,
            created_at=NOON,
            changed_at=NOON,
        )
    assert "Doubts so far" in get(case.member, "paper", pk).content.decode()


def test_where_the_two_differ_comes_first(case):
    own, shadow = written(case, "coordinator", "own"), written(case, "consultant", "shadow")
    for who, report, progress in (("member", own, "substantial"), ("consultant", shadow, "limited")):
        report_made(
            case, who, report, "entry.change", item=case.first.pk, field="progress", value=progress, base=0
        )
    report_made(case, "consultant", shadow, "report.change", field="confidence", value="in_doubt", base=1)
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "consultant", shadow, "report.submit")
    both = get(case.member, "report", case.plan.pk, own.pk).context["both"]
    assert [side.row.item.id for side in both.differing] == [case.first.pk]
    assert [side.pair.own.progress for side in both.differing] == ["Substantial"]
    assert case.second.pk in {side.row.item.id for side in both.rest}
    assert not both.same_confidence


def test_written_without_scripts(case):
    pk = case.plan.pk
    page = post(case.member, "list", pk, do="begin", period=case.period.pk, voice="own")
    own = Report.objects.get()
    assert page.url == reverse("plan_reports:edit", args=[pk, own.pk])
    page = get(case.member, "edit", pk, own.pk)
    was = {field.name: field.was for field in page.context["fields"]}
    form = {"do": "save", "text": "One\r\ntwo", "text_was": was["text"], "text_revision": "0"}
    assert post(case.member, "edit", pk, own.pk, **form).status_code == 302
    slower = post(case.coordinator, "edit", pk, own.pk, **{**form, "text": "Other"})
    assert slower.status_code == 409
    assert "One\ntwo" in slower.content.decode()
    form = {
        "do": "save",
        "item": case.first.pk,
        "progress": "limited",
        "progress_was": "",
        "progress_revision": 0,
    }
    assert post(case.member, "edit", pk, own.pk, **form).url.endswith(f"#entry-{case.first.pk}")
    refused = post(case.coordinator, "edit", pk, own.pk, do="submit")
    assert refused.status_code == 400
    own.refresh_from_db()
    assert (own.text, own.entries.get(item=case.first).progress) == ("One\ntwo", "limited")
    assert post(case.member, "list", pk, do="nonsense").status_code == 404


def test_a_stocktake_says_what_changed_since(case):
    reporting_made(case, "facilitator", "stocktake.hold", note="First")
    first = Review.objects.get()
    case.plan.items.filter(pk=case.first.pk).update(
        progress="limited",
        progress_at=NOON,
        progress_by=case.member,
        confidence="probable",
        confidence_why="So",
    )
    reporting_made(case, "facilitator", "stocktake.hold", now=NOON + timedelta(days=30), note="Second")
    page = get(case.member, "stocktake", case.plan.pk, first.pk)
    assert [(change.what, change.before, change.after) for change in page.context["changes"]] == [
        ("Progress", "Not started", "Limited"),
        ("Confidence", "nothing", "Probable"),
    ]
    second = Review.objects.exclude(pk=first.pk).get()
    page = get(case.member, "stocktake", case.plan.pk, second.pk, **{"with": first.pk})
    assert [change.after for change in page.context["changes"]] == ["Limited", "Probable"]
    assert get(case.member, "stocktake", case.plan.pk, second.pk).context["changes"] == []


def test_a_refused_stocktake_keeps_all_that_was_typed(case):
    form = {
        "do": "stocktake",
        "note": "Seen together",
        "text": ["", "Talk to Finance", ""],
        "owner": ["", case.member.pk, ""],
        "due": ["", "2020-01-01", ""],
    }
    page = post(case.facilitator, "list", case.plan.pk, **form)
    assert page.status_code == 400
    assert list(page.context["turned"].wrong) == ["due-2"]
    (day,) = re.findall(r'<input[^>]* id="stocktake-due-2"[^>]*>', page.text)
    assert 'value="2020-01-01"' in day
    assert "autofocus" in day
    for kept in ("Seen together", 'value="Talk to Finance"', f'value="{case.member.pk}" selected'):
        assert kept in page.text
    alone = post(case.facilitator, "list", case.plan.pk, **{**form, "text": ["", "", ""]})
    assert "text-2" in alone.context["turned"].wrong
    assert not Review.objects.exists()
    form["due"] = ["", "2030-01-01", ""]
    assert post(case.facilitator, "list", case.plan.pk, **form).status_code == 302
    review = Review.objects.get()
    assert review.decisions.get().owner == case.member
    decision = {"do": "decide", "text": "Again", "owner": "", "due": "2020-01-01"}
    page = post(case.facilitator, "stocktake", case.plan.pk, review.pk, **decision)
    assert list(page.context["turned"].wrong) == ["due"]
    assert 'value="Again"' in page.text


def test_before_a_period_ends_a_reason_is_asked_and_kept(case):
    Period.objects.update(ends=timezone.localdate() + timedelta(days=30))
    own = written(case, "coordinator", "own")
    pk = case.plan.pk
    step = {}
    for who, do, state in (("coordinator", "submit", "submitted"), ("facilitator", "approve", "approved")):
        person = case.people[who]
        asked = post(person, "report", pk, own.pk, do=do, **step)
        assert (asked.status_code, list(asked.context["turned"].wrong)) == (400, ["why"])
        done = post(person, "report", pk, own.pk, do=do, why=f"Early {do}", **step)
        assert done.status_code == 302
        own.refresh_from_db()
        assert own.state == state
        step = {"step": own.submitted_at.isoformat()}
    page = get(case.peer, "report", pk, own.pk)
    assert [each.words for each in page.context["history"]] == ["Early submit", "Early approve"]
    closing = {"do": "close", "period": case.period.pk}
    refused = post(case.facilitator, "list", pk, **closing)
    assert list(refused.context["turned"].wrong) == ["why"]
    assert "Shadow report: Not begun" in refused.text
    assert post(case.facilitator, "list", pk, **closing, why="All is said").status_code == 302
    Period.objects.update(closed_at=None, closed_by=None, ends=timezone.localdate() - timedelta(days=1))
    Report.objects.update(state="draft", approved_at=None, approved_by=None)
    assert post(case.coordinator, "report", pk, own.pk, do="submit").status_code == 302
    assert post(case.facilitator, "list", pk, **closing).status_code == 302


def test_a_question_says_whose_turn_it_is_and_stays_to_be_read(case):
    own, pk = written(case, "coordinator", "own"), case.plan.pk
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "facilitator", own, "report.return", why="Who uses it?")
    waits = {
        who: get(case.people[who], "report", pk, own.pk).context["waits"] for who in ("member", "consultant")
    }
    assert waits["member"].startswith("Waits for you")
    assert waits["consultant"].startswith("Waits for the institution")
    report_made(case, "coordinator", own, "report.submit", now=NOON + timedelta(hours=1))
    report_made(case, "facilitator", own, "report.approve")
    history = get(case.member, "report", pk, own.pk).context["history"]
    assert [(each.what, each.by.name, each.is_question) for each in history] == [
        ("Submitted", case.coordinator.name, False),
        ("Returned with questions", case.facilitator.name, True),
        ("Submitted again, after the questions", case.coordinator.name, False),
        ("Approved", case.facilitator.name, False),
    ]
    told = Notice.objects.filter(kind="plan_report_submitted", person=case.facilitator).order_by("at", "pk")
    assert [words_of(each).text.split(". ")[-1] for each in told] == [
        "It waits to be read.",
        "It comes again, after your questions.",
    ]
    assert "Who uses it?" in get(case.member, "report", pk, own.pk).text


def test_a_missing_voice_says_which_it_is(case):
    own, pk = written(case, "coordinator", "own"), case.plan.pk
    report_made(case, "coordinator", own, "report.submit")
    for name, args in (("report", [pk, own.pk]), ("paper", [pk])):
        assert "It is not begun yet." in get(case.facilitator, name, *args).text
    shadow = written(case, "consultant", "shadow")
    for name, args in (("report", [pk, own.pk]), ("paper", [pk])):
        assert "It is begun, and not submitted yet." in get(case.facilitator, name, *args).text
    assert "another facilitator" not in get(case.facilitator, "report", pk, own.pk).text
    Plan.objects.update(consultant=case.facilitator)
    assert "another facilitator" in get(case.facilitator, "report", pk, own.pk).text
    report_made(case, "facilitator", own, "report.approve")
    report_made(case, "facilitator", shadow, "report.submit")
    peer = get(case.peer, "report", pk, own.pk).text
    assert "It is open to the institution, the school and the consultant." in peer


def test_a_period_without_a_day_of_the_plan(case):
    Plan.objects.update(starts=date(2026, 12, 1), ends=date(2027, 12, 31))
    pk = case.plan.pk
    for starts, ends, field in (
        ("2026-11-01", "2026-11-22", "ends"),
        ("2028-01-01", "2028-02-01", "starts"),
    ):
        page = post(case.facilitator, "list", pk, do="add", name="X", starts=starts, ends=ends)
        assert list(page.context["turned"].wrong) == [field]
    begin = {"do": "begin", "period": case.period.pk, "voice": "own"}
    assert post(case.member, "list", pk, **begin).status_code == 409
    Plan.objects.update(starts=date(2026, 6, 30))
    assert post(case.member, "list", pk, **begin).status_code == 302
    form = {"do": "add", "name": "X", "starts": "2026-11-01", "ends": "2026-11-22"}
    assert post(case.facilitator, "list", pk, **form).status_code == 302


def test_periods_of_a_cohort(case):
    form = {"length": "quarter", "starts": "2026-07-01", "ends": "2026-12-31"}
    assert post(case.facilitator, "periods", case.cohort.pk, **form).status_code == 302
    assert Period.objects.count() == 3
    wrong = post(case.facilitator, "periods", case.cohort.pk, **{**form, "ends": "2026-06-01"})
    assert wrong.status_code == 400
    assert post(case.coordinator, "periods", case.cohort.pk, **form).status_code == 404


@pytest.mark.parametrize("name", ["list", "report", "edit", "stocktake", "paper", "edition_paper"])
def test_queries_do_not_grow(case, name):
    make_item(case.plan, progress="complete")
    own = written(case, "coordinator", "own")
    reporting_made(case, "facilitator", "stocktake.hold", note="First", decisions=[{"text": "One"}])
    args = {
        "report": [case.plan.pk, own.pk],
        "edit": [case.plan.pk, own.pk],
        "stocktake": [case.plan.pk, Review.objects.get().pk],
        "edition_paper": [case.cohort.edition_id],
    }.get(name, [case.plan.pk])

    def cost():
        client = Client()
        client.force_login(case.coordinator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(f"plan_reports:{name}", args=args)).status_code == 200
        return len(queries)

    cost()
    before = cost()
    for number in range(3):
        make_item(case.plan, progress="complete")
        report_made(case, "coordinator", own, "entries.add")
        day = date(2027 + number, 1, 1).isoformat()
        reporting_made(case, "facilitator", "period.add", name=day, starts=day, ends=day)
        begun(case, "coordinator", "own", Period.objects.get(name=day))
        reporting_made(case, "facilitator", "stocktake.hold", decisions=[{"text": "Two"}, {"text": "Three"}])
    if name == "edition_paper":
        for number in range(2):
            other = make_plan(
                case.cohort, make_institution(f"Office {number}"), state="approved", audience="cohort"
            )
            make_item(other, kind="objective")
            make_item(other, kind="indicator", unit="days", target=5)
    assert cost() <= before


def test_an_indicator_is_judged_by_its_readings_unless_somebody_says_so():
    own, shadow = ReportEntry(progress="not_started"), ReportEntry(progress="limited")
    assert (said_of("indicator", own).judged, said_of("milestone", own).judged) == ("", "Not started")
    assert (differs("indicator", own, shadow), differs("milestone", own, shadow)) == (False, True)
