"""Writing a plan: field by field by all of the institution, and the tree of what stands in it."""

from datetime import date

import pytest

from challenges.plans.models import Item, Plan
from challenges.plans.queries import plan_state_of
from synergy.live.refusals import Refused
from tests.support.plans import change, do, made


def test_a_field_has_a_revision_and_who_is_slower_sees_both(case):
    first = change(case.plan, case.member, "summary", "By Jan")
    late = change(case.plan, case.coordinator, "summary", "By Elżbieta")
    assert first.revision == 1
    assert (late.code, late.present) == (
        "conflict",
        {"value": "By Jan", "revision": 1, "by": case.member.pk},
    )
    again = change(case.plan, case.coordinator, "summary", "By Elżbieta", base=1)
    assert again.revision == 2
    assert Plan.objects.get().summary == "By Elżbieta"


def test_an_item_is_changed_in_the_same_way(case):
    item = case.indicator.pk
    assert change(case.plan, case.member, "target", "17,8", item=item).value == "17.8"
    late = change(case.plan, case.coordinator, "target", "12", item=item)
    assert (late.code, late.present["value"]) == ("conflict", "17.8")
    same = change(case.plan, case.coordinator, "target", "17.80", item=item)
    assert same.revision == 1  # nothing has changed


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("target", "abc", "number"),
        ("target", "4,083", "two ways"),
        ("target", "3 %", "working days"),
        ("due", "x" * 201, "room for 200"),
        ("due", "31.02.2027", "no such day"),
        ("owner", 10**9, "institution"),
        ("baseline_on", "31.12.2021", "as a date"),
        ("baseline_on", "0021-01-01", "year"),
        ("title", " ", "title"),
        ("number", "1.1", "number 1.1"),
        ("trajectory", [["2022-01-01", ""]], "Point 1 needs a day and a number"),
        ("trajectory", [["2022-01-01", "1"], ["2022-02-01", "x"]], "Point 2: Write a number"),
        ("direction", "sideways", "list"),
    ],
)
def test_what_makes_no_sense_is_refused_with_words(case, field, value, words):
    refused = change(case.plan, case.coordinator, field, value, item=case.indicator.pk)
    assert isinstance(refused, Refused)
    assert refused.code == "invalid"
    assert words in refused.detail


def test_percentages_stay_within_a_hundred(case):
    item = made(case.plan, case.member, "item.add", kind="indicator", title="Share").item
    change(case.plan, case.member, "unit", "%", item=item)
    assert "100 %" in change(case.plan, case.member, "target", "104", item=item).detail
    assert change(case.plan, case.member, "target", "90 %", item=item).value == "90"
    change(case.plan, case.member, "highest", "200", item=item)
    assert change(case.plan, case.member, "target", "104", item=item, base=1).value == "104"


def test_numbers_only_stand_on_indicators(case):
    assert "indicator" in change(case.plan, case.member, "unit", "%", item=case.first.pk).detail


def test_a_due_date_before_the_start_is_refused_with_what_to_do(case):
    change(case.plan, case.member, "starts", "2026-03-01")
    late = change(case.plan, case.member, "due", "2026-02-28", item=case.first.pk)
    assert "The plan begins on 1 March 2026" in late.detail
    assert change(case.plan, case.member, "due", "2026-03-01", item=case.first.pk).revision == 1
    late = change(case.plan, case.member, "start", "2026-03-02", item=case.first.pk)
    assert "due on 1 March 2026" in late.detail
    assert Item.objects.get(pk=case.first.pk).due_until == date(2026, 3, 1)


def test_a_wording_that_is_not_understood_is_kept_and_flagged(case):
    done = change(case.plan, case.member, "due", "when the moon is full", item=case.first.pk)
    assert (done.value.wording, done.value.precision) == ("when the moon is full", "")
    row = Item.objects.get(pk=case.first.pk)
    assert row.oddities == [{"code": "due_not_understood", "values": {"wording": "when the moon is full"}}]
    change(case.plan, case.member, "due", "2026-03-01", item=case.first.pk, base=1)
    assert Item.objects.get(pk=case.first.pk).oddities == []


def test_items_are_added_moved_taken_out_and_put_back_and_keep_their_numbers(case):
    plan, person = case.plan, case.member
    third = made(plan, person, "item.add", kind="milestone", title="Third", parent=case.objective.pk)
    assert third.number == "1.3"
    made(plan, person, "item.remove", item=third.item)
    fourth = made(plan, person, "item.add", kind="milestone", title="Fourth", parent=case.objective.pk)
    assert fourth.number == "1.4"
    made(plan, person, "item.move", item=fourth.item, parent=case.objective.pk, position=0)
    order = plan.items.filter(parent=case.objective, removed_at=None).order_by("position")
    assert [row.number for row in order] == ["1.4", "1.1", "1.2"]
    made(plan, person, "item.restore", item=third.item)
    assert Item.objects.get(pk=third.item).removed_at is None
    made(plan, person, "item.remove", item=case.objective.pk)
    assert plan.items.filter(removed_at=None).count() == 1
    assert "first" in do(plan, person, "item.restore", item=case.first.pk).detail
    made(plan, person, "item.restore", item=case.objective.pk)
    assert plan.items.filter(removed_at=None).count() == 6


def test_the_tree_stays_a_tree(case):
    under_itself = do(
        case.plan, case.member, "item.move", item=case.objective.pk, parent=case.first.pk, position=0
    )
    assert "itself" in under_itself.detail
    under_a_leaf = do(case.plan, case.member, "item.add", kind="action", title="A", parent=case.indicator.pk)
    assert "indicator" in under_a_leaf.detail
    parent = case.first.pk
    for _level in range(4):
        parent = made(case.plan, case.member, "item.add", kind="action", title="A", parent=parent).item
    assert "deep" in do(case.plan, case.member, "item.add", kind="action", title="A", parent=parent).detail


def test_owners_are_named_by_who_leads(case):
    item = case.first.pk
    refused = change(case.plan, case.member, "owner", case.member.pk, item=item)
    assert refused.code == "forbidden"
    assert change(case.plan, case.plan_owner, "owner", case.member.pk, item=item).revision == 1
    assert (
        "institution" in change(case.plan, case.coordinator, "owner", case.peer.pk, item=item, base=1).detail
    )


def test_contributors_are_people_who_may_read_the_plan(case):
    item = case.first.pk
    for person in (case.peer, case.own_observer, case.later_cohort, case.ended):
        refused = change(case.plan, case.member, "contributors", [person.pk], item=item)
        assert (refused.code, "may read" in refused.detail) == ("invalid", True)
    change(case.plan, case.member, "audience", "cohort")
    people = sorted([case.member.pk, case.peer.pk])
    assert change(case.plan, case.member, "contributors", people, item=item).value == people
    assert (
        "may read"
        in change(case.plan, case.member, "contributors", [case.later_cohort.pk], item=item, base=1).detail
    )
    change(case.plan, case.member, "audience", "institution", base=1)
    assert change(case.plan, case.member, "contributors", [case.peer.pk], item=item, base=1).revision == 2
    assert plan_state_of(case.member, case.seen_by(case.member)).items[1].contributors == [case.peer.pk]


def test_handing_over_also_from_who_has_left(case):
    made(case.plan, case.coordinator, "plan.hand_over", owner=case.item_owner.pk, to=case.member.pk)
    assert Item.objects.get(pk=case.first.pk).owner == case.member
    Item.objects.filter(pk=case.second.pk).update(owner=case.ended)
    made(case.plan, case.coordinator, "plan.hand_over", owner=case.ended.pk, to=case.member.pk)
    assert Item.objects.get(pk=case.second.pk).owner == case.member
    refused = do(case.plan, case.member, "plan.hand_over", owner=case.plan_owner.pk, to=case.member.pk)
    assert refused.code == "forbidden"


def test_a_long_plan_costs_no_more_queries(case, django_assert_num_queries):
    plan = case.seen_by(case.member)
    with django_assert_num_queries(8):
        plan_state_of(case.member, plan)
    for number in range(10):
        made(case.plan, case.member, "item.add", kind="action", title=f"{number}")
    with django_assert_num_queries(8):
        plan_state_of(case.member, plan)
