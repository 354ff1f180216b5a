"""Where plans come from, and how late something is where the plan is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from challenges.consultations.models import Recommendation
from challenges.models import Challenge
from challenges.plans.actions import begin_plan, plan_from_challenge, plan_from_topic, propose_plan
from challenges.plans.models import Plan
from challenges.plans.queries import plan_for, plans_for
from challenges.plans.timeliness import Timeliness, timeliness_of, today_in
from challenges.queries import challenge_for
from sessions.openspace.models import TopicReport
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.factories.openspace import make_topic
from tests.factories.plans import make_plan
from tests.support.plans import made


def advise(run, number, text, state="accepted", **fields):
    by = {} if state == "open" else {"answered_by": run.case_giver, "answered_at": NOON}
    return Recommendation.objects.create(
        challenge=run.challenge,
        consultation=run.consultation,
        number=number,
        text=text,
        language="en",
        by=run.peer,
        at=NOON,
        state=state,
        **by,
        **fields,
    )


def test_advice_that_is_taken_up_becomes_objectives(db):
    run = make_consultation()

    def begin(person=run.case_giver):
        return plan_from_challenge(person=person, challenge=challenge_for(person, run.challenge.pk), now=NOON)

    advise(run, 1, "Too much", state="open")
    with pytest.raises(Refused) as refused:
        begin()
    assert refused.value.code == "conflict"
    first = advise(run, 2, "One list of letters.\n\nBegin with two departments.")
    second = advise(
        run, 3, "A weekly meeting", state="adapted", answer_text="A meeting each month", why="Time"
    )
    advise(run, 4, "More people", state="declined", why="No money")
    plan = begin()
    rows = [(item.number, item.title, item.recommendation) for item in plan.items.order_by("position")]
    assert rows == [("1", "One list of letters.", first), ("2", "A meeting each month", second)]
    assert plan.items.get(number="1").description == first.text
    assert Challenge.objects.get(pk=run.challenge.pk).state == "in_plan"
    assert begin(run.colleague) == plan
    with pytest.raises(Refused):
        begin(run.peer)
    made(plan, run.case_giver, "item.remove", item=plan.items.get(number="1").pk)
    third = advise(run, 5, "A name under every letter")
    assert begin() == plan
    assert [item.recommendation for item in plan.items.filter(removed_at=None)] == [second, third]
    propose_plan(person=run.case_giver, plan=plan_for(run.case_giver, plan.pk), now=NOON)
    advise(run, 6, "Later")
    assert begin().items.count() == 3


def test_a_draft_made_of_advice_says_so_and_an_empty_one_nothing(client, db):
    run = make_consultation()
    advise(run, 1, "One list of letters.")
    client.force_login(run.case_giver)
    words = "This draft is made of what you took up."
    sent = {"challenge": run.challenge.pk}
    assert words in client.post(reverse("plans:new"), sent, follow=True).content.decode()
    assert words not in client.post(reverse("plans:new"), follow=True).content.decode()


def test_a_next_step_of_a_topic_becomes_a_milestone(wall):
    topic = make_topic(wall.gathering, convener=wall.anna, title="Letters")
    steps = [{"what": "Draft the register", "who": "Anna and Bob", "when": "2026-04-30"}]
    TopicReport.objects.create(topic=topic, next_steps=steps, changed_at=NOON)
    plan = plan_from_topic(person=wall.anna, topic=topic, step=0, now=NOON)
    objective, milestone = plan.items.order_by("pk")
    assert (objective.title, milestone.parent) == ("Letters", objective)
    assert (milestone.title, milestone.owner_wording) == ("Draft the register", "Anna and Bob")
    assert (milestone.due_until, milestone.due_precision) == (date(2026, 4, 30), "day")
    assert plan_from_topic(person=wall.anna, topic=topic, step=0, now=NOON) == plan
    with pytest.raises(Refused) as refused:
        plan_from_topic(person=wall.anna, topic=topic, step=1, now=NOON)
    assert refused.value.code == "not_found"


def test_an_empty_one_is_begun_by_participants_once(case):
    first = begin_plan(person=case.member, cohort=case.cohort, now=NOON)
    assert begin_plan(person=case.member, cohort=case.cohort, now=NOON) == first
    assert (first.owner, first.institution) == (case.member, case.institution)
    for person in (case.facilitator, case.own_observer, case.ended, case.outsider):
        with pytest.raises(Refused):
            begin_plan(person=person, cohort=case.cohort, now=NOON)


def test_one_s_own_come_first_and_more_cost_no_more_queries(case, django_assert_num_queries):
    def look(person):
        with django_assert_num_queries(2):
            return plans_for(person)

    assert [plan.pk for plan in look(case.organiser)] == [case.plan.pk]
    approved = {"approved_at": NOON, "approved_by": case.organiser, "audience": "cohort"}
    later = NOON + timedelta(days=1)
    for _number in range(2):
        plan = make_plan(case.cohort, case.peer.seats.get().institution, case.peer, "approved", **approved)
        Plan.objects.filter(pk=plan.pk).update(changed_at=later)
    assert look(case.member)[0] == case.plan
    assert len(look(case.organiser)) == 3
    assert look(case.peer)[-1] != case.plan


@pytest.mark.parametrize(
    ("progress", "due", "wanted"),
    [
        ("complete", date(2020, 1, 1), Timeliness.DONE),
        ("limited", None, Timeliness.NO_DATE),
        ("limited", date(2026, 2, 9), Timeliness.OVERDUE),
        ("limited", date(2026, 2, 10), Timeliness.DUE_SOON),
        ("not_started", date(2026, 2, 24), Timeliness.DUE_SOON),
        ("not_started", date(2026, 2, 25), Timeliness.ON_TIME),
    ],
)
def test_timeliness(progress, due, wanted):
    assert timeliness_of(progress, due, date(2026, 2, 10)) == wanted


def test_a_day_ends_at_midnight_where_the_plan_is():
    before = datetime(2026, 3, 28, 22, 59, 59, tzinfo=ZoneInfo("UTC"))
    after = before + timedelta(seconds=1)
    assert [today_in("Europe/Warsaw", each).day for each in (before, after)] == [28, 29]
    assert today_in("Europe/Sofia", before).day == 29
    summer = datetime(2026, 3, 29, 21, 59, 59, tzinfo=ZoneInfo("UTC"))  # the clocks went forward
    assert [today_in("Europe/Warsaw", summer + timedelta(seconds=each)).day for each in (0, 1)] == [29, 30]
