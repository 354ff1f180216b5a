"""From a proposal to what is done: approval, reports, readings, changes of what was agreed, proof."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from challenges.plans.actions import attach_evidence
from challenges.plans.models import Baseline, ChangeRequest, Evidence, Item, Plan, PlanState, Reading, Update
from challenges.plans.queries import due_for, plan_state_of, plan_stream
from rooms.models import Audience as RoomAudience
from rooms.models import Room
from rooms.queries import room_for
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.plans import make_item
from tests.support.plans import change, do, made
from tests.support.told import told

TODAY = NOON.date()


def prove(case, item=None):
    return made(
        case.plan,
        case.member,
        "evidence.link",
        items=[(item or case.first).pk],
        title="Rule",
        url="https://example.org/rule",
    ).evidence


def test_a_proposal_says_what_is_missing(case):
    change(case.plan, case.member, "due", "some day", item=case.first.pk)
    refused = do(case.plan, case.coordinator, "plan.propose")
    assert refused.code == "invalid"
    assert set(refused.fields) == {
        f"item:{case.first.pk}",
        f"item:{case.second.pk}",
        f"item:{case.indicator.pk}",
    }
    assert "We do not understand" in refused.fields[f"item:{case.first.pk}"]


def test_approval_keeps_a_baseline_and_what_is_agreed_changes_by_request_alone(agreed):
    baseline = Baseline.objects.get()
    assert (baseline.number, baseline.approved_by) == (1, agreed.facilitator)
    assert len(baseline.snapshot["items"]) == 4
    refused = change(agreed.plan, agreed.member, "due", "2026-12-01", item=agreed.first.pk)
    assert (refused.code, refused.present["agreed"]) == ("conflict", True)
    assert "Ask for a change" in refused.detail
    assert change(agreed.plan, agreed.member, "description", "More", item=agreed.first.pk).revision == 1
    assert change(agreed.plan, agreed.member, "unit", "days", item=agreed.indicator.pk).code == "conflict"
    assert do(agreed.plan, agreed.member, "item.remove", item=agreed.first.pk).code == "conflict"
    later = made(agreed.plan, agreed.member, "item.add", kind="action", title="Later").item
    assert change(agreed.plan, agreed.member, "due", "2026-12-01", item=later).revision == 1
    made(agreed.plan, agreed.member, "item.remove", item=later)


def test_a_plan_that_is_proposed_stays_as_it_is_until_it_is_withdrawn_or_returned(agreed):
    Plan.objects.update(state=PlanState.PROPOSED, approved_at=None, approved_by=None)
    assert change(agreed.plan, agreed.member, "summary", "x").present == {"state": "proposed"}
    hand = {"owner": agreed.item_owner.pk, "to": agreed.member.pk}
    assert do(agreed.plan, agreed.item_owner, "plan.hand_over", **hand).present == {"state": "proposed"}
    made(agreed.plan, agreed.coordinator, "plan.withdraw")
    made(agreed.plan, agreed.coordinator, "plan.propose")
    step = agreed.plan.steps.last().pk
    assert do(agreed.plan, agreed.organiser, "plan.return", step=step, why=" ").fields == {"why": "Say why."}
    made(agreed.plan, agreed.organiser, "plan.return", step=step, why="Who trains the staff?")
    assert change(agreed.plan, agreed.member, "summary", "x").revision == 1
    assert agreed.plan.steps.last().why == "Who trains the staff?"


def test_who_answers_has_read_the_proposal_that_is_there(agreed):
    Plan.objects.update(state=PlanState.DRAFT, approved_at=None, approved_by=None)
    made(agreed.plan, agreed.coordinator, "plan.propose")
    read = agreed.plan.steps.last().pk
    made(agreed.plan, agreed.coordinator, "plan.withdraw")
    assert change(agreed.plan, agreed.member, "summary", "Quite another plan").revision == 1
    made(agreed.plan, agreed.coordinator, "plan.propose")
    last = agreed.plan.steps.last().pk
    for name, words in (("plan.approve", {}), ("plan.return", {"why": "Who?"})):
        refused = do(agreed.plan, agreed.facilitator, name, step=read, **words)
        assert (refused.code, refused.present) == ("conflict", {"state": "proposed", "step": last})
    made(agreed.plan, agreed.facilitator, "plan.approve", step=last)


def test_a_request_that_is_agreed_changes_the_date_and_keeps_the_old_one_beside_it(agreed):
    ask = {"item": agreed.first.pk, "field": "due", "value": "24 June 2026", "why": "Legal review"}
    request = made(agreed.plan, agreed.item_owner, "request.ask", **ask).request
    again = do(agreed.plan, agreed.member, "request.ask", **ask)
    assert (again.code, again.present["id"]) == ("conflict", request)
    assert (
        do(agreed.plan, agreed.coordinator, "request.answer", request=request, accept=True).code
        == "forbidden"
    )
    made(agreed.plan, agreed.organiser, "request.answer", request=request, accept=True)
    late = do(agreed.plan, agreed.facilitator, "request.answer", request=request, accept=False, why="No")
    assert (late.code, late.present["state"]) == ("conflict", "accepted")
    state = plan_state_of(agreed.member, agreed.seen_by(agreed.member))
    item = next(item for item in state.items if item.id == agreed.first.pk)
    assert item.due.wording == "24 June 2026"
    assert state.baseline.items[str(item.id)].due.until == TODAY + timedelta(days=60)


def test_requests_that_fit_alone_are_not_agreed_together(agreed):
    ask = {"item": agreed.first.pk, "why": "Legal review"}
    wanted = {"start": "2026-04-01", "due": "2026-03-01"}
    start, due = (
        made(agreed.plan, agreed.member, "request.ask", field=field, value=day, **ask).request
        for field, day in wanted.items()
    )
    made(agreed.plan, agreed.facilitator, "request.answer", request=start, accept=True)
    refused = do(agreed.plan, agreed.facilitator, "request.answer", request=due, accept=True)
    assert (refused.code, refused.present["state"]) == ("conflict", "open")
    assert "1 April 2026" in refused.detail
    made(agreed.plan, agreed.facilitator, "request.answer", request=due, accept=False, why="It starts later")


def test_requests_are_declined_with_a_reason_or_withdrawn(agreed):
    ask = {"item": agreed.indicator.pk, "field": "target", "value": "12", "why": "Too hard"}
    first = made(agreed.plan, agreed.member, "request.ask", **ask).request
    assert do(agreed.plan, agreed.organiser, "request.answer", request=first, accept=False).code == "invalid"
    made(agreed.plan, agreed.organiser, "request.answer", request=first, accept=False, why="Try first")
    second = made(agreed.plan, agreed.member, "request.ask", **ask).request
    assert do(agreed.plan, agreed.item_owner, "request.withdraw", request=second).code == "forbidden"
    made(agreed.plan, agreed.member, "request.withdraw", request=second)
    assert Item.objects.get(pk=agreed.indicator.pk).target == 10
    unclear = {**ask, "item": agreed.first.pk, "field": "due", "value": "later"}
    assert do(agreed.plan, agreed.member, "request.ask", **unclear).code == "invalid"


def test_what_was_agreed_is_taken_out_by_request(agreed):
    other = {"item": agreed.first.pk, "field": "due", "value": "Q4 2026", "why": "Later"}
    made(agreed.plan, agreed.member, "request.ask", **other)
    ask = {"item": agreed.objective.pk, "field": "removed", "value": None, "why": "Out of our hands"}
    request = made(agreed.plan, agreed.member, "request.ask", **ask).request
    made(agreed.plan, agreed.organiser, "request.answer", request=request, accept=True)
    assert list(agreed.plan.items.filter(removed_at=None)) == [agreed.indicator]
    refused = do(agreed.plan, agreed.member, "item.restore", item=agreed.objective.pk)
    assert (refused.code, refused.present) == ("conflict", {"agreed": True})
    later = made(agreed.plan, agreed.member, "item.add", kind="action", title="Later").item
    for name in ("item.remove", "item.restore"):
        made(agreed.plan, agreed.member, name, item=later)
    assert agreed.plan.items.filter(removed_at=None).count() == 2
    assert sorted(ChangeRequest.objects.values_list("state", flat=True)) == ["accepted", "withdrawn"]


def test_progress_is_reported_by_the_owner_with_a_reason_for_confidence(agreed):
    say = {"item": agreed.first.pk, "progress": "limited", "confidence": "uncertain"}
    assert do(agreed.plan, agreed.member, "item.report", **say, why="x").code == "forbidden"
    assert do(agreed.plan, agreed.item_owner, "item.report", **say).fields == {"why": "Say why."}
    made(agreed.plan, agreed.item_owner, "item.report", **say, why="Legal review takes longer")
    made(agreed.plan, agreed.coordinator, "item.report", item=agreed.first.pk, progress="substantial")
    assert [update.progress for update in Update.objects.order_by("pk")] == ["limited", "substantial"]
    assert Item.objects.get(pk=agreed.first.pk).progress_by == agreed.coordinator


def test_complete_needs_proof_and_what_is_complete_keeps_it(agreed):
    done = {"item": agreed.first.pk, "progress": "complete"}
    refused = do(agreed.plan, agreed.item_owner, "item.report", **done)
    assert (refused.code, list(refused.fields)) == ("invalid", ["progress"])
    evidence = prove(agreed)
    made(agreed.plan, agreed.item_owner, "item.report", **done)
    assert do(agreed.plan, agreed.member, "evidence.remove", evidence=evidence).code == "conflict"
    assert do(agreed.plan, agreed.member, "evidence.assign", evidence=evidence, items=[]).code == "conflict"
    assert Evidence.objects.get().items.count() == 1  # nothing was changed
    made(
        agreed.plan,
        agreed.member,
        "evidence.assign",
        evidence=evidence,
        items=[agreed.first.pk, agreed.second.pk],
    )
    made(agreed.plan, agreed.coordinator, "item.report", item=agreed.second.pk, progress="complete")
    made(agreed.plan, agreed.coordinator, "item.report", item=agreed.objective.pk, progress="complete")


def test_what_is_complete_needs_no_other_day(agreed):
    ask = {"item": agreed.first.pk, "why": "Late"}
    day = made(agreed.plan, agreed.member, "request.ask", field="due", value="2026-07-01", **ask).request
    title = made(
        agreed.plan, agreed.member, "request.ask", field="title", value="Better words", **ask
    ).request
    prove(agreed)
    made(agreed.plan, agreed.item_owner, "item.report", item=agreed.first.pk, progress="substantial")
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"open"}
    made(agreed.plan, agreed.item_owner, "item.report", item=agreed.first.pk, progress="complete")
    assert dict(ChangeRequest.objects.values_list("pk", "state")) == {day: "withdrawn", title: "open"}


def test_what_is_taken_out_keeps_its_proof_and_comes_back_without_any(agreed):
    extra = make_item(agreed.plan, title="Extra")
    evidence = prove(agreed, extra)
    made(agreed.plan, agreed.coordinator, "item.report", item=extra.pk, progress="complete")
    made(agreed.plan, agreed.coordinator, "item.remove", item=extra.pk)
    for items in ([agreed.first.pk], [agreed.second.pk, extra.pk]):
        made(agreed.plan, agreed.member, "evidence.assign", evidence=evidence, items=items)
    assert set(Evidence.objects.get().items.all()) == {agreed.second, extra}
    made(agreed.plan, agreed.member, "evidence.remove", evidence=evidence)
    made(agreed.plan, agreed.member, "item.restore", item=extra.pk)
    assert Item.objects.get(pk=extra.pk).removed_at is None


@pytest.mark.parametrize(
    ("on", "value", "words"),
    [
        (TODAY + timedelta(days=1), "20", "not come yet"),
        (TODAY.replace(year=2020), "20", "starts on 31 January 2021"),
        (TODAY, "20 %", "working days"),
        (TODAY, "many", "number"),
        (TODAY, "", "number"),
        (TODAY, "-1", "lowest possible value is 0."),
        (TODAY, "-2", "write its lowest possible value first"),
    ],
)
def test_readings_that_cannot_be(agreed, on, value, words):
    Item.objects.filter(pk=agreed.indicator.pk).update(lowest=None if value == "-2" else 0)
    refused = do(agreed.plan, agreed.member, "reading.add", item=agreed.indicator.pk, on=on, value=value)
    assert refused.code == "invalid"
    assert words in refused.detail


def test_a_reading_is_corrected_and_the_old_value_stays_in_the_log(agreed):
    enter = {"item": agreed.indicator.pk, "on": TODAY, "value": "17,8 working days"}
    reading = made(agreed.plan, agreed.member, "reading.add", **enter).reading
    assert made(agreed.plan, agreed.member, "reading.add", **enter).reading == reading
    other = do(agreed.plan, agreed.member, "reading.add", **{**enter, "value": "18"})
    assert (other.code, other.present["value"]) == ("conflict", "17.8")
    correct = {"reading": reading, "value": "18", "was": "17.8", "why": "A slip"}
    made(agreed.plan, agreed.coordinator, "reading.correct", **correct)
    assert do(agreed.plan, agreed.member, "reading.correct", **correct).code == "conflict"
    last = told(plan_stream(agreed.plan.pk))[-1]["data"]
    assert (last["was"], last["reading"]["value"], last["why"]) == ("17.8", "18", "A slip")
    made(agreed.plan, agreed.member, "reading.remove", reading=reading, why="Twice")
    assert not Reading.objects.exists()


def test_readings_of_a_closed_period_stay(agreed):
    period = agreed.plan.periods.create(name="2026", starts=TODAY.replace(day=1), ends=TODAY)
    enter = {"item": agreed.indicator.pk, "on": TODAY, "value": "17.8"}
    reading = made(agreed.plan, agreed.member, "reading.add", **enter).reading
    period.closed_at, period.closed_by = NOON, agreed.facilitator
    period.save()
    enter["on"] = TODAY.replace(day=2)
    assert "2026" in do(agreed.plan, agreed.member, "reading.add", **enter).detail
    correct = {"reading": reading, "value": "18", "was": "17.8", "why": "A slip"}
    assert do(agreed.plan, agreed.member, "reading.correct", **correct).code == "conflict"


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "https://", "javascript:alert(1)", "https://a:b@example.org", "x"]
)
def test_links_are_addresses(agreed, url):
    refused = do(agreed.plan, agreed.member, "evidence.link", items=[agreed.first.pk], title="x", url=url)
    assert list(refused.fields) == ["url"]


def test_one_file_proves_several_things(agreed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    give = {"person": agreed.member, "plan": agreed.seen_by(agreed.member), "name": "rule.txt", "now": NOON}
    first = attach_evidence(**give, items=[agreed.first.pk], content=b"Rule 4")
    again = attach_evidence(**give, items=[agreed.second.pk], content=b"Rule 4")
    assert first == again
    assert set(first.items.all()) == {agreed.first, agreed.second}
    with pytest.raises(Refused) as refused:
        attach_evidence(**give, items=[agreed.first.pk], content=b"x" * (settings.CONFIG.upload_limit + 1))
    assert refused.value.code == "too_large"
    with pytest.raises(Refused) as refused:
        attach_evidence(**{**give, "name": "a.exe"}, items=[agreed.first.pk], content=b"MZ\x00\x01")
    assert refused.value.code == "invalid"


def test_what_is_due_falls_to_the_plans_owner_when_somebody_leaves(agreed):
    assert [due.item for due in due_for(agreed.item_owner, NOON)] == [agreed.first]
    assert [due.item for due in due_for(agreed.plan_owner, NOON)] == [agreed.second]
    agreed.item_owner.seats.update(ended_at=NOON)
    assert due_for(agreed.item_owner, NOON) == []
    late = NOON + timedelta(days=61)
    assert [(due.item, due.days) for due in due_for(agreed.plan_owner, late)] == [
        (agreed.first, -1),
        (agreed.second, -1),
    ]


def test_the_room_of_an_item_is_for_those_who_may_read_the_plan(agreed):
    room = made(agreed.plan, agreed.member, "item.open_room", item=agreed.first.pk).room
    assert made(agreed.plan, agreed.consultant, "item.open_room", item=agreed.first.pk).room == room
    row = Room.objects.get()
    assert row.audience == RoomAudience.MEMBERS
    inside = ("member", "item_owner", "consultant", "facilitator", "organiser", "own_observer")
    assert [name for name in inside if room_for(agreed.people[name], room) is None] == []
    assert [name for name in ("peer", "observer", "ended") if room_for(agreed.people[name], room)] == []
    change(agreed.plan, agreed.coordinator, "audience", "cohort")
    assert room_for(agreed.peer, room) is not None
    change(agreed.plan, agreed.coordinator, "audience", "institution", base=1)
    assert room_for(agreed.peer, room) is None
    made(agreed.plan, agreed.organiser, "plan.consult", consultant=None)
    assert room_for(agreed.consultant, room) is None
    assert agreed.seen_by(agreed.consultant) is None


def test_the_consultant_is_from_outside(agreed):
    client = Client()
    client.force_login(agreed.organiser)
    page = client.get(reverse("plans:plan", args=[agreed.plan.pk]))
    offered = {person.id for person in page.context["people"]}
    for who in ("coordinator", "own_observer", "plan_owner"):
        refused = do(agreed.plan, agreed.organiser, "plan.consult", consultant=agreed.people[who].pk)
        assert (who, set(refused.fields)) == (who, {"consultant"})
        assert agreed.people[who].pk not in offered
    assert agreed.peer.pk in offered
    made(agreed.plan, agreed.organiser, "plan.consult", consultant=agreed.peer.pk)


def test_the_end_of_a_plan(agreed):
    assert do(agreed.plan, agreed.coordinator, "plan.finish", why="").fields == {
        "why": "3 parts are not complete. Say why the plan is done all the same."
    }
    made(agreed.plan, agreed.plan_owner, "plan.finish", why="The rest goes on without a plan")
    assert do(agreed.plan, agreed.coordinator, "plan.stop", why="x").code == "conflict"
    assert change(agreed.plan, agreed.member, "summary", "x").present == {"state": "done"}
    assert ChangeRequest.objects.count() == 0


def test_what_is_complete_keeps_the_part_that_proves_it(agreed):
    plan, member, link = (
        agreed.plan,
        agreed.coordinator,
        {"title": "The rule", "url": "https://example.org/rule"},
    )
    part = make_item(plan, "action", parent=agreed.first, number="1.1.1", title="Sign it")
    other = make_item(plan, "action", parent=agreed.first, number="1.1.2", title="Print it")
    made(plan, member, "evidence.link", items=[part.pk], **link)
    made(plan, agreed.item_owner, "item.report", item=agreed.first.pk, progress="complete")

    away = do(plan, member, "item.remove", item=part.pk)
    elsewhere = do(plan, member, "item.move", item=part.pk, parent=agreed.second.pk, position=0)
    assert [answer.code for answer in (away, elsewhere)] == ["conflict", "conflict"]
    part.refresh_from_db()
    assert (part.removed_at, part.parent) == (None, agreed.first)

    made(plan, member, "item.remove", item=other.pk)
    made(plan, member, "item.move", item=part.pk, parent=agreed.first.pk, position=1)
    made(plan, member, "evidence.link", items=[agreed.first.pk], title="More", url="https://example.org/more")
    made(plan, member, "item.remove", item=part.pk)


def test_the_date_that_is_there_is_no_change_however_it_is_worded(agreed):
    due = Item.objects.get(pk=agreed.first.pk).due_until
    ask = {"item": agreed.first.pk, "field": "due", "why": "Holidays"}
    for wording in (due.isoformat(), f"{due.day}.{due.month}.{due.year}", f"{due:%d} {due:%B} {due:%Y}"):
        refused = do(agreed.plan, agreed.member, "request.ask", value=wording, **ask)
        assert (refused.code, "This is what the plan says now." in refused.detail) == ("invalid", True)
    assert not ChangeRequest.objects.exists()
    made(agreed.plan, agreed.member, "request.ask", value=(due + timedelta(1)).isoformat(), **ask)
