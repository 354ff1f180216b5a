"""The pages of plans without their bundle: listed, made, written, proposed, carried out; what each person finds."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from challenges.consultations.models import Answer, Recommendation
from challenges.plans.actions import link_evidence
from challenges.plans.models import Audience, ChangeRequest, Evidence, Item, Plan, PlanState, Reading
from challenges.plans.reminders import remind_of_talk
from challenges.plans.views.listing import PAGE
from rooms.actions import post_message
from rooms.models import ReadMark, Room
from rooms.queries import room_for
from sessions.openspace.models import TopicReport
from synergy.cohorts.models import Role
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.factories.openspace import make_topic
from tests.factories.people import make_institution
from tests.factories.plans import make_item, make_plan, make_plan_case
from tests.support.plans import made

pytestmark = pytest.mark.once

LONG_AGO = date(2020, 3, 31)

LIST, NEW, DUE = (reverse(f"plans:{name}") for name in ("list", "new", "due"))


@pytest.fixture
def see(client, db):
    """`see(person, path)` is the text of the page; `see(person, path, form)` sends the form and gives the answer."""

    def visit(person, path, form=None):
        client.force_login(person)
        if form is not None:
            return client.post(path, form)
        return client.get(path, follow=True).content.decode()

    return visit


def page(plan, name="plan"):
    return reverse(f"plans:{name}", args=[plan.pk])


def item_page(item):
    return reverse("plans:item", args=[item.plan_id, item.pk])


def sent(response, name, **changes):
    """What a browser would send of these fields if only the changes were typed."""
    found = {}
    for shown in response.context[name]:
        if not shown.locked:
            field = shown.field
            found |= {field.name: field.value, f"{field.name}_revision": field.revision}
            found[f"{field.name}_was"] = field.was
            if shown.shape in ("people", "path"):
                del found[field.name]  # several boxes, and none is ticked
    return found | changes


NEAR = {
    "coordinator",
    "member",
    "item_owner",
    "plan_owner",
    "own_observer",
    "consultant",
    "facilitator",
    "organiser",
}


@pytest.mark.parametrize(("open_to", "readers"), [("agreed", NEAR), ("shared", {*NEAR, "peer", "observer"})])
def test_who_finds_which_page(client, request, open_to, readers):
    case = request.getfixturevalue(open_to)
    for name, person in case.people.items():
        client.force_login(person)
        paths = [page(case.plan), item_page(case.first), page(case.plan, "progress")]
        found = {client.get(path).status_code for path in paths}
        assert found == ({200} if name in readers else {404}), name
        assert (case.plan.title in client.get(LIST).content.decode()) == (name in readers), name


def test_the_page_answers_at_a_glance(see, agreed):
    Item.objects.filter(pk=agreed.second.pk).update(title="Guide approved")
    text = see(agreed.member, page(agreed.plan))
    for words in (
        *("Letters answered in ten working days", "One list of all letters", "Guide approved"),
        *("Overdue", "days overdue", "Needs a decision", "0 of 2 milestones", "Target 10", "Today is"),
        *("Tomasz Wójcik", "Accountable:", "No evidence yet", "Approved"),
    ):
        assert words in text, words
    assert "style=" not in text


def test_an_objective_that_nobody_judged_is_where_its_milestones_are(see, agreed):
    objective = Item.objects.get(plan=agreed.plan, kind="objective")
    paths = [item_page(objective), page(agreed.plan, "progress")]
    assert all("Not started" in see(agreed.plan_owner, path) for path in paths)
    Item.objects.filter(pk=agreed.first.pk).update(progress="complete", progress_at=NOON)
    facts = re.search(r"<dt>Progress</dt><dd>(.*?)</dd>", str(see(agreed.plan_owner, paths[0])))
    assert facts[1].strip() == "1 of 2 milestones"
    assert objective.title in see(agreed.plan_owner, paths[1])


def test_coordinates_are_numbers_in_every_language(see, agreed):
    Reading.objects.create(
        item=agreed.indicator, on=date(2021, 3, 31), value="20.5", by=agreed.member, at=NOON
    )
    agreed.member.language = "pl"
    agreed.member.save()
    text = see(agreed.member, page(agreed.plan))
    assert "20,5" in text
    assert "<circle" in text
    assert not re.search(r'\b(?:x|y|x1|x2|y1|y2|cx|cy)="\d+,', text)


def test_what_is_odd_is_flagged_in_words(see, case):
    found = [
        {"code": "due_not_understood", "values": {"wording": "mid-summer"}},
        {"code": "number_gap", "values": {"before": "2"}},  # without what its words need
        {"code": "never_heard_of", "values": {}},
    ]
    Item.objects.filter(pk=case.first.pk).update(oddities=found)
    for path in (page(case.plan), item_page(case.first)):
        text = see(case.member, path)
        for words in ("The date is not understood: “mid-summer”", "number gap (before: 2)", "never heard of"):
            assert words in text


def test_what_was_imported_unproven_is_flagged_until_something_proves_it(see, case):
    unproven = [{"code": "complete_without_evidence", "values": {}}]
    Item.objects.filter(pk=case.first.pk).update(progress="complete", progress_at=NOON, oddities=unproven)
    words = "Complete, but nothing proves it."
    assert words in see(case.member, item_page(case.first))
    address = "https://example.org/rule"
    proof = link_evidence(
        person=case.member,
        plan=case.seen_by(case.member),
        items=[case.first.pk],
        title="",
        url=address,
        now=NOON,
    )
    assert words not in see(case.member, item_page(case.first))
    proof.items.clear()
    assert words in see(case.member, page(case.plan))
    Item.objects.filter(pk=case.first.pk).update(oddities=[])
    assert words in see(case.member, page(case.plan))


def test_a_hundred_indicators_are_a_table_with_a_few_charts(see, case):
    assert "indicators</span>" not in see(case.member, page(case.plan))
    last = [
        make_item(case.plan, "indicator", title=f"Number {each}", unit="%", target=each) for each in range(9)
    ][-1]
    Reading.objects.create(item=last, on=date(2027, 1, 1), value=5, by=case.member, at=case.plan.created_at)
    text = see(case.member, page(case.plan))
    assert "All 10 indicators" in text
    assert text.count('class="chart ind-wide"') + text.count("Nothing to draw yet") == 6
    assert "5 now" in text  # what was read is drawn first


def test_what_each_person_can_press(see):
    case = make_plan_case()
    Item.objects.filter(kind="milestone").update(
        due_wording="x", due_since=date(2027, 1, 1), due_until=date(2027, 1, 1), due_precision="day"
    )
    draft = page(case.plan)
    assert "Propose the plan" in see(case.coordinator, draft)
    assert "Propose the plan" in see(case.plan_owner, draft)
    assert "Propose the plan" not in see(case.member, draft)
    assert "Approve the plan" not in see(case.facilitator, draft)
    assert see(case.member, draft, {"do": "propose"}).status_code == 403
    assert see(case.coordinator, draft, {"do": "propose"}).status_code in (302, 400)


def test_from_draft_over_questions_to_approved(see, case):
    path = page(case.plan)
    answer = see(case.coordinator, path, {"do": "propose"})
    assert "date" in answer.content.decode()  # the milestones have none
    for item in (case.first, case.second):
        form = {
            "do": "save_item",
            "item": item.pk,
            "due": "4th quarter 2027",
            "due_was": "",
            "due_revision": 0,
        }
        assert see(case.member, page(case.plan, "edit"), form).status_code == 302
    Item.objects.filter(kind="indicator").update(target=10, baseline=23, baseline_on=date(2021, 1, 31))
    assert see(case.coordinator, path, {"do": "propose"}).status_code == 302
    assert "Waits for you: approve it" in see(case.facilitator, path)
    assert "Waits for the school to approve it since" in see(case.member, path)
    assert "Take it back to a draft to change it" in see(case.member, page(case.plan, "edit"))
    read = case.plan.steps.last().pk
    assert f'name="step" value="{read}"' in see(case.facilitator, path)
    assert see(case.facilitator, path, {"do": "return", "step": read, "why": ""}).status_code == 400
    assert (
        see(case.facilitator, path, {"do": "return", "step": read, "why": "Who decides?"}).status_code == 302
    )
    assert "Who decides?" in see(case.member, path)
    assert see(case.coordinator, path, {"do": "propose"}).status_code == 302
    answer = see(case.facilitator, path, {"do": "approve", "step": read})
    assert (answer.status_code, "Read it once more" in answer.content.decode()) == (409, True)
    form = {"do": "approve", "step": case.plan.steps.last().pk}
    assert see(case.facilitator, path, form).status_code == 302
    answer = see(case.organiser, path, form)  # the slower one
    assert answer.status_code == 409
    assert Plan.objects.get().state == PlanState.APPROVED


def test_both_dates_stay_visible_after_a_change(see, agreed):
    path = item_page(agreed.first)
    form = {"do": "ask", "field": "due", "value": "2027-06-24", "why": "Legal review is late"}
    assert see(agreed.member, path, form).status_code == 302
    request = ChangeRequest.objects.get()
    text = see(agreed.facilitator, page(agreed.plan))
    assert "Legal review is late" in text
    assert "24 June 2027" in text
    peer = see(agreed.member, page(agreed.plan))
    assert 'value="agree"' in text
    assert 'value="agree"' not in peer
    form = {"do": "agree", "request": request.pk}
    assert see(agreed.member, page(agreed.plan), form).status_code == 403
    assert see(agreed.facilitator, page(agreed.plan), form).status_code == 302
    assert "The plan says so now, and the institution is told" in see(agreed.facilitator, page(agreed.plan))
    for where in (page(agreed.plan), path):
        text = see(agreed.member, where)
        assert "24 June 2027" in text
        assert "at approval:" in text


def test_complete_needs_evidence(see, agreed):
    path = item_page(agreed.first)
    form = {"do": "report", "progress": "complete", "confidence": "", "why": "It is signed"}
    answer = see(agreed.item_owner, path, form)
    assert answer.status_code in (400, 409)
    assert "It is signed" in answer.content.decode()
    link = {
        "item": agreed.first.pk,
        "title": "Rule 4",
        "url": "https://example.org/rule",
        "page": agreed.first.pk,
    }
    assert see(agreed.item_owner, page(agreed.plan, "prove"), link).url == path
    assert see(agreed.item_owner, path, form).status_code == 302
    text = see(agreed.item_owner, path)
    assert "Not checked yet" in text
    assert "It is signed" in text
    assert "Rule 4" in see(agreed.item_owner, page(agreed.plan))
    key = Evidence.objects.get().pk
    see(agreed.item_owner, page(agreed.plan, "unprove"), {"evidence": key})
    assert Evidence.objects.count() == 1  # it is all that proves it


def test_one_evidence_proves_two(see, agreed):
    link = {"item": agreed.first.pk, "title": "Rule 4", "url": "https://example.org/rule"}
    see(agreed.member, page(agreed.plan, "prove"), link)
    path = item_page(agreed.second)
    assert "It proves this, too" in see(agreed.member, path)
    form = {"do": "use", "evidence": Evidence.objects.get().pk}
    assert see(agreed.member, path, form).status_code == 302
    assert set(Evidence.objects.get().items.all()) == {agreed.first, agreed.second}
    listed = see(agreed.member, page(agreed.plan)).partition('id="evidence-h"')[2]
    assert [f'href="{item_page(each)}"' in listed for each in (agreed.first, agreed.second)] == [True, True]
    assert see(agreed.peer, path, form).status_code == 404


def test_what_somebody_owned_is_handed_over(see, agreed):
    path = page(agreed.plan, "edit")
    form = {"do": "hand_over", "person": agreed.item_owner.pk, "to": agreed.member.pk}
    assert "Hand over" in see(agreed.coordinator, path)
    assert "Hand over" not in see(agreed.member, path)
    assert see(agreed.member, path, form).status_code == 403
    assert see(agreed.coordinator, path, {**form, "to": agreed.peer.pk}).status_code == 400
    assert see(agreed.coordinator, path, form).status_code == 302
    assert Item.objects.get(pk=agreed.first.pk).owner == agreed.member
    assert "Handed over. Who has it now is told." in see(agreed.coordinator, path)


def test_a_file_is_added_and_read_by_who_may(client, see, agreed):
    upload = SimpleUploadedFile("rule.txt", b"The rule")
    form = {"item": agreed.first.pk, "title": "Rule", "file": upload}
    assert see(agreed.member, page(agreed.plan, "prove"), form).status_code == 302
    path = reverse("plans:file", args=[Evidence.objects.get().pk])
    for name, status in (("member", 200), ("facilitator", 200), ("peer", 404), ("outsider", 404)):
        client.force_login(agreed.people[name])
        assert client.get(path).status_code == status, name
    assert see(agreed.peer, page(agreed.plan, "prove"), form).status_code == 404


def test_readings_are_entered_and_corrected(see, agreed):
    path = item_page(agreed.indicator)
    form = {"do": "read", "on": "2021-03-31", "value": "20,5", "note": "Counted by hand"}
    assert see(agreed.member, path, form).status_code == 302
    reading = Reading.objects.get()
    wrong = see(agreed.member, path, {**form, "value": "many", "on": "2021-04-30"})
    assert wrong.status_code == 400
    assert 'value="many"' in wrong.content.decode()
    assert see(agreed.member, path, {**form, "on": "yesterday"}).status_code == 400
    form = {"do": "correct", "reading": reading.pk, "was": "20.5", "value": "20", "why": "Miscounted"}
    assert see(agreed.member, path, form).status_code == 302
    text = see(agreed.member, path)
    assert "corrected by" in text
    assert "Show as a table" in text
    assert see(agreed.peer, path, form).status_code == 404
    assert see(agreed.member, path, {**form, "do": "unread", "why": ""}).status_code == 400
    assert see(agreed.member, path, {**form, "do": "unread"}).status_code == 302
    assert not Reading.objects.exists()


def test_who_reports_and_who_is_told_why_not(see, agreed):
    path = item_page(agreed.first)
    assert "Save the report" in see(agreed.item_owner, path)
    assert "Save the report" in see(agreed.coordinator, path)
    text = see(agreed.member, path)
    assert "Save the report" not in text
    assert "Tomasz Wójcik reports on this" in text
    form = {"do": "report", "progress": "limited", "confidence": "probable", "why": "Two use it"}
    assert see(agreed.member, path, form).status_code == 403
    assert see(agreed.item_owner, path, form).status_code == 302
    other = {**form, "item": agreed.second.pk, "why": ""}
    answer = see(agreed.item_owner, page(agreed.plan, "progress"), other)
    assert answer.status_code == 400
    assert see(agreed.item_owner, page(agreed.plan, "progress"), {**other, "why": "Yes"}).status_code == 302


REFUSED = [
    (
        "second",
        {"do": "report", "progress": "limited", "confidence": "probable", "why": " "},
        "report-{item}-why",
    ),
    ("second", {"do": "report", "progress": "complete", "why": "Kept words"}, "report-{item}-progress"),
    ("indicator", {"do": "read", "on": "2021-04-30", "value": "many", "note": "Kept words"}, "read-value"),
    ("first", {"do": "ask", "field": "due", "value": "soon", "why": "Kept words"}, "ask-value"),
    ("first", {"do": "ask", "field": "due", "value": "Kept words", "why": ""}, "ask-why"),
    ("prove", {"title": "Kept words", "url": "here", "page": "{item}", "item": "{item}"}, "prove-url"),
    ("prove", {"title": "Kept words", "url": "", "item": "{item}"}, "prove-url"),
    ("plan", {"do": "finish", "why": ""}, "finish-why"),
    ("plan", {"do": "stop", "why": ""}, "stop-why"),
    ("plan", {"do": "approve"}, "approve-problem"),
    (
        "progress",
        {"item": "{item}", "progress": "limited", "confidence": "probable", "why": ""},
        "report-{item}-why",
    ),
    ("edit", {"do": "add", "kind": "milestone", "title": "Kept words" * 60}, "add-title"),
    ("edit", {"do": "hand_over", "person": 999999, "to": 999999}, "hand_over-problem"),
    ("edit", {"do": "save", "ends": "Kept words", "ends_was": "", "ends_revision": 0}, "p-ends"),
    (
        "edit",
        {"do": "save_item", "item": "{item}", "due": "31.02.2027", "due_was": "", "due_revision": 0},
        "i-due",
    ),
]


@pytest.mark.parametrize(("where", "form", "place"), REFUSED)
def test_a_refused_form_comes_back_with_the_focus_in_it_and_what_was_typed(see, agreed, where, form, place):
    item = getattr(agreed, where, agreed.second)
    path = item_page(item) if hasattr(agreed, where) and where != "plan" else page(agreed.plan, where)
    filled = {name: str(value).format(item=item.pk) for name, value in form.items()}
    answer = see(agreed.coordinator, path, filled)
    text = answer.content.decode()
    place = place.format(item=item.pk)
    assert answer.status_code >= 400
    focused = re.findall(r"<[^>]* autofocus[\s>]", text)
    assert len(focused) == 1
    assert f'id="{place}"' in focused[0]
    alert = text.partition('<div class="notices" role="alert">')[2].partition("<main")[0]
    assert f'<a href="#{place}">' in alert
    if not place.endswith("-problem"):
        assert f'id="{place}-error"' in text
        assert f"{place}-error" in focused[0]
    assert ("Kept words" in text) == ("Kept words" in str(form))


def test_due_is_what_one_answers_for(see, agreed):
    text = see(agreed.item_owner, DUE)
    assert "days overdue" in text
    assert item_page(agreed.first) in text
    assert item_page(agreed.second) not in text
    assert item_page(agreed.second) in see(agreed.plan_owner, DUE)
    assert "Nothing is due for you" in see(agreed.member, DUE)
    assert "What is due for me" in see(agreed.member, LIST)
    assert "You observe" in see(agreed.own_observer, DUE)
    assert "What is due for me" not in see(agreed.own_observer, LIST)
    Item.objects.filter(pk=agreed.indicator.pk).update(
        owner=agreed.item_owner, due_until=date(2027, 1, 1), unit="days"
    )
    assert "No reading yet" in see(agreed.item_owner, DUE)
    Reading.objects.create(item=agreed.indicator, on=date(2027, 1, 1), value=17, by=agreed.member, at=NOON)
    text = see(agreed.item_owner, DUE)
    assert "17 days (1 January 2027)" in text
    assert "No reading yet" not in text
    assert "Waits for you" not in see(agreed.facilitator, DUE)
    made(
        agreed.plan,
        agreed.member,
        "request.ask",
        item=agreed.first.pk,
        field="due",
        value="2027-09-01",
        why="Law",
    )
    assert "1 change is asked for" in see(agreed.facilitator, DUE)


def test_what_waits_for_the_school_stands_first(see, agreed):
    near = agreed.seated("Nora Lis", Role.FACILITATOR, institution=agreed.institution)
    for person in (near, agreed.facilitator):
        assert "Waiting for you" not in see(person, LIST)
    ask = {"item": agreed.first.pk, "field": "due", "value": "1 September 2026", "why": "Legal review"}
    made(agreed.plan, agreed.member, "request.ask", **ask)
    for person in (near, agreed.facilitator):
        text = see(person, LIST)
        assert "Waiting for you" in text
        assert "1 change to decide: Date" in text
    assert "Waiting for you" not in see(agreed.coordinator, LIST)


@pytest.mark.parametrize(
    ("state", "waits", "who"),
    [
        (PlanState.DRAFT, "A draft: write it", ["coordinator", "plan_owner"]),
        (PlanState.RETURNED, "The school has questions", ["coordinator", "plan_owner"]),
        (PlanState.PROPOSED, "approve it, or return it", ["facilitator", "organiser"]),
    ],
)
def test_a_card_says_what_waits_for_whom(see, case, state, waits, who):
    Plan.objects.filter(pk=case.plan.pk).update(state=state, owner=case.plan_owner)
    for name in ("coordinator", "plan_owner", "member", "facilitator", "organiser", "consultant"):
        text = see(case.people[name], LIST)
        assert [waits in text, "Waiting for you" in text] == [name in who] * 2, name
        assert name != "coordinator" or "has no plan yet" not in text


def test_a_second_request_for_the_same_is_told_of_the_first(see, agreed):
    path = item_page(agreed.first)
    form = {"do": "ask", "field": "due", "value": "2027-06-24", "why": "Legal review is late"}
    assert "A change already waits for an answer" not in see(agreed.member, path)
    see(agreed.member, path, form)
    text = see(agreed.member, path)
    assert "A change already waits for an answer: Date" in text
    assert '<option value="">Choose…</option><option value="due" disabled>' in text
    second = see(agreed.coordinator, path, {**form, "value": "2027-07-01"})
    assert second.status_code == 409
    assert 'href="#ask-field"' in second.content.decode()
    assert "Legal review is late" in second.content.decode()


def test_written_without_scripts(see, client, case):
    path = page(case.plan, "edit")
    client.force_login(case.coordinator)
    form = sent(
        client.get(path), "fields", title="Ten days", starts="2027-03-01", ends="2028-02-28", do="save"
    )
    assert client.post(path, form).status_code == 302
    plan = Plan.objects.get()
    assert (plan.title, plan.starts, plan.revisions) == (
        "Ten days",
        date(2027, 3, 1),
        {"title": 1, "starts": 1, "ends": 1},
    )
    late = client.post(path, {**form, "title": "Nine days", "title_was": "x"})
    assert late.status_code == 409
    assert "Nine days" in late.content.decode()
    opened = client.get(f"{path}?item={case.indicator.pk}")
    typed = {**sent(opened, "item_fields", target="10", do="save_item"), "item": case.indicator.pk}
    points = {"trajectory_on": ["2027-06-30", "2027-12-31", ""], "trajectory_value": ["18,2", "12", ""]}
    people = {"contributors": [case.member.pk, case.coordinator.pk]}
    assert client.post(path, {**typed, **points, **people}).status_code == 302
    item = Item.objects.get(pk=case.indicator.pk)
    assert item.trajectory == [["2027-06-30", "18.2"], ["2027-12-31", "12"]]
    assert set(item.contributors.all()) == {case.member, case.coordinator}
    opened = client.get(f"{path}?item={item.pk}")
    typed = {**sent(opened, "item_fields", do="save_item"), "item": item.pk}
    text = client.post(path, {**typed, **points, "trajectory_value": ["18.2", "x", ""]}).content.decode()
    assert "Point 2: Write a number" in text
    assert 'value="x"' in text
    assert 'aria-invalid="true"' in text
    assert not item.contributors.exists()  # none was ticked any more
    assert '<optgroup label="Other time zones">' in text


def test_the_tree_is_changed_without_scripts(see, case):
    path = page(case.plan, "edit")
    see(case.member, path, {"do": "add", "kind": "action", "title": "Train", "parent": case.objective.pk})
    added = Item.objects.get(title="Train")
    assert (added.parent, added.number) == (case.objective, "1.3")
    assert see(case.member, path, {"do": "add", "kind": "action", "title": " "}).status_code == 400

    def move(item, way):
        see(case.member, path, {"do": "move", "item": item.pk, "way": way})
        item.refresh_from_db()
        return item.parent_id, item.position

    assert move(added, "up") == (case.objective.pk, 1)
    assert move(added, "in") == (case.first.pk, 0)
    assert move(added, "out") == (case.objective.pk, 1)
    assert move(added, "out") == (None, 1)
    assert move(added, "down") == (None, 2)
    assert move(added, "down") == (None, 2)
    assert see(case.member, path, {"do": "dance", "item": added.pk}).status_code == 404
    see(case.member, path, {"do": "remove", "item": added.pk})
    assert "Put it back" in see(case.member, path)
    late = {"item": added.pk, "title": "Many typed words", "title_was": "x", "title_revision": "0"}
    for form, words in (
        ({**late, "do": "save_item"}, 'value="Many typed words"'),
        ({**late, "do": "save_item", "item": 1 + added.pk}, "What stands in it"),
        ({"do": "move", "item": added.pk, "way": "up"}, "What stands in it"),
    ):
        answer = see(case.member, path, form)
        assert (answer.status_code, words in answer.content.decode()) == (404, True)
        assert "This does not stand in the plan any more." in answer.content.decode()
    assert see(case.member, item_page(added)).count("Taken out of the plan") == 1
    see(case.member, path, {"do": "restore", "item": added.pk})
    added.refresh_from_db()
    assert added.removed_at is None


def test_what_was_agreed_is_locked_with_the_reason(see, agreed):
    text = see(agreed.coordinator, f"{page(agreed.plan, 'edit')}?item={agreed.first.pk}")
    assert "Ask for a change and say why." in text
    assert "readonly" in text
    assert "Who is responsible?" in text


def test_what_should_be_looked_at_before_it_is_proposed(see, case):
    path = page(case.plan, "edit")
    case.plan.items.update(
        owner=case.member, due_wording="2027", due_until=date(2027, 12, 31), due_precision="year"
    )
    assert "Worth a look" not in see(case.member, path)
    Plan.objects.filter(pk=case.plan.pk).update(ends=date(2027, 9, 30))
    Item.objects.filter(kind="indicator").update(baseline=23, target=30, direction="down", unit="days")
    Item.objects.filter(pk=case.first.pk).update(owner=None)
    text = see(case.member, path)
    for words in (
        *("Worth a look", f"Nobody is responsible for: {Item.objects.get(pk=case.first.pk).number}"),
        *("Due after the last day of the plan, 30 September 2027", "it should fall, but the target is above"),
    ):
        assert words in text, words


def test_a_draft_is_thrown_away_unless_it_was_proposed(see, case):
    path, form = page(case.plan), {"do": "discard"}
    assert "Throw the draft away" in see(case.coordinator, path)
    assert "Throw the draft away" not in see(case.member, path)
    assert see(case.member, path, form).status_code == 403
    made(case.plan, case.coordinator, "plan.change", field="title", value="Not wanted", base=0)
    assert "Not wanted" in see(case.coordinator, LIST)
    assert see(case.coordinator, path, form).url == LIST
    assert "The draft is thrown away." in see(case.coordinator, LIST)
    assert "Not wanted" not in see(case.coordinator, LIST)
    assert "Not wanted" in see(case.coordinator, f"{LIST}?state=stopped")
    Plan.objects.update(state=PlanState.DRAFT)  # with a history now
    assert see(case.coordinator, path, form).status_code == 400


def test_the_top_says_what_is_late_and_asked_for_and_nothing_that_one_may_not_know(see, shared):
    form = {"do": "ask", "field": "due", "value": "2027-06-24", "why": "Legal review is late"}
    see(shared.member, item_page(shared.first), form)
    head = (
        see(shared.peer, page(shared.plan))
        .partition('data-fresh="next"')[0]
        .partition('<p class="plan-news"')[0]
    )
    assert "1 overdue" in head or "2 overdue" in head
    assert "1 change asked for: Date" in head
    assert "You read this plan." in see(shared.peer, page(shared.plan, "edit"))


def test_what_is_complete_is_not_probable(see, agreed):
    done = {"progress": "complete", "progress_at": NOON, "confidence": "probable", "confidence_why": "x"}
    Item.objects.filter(pk=agreed.first.pk).update(**done)
    for item, is_judged in ((agreed.first, False), (agreed.second, True)):
        text = see(agreed.coordinator, item_page(item))
        assert ("Will it be reached in time?" in text) == is_judged
        assert "<dt>Confidence</dt>" not in text
    text = see(agreed.coordinator, item_page(agreed.indicator))
    for words in (
        "<dt>Baseline</dt>",
        "<dt>Target</dt><dd>10 working days",
        "<dt>Latest value</dt><dd>No reading yet",
    ):
        assert words in text, words


def test_an_empty_plan_is_made_once(see, case):
    assert "Begin an empty plan" in see(case.member, NEW)
    assert "Begin an empty plan" not in see(case.facilitator, NEW)
    assert see(case.facilitator, NEW, {}).status_code in (403, 404)
    first, second = (see(case.member, NEW, {}).url for _each in range(2))
    assert first == second
    assert Plan.objects.count() == 2


def test_next_steps_of_one_s_own_institution_are_offered(see, wall):
    """With their day in the reader's language; not those of topics of others, unless named, nor what others took on."""
    topic = make_topic(wall.gathering, convener=wall.anna, title="Letters")
    other = wall.seated("Zoltán Nagy", institution=make_institution())
    steps = [
        {"what": "Draft the register", "who": "Anna Nowak", "when": "2026-12-27"},
        {"what": "Ask the ministry", "who": "Zoltan Nagy", "when": ""},
        {"what": "Count the letters", "who": "", "when": ""},
    ]
    report = TopicReport.objects.create(topic=topic, next_steps=steps, changed_at=NOON)
    for person, language in ((wall.anna, "en"), (other, "en"), (wall.boris, "pl")):
        person.language = language
        person.save()
    text = see(wall.anna, NEW)
    assert "27 December 2026" in text
    assert "2026-12-27" not in text
    assert "Ask the ministry" not in text
    for step, status in ((1, 403), (0, 302)):
        assert see(wall.anna, NEW, {"topic": topic.pk, "step": step}).status_code == status
    assert "27 grudnia 2026" in see(wall.boris, NEW)
    stranger = wall.seated("Ilze Kalniņa", institution=make_institution("Riga"))
    assert "Letters" not in see(stranger, NEW)
    assert see(stranger, NEW, {"topic": topic.pk, "step": 2}).status_code == 403
    text = see(other, NEW)
    assert "Ask the ministry" in text
    assert "Count the letters" not in text
    report.participants = [other.pk]
    report.save()
    text = see(other, NEW)
    assert "Count the letters" in text
    assert "Draft the register" not in text
    assert see(other, NEW, {"topic": topic.pk, "step": 2}).status_code == 302


def test_a_room_is_opened_for_an_item(see, shared):
    path = item_page(shared.first)
    assert "Open a room" in see(shared.peer, path)
    assert "Open a room" not in see(shared.observer, path)
    room = see(shared.peer, path, {"do": "talk"}).url
    assert room == see(shared.member, path, {"do": "talk"}).url
    assert room in see(shared.peer, path)
    talk = Room.objects.get()
    text = see(shared.peer, room)
    for words in (f'href="{path}"', "Back to the plan", "For those who may read the plan"):
        assert words in text, words
    assert "Only for its members</span>" not in text.partition('class="room-h"')[2].partition("</header>")[0]
    post_message(person=shared.peer, room=room_for(shared.peer, talk.pk), text="How long?", now=NOON)
    for person, is_new in ((shared.peer, False), (shared.item_owner, True)):
        text = see(person, path)
        assert "1 message in the room for this." in text
        assert ("1 is new to you." in text) == is_new
    (notice,) = Notice.objects.filter(kind="plan_talk")  # of the room, once, to who answers for it
    assert notice.person == shared.item_owner
    morning = {"zone": shared.item_owner.time_zone, "day": NOON.date(), "now": NOON}
    for seen in (0, 0, 10**6):  # told once of what is not read, and not of what is
        if seen:
            ReadMark.objects.create(person=shared.item_owner, room=talk, seq=seen, at=NOON)
            Notice.objects.filter(kind="plan_talked").delete()
        remind_of_talk(**morning)
        told = [each.person for each in Notice.objects.filter(kind="plan_talked")]
        assert told == ([] if seen else [shared.item_owner])


def queries_of(see, person, path):
    see(person, path)  # the session and the caches
    with CaptureQueriesContext(connection) as found:
        see(person, path)
    return len(found)


def test_more_plans_and_items_never_mean_more_queries(see, agreed):
    paths = [LIST, DUE, NEW, page(agreed.plan), page(agreed.plan, "progress"), item_page(agreed.first)]
    Item.objects.filter(pk=agreed.second.pk).update(owner=agreed.coordinator)
    for path in paths:
        see(agreed.coordinator, path)  # what is told there is read then
    one = [queries_of(see, agreed.coordinator, path) for path in paths]
    for number in range(3):
        plan = make_plan(agreed.cohort, agreed.institution, agreed.member, owner=agreed.coordinator)
        agree_rows(plan)
        for kind in ("objective", "milestone", "indicator", "risk"):
            item = make_item(agreed.plan, kind, due=date(2027, 1, 1 + number), owner=agreed.coordinator)
            Reading.objects.create(
                item=item, on=date(2027, 1, 1), value=number, by=agreed.member, at=plan.created_at
            )
    more = [queries_of(see, agreed.coordinator, path) for path in paths]
    assert more == one


def test_long_lists_come_in_pages_and_keep_what_is_asked_for(see, agreed):
    """What is late comes first, what waits for an answer before all; the last page holds the rest."""
    for number in range(PAGE + 2):
        plan = make_plan(agreed.cohort, agreed.institution, agreed.member, title=f"Road {number}")
        agree_rows(plan)
        Item.objects.filter(plan=plan).update(title=f"Bridge {number}", owner=agreed.member)
    make_plan(agreed.cohort, agreed.institution, agreed.member, PlanState.PROPOSED, title="Road that waits")
    Item.objects.filter(plan=plan).update(due_since=LONG_AGO, due_until=LONG_AGO)
    text = see(agreed.organiser, f"{LIST}?words=road")
    assert "Page 1 of 2" in text
    assert text.index("Road that waits") < text.index(f">Road {number}<") < text.index(">Road 20<")
    following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    assert following == "?words=road&page=2"
    pages = text + see(agreed.organiser, LIST + following)
    assert all(pages.count(f">Road {each}<") == 1 for each in range(PAGE + 2))
    assert agreed.plan.title not in pages
    assert "No plan fits" in see(agreed.organiser, f"{LIST}?words=road&state=done")
    text = see(agreed.member, DUE)
    assert text.index(f"Bridge {number}<") < text.index("Bridge 0<")
    assert text.count("#report") == 25
    assert "Page 1 of 2" in text
    assert see(agreed.member, f"{DUE}?page=2").count("#report") == PAGE + 2 - 25
    assert see(agreed.member, f"{DUE}?when=overdue").count("#report") == 1
    assert see(agreed.member, f"{DUE}?words=bridge+0&page=x").count("#report") == 1


def agree_rows(plan):
    """Approved as rows alone, with something to do."""
    make_item(plan, due=date(2027, 1, 1), owner=plan.owner)
    Plan.objects.filter(pk=plan.pk).update(
        state=PlanState.APPROVED,
        approved_at=plan.created_at,
        approved_by=plan.created_by,
        audience=Audience.COHORT,
    )


def test_where_it_comes_from_leads_back(see):
    run = make_consultation()
    now = timezone.now()
    fields = {"answered_by": run.case_giver, "answered_at": now, "by": run.peer, "at": now, "language": "en"}
    advice = Recommendation.objects.create(
        challenge=run.challenge,
        consultation=run.consultation,
        number=1,
        text="One list for all",
        state=Answer.ACCEPTED,
        **fields,
    )
    challenge = reverse("challenges:challenge", args=[run.challenge.pk])
    address = see(run.case_giver, NEW, {"challenge": run.challenge.pk}).url
    plan = Plan.objects.get()
    assert address == page(plan, "edit")
    item = plan.items.get(recommendation=advice)
    for path in (page(plan), item_page(item)):
        text = see(run.case_giver, path)
        assert f'href="{challenge}"' in text
        assert f'href="{challenge}recommendations/#r1"' in text
        assert "One list for all" in text
    assert f'href="{page(plan)}"' in see(run.case_giver, challenge)
    Plan.objects.update(
        audience=Audience.COHORT, state=PlanState.APPROVED, approved_at=now, approved_by=run.facilitator
    )
    text = see(run.stranger, page(plan))  # may read the plan, but not the challenge
    assert "A challenge that is not open to you" in text
    assert "#r1" not in text
