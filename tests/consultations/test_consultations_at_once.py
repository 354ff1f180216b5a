"""Two who act at the same moment, each in a transaction of their own; and the clock beside them."""

from functools import partial

import pytest

from challenges.consultations import actions
from challenges.consultations.clock import run_clocks
from challenges.consultations.models import Consultation
from challenges.consultations.queries import consultation_stream
from challenges.groups.actions import move_person
from challenges.groups.queries import mix_for
from challenges.models import Challenge, State
from challenges.queries import challenge_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.consultations import MINUTE, make_consultation
from tests.support.together import second_of_two
from tests.support.told import names, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(transactional_db):
    return make_consultation()


def taking_turns(*acts):
    waiting = list(acts)
    return lambda: waiting.pop(0)()


def act(run, action, person, **fields):
    return partial(action, person=person, consultation=run.seen_by(person), now=NOON, **fields)


def test_two_press_next_and_it_goes_one_step(run):
    acts = [act(run, actions.next_phase, person, phase=0) for person in (run.facilitator, run.organiser)]
    late = second_of_two(taking_turns(*acts))
    assert isinstance(late, Refused)
    assert (late.code, late.present) == ("conflict", {"state": "running", "phase": 1})
    assert run.row().phase == 1


def test_the_phase_changes_while_somebody_writes(run):
    run.at(3)
    acts = [
        act(run, actions.next_phase, run.facilitator, phase=3),
        act(run, actions.add_entry, run.peer, phase=3, kind="questions", text="Since when?"),
    ]
    late = second_of_two(taking_turns(*acts))
    assert isinstance(late, Refused)
    assert (late.code, late.present) == ("conflict", {"state": "running", "phase": 4})
    assert not run.row().entries.exists()


def test_two_answer_one_recommendation(run):
    given = actions.write_recommendation(
        person=run.peer, consultation=run.seen_by(run.peer), text="Name one person.", now=NOON
    )
    act(run, actions.finish_consultation, run.facilitator, phase=0)()
    answer = {"recommendation": given.pk, "base": 0}
    acts = [
        act(run, actions.answer_recommendation, run.case_giver, state="accepted", **answer),
        act(run, actions.answer_recommendation, run.colleague, state="declined", why="No.", **answer),
    ]
    late = second_of_two(taking_turns(*acts))
    assert isinstance(late, Refused)
    assert (late.code, late.present["state"], late.present["by"]) == (
        "conflict",
        "accepted",
        run.case_giver.pk,
    )


@pytest.mark.parametrize("name", ["write", "change", "withdraw"])
def test_a_challenge_that_went_into_a_plan_meanwhile_keeps_its_recommendations(run, name):
    given = act(run, actions.write_recommendation, run.peer, text="Name one person.")()
    words = {
        "write": {"text": "Too late"},
        "change": {"text": "Too late", "recommendation": given.pk, "base": 0},
        "withdraw": {"recommendation": given.pk, "base": 0},
    }

    def into_a_plan():
        log.lock(challenge_stream(run.challenge.pk))
        Challenge.objects.filter(pk=run.challenge.pk).update(state=State.IN_PLAN)

    late = second_of_two(
        taking_turns(
            into_a_plan, act(run, getattr(actions, f"{name}_recommendation"), run.peer, **words[name])
        )
    )
    assert isinstance(late, Refused)
    assert late.code == "conflict"
    assert run.challenge.recommendations.get().text == "Name one person."


def test_two_plan_for_one_group(run):
    group = run.mix.groups.exclude(pk=run.group.pk).first()
    acts = [
        partial(actions.plan_consultation, person=person, group=group, protocol="troika", now=NOON)
        for person in (run.facilitator, run.organiser)
    ]
    second = second_of_two(taking_turns(*acts))
    assert list(Consultation.objects.filter(group=group)) == [second]


def test_of_two_clocks_one_acts(run):
    Consultation.objects.update(protocol={**run.row().protocol, "ends_by_clock": True})
    second_of_two(lambda: run_clocks([run.pk], NOON + 3 * MINUTE))
    assert names(consultation_stream(run.pk)) == ["parts.set", *["consultation.moved"] * 2]
    assert told(consultation_stream(run.pk))[2]["by"] is None
    assert run.row().phase == 1


def test_who_is_moved_out_does_not_come_back_with_another_case_giver(run):
    other = run.mix.groups.exclude(pk=run.group.pk).first()
    away = {"who": run.second.pk, "seen": run.group.pk, "to": other.pk}
    acts = [
        partial(
            move_person, person=run.facilitator, mix=mix_for(run.facilitator, run.mix.pk), now=NOON, **away
        ),
        act(run, actions.set_part, run.facilitator, who=run.colleague.pk, part="case_giver", seen=None),
    ]
    assert second_of_two(taking_turns(*acts)) is None
    members = set(run.group.room.members.values_list("person", flat=True))
    assert run.second.pk not in members
    assert {run.colleague.pk, run.peer.pk} <= members
