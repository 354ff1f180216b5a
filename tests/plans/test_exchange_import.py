"""From an upload to rows of a plan and back: nothing by halves, nothing twice, nothing of others undone."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from challenges.plans.exchange import places
from challenges.plans.exchange.models import ImportState, PlanImport
from challenges.plans.exchange.runs import begin_import, carry_out, run_for, seen
from challenges.plans.exchange.undoing import undo, what_changed
from challenges.plans.links import check_each
from challenges.plans.models import Evidence, Item, Period, Plan, PlanState, Reading
from challenges.plans.queries import plan_for, plan_state_of, plan_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.support.plans import do, made
from tests.support.reports import report_made, written

TABLE = """Number;Part of;Kind;Title;Owner;Due;Progress;Target;Unit;Evidence;Budget
A;;objective;All letters in one list;{owner};by autumn 2027;;;;;
A.1;A;milestone;=1+1 is not computed;nobody here;31.12.2027;complete;;;https://example.org/rule;4083
A.2;A;indicator;Days until an answer;;2027;;17,5;days;https://example.org/rule;
"""
GOOD = TABLE.replace("=1+1 is not computed", "The rule is signed")


@pytest.fixture
def bring(case):
    """Uploads a table and imports it; gives the run."""

    def bring(text=GOOD, person=None, plan=case.plan, *, skip=False):
        person = person or case.coordinator
        run = upload(case, text, person, plan)
        carry_out(person=person, run=run, title="", skip_faulty=skip, now=NOON)
        return run_for(person, run.pk)

    return bring


def upload(case, text, person, plan=None, name="plan.csv"):
    content = text.format(owner=case.item_owner.email).encode()
    return begin_import(person=person, cohort=case.cohort, plan=plan, name=name, content=content, now=NOON)


def rows_of(plan):
    return {
        item.number: item for item in Item.objects.filter(plan=plan, number__startswith="A").order_by("pk")
    }


def test_rows_become_items_with_their_links_and_facts(case, bring):
    before = log.head(plan_stream(case.plan.pk))
    run = bring()
    rows = rows_of(case.plan)
    assert [(row.kind, row.parent and row.parent.number) for row in rows.values()] == [
        ("objective", None),
        ("milestone", "A"),
        ("indicator", "A"),
    ]
    assert (rows["A"].owner, rows["A"].owner_wording) == (case.item_owner, "")
    assert (rows["A"].due_wording, rows["A"].due_precision) == ("by autumn 2027", "season")
    assert (rows["A.1"].owner, rows["A.1"].owner_wording) == (None, "nobody here")
    assert rows["A.1"].extra == {"Budget": "4083"}
    assert (rows["A.2"].target, rows["A.2"].unit) == (17.5, "days")
    proof = Evidence.objects.get(url="https://example.org/rule")
    assert set(proof.items.all()) == {rows["A.1"], rows["A.2"]}
    assert rows["A.1"].updates.get().by == case.coordinator
    facts = log.since(plan_stream(case.plan.pk), before, 10)
    assert [fact.name for fact in facts] == ["items.added", "evidence.set"]
    state = plan_state_of(case.member, case.seen_by(case.member))
    assert {row.pk for row in rows.values()} <= {item.id for item in state.items}
    assert (run.state, bytes(run.content)) == (ImportState.IMPORTED, b"")


def test_with_an_error_nothing_is_imported_unless_one_leaves_the_row_out(case, bring):
    with pytest.raises(Refused, match="Some rows have errors"):
        bring(TABLE)
    assert not rows_of(case.plan)
    bring(TABLE, skip=True)
    assert list(rows_of(case.plan)) == ["A", "A.2"]


def errors_of(case, run):
    rows = seen(case.coordinator, run).reading.rows
    return {row.item.number: finding.text for row in rows for finding in row.findings if finding.is_error}


def test_rows_without_a_place_in_the_plan_are_errors_in_the_preview(case, monkeypatch):
    text = (
        "Number;Part of;Kind;Title\n2;;indicator;There already\nA;2;action;Under an indicator\nB;A;action;So is this\n"
        "C;;objective;C\nC1;C;action;C1\nC2;C1;action;C2\nC3;C2;action;C3\nC4;C3;action;C4\n"
        "C5;C4;action;Level 6\nC6;C5;action;Level 7\nC7;C6;action;Level 8\n"
    )
    run = upload(case, text, case.coordinator, case.plan)
    found = errors_of(case, run)
    assert {number: why[:22] for number, why in found.items()} == {
        "A": "Nothing can stand unde",
        "B": "Nothing can stand unde",
        "C6": "It would stand too dee",
        "C7": "It would stand too dee",
    }
    with pytest.raises(Refused, match="Some rows have errors"):
        carry_out(person=case.coordinator, run=run, title="", skip_faulty=False, now=NOON)
    carry_out(person=case.coordinator, run=run, title="", skip_faulty=True, now=NOON)
    assert case.plan.items.count() == 4 + 6

    monkeypatch.setattr(places, "ITEMS_LIMIT", 12)
    monkeypatch.setattr(places, "EVIDENCE_LIMIT", 1)
    run = upload(
        case, f"Number;Title;Why;{'H' * 300}\nL;L;{'x' * 4001};beside\n", case.coordinator, case.plan
    )
    assert "4001 characters" in errors_of(case, run)["L"].replace(",", "")
    (row,) = seen(case.coordinator, run).reading.rows
    assert [len(heading) <= 200 for heading in row.item.extra] == [True]

    text = "Number;Title;Evidence\nX;X;https://a.example\nY;Y;https://b.example\nZ;Z;\n"
    run = upload(case, text, case.coordinator, case.plan)
    assert errors_of(case, run) == {
        "Y": "There is room for 1 files and links.",
        "Z": "There is room for 12 items.",
    }


def test_links_of_a_file_are_looked_at_like_those_that_are_typed(bring, case):
    bring(GOOD.replace("https://example.org/rule", "https://me:secret@example.org/rule", 1))
    row = rows_of(case.plan)["A.1"]
    assert row.extra["Evidence"].startswith("https://me:secret@")
    assert [each.url for each in Evidence.objects.all()] == ["https://example.org/rule"]
    waiting = DBTaskResult.objects.filter(task_path__endswith="check_each")
    assert [each.args_kwargs["args"] for each in waiting] == [[[Evidence.objects.get().pk]]]
    check_each.func(*waiting[0].args_kwargs["args"])
    singly = DBTaskResult.objects.filter(task_path__endswith="check_link")
    assert [each.args_kwargs["args"] for each in singly] == [[Evidence.objects.get().pk]]


def test_pressed_twice_it_is_done_once(case):
    run = upload(case, GOOD, case.coordinator)
    plans = [
        carry_out(person=case.coordinator, run=run, title="Letters", skip_faulty=False, now=NOON)
        for _press in range(2)
    ]
    assert plans[0] == plans[1]
    assert plans[0].title == "Letters"
    assert plans[0].institution == case.institution
    assert plans[0].owner == case.coordinator
    assert len(rows_of(plans[0])) == 3


def test_numbers_that_are_there_are_left_out_and_what_stands_under_them_goes_under_the_old_ones(
    case, bring, client
):
    bring()
    client.force_login(case.coordinator)
    run = upload(case, GOOD, case.coordinator, case.plan)
    text = client.get(reverse("plan_exchange:preview", args=[run.pk])).content.decode()
    assert "<b>3</b> left out, because the number is in the plan already" in text
    assert "<b>0</b> can be imported" in text
    bring(GOOD + "A.3;A;action;One more;;;;;;;\n")
    rows = Item.objects.filter(plan=case.plan, number__startswith="A")
    assert rows.count() == 4
    assert rows.get(number="A.3").parent == rows.get(number="A")


def test_an_import_is_undone_until_somebody_has_changed_something(case, bring):
    run = bring()
    assert what_changed(run) == []
    first = min(run.brought["items"])
    assert undo(person=case.coordinator, run=run, now=NOON)
    assert not rows_of(case.plan)
    assert do(case.plan, case.coordinator, "item.restore", item=first).code == "not_found"
    assert not Evidence.objects.exists()
    assert case.objective.removed_at is None
    names = [fact.name for fact in log.since(plan_stream(case.plan.pk), 0, 20)]
    assert names[-2:] == ["evidence.removed", "items.erased"]
    again = bring()
    siblings = rows_of(case.plan)
    places = {number: siblings[number].position for number in ("A.1", "A.2")}
    Item.objects.filter(pk=siblings["A.1"].pk).update(position=places["A.2"])
    Item.objects.filter(pk=siblings["A.2"].pk).update(position=places["A.1"])
    assert what_changed(again) == ["A.1 The rule is signed"]
    for number, place in places.items():
        Item.objects.filter(pk=siblings[number].pk).update(position=place)
    row = rows_of(case.plan)["A.2"]
    last = Item.objects.filter(pk=max(again.brought["items"]))
    parent = last.get().parent
    last.update(parent=None)
    assert what_changed(again) == ["A.2 Days until an answer"]
    last.update(parent=parent, revisions={"title": 1})
    assert what_changed(again) == ["A.2 Days until an answer"]
    with pytest.raises(Refused, match="1 row was changed") as refused:
        undo(person=case.coordinator, run=again, now=NOON)
    assert refused.value.code == "conflict"
    assert Item.objects.filter(plan=case.plan, number=row.number, removed_at__isnull=True).exists()


def test_a_plan_that_is_approved_takes_no_import(case):
    run = upload(case, GOOD, case.coordinator, case.plan)
    Plan.objects.filter(pk=case.plan.pk).update(state=PlanState.PROPOSED)
    with pytest.raises(Refused, match="not being written"):
        carry_out(person=case.coordinator, run=run, title="", skip_faulty=False, now=NOON)
    with pytest.raises(Refused, match="not being written"):
        upload(case, GOOD, case.coordinator, plan_for(case.coordinator, case.plan.pk))


def test_who_does_not_name_owners_keeps_the_names_as_they_are(case, bring):
    bring(person=case.member)
    row = rows_of(case.plan)["A"]
    assert (row.owner, row.owner_wording) == (None, case.item_owner.email)


MAY_IMPORT = {"coordinator", "member", "item_owner", "plan_owner"}
MAY_EXPORT = MAY_IMPORT | {"own_observer", "consultant", "facilitator", "organiser"}


def test_who_may_import_and_export(case, client):
    for name, person in case.people.items():
        client.force_login(person)
        content = SimpleUploadedFile("plan.csv", GOOD.format(owner="x").encode())
        answer = client.post(reverse("plan_exchange:upload"), {"file": content, "to": str(case.plan.pk)})
        assert answer.status_code == (302 if name in MAY_IMPORT else 400), name
        expected = 200 if name in MAY_EXPORT else 404
        for form in ("xlsx", "csv", "json"):
            answer = client.get(reverse("plan_exchange:file", args=[case.plan.pk, form]))
            assert answer.status_code == expected, name
        assert client.get(reverse("plan_exchange:export", args=[case.plan.pk])).status_code == expected, name
    assert PlanImport.objects.count() == len(MAY_IMPORT)


def test_an_upload_is_seen_by_who_made_it_and_ends_with_their_seat(case, client):
    run = upload(case, GOOD, case.member, case.plan)
    page = reverse("plan_exchange:preview", args=[run.pk])
    client.force_login(case.coordinator)
    gone = client.get(page)
    assert gone.status_code == 404
    assert "This upload has ended" in gone.content.decode()
    client.force_login(case.member)
    assert client.get(page).status_code == 200
    case.member.seats.update(ended_at=NOON)
    assert client.get(page).status_code == 404


def test_the_pages_lead_from_a_file_to_the_plan_and_back(case, client):
    client.force_login(case.coordinator)
    content = SimpleUploadedFile("moj plán.csv", TABLE.format(owner="x").encode())
    target = f"cohort-{case.cohort.pk}"
    page = client.post(reverse("plan_exchange:upload"), {"file": content, "to": target}).url
    text = client.get(page).content.decode()
    assert "Row 3, column Title (D3):" in text
    assert "Here stands a formula" in text
    refused = client.post(page, {"do": "import", "title": "Letters"})
    assert refused.status_code == 400
    assert client.post(page, {"do": "import", "title": "Letters", "faulty": "skip"}).url == page
    plan = Plan.objects.get(title="Letters")
    assert plan.items.count() == 2
    made(plan, case.member, "plan.change", field="summary", value="Mine", base=0)
    assert client.post(page, {"do": "import", "title": "Letters"}).status_code == 302
    assert plan.items.count() == 2
    assert "Undo the import" in client.get(page).content.decode()
    assert client.post(page, {"do": "undo"}).status_code == 302
    assert client.post(page, {"do": "import", "title": "Letters"}).status_code == 302
    assert not plan.items.exists()
    assert "was undone" in client.get(page).content.decode()
    content.seek(0)
    page = client.post(reverse("plan_exchange:upload"), {"file": content, "to": target}).url
    client.post(page, {"do": "import", "title": "Letters again", "faulty": "skip"})
    assert Plan.objects.filter(title="Letters again").exists()
    answer = client.post(page, {"do": "undo"}, follow=True)
    assert "The plan that it made is gone with it." in answer.content.decode()
    assert not Plan.objects.filter(title="Letters again").exists()


def test_columns_are_mapped_by_hand(case, client):
    client.force_login(case.coordinator)
    content = SimpleUploadedFile("plan.csv", b"Wat;Wanneer\nOne list;31.12.2027\n")
    page = client.post(reverse("plan_exchange:upload"), {"file": content, "to": str(case.plan.pk)}).url
    before = client.get(page).content.decode()
    assert "No column is read as title" in before
    assert "No column is read as date" in before
    assert "kept beside the rows: <bdi>Wat" in " ".join(before.split())
    choice = {"do": "read", "heading_row": "0", "sheet": "", "column-0": "title", "column-1": "due"}
    client.post(page, choice)
    client.post(page, {"do": "import"})
    assert "All rows become actions" in before
    row = Item.objects.get(plan=case.plan, title="One list")
    assert row.due_until.isoformat() == "2027-12-31"


def test_what_says_nothing_of_a_plan_is_not_offered_for_import(case, client):
    client.force_login(case.coordinator)

    def page(name, content):
        file = SimpleUploadedFile(name, content)
        to = f"cohort-{case.cohort.pk}"
        return client.post(
            reverse("plan_exchange:upload"), {"file": file, "to": to}, follow=True
        ).content.decode()

    assert "There is nothing below the headings" in (text := page("plan.csv", b"Number;Title\n"))
    assert 'value="import"' not in text
    for content in (b'[{"title": "One list"}]', b'{"a": 1}'):
        assert "This JSON is no plan from Synergy." in (text := page("plan.json", content))
        assert 'value="import"' not in text
    text = page("plan.csv", b"Number;Title;Kind;Due\n1;One list;milestone;2027\n")
    assert 'value="import"' in text
    assert text.index("What each row becomes") < text.index("all columns were recognised")


def test_a_workbook_from_here_brings_its_title_its_days_and_its_people(case, client):
    Plan.objects.filter(pk=case.plan.pk).update(
        title="Letters", starts=date(2027, 1, 1), ends=date(2027, 12, 31)
    )
    Item.objects.filter(pk=case.indicator.pk).update(owner=case.item_owner)
    Reading.objects.create(item=case.indicator, on=date(2027, 2, 1), value=9, by=case.member, at=NOON)
    client.force_login(case.member)
    with translation.override("sk"):
        content = client.get(reverse("plan_exchange:file", args=[case.plan.pk, "xlsx"])).content
    target = {"file": SimpleUploadedFile("good.xlsx", content), "to": f"cohort-{case.cohort.pk}"}
    page = client.post(reverse("plan_exchange:upload"), target).url
    text = client.get(page).content.decode()
    assert 'value="Letters"' in text
    left = text.partition("This stays in the file:")[2].partition("</ul>")[0]
    assert left.count("<li>") == 2
    assert "JSON file" in left
    client.post(page, {"do": "import"})
    plan = PlanImport.objects.get().plan
    assert (plan.title, plan.starts, plan.ends) == ("Letters", date(2027, 1, 1), date(2027, 12, 31))
    old, new = (
        {item.title: item.owner for item in each.items.filter(removed_at__isnull=True)}
        for each in (case.plan, plan)
    )
    assert new == old
    assert any(new.values())


def test_a_file_that_is_too_large_is_refused_with_the_limit(case, client, settings):
    client.force_login(case.coordinator)
    content = SimpleUploadedFile("plan.xlsx", b"PK" + b"x" * settings.CONFIG.upload_limit)
    answer = client.post(reverse("plan_exchange:upload"), {"file": content, "to": str(case.plan.pk)})
    assert answer.status_code == 413
    assert "is the limit" in answer.content.decode()


def test_a_big_table_costs_hardly_more_queries_than_a_small_one(case, django_assert_max_num_queries):
    def lines(count):
        return "Number;Title\n" + "".join(f"A{at};Row {at}\n" for at in range(count))

    counts = []
    for size in (3, 150):
        run = upload(case, lines(size), case.coordinator)
        with django_assert_max_num_queries(60) as asked:
            carry_out(person=case.coordinator, run=run, title="", skip_faulty=False, now=NOON)
        counts.append(len(asked))
    # Rows are inserted in batches, as many as the database takes at once.
    assert counts[1] - counts[0] < 150 / 10


def test_a_file_tells_of_reports_what_its_reader_may_read(shared, client):
    Period.objects.create(plan=shared.plan, name="Q1", starts=date(2026, 1, 1), ends=date(2026, 3, 31))
    written(shared, "member", "own")
    shadow = written(shared, "consultant", "shadow")

    def voices(name):
        client.force_login(shared.people[name])
        answer = client.get(reverse("plan_exchange:file", args=[shared.plan.pk, "json"]))
        return sorted(report["voice"] for report in answer.json().get("reports", []))

    drafts = {name: voices(name) for name in ("member", "consultant", "facilitator", "peer", "observer")}
    report_made(shared, "consultant", shadow, "report.submit")
    submitted = {name: voices(name) for name in drafts}

    assert drafts == {
        "member": ["own"],
        "consultant": ["shadow"],
        "facilitator": [],
        "peer": [],
        "observer": [],
    }
    assert submitted == drafts | {
        "member": ["own", "shadow"],
        "facilitator": ["shadow"],
    }
