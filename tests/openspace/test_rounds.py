"""Stages and rounds, by hand."""

import uuid
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.urls import reverse
from django.utils import translation

from sessions.openspace.actions import rounds, stages
from sessions.openspace.models import CallState, Gathering, Slot, SlotKind, Stage, VotingState
from sessions.openspace.queries import gathering_stream
from synergy.live.commands import request_for
from synergy.notices.kinds import kind_named
from synergy.notices.models import Notice
from tests.factories.openspace import FIRST_ROUND, make_slot, make_wall
from tests.support import told as the_log
from tests.support.wall import refusal

MINUTE = timedelta(minutes=1)


def told(wall):
    """(name, data) of all events."""
    return [(event["name"], event["data"]) for event in the_log.told(gathering_stream(wall.gathering.pk))]


def names(wall):
    return the_log.names(gathering_stream(wall.gathering.pk))


@pytest.fixture
def fiona(wall):
    return {"person": wall.fiona, "gathering": wall.into(wall.fiona)}


@pytest.fixture
def plan(wall):
    """The times of all slots in minutes after the planned start of the first round."""

    def plan():
        slots = wall.gathering.slots.order_by("starts_at", "pk")
        return [
            tuple((at - FIRST_ROUND) // MINUTE for at in (slot.starts_at, slot.ends_at)) for slot in slots
        ]

    return plan


def test_the_marketplace_opens_the_market_and_the_closing_circle_ends_it(wall, fiona):
    Gathering.objects.update(stage=Stage.PREPARING, is_market_open=False)
    open_in = {}
    for stage in ("opening", "marketplace", "rounds", "converging", "closing", "closed"):
        stages.set_stage(**fiona, stage=stage, now=FIRST_ROUND)
        open_in[stage] = Gathering.objects.get().is_market_open
    assert [stage for stage, is_open in open_in.items() if is_open] == ["marketplace", "rounds", "converging"]
    assert [data["gathering"]["stage"] for _name, data in told(wall)] == list(open_in)
    assert Gathering.objects.get().closed_at == FIRST_ROUND


def test_a_stage_that_is_there_already_says_nothing(wall, fiona):
    stages.set_stage(**fiona, stage="marketplace", now=FIRST_ROUND)
    stages.set_market(**fiona, is_open=True, now=FIRST_ROUND)
    assert told(wall) == []
    stages.set_market(**fiona, is_open=False, now=FIRST_ROUND)
    ((name, data),) = told(wall)
    assert (name, data["gathering"]["is_market_open"]) == ("market.set", False)


@pytest.mark.parametrize(
    ("here", "there", "goes"),
    [
        ("preparing", "closed", False),
        ("preparing", "rounds", True),
        ("opening", "preparing", True),
        ("converging", "rounds", True),
        ("closing", "marketplace", True),
        ("closed", "preparing", False),
        ("closed", "closing", True),
    ],
)
def test_ways_between_stages(wall, fiona, here, there, goes):
    Gathering.objects.update(stage=here)
    if goes:
        stages.set_stage(**fiona, stage=there, now=FIRST_ROUND)
    else:
        assert refusal(stages.set_stage, **fiona, stage=there, now=FIRST_ROUND).code == "conflict"
    assert Gathering.objects.get().stage == (there if goes else here)


def test_who_has_held_a_round_is_done_with_preparing(wall, fiona):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    assert refusal(stages.set_stage, **fiona, stage="preparing", now=FIRST_ROUND).code == "conflict"


def test_closing_ends_all_that_goes_on_and_reopening_is_possible(wall, fiona):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    call = wall.gathering.calls.create(by=wall.anna, text="Help", at=FIRST_ROUND)
    Gathering.objects.update(voting=VotingState.OPEN)
    later = FIRST_ROUND + 20 * MINUTE
    stages.set_stage(**fiona, stage="closed", now=later)
    gathering = Gathering.objects.get()
    assert (gathering.closed_at, gathering.voting) == (later, VotingState.CLOSED)
    assert Slot.objects.get(pk=wall.first.pk).ended_at == later
    call.refresh_from_db()
    assert (call.state, call.closed_at) == (CallState.CLOSED, later)
    name, data = told(wall)[-1]
    assert (name, data["slots"][0]["id"], data["calls"][0]["state"]) == ("stage.set", wall.first.pk, "closed")
    assert refusal(rounds.start_round, **fiona, slot=wall.second.pk, now=later).code == "forbidden"
    stages.set_stage(**fiona, stage="rounds", now=later)
    assert Gathering.objects.get().closed_at is None
    rounds.start_round(**fiona, slot=wall.second.pk, now=later)


def test_leaving_the_rounds_ends_the_round(wall, fiona):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    stages.set_stage(**fiona, stage="converging", now=FIRST_ROUND + MINUTE)
    assert Slot.objects.get(pk=wall.first.pk).ended_at == FIRST_ROUND + MINUTE


def test_a_round_brings_its_stage_and_ends_the_one_before(wall, fiona):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND + MINUTE)
    now = FIRST_ROUND + 55 * MINUTE
    rounds.start_round(**fiona, slot=wall.second.pk, now=now)
    (first, data), (second, more) = told(wall)
    assert (first, data["gathering"]["stage"]) == ("round.started", "rounds")
    assert second == "round.started"
    assert "gathering" not in more
    assert [(slot["id"], slot["ended_at"] is not None) for slot in more["slots"]] == [
        (wall.first.pk, True),
        (wall.second.pk, False),
    ]
    assert Slot.objects.get(pk=wall.second.pk).started_at == now
    assert Slot.objects.get(pk=wall.second.pk).starts_at == wall.second.starts_at


def test_ending_twice_is_once(wall, fiona):
    early = {**fiona, "slot": wall.first.pk, "now": FIRST_ROUND + 30 * MINUTE}
    assert refusal(rounds.end_round, **early).code == "conflict"
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    rounds.end_round(**early)
    rounds.end_round(**{**early, "now": FIRST_ROUND + 31 * MINUTE})
    assert names(wall) == ["round.started", "round.ended"]
    assert Slot.objects.get(pk=wall.first.pk).ended_at == early["now"]


def test_a_round_that_was_ended_too_soon_goes_on(wall, fiona, plan):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    rounds.end_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND + 43 * MINUTE)
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND + 44 * MINUTE)
    first = Slot.objects.get(pk=wall.first.pk)
    assert (first.started_at, first.ended_at) == (FIRST_ROUND, None)
    assert plan() == [(0, 49), (60, 105)]


def test_a_round_near_its_time_keeps_its_end(wall, fiona, plan):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND - 8 * MINUTE)
    assert plan() == [(0, 45), (60, 105)]
    rounds.start_round(**fiona, slot=wall.second.pk, now=FIRST_ROUND + 90 * MINUTE)
    assert plan() == [(0, 45), (60, 105)]


def test_a_round_far_from_its_time_moves_there_and_pushes_the_next(wall, fiona, plan):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND - 90 * MINUTE)
    assert plan() == [(-90, -45), (60, 105)]
    rounds.start_round(**fiona, slot=wall.second.pk, now=FIRST_ROUND + 300 * MINUTE)
    assert plan() == [(-90, -45), (300, 345)]
    third = make_slot(wall.gathering, FIRST_ROUND + 350 * MINUTE)
    rounds.extend_round(**fiona, slot=wall.second.pk, minutes=15, now=FIRST_ROUND + 301 * MINUTE)
    assert plan() == [(-90, -45), (300, 360), (360, 405)]
    assert [slot["id"] for slot in told(wall)[-1][1]["slots"]] == [wall.second.pk, third.pk]


def test_a_late_start_pushes_what_should_have_been_over_by_now(wall, fiona, plan):
    third = make_slot(wall.gathering, FIRST_ROUND + 120 * MINUTE)
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND + 300 * MINUTE)
    assert plan() == [(300, 345), (345, 390), (390, 435)]
    order = wall.gathering.slots.order_by("starts_at").values_list("pk", flat=True)
    assert list(order) == [wall.first.pk, wall.second.pk, third.pk]
    assert [slot["id"] for slot in told(wall)[-1][1]["slots"]] == list(order)


def test_what_was_planned_before_a_late_round_stays_where_it_was(wall, fiona, plan):
    rounds.start_round(**fiona, slot=wall.second.pk, now=FIRST_ROUND + 300 * MINUTE)
    assert plan() == [(0, 45), (300, 345)]


def test_a_break_gives_way_before_the_rounds_do(wall, fiona, plan):
    make_slot(wall.gathering, FIRST_ROUND + 45 * MINUTE, 15, SlotKind.BREAK)
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    more = {**fiona, "slot": wall.first.pk, "minutes": 5}
    seen = [
        (rounds.extend_round(**more, now=FIRST_ROUND + minute * MINUTE), plan())[1] for minute in (1, 2, 3)
    ]
    assert seen == [
        [(0, 50), (50, 60), (60, 105)],
        [(0, 55), (55, 60), (60, 105)],
        [(0, 60), (60, 65), (65, 110)],
    ]


def test_more_time_counts_from_now_when_the_end_has_passed(wall, fiona, plan):
    rounds.set_clock(**fiona, runs_by_clock=False, now=FIRST_ROUND)
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    rounds.extend_round(**fiona, slot=wall.first.pk, minutes=5, now=FIRST_ROUND + 50 * MINUTE)
    assert plan() == [(0, 55), (60, 105)]


def test_two_facilitators_at_once_give_the_time_once(wall, fiona, plan):
    rounds.start_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND)
    both = {"slot": wall.first.pk, "minutes": 5, "seen": wall.first.ends_at, "now": FIRST_ROUND}
    rounds.extend_round(**fiona, **both)
    olga = {"person": wall.olga, "gathering": wall.into(wall.olga)}
    second = refusal(rounds.extend_round, **olga, **both)
    assert (second.code, second.present.ends_at) == ("conflict", wall.first.ends_at + 5 * MINUTE)
    assert plan() == [(0, 50), (60, 105)]


def test_the_end_that_was_seen_names_its_zone(wall):
    def ask(seen):
        body = msgspec.json.encode({"slot": wall.first.pk, "minutes": 5, "seen": seen})
        stream = str(gathering_stream(wall.gathering.pk))
        return request_for(wall.fiona, uuid.uuid4(), stream, "round.extend", body, "en")

    assert refusal(ask, "2026-02-10T13:00:00").code == "invalid"
    ask("2026-02-10T13:00:00Z")


def test_what_does_not_run_cannot_be_extended(wall, fiona):
    more = {**fiona, "slot": wall.first.pk, "minutes": 5, "now": FIRST_ROUND}
    assert refusal(rounds.extend_round, **more).code == "conflict"
    elsewhere = make_slot()
    assert refusal(rounds.start_round, **fiona, slot=elsewhere.pk, now=FIRST_ROUND).code == "not_found"
    pause = make_slot(wall.gathering, FIRST_ROUND + 45 * MINUTE, 15, SlotKind.BREAK)
    assert refusal(rounds.start_round, **fiona, slot=pause.pk, now=FIRST_ROUND).code == "conflict"


def test_everybody_is_told_once_that_the_book_is_there(wall, fiona):
    Gathering.objects.update(stage=Stage.CLOSING, theme={"pl": "Co dalej?", "en": "What next?"})
    for stage in ("closed", "closing", "closed"):
        stages.set_stage(**fiona, stage=stage, now=FIRST_ROUND)
    told_of = Notice.objects.filter(kind="openspace_closed")
    people = {wall.anna.pk, wall.boris.pk, wall.carla.pk, wall.olga.pk, wall.otto.pk}
    assert people <= set(told_of.values_list("person", flat=True))
    assert told_of.count() == told_of.values("person").distinct().count()
    assert not told_of.filter(person__in=[wall.fiona, wall.outsider]).exists()
    notice = told_of.get(person=wall.anna)
    assert notice.address == reverse("openspace:proceedings", args=[wall.gathering.pk])
    for language, theme in (("pl", "Co dalej?"), ("bg", "What next?")):
        with translation.override(language):
            assert theme in kind_named(notice.kind).words(notice.values).text


def test_the_gong_and_the_clock(wall, fiona):
    rounds.ring_gong(**fiona, now=FIRST_ROUND)
    rounds.set_clock(**fiona, runs_by_clock=False, now=FIRST_ROUND)
    rounds.set_clock(**fiona, runs_by_clock=False, now=FIRST_ROUND)
    assert names(wall) == ["gong.rung", "gathering.changed"]
    assert not Gathering.objects.get().runs_by_clock


@pytest.mark.django_db
def test_rounds_cross_midnight_and_the_change_of_clocks():
    """On 29 March 2026 the clocks of all five countries go from 01:00 UTC an hour forward."""
    wall = make_wall()
    fiona = {"person": wall.fiona, "gathering": wall.into(wall.fiona)}
    before = datetime(2026, 3, 29, 0, 40, tzinfo=UTC)
    late = make_slot(wall.gathering, before)
    next_one = make_slot(wall.gathering, before + 50 * MINUTE)
    rounds.start_round(**fiona, slot=late.pk, now=before)
    rounds.extend_round(**fiona, slot=late.pk, minutes=15, now=before + 30 * MINUTE)
    late.refresh_from_db()
    next_one.refresh_from_db()
    assert late.ends_at == datetime(2026, 3, 29, 1, 40, tzinfo=UTC)
    assert next_one.starts_at - late.starts_at == 60 * MINUTE
    assert next_one.ends_at - next_one.starts_at == 45 * MINUTE
