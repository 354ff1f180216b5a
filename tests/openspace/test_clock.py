"""Rounds that start and end by themselves, once, whoever looks."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.utils import timezone

from sessions.openspace.actions import rounds
from sessions.openspace.clock import run_clock, run_clocks
from sessions.openspace.models import Gathering, Slot, Stage
from sessions.openspace.queries import gathering_stream
from synergy.live.process import close_live_process
from tests.factories.openspace import FIRST_ROUND, make_slot, make_wall
from tests.support.live import client
from tests.support.together import second_of_two
from tests.support.told import names, told

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def stream(wall):
    return gathering_stream(wall.gathering.pk)


@pytest.fixture
def at(wall):
    """The clock looks, so much after the first round's planned start."""

    def at(later):
        run_clocks([wall.gathering.pk], FIRST_ROUND + later)
        return [
            "".join(letter for letter, when in (("s", slot.started_at), ("e", slot.ended_at)) if when)
            for slot in wall.gathering.slots.order_by("starts_at")
        ]

    return at


def test_rounds_start_and_end_at_their_times(wall, at, stream):
    assert at(-SECOND) == ["", ""]
    assert at(SECOND) == ["s", ""]
    assert at(45 * MINUTE - SECOND) == ["s", ""]
    assert at(45 * MINUTE + SECOND) == ["se", ""]
    assert at(60 * MINUTE) == ["se", "s"]
    assert at(105 * MINUTE) == ["se", "se"]
    assert names(stream) == ["round.started", "round.ended"] * 2
    assert {event["by"] for event in told(stream)} == {None}
    assert told(stream)[0]["data"]["gathering"]["stage"] == "rounds"
    assert Slot.objects.get(pk=wall.first.pk).ended_at == wall.first.ends_at


def test_a_round_that_should_have_ended_ends_with_the_right_time(wall, at):
    at(SECOND)
    assert at(50 * MINUTE) == ["se", ""]
    assert Slot.objects.get(pk=wall.first.pk).ended_at == wall.first.ends_at


def test_what_was_missed_is_not_made_up_but_what_is_on_begins(wall, at):
    Gathering.objects.update(stage=Stage.ROUNDS)
    assert at(70 * MINUTE) == ["", "s"]
    assert Slot.objects.get(pk=wall.second.pk).started_at == wall.second.starts_at


def test_the_end_of_one_round_can_be_the_start_of_the_next(wall, at, stream):
    Slot.objects.filter(pk=wall.second.pk).update(starts_at=wall.first.ends_at)
    at(SECOND)
    assert at(46 * MINUTE) == ["se", "s"]
    assert names(stream) == ["round.started", "round.ended", "round.started"]


def test_a_round_that_is_extended_ends_later(wall, at):
    at(SECOND)
    fiona = {"person": wall.fiona, "gathering": wall.into(wall.fiona)}
    rounds.extend_round(**fiona, slot=wall.first.pk, minutes=5, now=FIRST_ROUND + 40 * MINUTE)
    assert at(46 * MINUTE) == ["s", ""]
    assert at(50 * MINUTE) == ["se", ""]


def test_a_round_that_was_ended_by_hand_is_left_alone(wall, at):
    at(SECOND)
    fiona = {"person": wall.fiona, "gathering": wall.into(wall.fiona)}
    rounds.end_round(**fiona, slot=wall.first.pk, now=FIRST_ROUND + 30 * MINUTE)
    assert at(31 * MINUTE) == ["se", ""]


def test_a_market_that_runs_late_is_not_cut(wall, at):
    assert at(3 * MINUTE) == ["", ""]
    Gathering.objects.update(stage=Stage.ROUNDS)
    assert at(3 * MINUTE) == ["s", ""]


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.OPENING, Stage.CONVERGING, Stage.CLOSED])
def test_in_other_stages_no_round_starts(at, stage):
    Gathering.objects.update(stage=stage)
    assert at(SECOND) == ["", ""]


def test_without_the_clock_nothing_happens(at):
    Gathering.objects.update(runs_by_clock=False)
    assert at(SECOND) == ["", ""]


def test_breaks_need_no_clock(wall, at):
    Slot.objects.filter(pk=wall.first.pk).update(kind="break")
    assert at(SECOND) == ["", ""]


def test_looking_costs_one_query_for_all_gatherings(wall, django_assert_num_queries):
    others = [make_slot().gathering.pk for _ in range(2)]
    for some in ([wall.gathering.pk], [wall.gathering.pk, *others]):
        with django_assert_num_queries(1):
            run_clocks(some, FIRST_ROUND - MINUTE)


def test_one_gathering_that_fails_keeps_no_other_waiting(wall, monkeypatch):
    other = make_slot()
    from sessions.openspace import clock

    def stumble(pk, now):
        if pk == wall.gathering.pk:
            raise RuntimeError("broken on purpose")
        run_clock(pk, now)

    monkeypatch.setattr(clock, "run_clock", stumble)
    run_clocks([wall.gathering.pk, other.gathering_id], FIRST_ROUND)
    assert list(Slot.objects.filter(started_at__isnull=False)) == [other]


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_one_acts():
    wall = make_wall()
    second_of_two(lambda: run_clocks([wall.gathering.pk], FIRST_ROUND + SECOND))
    assert names(gathering_stream(wall.gathering.pk)) == ["round.started"]


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_that_found_it_due_one_acts():
    """All have looked already when the first has the lock."""
    wall = make_wall()
    gate = threading.Barrier(4)

    def look():
        gate.wait(10)
        run_clock(wall.gathering.pk, FIRST_ROUND + 46 * MINUTE)
        connection.close()

    run_clock(wall.gathering.pk, FIRST_ROUND + SECOND)
    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert names(gathering_stream(wall.gathering.pk)) == ["round.started", "round.ended"]


@pytest.mark.django_db
def test_a_round_across_midnight_and_the_change_of_clocks():
    """25 October 2026: at 01:00 UTC the clocks of all five countries go an hour back. A round keeps its minutes."""
    wall = make_wall(stage=Stage.ROUNDS)
    before = datetime(2026, 10, 24, 23, 50, tzinfo=UTC)
    slot = make_slot(wall.gathering, before, 90)
    for minute in (-1, 0, 30, 89, 90):
        run_clocks([wall.gathering.pk], before + minute * MINUTE)
        slot.refresh_from_db()
        assert (slot.started_at is not None, slot.ended_at is not None) == (minute >= 0, minute >= 90)
    assert slot.ended_at == datetime(2026, 10, 25, 1, 20, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
async def test_a_process_with_followers_ticks_and_one_without_does_not():
    wall = await sync_to_async(make_wall)(stage=Stage.ROUNDS)
    now = timezone.now()
    await sync_to_async(make_slot)(wall.gathering, now - MINUTE, 1, started_at=now - MINUTE)
    await sync_to_async(make_slot)(wall.gathering, now + 2 * SECOND, 30)
    stream = str(gathering_stream(wall.gathering.pk))
    try:
        async with client(wall.anna) as one:
            await asyncio.sleep(1.2)
            assert await sync_to_async(names)(gathering_stream(wall.gathering.pk)) == []
            await one.open(stream)
            ended, started = await one.events(stream, 2)
        assert [ended["name"], started["name"]] == ["round.ended", "round.started"]
        late = datetime.fromisoformat(started["at"]) - (now + 2 * SECOND)
        assert timedelta(0) <= late < 3 * SECOND
    finally:
        await close_live_process()
        await sync_to_async(connections.close_all)()
