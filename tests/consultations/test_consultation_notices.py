"""Who is told what, what comes back each morning, and what the first page says."""

from datetime import date, datetime, timedelta

import pytest

from challenges.consultations.clock import run_all_clocks
from challenges.consultations.daily import ask_about_commitments, set_dates_of_sessions
from challenges.consultations.models import CheckIn, Consultation
from challenges.consultations.waiting import consultations_that_wait
from sessions.models import TrainingSession
from synergy.cohorts.models import Seat
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.support.consultations import do

TAKEN = 7
DAY = timedelta(days=1)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def lines(person, now=NOON):
    return [(line.urgency, line.address) for line in consultations_that_wait(person, now)]


@pytest.fixture
def committed(run):
    run.at(TAKEN)
    do(run, run.case_giver, "commitment.make", text="I talk to the desk.", due="2026-03-01")
    return run


def morning(run, day, zone=None):
    zone = zone or run.case_giver.time_zone
    ask_about_commitments(zone=zone, day=day, now=datetime.combine(day, NOON.timetz()))


def test_a_commitment_is_asked_about_on_its_days(committed):
    today = NOON.date()
    morning(committed, today + 29 * DAY)
    assert told("commitment_asked") == set()
    morning(committed, today + 30 * DAY, zone="Pacific/Auckland")
    assert told("commitment_asked") == set()
    for day in (30, 31, 90, 91):
        morning(committed, today + day * DAY)
    assert told("commitment_asked") == {committed.case_giver.pk}
    assert Notice.objects.filter(kind="commitment_asked").count() == 2


def test_the_next_session_gets_its_day_later(committed):
    starts = date(2026, 4, 13)
    TrainingSession.objects.create(
        cohort=committed.day.cohort, number=9, title="Next", starts_on=starts, ends_on=starts + DAY
    )
    morning(committed, starts)
    assert CheckIn.objects.get(asked="next_session").due == starts
    assert Notice.objects.filter(kind="commitment_asked").count() == 2
    assert consultations_that_wait(committed.case_giver, NOON + 80 * DAY)[-1].text == "I talk to the desk."


def test_days_of_sessions_cost_one_query_for_all_and_nothing_elsewhere(committed, django_assert_num_queries):
    for number in range(3):
        do(committed, committed.peer, "commitment.make", text=f"I do {number}.", due="2026-03-01")
    for zone, queries in ((committed.peer.time_zone, 2), ("Pacific/Auckland", 1)):
        with django_assert_num_queries(queries):
            set_dates_of_sessions(zone, NOON)


def test_who_has_left_is_not_asked(committed):
    do(committed, committed.peer, "commitment.make", text="I ask ours.", due="2026-03-01")
    Seat.objects.filter(person=committed.case_giver).update(ended_at=NOON)
    for person in (committed.case_giver, committed.peer):
        morning(committed, NOON.date() + 30 * DAY, zone=person.time_zone)
    assert told("commitment_asked") == {committed.peer.pk}


@pytest.mark.parametrize(("zone", "waits"), [("Pacific/Auckland", True), ("America/New_York", False)])
def test_a_day_begins_where_the_person_is(committed, zone, waits):
    CheckIn.objects.filter(asked="days_30").update(due=NOON.date() + DAY)
    committed.case_giver.time_zone = zone
    evening = NOON.replace(hour=14)
    assert any(urgency == "soon" for urgency, _address in lines(committed.case_giver, evening)) == waits


def test_the_peers_and_who_led_hear_what_became_of_it(committed):
    check_in = CheckIn.objects.get(asked="days_30").pk
    said = {"check_in": check_in, "outcome": "done", "text": "It works."}
    do(committed, committed.case_giver, "check_in.answer", **said)
    assert told("commitment_told") == {person.pk for person in (*committed.peers, committed.facilitator)}
    do(committed, committed.case_giver, "check_in.answer", **said)
    assert Notice.objects.filter(kind="commitment_told").count() == len(committed.peers) + 1


def test_the_peers_hear_the_answer(run):
    given = do(run, run.peer, "recommendation.write", text="Name one person.").id
    assert lines(run.colleague) == []
    do(run, run.facilitator, "consultation.finish", phase=0)
    assert [urgency for urgency, _address in lines(run.colleague)] == ["today"]
    assert lines(run.stranger) == []
    do(run, run.colleague, "recommendation.answer", recommendation=given, state="declined", why="No.", base=0)
    assert told("recommendation_answered") == {person.pk for person in (*run.members, run.facilitator)}
    assert lines(run.colleague) == []
    assert Notice.objects.filter(kind="challenge_answered", person=run.colleague).exists()


def test_what_runs_stands_on_the_first_page(run):
    assert [urgency for urgency, _address in lines(run.peer)] == ["now"]
    assert lines(run.stranger) == []


def test_in_writing_the_group_hears_of_each_step(db):
    run = make_consultation("in_writing")
    heard = {person.pk for person in (*run.members, run.facilitator)}
    assert told("consultation_step") == heard
    run_all_clocks(Consultation.objects.get(pk=run.pk).phase_ends_at)
    assert Notice.objects.filter(kind="consultation_step").count() == 2 * len(heard)
    run_all_clocks(NOON + 40 * DAY)
    assert Notice.objects.filter(kind="consultation_step").count() == 3 * len(heard)


def test_the_first_page_costs_the_same_for_more(run, django_assert_max_num_queries):
    for number in range(3):
        do(run, run.peer, "recommendation.write", text=f"Do {number}.")
    with django_assert_max_num_queries(5):
        consultations_that_wait(run.peer, NOON)


def test_what_somebody_promised_waits_for_them_near_its_day(run):
    run.at(7)
    do(
        run,
        run.case_giver,
        "commitment.make",
        text="I talk to the desk.",
        due=f"{NOON + timedelta(days=20):%Y-%m-%d}",
    )
    do(run, run.facilitator, "consultation.finish", phase=7)

    def promised(person, days):
        lines = consultations_that_wait(person, NOON + timedelta(days=days))
        return [line.detail for line in lines if line.text == "I talk to the desk."]

    assert promised(run.case_giver, 0) == []
    assert ["You said you would do it by" in text for text in promised(run.case_giver, 10)] == [True]
    assert promised(run.peer, 10) == []


def test_a_planned_consultation_is_found_on_the_first_page(db):
    run = make_consultation(start=False)

    for person in (run.case_giver, run.peer):
        (line,) = consultations_that_wait(person, NOON)
        assert line.button == "Look at it"
    assert consultations_that_wait(run.stranger, NOON) == []
