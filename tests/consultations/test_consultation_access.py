"""Who sees a consultation and who may do what in it, as one table."""

import pytest
from django.db import transaction

from challenges.consultations.commands import CONSULTATION_COMMANDS
from challenges.consultations.models import Answer, Recommendation
from challenges.consultations.queries import (
    consultation_for_each,
    consultation_readers,
    consultations_of,
    recommendations_for,
)
from challenges.groups.actions import move_person
from challenges.groups.queries import mix_for
from challenges.models import Confidentiality
from challenges.queries import challenge_for
from synergy.cohorts.models import Seat
from synergy.live.models import AccessChange
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.support.consultations import code, do

WHO = (
    "case_giver", "peer", "colleague", "own_observer", "facilitator",
    "organiser", "stranger", "observer", "ended", "outsider",
)  # fmt: skip
SEES = {"case_giver", "peer", "colleague", "own_observer", "facilitator", "organiser"}
LEADS = {"facilitator", "organiser"}
WRITES = {"case_giver", "peer", "facilitator", "organiser"}
ANSWERS = {"case_giver", "colleague"}
SEES_RESULT = {
    Confidentiality.GROUP: SEES,
    Confidentiality.COHORT: SEES | {"stranger", "observer"},
}
QUESTIONS = 3
TABLE = {
    "consultation.start": LEADS,
    "consultation.pause": LEADS,
    "consultation.resume": LEADS,
    "consultation.extend": LEADS,
    "consultation.next": LEADS,
    "consultation.back": LEADS,
    "consultation.reveal": LEADS,
    "consultation.finish": LEADS,
    "part.set": LEADS,
    "entry.add": WRITES,
    "entry.change": {"peer"},
    "entry.remove": {"peer"} | LEADS,
    "entry.judge": {"case_giver"},
    "commitment.make": WRITES,
    "commitment.remove": {"peer"},
    "check_in.answer": {"peer"},
    "recommendation.write": WRITES,
    "recommendation.change": WRITES,
    "recommendation.withdraw": {"peer"} | LEADS,
    "recommendation.answer": ANSWERS,
    "note.write": SEES,
}
"""Who is not turned down for who they are. The entry, commitment and recommendation are the peer's."""


def test_who_sees_it(run):
    people = [run.people[name] for name in WHO]
    expected = {run.people[name].pk for name in SEES}
    assert {name for name in WHO if run.seen_by(run.people[name])} == SEES
    assert set(consultation_for_each(people, run.pk)) == expected
    assert consultation_readers(run.pk, [person.pk for person in people]) == expected
    seen = {name for name in WHO if consultations_of(run.people[name], run.challenge)}
    assert seen == SEES


def test_no_command_is_forgotten():
    assert set(TABLE) == {command.name for command in CONSULTATION_COMMANDS}


@pytest.fixture
def things(run):
    """What commands are about, all made by the peer."""
    run.at(QUESTIONS)
    entry = do(run, run.peer, "entry.add", phase=QUESTIONS, kind="questions", text="Since when?").entry.id
    run.at(7)
    made = do(run, run.peer, "commitment.make", text="I send our form.", due="2026-03-01").id
    given = do(run, run.peer, "recommendation.write", text="Name one person.").id
    asked = run.row().commitments.get().check_ins.first().pk
    run.at(QUESTIONS)
    phase = {"phase": QUESTIONS}
    return {
        "consultation.start": {},
        **{f"consultation.{name}": phase for name in ("pause", "resume", "next", "back", "reveal", "finish")},
        "consultation.extend": {**phase, "minutes": 2},
        "part.set": {"who": run.second.pk, "part": "scribe", "seen": "peer"},
        "entry.add": {**phase, "kind": "questions", "text": "Why?"},
        "entry.change": {"entry": entry, "text": "Since when, then?", "base": 0},
        "entry.remove": {"entry": entry},
        "entry.judge": {"entry": entry, "verdict": "take", "base": 0},
        "commitment.make": {"text": "I call.", "due": "2026-03-01"},
        "commitment.remove": {"commitment": made},
        "check_in.answer": {"check_in": asked, "outcome": "done"},
        "recommendation.write": {"text": "Measure the letter."},
        "recommendation.change": {"recommendation": given, "text": "Name two.", "base": 0},
        "recommendation.withdraw": {"recommendation": given, "base": 0},
        "recommendation.answer": {"recommendation": given, "state": "accepted", "base": 0},
        "note.write": {"text": "Hm.", "base": 0},
    }


@pytest.mark.once
def test_who_may_do_what(run, things):
    """Turned down by the moment is not turned down for who one is."""
    for name, fields in things.items():
        allowed = set()
        for who in WHO:
            with transaction.atomic():
                if code(do(run, run.people[who], name, **fields)) not in ("forbidden", "not_found"):
                    allowed.add(who)
                transaction.set_rollback(True)
        assert (name, allowed) == (name, TABLE[name])


@pytest.mark.parametrize("confidentiality", [Confidentiality.GROUP, Confidentiality.COHORT])
def test_who_reads_the_recommendations(db, confidentiality):
    """Others read them once it is finished, where the challenge lets them."""
    run = make_consultation(confidentiality=confidentiality)
    do(run, run.peer, "recommendation.write", text="Name one person.")

    def readers():
        found = set()
        for name in WHO:
            challenge = challenge_for(run.people[name], run.challenge.pk)
            if challenge and recommendations_for(run.people[name], challenge):
                found.add(name)
        return found

    assert readers() == SEES
    do(run, run.facilitator, "consultation.finish", phase=0)
    assert readers() == SEES_RESULT[confidentiality]
    Recommendation.objects.update(state=Answer.WITHDRAWN)
    assert readers() == set()


def test_who_leaves_the_group_loses_it(run):
    mix = mix_for(run.facilitator, run.mix.pk)
    AccessChange.objects.all().delete()
    move_person(person=run.facilitator, mix=mix, who=run.peer.pk, seen=run.group.pk, to=None, now=NOON)
    assert run.seen_by(run.peer) is None
    assert run.seen_by(run.second) is not None
    assert AccessChange.objects.filter(person=run.peer.pk).exists()
    assert code(do(run, run.peer, "note.write", text="Hm.", base=0)) == "not_found"


def test_who_loses_their_seat_loses_it(run):
    Seat.objects.filter(person=run.case_giver).update(ended_at=NOON)
    assert run.seen_by(run.case_giver) is None


def test_looking_costs_the_same_for_more(run, django_assert_max_num_queries):
    from challenges.consultations.queries import consultation_state_of

    run.at(QUESTIONS)
    for number in range(3):
        do(run, run.peer, "entry.add", phase=QUESTIONS, kind="questions", text=f"Why {number}?")
        do(run, run.peer, "recommendation.write", text=f"Do {number}.")
        with django_assert_max_num_queries(14):
            consultation_state_of(run.peer, run.seen_by(run.peer))
        with django_assert_max_num_queries(5):
            consultations_of(run.peer, run.challenge)


def test_planning_is_for_the_group_and_who_facilitates(db):
    from challenges.consultations.actions import plan_consultation

    run = make_consultation(start=False)

    def may(person):
        try:
            with transaction.atomic():
                again = {"group": run.group, "protocol": "kollegiale_beratung_jena"}
                plan_consultation(person=person, now=NOON, **again)
        except Refused as refused:
            return refused.code
        return None

    answers = {who: may(run.people[who]) for who in WHO}
    assert set(answers.values()) == {None, "forbidden"}
    allowed = {who for who, answer in answers.items() if answer is None}
    assert allowed == {"case_giver", "peer", "facilitator", "organiser"}
