"""Who may see a plan and do what with it: everybody, for every audience and state, through the real commands."""

from datetime import date

import msgspec
import pytest
from django.db import transaction

from challenges.plans.commands import PLAN_COMMANDS
from challenges.plans.models import (
    Audience,
    Baseline,
    ChangeRequest,
    Evidence,
    Plan,
    PlanState,
    PlanStep,
    Reading,
)
from challenges.plans.queries import plan_for, plan_readers, plan_state_of, plans_for, snapshot_of
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.plans import make_item, make_plan_case
from tests.support.plans import do

TEAM = {"coordinator", "member", "item_owner", "plan_owner"}
LEADS = {"coordinator", "plan_owner"}
SCHOOL = {"facilitator", "organiser"}
ALWAYS = TEAM | SCHOOL | {"own_observer", "consultant"}
NEAR = {"peer", "observer"}
PROGRAMME = {"later_cohort", "later_colleague"}
NEVER = {"ended", "elsewhere", "outsider"}

DRAFT, RETURNED, PROPOSED = PlanState.DRAFT, PlanState.RETURNED, PlanState.PROPOSED
APPROVED, DONE, STOPPED = PlanState.APPROVED, PlanState.DONE, PlanState.STOPPED
AGREED = {APPROVED, DONE, STOPPED}
OPEN = {DRAFT, RETURNED, PROPOSED, APPROVED}
LIVE = {DRAFT, RETURNED, APPROVED}

SOME = ("coordinator", "item_owner", "member", "own_observer", "organiser")
"""Those who are asked in every state; the others differ from them in what they see alone."""

# command: (who, in which states it is done); "is so already" counts as done.
TABLE = {
    "plan.change": (TEAM, LIVE),
    "plan.consult": (SCHOOL, OPEN),
    "plan.propose": (LEADS, {DRAFT, RETURNED, PROPOSED}),
    "plan.withdraw": (LEADS, {PROPOSED, DRAFT}),
    "plan.approve": (SCHOOL, {PROPOSED}),
    "plan.return": (SCHOOL, {PROPOSED}),
    "plan.finish": (LEADS, {APPROVED, DONE}),
    "plan.stop": (LEADS, OPEN),
    "plan.hand_over": (LEADS | SCHOOL | {"item_owner"}, LIVE),
    "item.add": (TEAM, LIVE),
    "item.change": (TEAM, LIVE),
    "item.move": (TEAM, LIVE),
    "item.remove": (TEAM, LIVE),
    "item.restore": (TEAM, LIVE),
    "item.report": (LEADS | {"item_owner"}, {APPROVED}),
    "item.open_room": ((ALWAYS | NEAR) - {"observer", "own_observer"}, OPEN | AGREED),
    "reading.add": (TEAM, {APPROVED}),
    "reading.correct": (TEAM, {APPROVED}),
    "reading.remove": (TEAM, {APPROVED}),
    "request.ask": (TEAM, {APPROVED}),
    "request.answer": (SCHOOL, {APPROVED}),
    "request.withdraw": (LEADS, {APPROVED}),
    "evidence.link": (TEAM, LIVE),
    "evidence.assign": (TEAM, LIVE),
    "evidence.remove": (TEAM, LIVE),
}


def in_state(state, audience):
    """With something of every kind, so that every command finds what it is about."""
    case = make_plan_case(audience=audience)
    due = {"due_wording": "2026-06-01", "due_since": date(2026, 6, 1), "due_until": date(2026, 6, 1)}
    case.plan.items.filter(kind="milestone").update(**due, due_precision="day")
    case.plan.items.filter(kind="indicator").update(target=10)
    if state in AGREED:
        snapshot = msgspec.to_builtins(snapshot_of(case.plan))
        Baseline.objects.create(
            plan=case.plan, number=1, approved_by=case.organiser, at=NOON, snapshot=snapshot
        )
    case.free = make_item(case.plan, kind="action")
    case.gone = make_item(case.plan, kind="action", removed_at=NOON)
    case.evidence = Evidence.objects.create(
        plan=case.plan, title="Rule", url="https://example.org/a", by=case.member, at=NOON
    )
    case.reading = Reading.objects.create(
        item=case.indicator, on=date(2026, 1, 31), value=20, by=case.member, at=NOON
    )
    case.request = ChangeRequest.objects.create(
        item=case.first, field="title", before="A", after="B", why="So", by=case.peer, at=NOON
    )
    approved = {"approved_at": NOON, "approved_by": case.organiser} if state in AGREED else {}
    Plan.objects.filter(pk=case.plan.pk).update(state=state, **approved)
    case.step = PlanStep.objects.create(
        plan=case.plan, from_state=DRAFT, to_state=PROPOSED, by=case.coordinator, at=NOON
    )
    return case


def words_of(case):
    """What each command says."""
    first, free, indicator = case.first.pk, case.free.pk, case.indicator.pk
    return {
        "plan.change": {"field": "summary", "value": "More", "base": 0},
        "plan.consult": {"consultant": case.peer.pk},
        "plan.approve": {"step": case.step.pk},
        "plan.return": {"step": case.step.pk, "why": "Who?"},
        "plan.finish": {"why": "Enough"},
        "plan.stop": {"why": "Enough"},
        "plan.hand_over": {"owner": case.item_owner.pk, "to": case.coordinator.pk},
        "item.add": {"kind": "action", "title": "More"},
        "item.change": {"item": free, "field": "title", "value": "More", "base": 0},
        "item.move": {"item": free, "parent": None, "position": 0},
        "item.remove": {"item": free},
        "item.restore": {"item": case.gone.pk},
        "item.report": {"item": first, "progress": "limited"},
        "item.open_room": {"item": first},
        "reading.add": {"item": indicator, "on": "2026-02-01", "value": "19"},
        "reading.correct": {"reading": case.reading.pk, "value": "19", "was": "20", "why": "A slip"},
        "reading.remove": {"reading": case.reading.pk, "why": "A slip"},
        "request.ask": {"item": first, "field": "due", "value": "2026-07-01", "why": "Late"},
        "request.answer": {"request": case.request.pk, "accept": True},
        "request.withdraw": {"request": case.request.pk},
        "evidence.link": {"items": [first], "title": "B", "url": "https://example.org/b"},
        "evidence.assign": {"evidence": case.evidence.pk, "items": [first]},
        "evidence.remove": {"evidence": case.evidence.pk},
    }


def seers(state, audience):
    found = set(ALWAYS)
    if state in AGREED and audience != Audience.INSTITUTION:
        found |= NEAR
    if state in AGREED and audience == Audience.PROGRAMME:
        found |= PROGRAMME
    return found


def expected(command, name, state, audience):
    if name not in seers(state, audience):
        return "not_found"
    who, states = TABLE[command]
    if command == "plan.stop" and name in SCHOOL and state == APPROVED:
        return "done"
    if command == "plan.stop" and name in SCHOOL and state in AGREED:
        return "conflict"
    if command in ("item.report", "request.withdraw") and name in TEAM and state not in states:
        return "conflict"  # for all of them: whose it is comes after that
    if name not in who:
        return "forbidden"
    return "done" if state in states else "conflict"


class _Undo(Exception):
    pass


def outcome(case, name, command, words):
    answer = None
    try:
        with transaction.atomic():
            answer = do(case.plan, case.people[name], command, **words)
            raise _Undo
    except _Undo:
        return answer.code if isinstance(answer, Refused) else "done"


def test_the_table_has_every_command():
    assert set(TABLE) == {command.name for command in PLAN_COMMANDS}
    assert set(_names()) == ALWAYS | NEAR | PROGRAMME | NEVER


def _names():
    return (
        *(
            "coordinator",
            "member",
            "item_owner",
            "plan_owner",
            "own_observer",
            "consultant",
            "peer",
            "observer",
        ),
        *("facilitator", "organiser", "later_cohort", "later_colleague", "ended", "elsewhere", "outsider"),
    )


@pytest.mark.parametrize("audience", Audience.values)
def test_who_sees_it(db, audience):
    case = make_plan_case(audience=audience)
    assert set(case.people) == set(_names())
    keys = {person.pk: name for name, person in case.people.items()}
    for state in PlanState:
        approved = {"approved_at": NOON, "approved_by": case.organiser} if state in AGREED else {}
        Plan.objects.update(state=state, **{"approved_at": None, "approved_by": None, **approved})
        wanted = seers(state, audience)
        readers = {keys[pk] for pk in plan_readers(case.plan.pk, keys)}
        found = {name for name, person in case.people.items() if plan_for(person, case.plan.pk)}
        listed = {name for name, person in case.people.items() if plans_for(person)}
        assert (state, readers, found, listed) == (state, wanted, wanted, wanted)


@pytest.mark.once
@pytest.mark.parametrize("state", PlanState.values)
def test_who_does_what(db, state):
    case = in_state(PlanState(state), Audience.COHORT)
    words = words_of(case)
    wrong = []
    for command in TABLE:
        for name in _names() if state == APPROVED else SOME:
            wanted = expected(command, name, PlanState(state), Audience.COHORT)
            got = outcome(case, name, command, words.get(command, {}))
            if got != wanted:
                wrong.append(f"{name} {command} in {state}: {got}, not {wanted}")
    assert wrong == []


@pytest.mark.once
@pytest.mark.parametrize("state", PlanState.values)
def test_what_a_client_shows_is_what_one_may_do(db, state):
    """The doors of the state and the rights of the viewer open nothing that would be forbidden."""
    case = in_state(PlanState(state), Audience.COHORT)
    for name in ("coordinator", "plan_owner", "member", "facilitator", "consultant"):
        card = plan_state_of(case.people[name], plan_for(case.people[name], case.plan.pk))
        lists = {
            "member": card.rights.member,
            "lead": card.rights.coordinator or (card.rights.member and card.owner == card.me),
            "school": card.rights.school,
        }
        shown = {command for key, has in lists.items() if has for command in getattr(card.open, key)}
        by_item = {"item.report", "plan.hand_over", "request.withdraw"}  # these depend on whose it is
        for command in shown - by_item:
            assert expected(command, name, PlanState(state), Audience.COHORT) == "done", (name, command)


def test_who_leaves_loses_sight(db):
    case = make_plan_case()
    assert case.seen_by(case.member) is not None
    case.member.seats.update(ended_at=NOON)
    assert case.seen_by(case.member) is None
    assert plan_readers(case.plan.pk, [case.member.pk]) == set()
