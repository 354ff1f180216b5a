"""Two public plans, imported whole: nothing of the source is lost, and everything odd is flagged."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from challenges.plans.actions import approve_plan, change_plan, link_evidence, propose_plan, report_item
from challenges.plans.exchange.binding import document_of
from challenges.plans.exchange.writing import as_json, as_workbook
from challenges.plans.models import Evidence, Item, Plan
from challenges.plans.queries import plan_for
from rooms.text import clean_line, clean_text
from synergy.live.refusals import Refused
from tests.factories import NOON

DATA = Path(__file__).parents[1] / "data"
SLOVAK = DATA / "tracker_sk_ogp_action_plan_2015.json"
CANADIAN = DATA / "tracker_ca_ogp_nap5_commitments.json"


@pytest.fixture
def brought(case):
    """Runs the command; gives the plan and what it says."""

    def brought(path, **options):
        out = StringIO()
        call_command(
            "import_plan", str(path), cohort=case.cohort.pk, email=case.member.email, stdout=out, **options
        )
        return Plan.objects.order_by("pk").last(), out.getvalue()

    return brought


def strings_in(value, path=()):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from strings_in(each, (*path, name))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from strings_in(each, (*path, at))


def flags(plan):
    return {item.number: {odd["code"] for odd in item.oddities} for item in plan.items.all() if item.oddities}


def whole_text(plan):
    """Every text of the JSON export, in one line each."""
    texts = strings_in(json.loads(as_json(document_of(plan, with_addresses=True))))
    return "\n".join(clean_line(text, len(text)) for _path, text in texts)


def assert_nothing_lost(plan, source):
    text = whole_text(plan)
    lost = [
        (path, each)
        for path, each in strings_in(source)
        if clean_line(clean_text(each), len(each)) not in text
    ]
    assert lost == []


def test_the_slovak_plan_is_there_whole(brought):
    plan, said = brought(SLOVAK)
    rows = {item.number: item for item in plan.items.order_by("position")}
    assert list(rows) == ["1", "2", "3", "4", "5", "10", "16", "17", "18"]
    assert (plan.language, plan.state) == ("sk", "draft")
    assert rows["1"].due_until == date(2015, 4, 30)
    assert all(row.due_precision == "day" for row in rows.values())
    assert rows["1"].owner_wording.startswith("ministri, predsedníčka")
    shared = Evidence.objects.filter(plan=plan, items=rows["16"])
    assert {proof.url.rpartition("/")[2] for proof in shared} == {
        "msvvas-10+16-list.pdf",
        "msvvas-10+16-priloha1.xlsx",
        "msvvas-10+16-priloha2.pdf",
    }
    assert all(set(proof.items.all()) == {rows["10"], rows["16"]} for proof in shared)
    assert "## Výsledky" in rows["5"].description
    odd = flags(plan)
    assert {number for number, codes in odd.items() if "number_gap" in codes} == {"10", "16"}
    assert {number for number, codes in odd.items() if "several_owners" in codes} >= {
        "1",
        "2",
        "4",
        "17",
        "18",
    }
    assert {number for number, codes in odd.items() if "evidence_shared" in codes} == {"10", "16"}
    assert_nothing_lost(plan, json.loads(SLOVAK.read_text()))
    assert "9 items" in said


def test_the_canadian_plan_is_there_whole(brought):
    plan, said = brought(CANADIAN)
    rows = {item.number: item for item in plan.items.select_related("parent")}
    kinds = [item.kind for item in rows.values()]
    assert [kinds.count(kind) for kind in ("objective", "milestone", "indicator")] == [5, 19, 106]
    assert rows["C02.1.03"].parent == rows["C02.1"]
    assert rows["C02.1"].parent == rows["C02"]
    names = list(plan.periods.order_by("starts").values_list("name", flat=True))
    assert (len(names), names[0], names[-1]) == (12, "2022-03", "2024-12")
    assert rows["C01"].extra["title (fr)"] == "Changements climatiques et croissance durable"
    fall = rows["C02.2.2"]
    assert (fall.due_wording, fall.due_precision) == ("By fall 2022", "season")
    assert (fall.due_since, fall.due_until) == (date(2022, 9, 1), date(2022, 11, 30))
    ongoing = [row for row in rows.values() if row.due_wording == "Ongoing"]
    assert len(ongoing) == 17
    assert {(row.due_precision, row.due_until) for row in ongoing} == {("open", None)}
    odd = flags(plan)
    assert all("open_with_month" in odd[row.number] for row in ongoing)
    assert odd["C05.2.07"] == {"no_target", "dates_differ"}
    assert odd["C03.1.2"] == {"no_target", "no_month"}
    assert [sum(code in codes for codes in odd.values()) for code in ("no_date", "no_target")] == [19, 106]
    assert {number for number, codes in odd.items() if "month_of_source" in codes} == {
        *("C01.3.2", "C02.1.03", "C02.2.6", "C04.1.3", "C04.1.4", "C04.1.5", "C05.3.04", "C05.3.05")
    }
    assert all(row.due_until or row.number in odd for row in rows.values() if row.due_wording)
    assert_nothing_lost(plan, json.loads(CANADIAN.read_text()))
    assert "130 items" in said


def test_imported_again_a_plan_stays_as_people_have_it(brought, case):
    plan, _said = brought(SLOVAK)
    Item.objects.filter(plan=plan, number="1").update(title="Ours now")
    again, said = brought(SLOVAK)
    assert again == plan
    assert "left as it is" in said
    assert plan.items.get(number="1").title == "Ours now"


def test_a_dry_run_and_a_file_that_is_no_plan_change_nothing(brought, tmp_path):
    before = Plan.objects.count()
    _plan, said = brought(CANADIAN, dry_run=True)
    assert "Dry run" in said
    (tmp_path / "x.json").write_text('{"title": "Other"}')
    with pytest.raises(CommandError, match="Nothing was changed"):
        brought(tmp_path / "x.json")
    assert Plan.objects.count() == before


def test_the_canadian_plan_leaves_as_a_workbook(brought):
    plan, _said = brought(CANADIAN)
    assert len(as_workbook(document_of(plan, with_addresses=True))) > 20_000
    assert plan.ends - plan.starts > timedelta(days=1_000)


def test_both_plans_are_approved_and_reported_on_over_two_periods(brought, case):
    def seen(person):
        return plan_for(person, plan.pk)

    def report(number, progress, now):
        row = plan.items.get(number=number)
        words = {"confidence": "probable", "why": f"As of {now.date()}."}
        report_item(
            person=case.coordinator,
            plan=seen(case.coordinator),
            item=row.pk,
            progress=progress,
            now=now,
            **words,
        )

    for path, proven, other in ((SLOVAK, "16", "2"), (CANADIAN, "C02.2.2", "C05.2.07")):
        plan, _said = brought(path)
        source = json.loads(path.read_text())
        change_plan(
            person=case.coordinator,
            plan=seen(case.coordinator),
            field="owner",
            value=case.plan_owner.pk,
            base=0,
            now=NOON,
        )
        propose_plan(person=case.coordinator, plan=seen(case.coordinator), now=NOON)
        approve_plan(person=case.facilitator, plan=seen(case.facilitator), now=NOON)
        report(proven, "limited", NOON)
        report(other, "not_started", NOON)
        later = NOON + timedelta(days=91)
        if path == CANADIAN:
            link_evidence(
                person=case.member,
                plan=seen(case.member),
                items=[plan.items.get(number=proven).pk],
                title="The declaration",
                url="https://example.org/declaration",
                now=later,
            )
        report(proven, "complete", later)
        with pytest.raises(Refused, match="prove"), transaction.atomic():
            report(other, "complete", later)
        document = document_of(seen(case.coordinator), with_addresses=True)
        told = [(update.progress, update.at) for update in document.updates]
        assert told == [("limited", NOON), ("not_started", NOON), ("complete", later)]
        assert len(document.baselines) == 1
        assert_nothing_lost(plan, source)
