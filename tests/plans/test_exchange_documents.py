"""A plan as a document: out and in again without loss, and nobody's word forged."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from challenges.consultations.models import Recommendation
from challenges.plans.actions.steps import missing_in
from challenges.plans.actions.tree import LEAVES
from challenges.plans.events import OddityCard
from challenges.plans.exchange.binding import document_of
from challenges.plans.exchange.bringing import add_items
from challenges.plans.exchange.choices import Choices, read_file
from challenges.plans.exchange.document import ItemData, PlanData, PlanDocument
from challenges.plans.exchange.documents import bring_document, flags_of, left_out
from challenges.plans.exchange.parsing import read_document
from challenges.plans.exchange.restoring import restore_plan
from challenges.plans.exchange.runs import begin_import, run_for
from challenges.plans.exchange.ties import to_bring
from challenges.plans.exchange.undoing import undo, what_changed
from challenges.plans.exchange.writing import as_json, as_separated, as_workbook
from challenges.plans.models import (
    ChangeRequest,
    Decision,
    Evidence,
    Item,
    Period,
    Plan,
    Reading,
    Report,
    ReportEntry,
    Review,
    Update,
)
from challenges.plans.moments import read_moment
from challenges.plans.queries import plan_for, snapshot_of
from rooms.text import clean_line, clean_text
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.cohorts import make_cohort, make_seat
from tests.factories.consultations import make_consultation
from tests.factories.plans import make_item, make_plan

LATER = NOON + timedelta(days=3)


@pytest.fixture
def whole(agreed):
    """An approved plan with something of everything."""
    case, plan = agreed, agreed.plan
    by = {"by": case.member, "at": LATER}
    Item.objects.filter(pk=case.first.pk).update(
        progress="substantial",
        progress_at=LATER,
        progress_by=case.item_owner,
        confidence="probable",
        confidence_why="Signed.",
    )
    case.first.contributors.add(case.member, case.coordinator)
    Update.objects.create(item=case.first, progress="substantial", confidence="probable", why="Signed.", **by)
    Reading.objects.create(item=case.indicator, on=date(2021, 3, 1), value="17.8", note="Counted", **by)
    proof = Evidence.objects.create(plan=plan, title="The rule", url="https://example.org/rule", **by)
    proof.items.set([case.first, case.second])
    ChangeRequest.objects.create(
        item=case.second, field="due", before={"wording": "2021"}, after={"wording": "2022"}, why="Ill", **by
    )
    period = Period.objects.create(plan=plan, name="Q1", starts=date(2021, 1, 1), ends=date(2021, 3, 31))
    for voice, person in (("own", case.member), ("shadow", case.consultant)):
        report = Report.objects.create(
            plan=plan,
            period=period,
            voice=voice,
            text=voice,
            created_by=person,
            created_at=LATER,
            changed_at=LATER,
        )
        ReportEntry.objects.create(
            report=report,
            item=case.first,
            progress="limited",
            evidence="The minutes",
            challenges="Time",
            extra={"a": "b"},
        )
    signed = {"submitted_by": case.coordinator, "approved_by": case.organiser, "approved_at": LATER}
    plan.reports.filter(voice="own").update(
        state="approved", confidence="probable", submitted_at=NOON, **signed
    )
    period.closed_by, period.closed_at = case.facilitator, LATER
    period.save()
    review = Review.objects.create(
        plan=plan,
        on=date(2021, 4, 1),
        note="Half of it is there",
        snapshot=msgspec.to_builtins(snapshot_of(plan)),
        by=case.facilitator,
        at=LATER,
    )
    Decision.objects.create(review=review, text="Ask the director", owner=case.member, due=date(2021, 5, 1))
    Decision.objects.create(review=review, text="Buy a stamp", done_at=LATER)
    return case


def elsewhere(case, name="The next one"):
    """Another cohort with the same people in it."""
    cohort = make_cohort(name, case.cohort.edition)
    for seat in case.cohort.seats.filter(ended_at=None).select_related("person", "institution"):
        make_seat(cohort, seat.person, seat.institution, seat.role, is_coordinator=seat.is_coordinator)
    return cohort


def through_json(plan):
    return read_document(as_json(document_of(plan, with_addresses=True)))


def test_a_plan_goes_into_another_cohort_and_is_the_equal_plan(whole):
    document = through_json(whole.plan)
    assert all((document.readings, document.updates, document.evidence, document.requests, document.reports))
    assert all((document.reviews, document.baselines, document.steps, document.periods))
    twin = restore_plan(
        document=document,
        cohort=elsewhere(whole),
        institution=whole.institution,
        person=whole.organiser,
        now=LATER,
        is_whole=True,
    )
    assert twin.pk != whole.plan.pk
    assert through_json(twin) == document


def test_what_a_person_brings_is_their_own_word_and_a_draft(whole):
    Plan.objects.filter(pk=whole.plan.pk).update(source="tracker:1")
    whole.plan.refresh_from_db()
    content = as_json(document_of(whole.plan, with_addresses=True))
    cohort = elsewhere(whole)
    run = begin_import(
        person=whole.member, cohort=cohort, plan=None, name="plan.json", content=content, now=LATER
    )
    plans = [
        bring_document(person=whole.member, run=run_for(whole.member, run.pk), now=LATER)
        for _twice in range(2)
    ]
    assert plans[0] == plans[1]
    twin, document = document_of(plans[0], with_addresses=True), read_document(content)
    assert (twin.plan.state, twin.plan.approved_at, twin.baselines, twin.requests, twin.steps) == (
        "draft",
        None,
        [],
        [],
        [],
    )
    assert [report.voice for report in twin.reports] == ["own"]
    assert {person.email for person in twin.people if person.key in {row.by for row in twin.readings}} == {
        whole.member.email
    }
    assert [item.title for item in twin.items] == [item.title for item in document.items]
    assert len(left_out(document)) == 4
    run = run_for(whole.member, run.pk)
    assert (run.plan, what_changed(run)) == (plans[0], [])
    assert not undo(person=whole.member, run=run, now=LATER)
    assert not Plan.objects.filter(pk=plans[0].pk).exists()
    again = begin_import(
        person=whole.member, cohort=cohort, plan=None, name="plan.json", content=content, now=LATER
    )
    other = bring_document(person=whole.member, run=run_for(whole.member, again.pk), now=LATER)
    assert (other.source, other.owner) == ("tracker:1", whole.member)
    assert other.pk != plans[0].pk


def test_stocktakes_and_approved_reports_leave_whole(whole):
    document = through_json(whole.plan)
    own, _shadow = document.reports
    assert (own.state, own.approved_at, bool(own.approved_by), own.entries[0].evidence) == (
        "approved",
        LATER,
        True,
        "The minutes",
    )
    (review,) = document.reviews
    assert [(each.text, each.due, each.done_at) for each in review.decisions] == [
        ("Ask the director", date(2021, 5, 1), None),
        ("Buy a stamp", None, LATER),
    ]
    assert len(review.snapshot.items) == 4
    with translation.override("en"), timezone.override("Europe/Warsaw"):
        book = load_workbook(BytesIO(as_workbook(document)))
    cells = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    said = cells["Reports"]
    assert [row[4] for row in said[1:]] == ["Approved", "Approved", "Draft", "Draft"]
    assert said[1][3] == "Report of the institution"
    assert said[0][12] == "Submitted at (Warsaw time)"
    assert (said[1][10], said[1][13]) == ("own", f"{whole.organiser.name} <{whole.organiser.email}>")
    assert said[2][6:11] == ["Limited", None, "The minutes", "Time", "a: b"]
    rows = cells["Stocktakes"]
    assert [row[1] or row[4] for row in rows[1:]] == [
        "Half of it is there",
        "Ask the director",
        "Buy a stamp",
    ]
    assert rows[2][5] == f"{whole.member.name} <{whole.member.email}>"
    assert [row[0] for row in cells["As it stood"][1:]] == ["Approval 1"] * 4 + ["Stocktake 1 April 2021"] * 4
    assert [row[1] for row in cells["History"][1:]] == ["Waits for approval", "Approved"]
    assert "Flags" not in cells
    assert cells["Updates"][1][1:3] == ["Substantial", "Probable"]
    assert cells["Updates"][1][5] == timezone.localtime(LATER, ZoneInfo("Europe/Warsaw")).replace(
        tzinfo=None, second=0, microsecond=0
    )
    heads = cells["Items"][0]
    (indicator,) = (row for row in cells["Items"][1:] if row[0] == "Indicator")
    assert indicator[heads.index("Last reading")] == 17.8
    assert indicator[heads.index("Progress")] is None
    assert indicator[heads.index("Where it stands")] in (
        "On its path",
        "Behind its path",
        "No path to compare with",
    )
    for sheet in book:
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == "A2"


def test_a_file_holds_what_its_reader_sees_on_the_pages(whole):
    Plan.objects.filter(pk=whole.plan.pk).update(audience="cohort")
    Period.objects.create(plan=whole.plan, name="Q2", starts=date(2021, 4, 1), ends=date(2021, 6, 30))
    told = {}
    for name in ("member", "own_observer", "facilitator", "consultant", "peer", "observer"):
        document = read_by(whole.people[name], whole.plan)
        told[name] = (
            [period.name for period in document.periods],
            [(report.voice, report.created_by is not None) for report in document.reports],
            len(document.baselines),
            len(document.reviews),
            whole.organiser.name in {person.name for person in document.people},
        )
        assert document.requests
        assert document.steps
    near = (["Q1", "Q2"], [("own", True)], 1, 1, True)
    far = (["Q1"], [("own", False)], 0, 0, False)
    consultant = (near[0], [*near[1], ("shadow", True)], *near[2:])
    assert told == dict.fromkeys(("member", "own_observer", "facilitator"), near) | {
        "consultant": consultant,
        "peer": far,
        "observer": far,
    }


def test_advice_leaves_only_with_who_may_read_it(db):
    run = make_consultation()
    advice = Recommendation.objects.create(
        challenge=run.challenge,
        consultation=run.consultation,
        number=1,
        text="One list for all",
        language="en",
        state="accepted",
        answered_by=run.case_giver,
        answered_at=NOON,
        by=run.peer,
        at=NOON,
    )
    home = run.challenge.institution
    plan = make_plan(run.challenge.cohort, home, run.case_giver, "approved", audience="cohort")
    make_item(plan, recommendation=advice)
    told = {
        person: read_by(person, plan).items[0].recommendation for person in (run.case_giver, run.stranger)
    }
    assert told == {run.case_giver: "1: One list for all", run.stranger: ""}


def read_by(person, plan):
    return document_of(plan_for(person, plan.pk), with_addresses=False, reader=person)


def brought(case, person, document):
    """The plan that the person brings through the page."""
    content, cohort = as_json(document), elsewhere(case, person.name)
    run = begin_import(person=person, cohort=cohort, plan=None, name="p.json", content=content, now=LATER)
    plan = bring_document(person=person, run=run, now=LATER)
    return plan_for(person, plan.pk)


def test_a_file_excuses_from_nothing_that_a_proposal_needs(whole):
    document = through_json(whole.plan)
    rows = [
        msgspec.structs.replace(item, source="another tracker", due=None, target=None)
        for item in document.items
    ]
    plan = brought(whole, whole.coordinator, msgspec.structs.replace(document, items=rows))
    missing = list(missing_in(plan).values())
    assert sorted(missing) == [
        "Give it a date.",
        "Give it a date.",
        "Say in which unit it is measured, and the target.",
    ]
    assert {(item.source, item.extra["Source"]) for item in plan.items.all()} == {("", "another tracker")}


def test_what_a_file_calls_complete_is_proven_there_or_flagged(whole):
    document = through_json(whole.plan)
    flag = OddityCard(code="complete_without_evidence", values={})
    rows = [msgspec.structs.replace(item, progress="complete") for item in document.items]
    rows[1] = msgspec.structs.replace(rows[1], oddities=[flag])
    document = msgspec.structs.replace(document, items=rows)
    plan = brought(whole, whole.coordinator, document)
    flagged = [item.number for item in plan.items.all() if item.oddities]
    assert flagged == [whole.indicator.number]
    assert [proof.link_state for proof in plan.evidence.all()] == ["unchecked"]
    assert DBTaskResult.objects.filter(task_path__endswith="check_each").count() == 1
    assert "1 item is complete" in flags_of(document)[0]
    plan.evidence.first().items.add(*plan.items.all())
    assert not any(item.oddities for item in through_json(plan).items)


def test_a_file_names_owners_only_where_the_person_may_and_the_owner_may(whole):
    Item.objects.filter(pk=whole.second.pk).update(owner=whole.own_observer)
    whole.second.contributors.add(whole.peer)
    document = through_json(whole.plan)
    seen = {}
    for person in (whole.coordinator, whole.member):
        plan = brought(whole, person, document)
        first, second = plan.items.get(number="1.1"), plan.items.get(number="1.2")
        seen[person] = (plan.owner, first.owner, first.owner_wording, second.owner, second.owner_wording)
        assert set(first.contributors.all()) == {whole.member, whole.coordinator}
        assert (list(second.contributors.all()), second.contributors_wording) == ([], whole.peer.name)
    assert seen == {
        whole.coordinator: (whole.plan_owner, whole.item_owner, "", None, whole.own_observer.name),
        whole.member: (whole.member, whole.item_owner, "", None, whole.own_observer.name),
    }


def test_items_without_a_place_are_refused_one_by_one(whole, client):
    items = [ItemData(key="i0", kind="indicator", title="Days")]
    items += [ItemData(key="a", kind="action", title="Count", parent="i0")]
    items += [ItemData(key="b", kind="action", title="One"), ItemData(key="b1", kind="action", parent="b")]
    items += [ItemData(key=f"b{at}", kind="action", parent=f"b{at - 1}") for at in range(2, 8)]
    document = PlanDocument(plan=PlanData(title="Deep"), items=items)
    run = begin_import(
        person=whole.member,
        cohort=whole.cohort,
        plan=None,
        name="p.json",
        content=as_json(document),
        now=LATER,
    )
    client.force_login(whole.member)
    page = client.get(reverse("plan_exchange:preview", args=[run.pk])).content.decode()
    assert "“Count”: Nothing can stand under an indicator" in page
    assert "“b6”: It would stand too deep" in page
    assert 'value="import"' not in page
    with pytest.raises(Refused, match="Nothing can stand"):
        bring_document(person=whole.member, run=run, now=LATER)
    with pytest.raises(Refused, match="Nothing can stand"):
        restore_plan(
            document=document,
            cohort=whole.cohort,
            institution=whole.institution,
            person=whole.member,
            now=LATER,
            is_whole=True,
        )


def test_e_mails_stay_with_those_who_may_know_them(whole):
    def written(*, with_addresses):
        document = document_of(whole.plan, with_addresses=with_addresses)
        book = load_workbook(BytesIO(as_workbook(document)))
        cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
        return "\n".join([as_json(document).decode(), as_separated(document).decode(), *cells])

    assert whole.item_owner.email in written(with_addresses=True)
    text = written(with_addresses=False)
    assert "@" not in text
    assert whole.item_owner.name in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 2}, "newer"),
        ({"format": "other"}, "no plan from Synergy"),
        ({"items": [{"key": "a", "kind": "wish"}]}, "hold together"),
        ({"items": [{"key": "a", "kind": "action", "title": "x" * 501}]}, "cannot be read|hold together"),
        *[
            ({"items": [{"key": "a", "kind": "indicator", "target": "1", **wrong}]}, "cannot be read")
            for wrong in (
                {"target": "NaN"},
                {"baseline": "1e30"},
                {"lowest": "1" * 15},
                {"lowest": "1" * 14 + ".25"},
                {"lowest": "٣"},
                {"highest": "0.0000001"},
                {"trajectory": [["2026-01-01", "abc"]]},
                {"trajectory": [["2026-01-01", "1e400000"]]},
                {"trajectory": [["2026-01-01", "1"]] * 61},
                {"description": "x" * 10_001},
                {"progress_at": "2026-01-01T00:00:00"},
                {"confidence_why": "x" * 4_001},
                {"extra": {"x" * 201: ""}},
                {"extra": {str(at): "" for at in range(103)}},
            )
        ],
        (
            {"items": [{"key": "a", "kind": "indicator", "target": "many"}]},
            r"read: Write a number, for example 17.8. - at `\$.items\[0\].target`",
        ),
        (
            {
                "reports": [
                    {
                        "period": "Q1",
                        "voice": "own",
                        "created_at": "2021-01-01T00:00:00Z",
                        "entries": [{"item": "a", "challenges": "x" * 4_001}],
                    }
                ]
            },
            "cannot be read",
        ),
        *[
            ({"items": [{"key": "a", "kind": "action", "progress_at": at}]}, "Check the year")
            for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        ],
        ({"plan": {"title": "A", "summary": "x" * 20_001}}, "20,001 characters|20001 characters"),
        ({"items": [{"key": "a", "kind": "action", "unit": "days"}]}, "hold together"),
        ({"items": [{"key": "a", "kind": "action", "parent": "b"}]}, "hold together"),
        ({"items": [{"key": "a", "kind": "action"}] * 2}, "hold together"),
        (
            {
                "readings": [
                    {"item": "b", "on": "2021-01-01", "value": "1", "by": "p", "at": "2021-01-01T00:00:00Z"}
                ]
            },
            "hold",
        ),
        (
            {
                "items": [{"key": "b", "kind": "action"}],
                "readings": [
                    {"item": "b", "on": "2021-01-01", "value": "1", "by": "p", "at": "2021-01-01T00:00:00Z"}
                ],
            },
            "Only an indicator",
        ),
        ({"plan": {"title": 5}}, "cannot be read"),
        ({"plan": {"title": "A", "state": "secret"}}, "cannot be read"),
        ({"plan": {"title": "A", "time_zone": "Europe/Nowhere"}}, "Europe/Nowhere"),
        (
            {
                "evidence": [
                    {
                        "title": "A",
                        "url": "javascript:alert(1)",
                        "items": [],
                        "by": "p",
                        "at": "2021-01-01T00:00:00Z",
                    }
                ]
            },
            "https://",
        ),
    ],
)
def test_a_document_that_does_not_fit_is_refused_whole(case, change, says):
    content = msgspec.json.encode(
        {"format": "synergy-plan", "version": 1, "plan": {"title": "Letters"}, **change}
    )
    before = Plan.objects.count()
    with pytest.raises(Refused, match=says):
        restore_plan(
            document=read_document(content),
            cohort=case.cohort,
            institution=case.institution,
            person=case.member,
            now=LATER,
            is_whole=True,
        )
    assert Plan.objects.count() == before


LINES = st.text(alphabet="abč жŽ=+-@'\"; 1,\t", max_size=12).map(lambda text: clean_line(text, 100))
TEXTS = st.text(alphabet="abč ж=+-@'\"\n; 1,", max_size=20).map(lambda text: clean_text(text).strip())
NUMBERS = st.none() | st.decimals("-99999", "99999", places=3).map(lambda value: f"{value.normalize():f}")
MOMENTS = st.sampled_from(
    ["", "2027-06-30", "by autumn 2027", "Q4 2024", "ongoing", "some day", "30. apríl 2015"]
).map(read_moment)


@st.composite
def trees(draw):
    """Items in order, as a plan may hold them."""
    items = []
    for at in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["objective", "milestone", "action", "indicator", "risk"]))
        numbers = {}
        if kind == "indicator":
            numbers = {name: draw(NUMBERS) for name in ("baseline", "target")} | {
                "unit": draw(st.sampled_from(["", "days", "%"])),
                "direction": draw(st.sampled_from(["", "up", "down"])),
                "baseline_on": draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))),
                "trajectory": draw(
                    st.sampled_from([[], [(date(2027, 1, 1), "4.5"), (date(2027, 6, 1), "3")]])
                ),
            }
        confidence = draw(st.sampled_from(["", "probable", "in_doubt"]))
        progress = draw(st.sampled_from(["not_started", "limited", "complete"]))
        items.append(
            ItemData(
                key=f"item-{at + 1}",
                kind=kind,
                parent=draw(
                    st.sampled_from([None, *(item.key for item in items if item.kind not in LEAVES)])
                ),
                number=draw(st.sampled_from(["", "1", "2", "C01.2"])),
                title=draw(LINES) or "A title",
                description=draw(TEXTS),
                owner_wording=draw(LINES),
                start=None,
                due=draw(MOMENTS),
                progress=progress,
                progress_at=None if progress == "not_started" else NOON,
                confidence=confidence,
                confidence_why="Because." if confidence else "",
                oddities=draw(st.sampled_from([[], [OddityCard(code="number_gap", values={"a": "b"})]])),
                extra=draw(
                    st.dictionaries(st.sampled_from(["Budget", "title (fr)", "=x"]), TEXTS.filter(bool))
                ),
                **numbers,
            )
        )
    return items


def planned(case, items):
    plan = make_plan(case.cohort, case.institution, case.coordinator)
    add_items(plan=plan, items=items, people={}, person=case.coordinator, now=NOON)
    return plan


EACH = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@EACH
@given(items=trees())
def test_any_plan_leaves_as_json_and_comes_back_equal(case, items):
    document = through_json(planned(case, items))
    assert len(document.items) == len(items)
    twin = restore_plan(
        document=document,
        cohort=case.cohort,
        institution=case.institution,
        person=case.organiser,
        now=LATER,
        is_whole=True,
    )
    assert through_json(twin) == document


NOT_IN_TABLES = ("key", "parent", "oddities", "progress_by", "progress_at")


def told(items):
    """What a table says of the items, with the titles of what they are part of."""
    titles = {item.key: item.title for item in items}
    return [
        (
            {name: getattr(item, name) for name in item.__struct_fields__ if name not in NOT_IN_TABLES},
            titles.get(item.parent),
        )
        for item in items
    ]


@pytest.mark.parametrize(("write", "name"), [(as_workbook, "plan.xlsx"), (as_separated, "plan.csv")])
@EACH
@given(items=trees())
def test_any_items_leave_as_a_table_and_come_back_equal(case, write, name, items):
    document = document_of(planned(case, items), with_addresses=True)
    with translation.override("sk"):
        content = write(document)
    with translation.override("en"):
        found = read_file(name, content, Choices(), {})
    assert [finding.text for row in found.rows for finding in row.findings if finding.is_error] == []
    assert told([row.item for row in to_bring(found.rows)]) == told(document.items)


def test_no_text_leaves_as_a_formula(case):
    evil = '=cmd|"/c calc"!A1'
    plan = planned(
        case, [ItemData(key="a", kind="indicator", title=evil, description="+1", target="-5", unit="days")]
    )
    document = document_of(plan, with_addresses=True)
    cells = [
        cell
        for row in csv.reader(StringIO(as_separated(document).decode("utf-8-sig")), delimiter=";")
        for cell in row
    ]
    assert f"'{evil}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == ["-5"]
    book = load_workbook(BytesIO(as_workbook(document)))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    assert evil in {cell.value for row in book["Items"] for cell in row}


def test_a_removed_row_stays_in_the_json_and_out_of_the_tables(case):
    Item.objects.filter(pk=case.indicator.pk).update(removed_at=NOON)
    document = document_of(case.plan, with_addresses=True)
    assert len(document.items) == 4
    assert case.indicator.title not in as_separated(document).decode()


def test_a_plan_is_bound_in_as_many_queries_whatever_its_size(
    whole, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as few:
        document_of(Plan.objects.select_related("institution").get(pk=whole.plan.pk), with_addresses=True)
    add_items(
        plan=whole.plan,
        items=[ItemData(key=f"r{at}", kind="action", title="A") for at in range(30)],
        people={},
        person=whole.member,
        now=NOON,
    )
    with django_assert_num_queries(len(few)):
        document_of(Plan.objects.select_related("institution").get(pk=whole.plan.pk), with_addresses=True)


def test_the_documentation_of_the_format_names_each_field(pytestconfig):
    text = (pytestconfig.rootpath / "docs" / "plan-format.md").read_text()
    _found, shapes = msgspec.json.schema_components([PlanDocument], ref_template="{name}")
    for shape, schema in shapes.items():
        section = text.partition(f"\n### {shape}\n")[2].partition("\n### ")[0]
        assert section, shape
        for field in schema.get("properties", {}):
            assert f"| `{field}` |" in section, f"{shape}.{field}"
