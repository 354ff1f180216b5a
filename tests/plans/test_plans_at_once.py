"""Two people at the same moment, each in a transaction of their own."""

from datetime import timedelta

import pytest

from challenges.plans import actions
from challenges.plans.models import Baseline, ChangeRequest, Item, Plan, PlanState, Reading
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.plans import make_plan_case
from tests.support.plans import agree
from tests.support.together import second_of_two

pytestmark = pytest.mark.django_db(transaction=True)


def late_of(*acts):
    """What the second of two gets."""
    waiting = list(acts)
    late = second_of_two(lambda: waiting.pop(0)())
    assert isinstance(late, Refused)
    return late


def test_two_approve():
    case = agree(make_plan_case())
    Baseline.objects.all().delete()
    Plan.objects.update(state=PlanState.PROPOSED, approved_at=None, approved_by=None)
    seen = {person: case.seen_by(person) for person in (case.facilitator, case.organiser)}
    late = late_of(
        *(
            lambda person=person: actions.approve_plan(person=person, plan=seen[person], now=NOON)
            for person in seen
        )
    )
    assert (late.code, late.present) == ("conflict", {"state": "approved"})
    assert Baseline.objects.get().approved_by == case.facilitator


def test_one_agrees_to_a_change_and_another_declines():
    case = agree(make_plan_case())
    ask = {"item": case.indicator.pk, "field": "target", "value": "12", "why": "Too hard", "now": NOON}
    request = actions.ask_for_change(person=case.member, plan=case.seen_by(case.member), **ask).pk
    fiona, olga = case.seen_by(case.facilitator), case.seen_by(case.organiser)
    answer = {"request": request, "why": "So", "now": NOON}
    late = late_of(
        lambda: actions.answer_request(person=case.facilitator, plan=fiona, accept=True, **answer),
        lambda: actions.answer_request(person=case.organiser, plan=olga, accept=False, **answer),
    )
    assert (late.code, late.present["state"]) == ("conflict", "accepted")
    assert ChangeRequest.objects.get().answered_by == case.facilitator
    assert Item.objects.get(pk=case.indicator.pk).target == 12


def test_two_write_in_one_field_and_two_enter_one_day():
    case = agree(make_plan_case())
    seen = {person: case.seen_by(person) for person in (case.member, case.coordinator)}
    write = {"item": case.first.pk, "field": "description", "base": 0, "now": NOON}
    late = late_of(
        *(
            lambda person=person: actions.change_item(
                person=person, plan=seen[person], value=f"By {person}", **write
            )
            for person in seen
        )
    )
    assert late.present == {"value": f"By {case.member}", "revision": 1, "by": case.member.pk}
    enter = {"item": case.indicator.pk, "on": NOON.date(), "note": "", "now": NOON}
    late = late_of(
        lambda: actions.add_reading(person=case.member, plan=seen[case.member], value="17", **enter),
        lambda: actions.add_reading(
            person=case.coordinator, plan=seen[case.coordinator], value="18", **enter
        ),
    )
    assert late.present["value"] == "17"
    assert Reading.objects.get().value == 17


def test_two_send_the_form_that_begins_a_plan():
    case = make_plan_case()
    Plan.objects.exclude(pk=case.plan.pk).delete()
    plan = second_of_two(
        lambda: actions.begin_plan(person=case.member, cohort=case.cohort, now=NOON + timedelta(seconds=1))
    )
    assert isinstance(plan, Plan)
    assert Plan.objects.filter(created_by=case.member).count() == 1
