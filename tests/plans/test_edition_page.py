"""The plans of an edition across institutions: who sees what, what is counted, and at what cost."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from challenges.consultations.models import Answer, Consultation, Recommendation, RunState
from challenges.models import Challenge, State
from challenges.plans.models import (
    Audience,
    Kind,
    Period,
    Plan,
    PlanState,
    Reading,
    Report,
    ReportState,
    Voice,
)
from tests.factories import NOON
from tests.factories.challenges import make_challenge
from tests.factories.consultations import make_consultation
from tests.factories.people import make_institution, make_person
from tests.factories.plans import make_item, make_plan, make_plan_case

pytestmark = pytest.mark.once

LONG_AGO = date(2020, 3, 31)


@pytest.fixture
def case(db):
    return make_plan_case(PlanState.APPROVED, audience=Audience.COHORT)


def get(case, person, form="", **query):
    client = Client()
    client.force_login(person)
    address = reverse("plans:edition", args=[case.cohort.edition_id])
    return client.get(f"{address}table.{form}" if form else address, query)


def add_plans(case, number, start=0, **fields):
    for at in range(start, start + number):
        plan = make_plan(
            case.cohort, make_institution(f"Office {at:02}"), case.coordinator, PlanState.APPROVED, **fields
        )
        make_item(plan, due=LONG_AGO)
        make_item(plan, due=timezone.now().date() + timedelta(days=9))


def names(response):
    return [row.plan.institution.name for row in response.context["rows"]]


def test_who_sees_what(case):
    add_plans(case, 1)
    both = {"organiser", "facilitator"}
    for name in [*both, "peer", "observer", "coordinator", "consultant"]:
        response = get(case, getattr(case, name))
        assert len(names(response)) == (2 if name in both else 1), name
        assert ("open to you: your" in response.content.decode()) == (name not in both), name
    for name in ("outsider", "elsewhere", "ended"):
        assert get(case, getattr(case, name)).status_code == 404, name
        assert get(case, getattr(case, name), "csv").status_code == 404, name


def test_each_count_has_its_base(case):
    make_item(case.plan, due=LONG_AGO, progress="complete")
    make_item(case.plan, due=LONG_AGO)
    measure = {"unit": "%", "direction": "up", "baseline": 0, "baseline_on": date(2026, 1, 1), "target": 100}
    for value in (90, 1):
        item = make_item(case.plan, Kind.INDICATOR, due=date(2026, 12, 31), **measure)
        Reading.objects.create(item=item, on=date(2026, 7, 1), value=value, by=case.coordinator, at=NOON)
    whole = get(case, case.organiser).context["whole"]
    assert (whole.approved.count, whole.approved.base) == (1, 1)
    assert (whole.milestones.count, whole.milestones.base) == (1, 2)
    assert whole.overdue.count == 1
    assert (whole.indicators.count, whole.indicators.base) == (1, 2)
    assert whole.institutions.count == 1 < whole.institutions.base
    assert len(whole.without) == whole.institutions.base - 1
    assert whole.without[0].name in get(case, case.organiser).content.decode()


def test_filters_and_sorting(case):
    add_plans(case, 2)
    own = case.institution.name
    assert names(get(case, case.organiser, words="office 01")) == ["Office 01"]
    assert own not in names(get(case, case.organiser, late="1"))
    assert names(get(case, case.organiser, state="draft")) == []
    response = get(case, case.organiser, sort="-overdue")
    assert names(response)[-1] == own
    first = next(head for head in response.context["heads"] if head.name == "overdue")
    assert (first.direction, first.query) == ("descending", "sort=overdue")
    assert "sort=-overdue" in get(case, case.organiser).content.decode()
    late = response.context["rows"][0].late
    assert late.on == "31 March 2020"
    assert "days overdue" in late.badge.label
    assert f'<a class="badge alarm" href="{late.address}"' in response.content.decode()
    assert get(case, case.organiser, own="probable").context["views"][-1][2] == 3
    assert names(get(case, case.organiser, own="probable")) == []
    assert len(names(get(case, case.organiser, own="none"))) == 3
    page = get(case, case.organiser, sort="-institution").content.decode()
    assert page.count('aria-sort="descending"') == 1
    assert get(case, case.organiser, sort="nonsense", page="x", country="XX").status_code == 200


def test_files_hold_what_is_asked_for_and_no_formulas(case):
    bad = make_institution('=HYPERLINK("x")')
    make_plan(case.cohort, bad, case.coordinator, PlanState.APPROVED, title="+1+1")
    assert "'=HYPERLINK" in get(case, case.organiser, "csv").content.decode()
    add_plans(case, 1, owner=case.coordinator)
    measure = make_item(
        Plan.objects.get(institution__name="Office 00"), Kind.INDICATOR, unit="days", target=5
    )
    Reading.objects.create(item=measure, on=date(2026, 7, 1), value=9, by=case.coordinator, at=NOON)
    table = load_workbook(BytesIO(get(case, case.organiser, "xlsx", words="Office 00").content)).active
    told = dict(zip(*([cell.value for cell in row] for row in table.iter_rows()), strict=True))
    assert told["Accountable"] == case.coordinator.name
    assert (told["Milestones done"], told["Milestones planned"], told["Overdue"]) == (0, 2, 1)
    assert told["Its date"].date() == LONG_AGO
    assert told["Next due"]
    assert "9 days (1 July 2026), Target reached" in told["Indicators"]
    sheet = load_workbook(BytesIO(get(case, case.organiser, "xlsx", words="hyper").content)).active
    rows = list(sheet.iter_rows())
    assert len(rows) == 2
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_paper_says_the_same_as_the_page(case):
    aim = make_item(case.plan, Kind.OBJECTIVE, confidence="probable", confidence_why="Signed")
    Plan.objects.filter(pk=case.plan.pk).update(summary="What we want to have reached")
    make_item(case.plan, due=LONG_AGO, progress="complete")
    make_item(case.plan, due=LONG_AGO, title="The staff guide")
    measure = make_item(case.plan, Kind.INDICATOR, unit="days", target=5)
    Reading.objects.create(item=measure, on=date(2026, 7, 1), value=9, by=case.coordinator, at=NOON)
    page = get(case, case.organiser)
    (row,), whole = page.context["rows"], page.context["whole"]
    client = Client()
    client.force_login(case.organiser)
    paper = client.get(reverse("plan_reports:edition_paper", args=[case.cohort.edition_id]))
    (sheet,), totals = paper.context["sheets"], paper.context["totals"]
    assert sheet.own == row.own is not None
    assert str(aim) == sheet.objectives[-1].title
    assert (totals.due_done, totals.due) == (whole.milestones.count, whole.milestones.base) == (1, 2)
    assert totals.late == whole.overdue.count == 1
    text = paper.content.decode()
    for said in ("What we want to have reached", "The staff guide", "days overdue", "9 days", "1 July 2026"):
        assert said in text, said


def test_queries_do_not_grow_with_plans(case):
    counts = []
    for start, more in ((0, 2), (2, 9)):
        add_plans(case, more, start)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert get(case, case.organiser).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_second_opinion_is_for_those_who_follow_the_reporting(case):
    period = Period.objects.create(plan=case.plan, name="Q1", starts=LONG_AGO, ends=LONG_AGO)
    Report.objects.create(
        plan=case.plan,
        period=period,
        voice=Voice.SHADOW,
        state=ReportState.SUBMITTED,
        confidence="in_doubt",
        created_by=case.consultant,
        created_at=NOON,
        changed_at=NOON,
        submitted_by=case.consultant,
        submitted_at=NOON,
    )

    def shown(name):
        (row,) = get(case, getattr(case, name)).context["rows"]
        return bool(row.shadow)

    near = {"organiser", "facilitator", "coordinator", "consultant"}
    assert {name for name in [*near, "peer", "observer"] if shown(name)} == near


def test_each_number_of_the_funnel_leads_to_what_it_counts(db):
    """Four submitted challenges; one is consulted and goes into a plan, another becomes a plan by itself."""
    run = make_consultation()
    cohort, home = run.challenge.cohort, run.challenge.institution
    Consultation.objects.update(state=RunState.FINISHED, finished_at=NOON, phase_ends_at=None)
    other = make_challenge(cohort, home, run.case_giver)
    made = {str(each.pk) for each in Challenge.objects.all()}
    make_challenge(cohort, home, run.case_giver, State.DRAFT)
    assert_funnel(run, made, submitted=4, consulted=1)
    advice = Recommendation.objects.create(
        challenge=run.challenge,
        consultation=run.consultation,
        number=1,
        text="One list",
        language="en",
        state=Answer.ACCEPTED,
        answered_by=run.case_giver,
        answered_at=NOON,
        by=run.peer,
        at=NOON,
    )
    assert_funnel(run, made, submitted=4, consulted=1, taken_up=1)
    plan = make_plan(cohort, home, run.case_giver, PlanState.APPROVED)
    item = make_item(plan, recommendation=advice, progress="complete")
    own = make_plan(cohort, home, run.case_giver, PlanState.APPROVED, challenge=other)
    assert_funnel(run, made, submitted=4, consulted=1, taken_up=1, in_plan=2, milestone=1)
    own.state = PlanState.DONE
    own.save()
    text = assert_funnel(run, made, submitted=4, consulted=1, taken_up=1, in_plan=2, milestone=1, done=1)
    assert reverse("plans:plan", args=[own.pk]) in text
    item.removed_at = NOON
    item.removed_by = run.case_giver
    item.save()
    assert_funnel(run, made, submitted=4, consulted=1, taken_up=1, in_plan=1, done=1)
    stranger = Client()
    stranger.force_login(make_person("Nobody here"))
    assert stranger.get(funnel_of(cohort, "submitted")).status_code == 404
    stranger.force_login(run.organiser)
    assert stranger.get(funnel_of(cohort, "nonsense")).status_code == 404


def funnel_of(cohort, stage):
    return reverse("plans:funnel", args=[cohort.edition_id, stage])


def assert_funnel(run, made, **wanted):
    """The numbers on the page, and behind each of them as many rows; gives the last page."""
    client = Client()
    client.force_login(run.organiser)
    page = client.get(reverse("plans:edition", args=[run.challenge.cohort.edition_id])).content.decode()
    found = re.findall(r'<b class="big">(\d+)</b><a href="([^"]+)"', page)
    assert len(found) == 6
    counts = {address.split("/")[-2]: int(number) for number, address in found}
    assert counts == dict.fromkeys(counts, 0) | wanted
    for number, address in found:
        text = client.get(address).content.decode()
        rows = re.findall(r'<td data-l="Challenge"><a href="/challenges/(\d+)/"', text)
        assert len(set(rows)) == len(rows) == int(number), address
        assert set(rows) <= made
    return text
