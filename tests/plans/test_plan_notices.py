"""Who is told, who is reminded, and what waits on the first page."""

from datetime import timedelta

from challenges.plans.models import Item, PlanState
from challenges.plans.reminders import remind
from challenges.plans.threads import plan_threads
from challenges.plans.waiting import plans_that_wait
from challenges.queries import challenge_for
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.factories.challenges import make_challenge
from tests.factories.plans import make_item, make_plan
from tests.support.plans import change, made


def told(kind):
    rows = Notice.objects.filter(kind=kind).select_related("person").order_by("person__name")
    return [row.person.name for row in rows]


def morning(days, zone="Europe/Warsaw"):
    now = NOON + timedelta(days=days)
    remind(zone=zone, day=now.date(), now=now)


def test_each_step_is_told_to_those_whom_it_concerns(agreed):
    assert told("plan_proposed") == ["Fiona Kovács", "Olga Horváth"]
    team = ["Elżbieta Nowicka", "Jan Zieliński", "Maria Lis", "Tomasz Wójcik"]
    assert told("plan_approved") == sorted([*team, "Ģirts Kļaviņš"])


def test_requests_and_answers_are_told(agreed):
    ask = {"item": agreed.first.pk, "field": "due", "value": "1 September 2026", "why": "Legal review"}
    request = made(agreed.plan, agreed.member, "request.ask", **ask).request
    assert told("plan_change_asked") == ["Fiona Kovács", "Olga Horváth"]
    made(agreed.plan, agreed.organiser, "request.answer", request=request, accept=True)
    assert told("plan_change_agreed") == ["Jan Zieliński", "Maria Lis", "Tomasz Wójcik"]


def test_who_becomes_responsible_is_told(case):
    change(case.plan, case.coordinator, "owner", case.member.pk, item=case.second.pk)
    change(case.plan, case.coordinator, "owner", case.coordinator.pk, item=case.objective.pk)
    assert told("plan_responsible") == ["Jan Zieliński"]
    change(case.plan, case.coordinator, "owner", case.member.pk, item=case.first.pk, base=0)
    made(case.plan, case.coordinator, "plan.hand_over", owner=case.member.pk, to=case.item_owner.pk)
    assert Notice.objects.filter(kind="plan_responsible", person=case.item_owner).count() == 0
    (notice,) = Notice.objects.filter(kind="plan_handed_over")
    assert (notice.person, notice.values["number"]) == (case.item_owner, 2)


def test_who_becomes_owner_or_consultant_of_the_plan_is_told_unless_by_themselves(case):
    first, second = case.plan_owner, case.coordinator
    for base, person in enumerate([second, case.member, second]):
        assert change(case.plan, second, "owner", person.pk, base).revision == base + 1
    assert told("plan_responsible") == ["Jan Zieliński"]
    change(case.plan, second, "owner", first.pk, 3)
    for person in (None, case.peer.pk):
        made(case.plan, case.facilitator, "plan.consult", consultant=person)
    assert told("plan_responsible") == sorted(["Jan Zieliński", first.name])
    (notice,) = Notice.objects.filter(kind="plan_consulted")
    assert (notice.person, notice.address) == (case.peer, f"/plans/{case.plan.pk}/")


def test_reminders_come_once_each_and_fall_to_who_is_there(agreed):
    people = [agreed.item_owner, agreed.plan_owner, agreed.member]
    assert {person.time_zone for person in people} == {"Europe/Warsaw"}
    morning(45)
    assert not Notice.objects.filter(kind__startswith="plan_due").exists()
    morning(46)
    morning(46)
    morning(47)
    assert told("plan_due_in_14_days") == ["Maria Lis", "Tomasz Wójcik"]
    agreed.item_owner.seats.update(ended_at=NOON)
    morning(57)
    assert told("plan_due_in_3_days") == ["Maria Lis", "Maria Lis"]
    morning(60)
    assert told("plan_overdue") == []
    morning(61, zone="Europe/Riga")
    assert told("plan_overdue") == []
    morning(61)
    morning(80)
    assert told("plan_overdue") == ["Maria Lis", "Maria Lis"]


def test_another_date_is_reminded_of_anew_and_what_is_complete_never(agreed):
    morning(61)
    rows = Item.objects.filter(pk__in=[agreed.first.pk, agreed.second.pk])
    rows.update(due_until=NOON.date() + timedelta(days=70))
    Item.objects.filter(pk=agreed.second.pk).update(
        progress="complete", progress_at=NOON, progress_by=agreed.plan_owner
    )
    morning(71)
    assert told("plan_overdue") == ["Maria Lis", "Tomasz Wójcik", "Tomasz Wójcik"]


def test_what_waits_on_the_first_page(agreed):
    lines = {
        name: [
            (line.text, line.urgency)
            for line in plans_that_wait(agreed.people[name], NOON + timedelta(days=61))
        ]
        for name in ("item_owner", "plan_owner", "member", "facilitator", "peer")
    }
    first, second = str(agreed.first), str(agreed.second)
    assert lines == {
        "item_owner": [(first, "now")],
        "plan_owner": [(second, "now")],
        "member": [],
        "facilitator": [],
        "peer": [],
    }
    ask = {"item": agreed.first.pk, "field": "due", "value": "1 September 2026", "why": "Legal review"}
    made(agreed.plan, agreed.member, "request.ask", **ask)
    assert [line.text for line in plans_that_wait(agreed.facilitator, NOON)] == [str(agreed.plan)]


def test_more_plans_cost_no_more_queries(agreed, django_assert_max_num_queries):
    for number in range(3):
        make_plan(
            agreed.cohort, agreed.institution, agreed.coordinator, PlanState.PROPOSED, title=f"{number}"
        )
        make_item(agreed.plan, due=NOON.date(), owner=agreed.plan_owner)
    for person in (agreed.plan_owner, agreed.facilitator):
        with django_assert_max_num_queries(5):
            assert plans_that_wait(person, NOON)
    late = [
        line for line in plans_that_wait(agreed.plan_owner, NOON + timedelta(days=1)) if line.urgency == "now"
    ]
    assert len(late) == 3
    assert {line.detail for line in late} == {"1 day late. Report it complete, or ask for another date."}
    waiting = plans_that_wait(agreed.facilitator, NOON)
    assert [line.text for line in waiting] == ["0", "1", "2"]
    assert {line.whose for line in waiting} == {agreed.institution.name}


def test_drafts_wait_for_their_owner_and_the_coordinators(agreed):
    make_plan(agreed.cohort, agreed.institution, agreed.coordinator, PlanState.DRAFT, title="Begun")
    found = {
        name: [line.text for line in plans_that_wait(agreed.people[name], NOON)]
        for name in ("coordinator", "member", "facilitator", "peer")
    }
    assert found == {"coordinator": ["Begun"], "member": [], "facilitator": [], "peer": []}


def test_a_challenge_leads_to_its_plan_for_those_who_may_open_it(agreed):
    challenge = make_challenge(
        agreed.cohort, agreed.institution, agreed.coordinator, confidentiality="cohort"
    )
    agreed.plan.challenge = challenge
    agreed.plan.save(update_fields=["challenge"])
    (thread,) = plan_threads(agreed.member, challenge_for(agreed.member, challenge.pk))
    assert (thread.kind, str(thread.state_word)) == ("plan", "Approved")
    assert plan_threads(agreed.peer, challenge_for(agreed.peer, challenge.pk)) == []
