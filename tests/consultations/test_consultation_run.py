"""A consultation from its start to the answers of the institution."""

from datetime import timedelta

import pytest
from django.urls import reverse

from challenges.consultations import actions
from challenges.consultations.models import CheckIn, Consultation, Entry, Recommendation, RunState
from challenges.consultations.queries import consultation_for, consultation_state_of, consultation_stream
from challenges.consultations.threads import consultation_threads
from challenges.groups.models import Membership
from challenges.models import Challenge, Step
from challenges.queries import challenge_for
from tests.factories import NOON
from tests.factories.consultations import MINUTE, make_consultation
from tests.support.consultations import code, do
from tests.support.told import names, told

CASE, FEELINGS, QUESTIONS, HYPOTHESES, RESPONSE, SOLUTIONS, TAKEN = range(1, 8)


def state(run, person):
    return consultation_state_of(person, run.seen_by(person))


def test_the_whole_way(run):
    """Written in silence, revealed, taken, recommended and answered; the challenge goes along."""
    lead, peer, second, giver = run.facilitator, run.peer, run.second, run.case_giver
    for seen in range(SOLUTIONS):
        assert code(do(run, lead, "consultation.next", phase=seen)) is None
    hidden = do(run, peer, "entry.add", phase=SOLUTIONS, kind="suggestions", text="Ask the front desk first.")
    assert hidden.is_hidden
    do(run, second, "entry.add", phase=SOLUTIONS, kind="suggestions", text="Name one person per letter.")
    assert state(run, giver).entries == state(run, second).entries == []
    assert [card.count for card in state(run, giver).hidden] == [1, 1]
    assert [card.text for card in state(run, peer).mine] == ["Ask the front desk first."]
    assert code(do(run, giver, "entry.judge", entry=hidden.entry.id, verdict="take", base=0)) == "conflict"
    do(run, lead, "consultation.next", phase=SOLUTIONS)
    shown = state(run, giver)
    assert [card.text for card in shown.entries] == [
        "Ask the front desk first.",
        "Name one person per letter.",
    ]
    assert (shown.hidden, state(run, peer).mine) == ([], [])
    judged = do(run, giver, "entry.judge", entry=hidden.entry.id, verdict="take", note="From March", base=0)
    assert (judged.entry.verdict, judged.entry.note) == ("take", "From March")
    given = do(run, peer, "recommendation.write", text="Ask the front desk.", suggestion=hidden.entry.id)
    do(run, second, "recommendation.write", text="Name one person.")
    made = do(run, giver, "commitment.make", text="I talk to the desk.", due="2026-03-01")
    assert code(made) is None
    assert code(
        do(run, giver, "recommendation.answer", recommendation=given.id, state="accepted", base=0)
    ) == ("conflict")
    assert code(do(run, lead, "consultation.finish", phase=TAKEN)) is None
    assert Challenge.objects.get(pk=run.challenge.pk).state == "answered"
    assert list(Step.objects.order_by("pk").values_list("to_state", flat=True))[-2:] == [
        "worked_on",
        "answered",
    ]
    nothing = do(run, giver, "recommendation.answer", recommendation=given.id, state="declined", base=0)
    assert (nothing.code, list(nothing.fields)) == ("invalid", ["why"])
    answered = do(
        run, run.colleague, "recommendation.answer", recommendation=given.id, state="accepted", base=0
    )
    assert answered.revision == 1
    late = do(
        run, giver, "recommendation.answer", recommendation=given.id, state="declined", why="No", base=0
    )
    assert (late.code, late.present["state"]) == ("conflict", "accepted")
    assert [each.state for each in state(run, peer).recommendations] == ["accepted", "open"]
    assert names(consultation_stream(run.pk))[:2] == ["parts.set", "consultation.moved"]
    assert {(card.id, card.part) for card in state(run, peer).parts} >= {(lead.pk, "facilitator")}


def test_what_was_taken_is_recommended_at_the_end_and_afterwards(run):
    """Nobody wrote a recommendation: the advice goes on all the same, and the page says what came of it."""
    run.at(SOLUTIONS, revealed=[SOLUTIONS])
    first, second, third = (
        do(run, run.peer, "entry.add", phase=SOLUTIONS, kind="suggestions", text=text).entry.id
        for text in ("Ask the desk.", "Name one person.", "Write less.")
    )
    run.at(TAKEN, revealed=[SOLUTIONS])
    do(run, run.case_giver, "entry.judge", entry=first, verdict="take", base=0)
    do(run, run.case_giver, "entry.judge", entry=second, verdict="think", base=0)
    do(run, run.case_giver, "commitment.make", text="I call both heads.", due="2026-03-01")
    assert code(do(run, run.facilitator, "consultation.finish", phase=TAKEN)) is None

    given = Recommendation.objects.order_by("number")
    assert [(row.text, row.by, row.suggestion_id) for row in given] == [("Ask the desk.", run.peer, first)]
    assert Challenge.objects.get(pk=run.challenge.pk).state == "answered"
    (thread,) = [
        each
        for each in consultation_threads(run.case_giver, challenge_for(run.case_giver, run.challenge.pk))
        if each.kind == "consultation" and each.template
    ]
    outcome = thread.context
    assert (outcome["suggestions"], outcome["taken"], outcome["open"]) == (3, 1, 2)
    assert [row.text for row in outcome["commitments"]] == ["I call both heads."]

    do(run, run.case_giver, "entry.judge", entry=second, verdict="take", base=1)
    do(run, run.case_giver, "entry.judge", entry=third, verdict="leave", base=0)
    assert [row.text for row in given.all()] == ["Ask the desk.", "Name one person."]


def test_what_the_group_agrees_on_is_written_down_and_stays(db):
    """The key question of kollegiale Beratung, then the way to advise."""
    run = make_consultation("kollegiale_beratung")
    run.at(2)
    do(run, run.case_giver, "entry.add", phase=2, kind="agreed", text="Who sends the letter?")
    assert code(do(run, run.peer, "entry.add", phase=2, kind="questions", text="Why?")) == "conflict"
    run.at(3)
    do(run, run.peer, "entry.add", phase=3, kind="agreed", text="Good advice, one by one.")
    run.at(4)
    assert code(do(run, run.peer, "entry.add", phase=4, kind="agreed", text="Late.")) == "conflict"
    for person in (run.case_giver, run.second, run.facilitator):
        assert [card.text for card in state(run, person).entries] == [
            "Who sends the letter?",
            "Good advice, one by one.",
        ]


def test_who_took_part_stays_who_was_there(run, client):
    run.at(TAKEN)
    late = run.stranger
    Membership.objects.filter(person=late).update(group=run.group)
    do(run, run.facilitator, "consultation.finish", phase=TAKEN)
    Membership.objects.filter(group=run.group, person=late).delete()
    Membership.objects.filter(person=run.colleague).update(group=run.group)
    client.force_login(run.facilitator)
    page = client.get(reverse("consultations:consultation", args=[run.pk]))
    there = {person.id for person, _part in page.context["people"]}
    assert {run.peer.pk, late.pk} <= there
    assert run.colleague.pk not in there


def test_a_consultation_in_which_nothing_was_said_answers_nothing(run):
    run.at(TAKEN)
    do(run, run.facilitator, "consultation.finish", phase=TAKEN)

    assert Challenge.objects.get(pk=run.challenge.pk).state == "worked_on"


def test_the_log_tells_nothing_of_what_is_hidden(run):
    run.at(HYPOTHESES)
    do(run, run.peer, "entry.add", phase=HYPOTHESES, kind="hypotheses", text="A secret guess")
    (fact,) = told(consultation_stream(run.pk), 2)
    assert fact["data"] == {"hidden": [{"id": run.peer.pk, "count": 1}]}
    do(run, run.facilitator, "consultation.reveal", phase=HYPOTHESES)
    moved = told(consultation_stream(run.pk), 3)[0]["data"]
    assert [each["text"] for each in moved["entries"]] == ["A secret guess"]
    assert not moved["run"]["is_silent"]
    open_now = do(run, run.peer, "entry.add", phase=HYPOTHESES, kind="hypotheses", text="In the open")
    assert not open_now.is_hidden


def test_what_is_taken_out_is_taken_out_of_the_log(run):
    run.at(HYPOTHESES)
    entry = do(
        run, run.peer, "entry.add", phase=HYPOTHESES, kind="hypotheses", text="A secret guess"
    ).entry.id
    do(run, run.facilitator, "consultation.reveal", phase=HYPOTHESES)
    do(run, run.peer, "entry.change", entry=entry, text="Another guess", base=0)
    assert code(do(run, run.second, "entry.remove", entry=entry)) == "forbidden"
    assert code(do(run, run.peer, "entry.remove", entry=entry)) is None
    assert code(do(run, run.peer, "entry.remove", entry=entry)) is None
    assert "guess" not in str(told(consultation_stream(run.pk)))
    assert names(consultation_stream(run.pk)).count("entry.removed") == 1


@pytest.mark.parametrize(
    ("phase", "who", "kind", "answer"),
    [
        (QUESTIONS, "peer", "questions", None),
        (QUESTIONS, "case_giver", "questions", None),
        (QUESTIONS, "facilitator", "questions", None),
        (QUESTIONS, "peer", "suggestions", "conflict"),
        (QUESTIONS, "colleague", "questions", "forbidden"),
        (QUESTIONS, "own_observer", "questions", "forbidden"),
        (HYPOTHESES, "peer", "hypotheses", None),
        (HYPOTHESES, "case_giver", "hypotheses", "conflict"),
        (CASE, "peer", "questions", "conflict"),
    ],
)
def test_who_writes_which_list_in_which_phase(run, phase, who, kind, answer):
    run.at(phase)
    assert code(do(run, run.people[who], "entry.add", phase=phase, kind=kind, text="What?")) == answer
    assert Entry.objects.exists() == (answer is None)


def test_the_case_giver_is_told_why_and_until_when(run):
    """12:05 in the giver's zone, and the private note stays open."""
    from django.utils import timezone

    soon = timezone.now() + 5 * MINUTE
    run.at(HYPOTHESES)
    Consultation.objects.update(phase_ends_at=soon)
    refused = do(run, run.case_giver, "entry.add", phase=HYPOTHESES, kind="hypotheses", text="But")
    assert "Hypotheses" in refused.detail
    assert "(" in refused.detail
    assert "you listen" in refused.detail
    assert do(run, run.case_giver, "note.write", text="But!", base=0).revision == 1
    assert state(run, run.case_giver).note.text == "But!"
    assert state(run, run.peer).note.text == ""
    assert "But!" not in str(told(consultation_stream(run.pk)))


def test_a_text_that_comes_after_its_phase_is_refused_with_where_it_is_now(run):
    run.at(QUESTIONS)
    do(run, run.facilitator, "consultation.next", phase=QUESTIONS)
    late = do(run, run.peer, "entry.add", phase=QUESTIONS, kind="questions", text="Since when?")
    assert (late.code, late.present) == ("conflict", {"state": "running", "phase": HYPOTHESES})
    assert "Hypotheses" in late.detail


def test_the_clock_is_paused_and_goes_on(run):
    lead = run.facilitator
    do(run, lead, "consultation.pause", NOON + MINUTE, phase=0)
    assert run.row().paused_left == 60
    assert code(do(run, lead, "consultation.next", NOON + MINUTE, phase=0)) == "conflict"
    do(run, lead, "consultation.resume", NOON + 10 * MINUTE, phase=0)
    assert run.row().phase_ends_at == NOON + 11 * MINUTE
    do(run, lead, "consultation.extend", NOON + 10 * MINUTE, phase=0, minutes=2)
    assert run.row().phase_ends_at == NOON + 13 * MINUTE
    do(run, lead, "consultation.extend", NOON + 20 * MINUTE, phase=0, minutes=2)
    assert run.row().phase_ends_at == NOON + 22 * MINUTE
    assert code(do(run, lead, "consultation.extend", phase=0, days=2)) == "invalid"


def test_the_group_can_choose_who_leads(db):
    run = make_consultation(start=False)
    assert code(do(run, run.peer, "consultation.start")) == "forbidden"
    assert (
        code(do(run, run.peer, "part.set", who=run.second.pk, part="case_giver", seen="peer")) == "forbidden"
    )
    assert code(do(run, run.peer, "part.set", who=run.second.pk, part="facilitator", seen="peer")) is None
    assert (
        code(do(run, run.peer, "part.set", who=run.peer.pk, part="facilitator", seen="peer")) == "forbidden"
    )
    assert code(do(run, run.second, "consultation.start")) is None
    assert (
        code(do(run, run.second, "part.set", who=run.peer.pk, part="timekeeper", seen="scribe")) == "conflict"
    )
    assert code(do(run, run.second, "part.set", who=run.peer.pk, part="case_giver", seen="peer")) == "invalid"
    assert code(do(run, run.second, "part.set", who=run.colleague.pk, part="case_giver", seen=None)) is None
    parts = {card.id: card.part for card in state(run, run.peer).parts}
    assert parts[run.colleague.pk] == "case_giver"
    assert parts[run.case_giver.pk] == "peer"


def test_a_commitment_comes_back(run):
    run.at(TAKEN)
    made = do(run, run.case_giver, "commitment.make", text="I talk to the desk.", due="2026-03-01")
    asked = {row.asked: row.due for row in CheckIn.objects.filter(commitment=made.id)}
    today = NOON.date()
    assert asked == {
        "next_session": None,
        "days_30": today + timedelta(days=30),
        "days_90": today + timedelta(days=90),
    }
    check_in = CheckIn.objects.get(asked="days_30")
    do(run, run.facilitator, "consultation.finish", phase=TAKEN)
    said = {"check_in": check_in.pk, "outcome": "partly", "text": "Half of it."}
    assert code(do(run, run.peer, "check_in.answer", **said)) == "forbidden"
    assert code(do(run, run.case_giver, "check_in.answer", **said)) is None
    (card,) = state(run, run.peer).commitments
    assert [(each.asked, each.outcome) for each in card.check_ins][1] == ("days_30", "partly")
    assert code(do(run, run.case_giver, "commitment.remove", commitment=made.id)) == "conflict"


def test_double_submit_makes_one(run):
    run.at(SOLUTIONS)
    twice = [do(run, run.peer, "recommendation.write", text="Name one person.").id for _ in range(2)]
    assert twice[0] == twice[1]
    assert Recommendation.objects.count() == 1
    row = Recommendation.objects.get()
    for withdrawn in (True, False):
        Recommendation.objects.exclude(pk=row.pk).delete()
        words = {"text": "", "state": "withdrawn"} if withdrawn else {"text": "More", "state": "open"}
        words |= {"challenge": row.challenge, "consultation": row.consultation, "language": "en"}
        rows = [Recommendation(number=number, by=run.peer, at=row.at, **words) for number in range(2, 52)]
        Recommendation.objects.bulk_create(rows)
        answer = do(run, run.peer, "recommendation.write", text="One more.")
        assert code(answer) == (None if withdrawn else "conflict")
        assert not withdrawn or Recommendation.objects.get(pk=answer.id).number == 52
    run.at(TAKEN)
    for _ in range(2):
        do(run, run.case_giver, "commitment.make", text="I talk.", due="2026-03-01")
    assert run.row().commitments.count() == 1


def test_called_off_before_it_began(db):
    run = make_consultation(start=False)
    assert code(do(run, run.facilitator, "consultation.finish", phase=0)) is None
    assert run.row().state == RunState.FINISHED
    assert Challenge.objects.get(pk=run.challenge.pk).state == "assigned"
    assert code(do(run, run.peer, "recommendation.write", text="Too late")) == "conflict"
    by = {"person": run.organiser, "now": NOON}
    own = actions.copy_protocol(cohort=run.day.cohort, key="troika", **by)
    group = run.mix.groups.exclude(pk=run.group.pk).first()
    other = actions.plan_consultation(group=group, protocol=str(own.pk), **by)
    actions.remove_protocol(protocol=own, **by)
    seen = consultation_for(run.organiser, other.pk)
    actions.start_consultation(consultation=seen, **by)  # It has its protocol, which is gone for others.
    other.refresh_from_db()
    assert (other.state, other.protocol["name"]) == (RunState.RUNNING, own.name)
