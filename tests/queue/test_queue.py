"""What is enqueued is done once, later, again when it failed, and by one worker alone."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection, connections, transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from synergy.queue import claims, schedule
from synergy.queue.backend import awake
from synergy.queue.models import Turn
from synergy.queue.worker import Worker, work_off

done = []
faults = []
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()
    faults.clear()
    awake.clear()


@task()
def note_down(what):
    done.append(what)


@task()
def stumble(what):
    if faults:
        raise OSError(faults.pop())
    done.append(what)


def test_what_is_enqueued_is_done_once(db):
    note_down.enqueue("a")
    note_down.enqueue("b")

    assert work_off() == 2
    assert work_off() == 0
    assert done == ["a", "b"]


@pytest.mark.django_db(transaction=True)
def test_a_task_is_there_when_its_transaction_commits_and_not_before():
    with pytest.raises(LookupError), transaction.atomic():
        note_down.enqueue("of a transaction that failed")
        raise LookupError
    assert (work_off(), awake.is_set()) == (0, False)
    with transaction.atomic():
        note_down.enqueue("kept")
        assert not awake.is_set()
    assert awake.is_set()
    assert (work_off(), done) == (1, ["kept"])


def test_what_fails_is_tried_again_after_a_wait_that_grows(db, caplog):
    with time_machine.travel(NOON, tick=False) as clock:
        faults.extend(["the second", "the first"])
        stumble.enqueue("mail")
        assert (work_off(), work_off()) == (1, 0)
        clock.shift(claims.WAITS[0])
        assert (work_off(), work_off()) == (1, 0)
        clock.shift(claims.WAITS[1] - 1)
        assert work_off() == 0
        clock.shift(1)
        assert (work_off(), done) == (1, ["mail"])
    assert list(claims.WAITS) == sorted(claims.WAITS)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_what_fails_every_time_is_given_up_and_logged(db, caplog):
    faults.extend(["no"] * 50)
    with time_machine.travel(NOON, tick=False) as clock:
        stumble.enqueue("never")
        for wait in claims.WAITS:
            assert work_off() == 1
            clock.shift(wait)
        assert work_off() == 1
        clock.shift(timedelta(days=9))
        assert work_off() == 0
    assert caplog.records[-1].levelname == "ERROR"
    assert "stumble" in caplog.records[-1].getMessage()
    assert DBTaskResult.objects.get().status == "FAILED"


def test_the_tasks_of_a_worker_that_died_are_taken_up_again(db):
    with time_machine.travel(NOON, tick=False) as clock:
        note_down.enqueue("begun")
        row = claims.claim_next("dead", datetime.now(UTC))
        note_down.enqueue("mine")
        mine = claims.claim_next("me", datetime.now(UTC))

        def put_back():
            return claims.put_back_of_the_dead(datetime.now(UTC), worker="me", doing={mine.pk})

        assert put_back() == 0
        clock.shift(claims.SILENCE)
        assert put_back() == 1
        assert work_off() == 1
    assert done == ["begun"]
    row.refresh_from_db()
    assert len(row.worker_ids) == 2


def test_a_task_that_takes_its_process_down_is_given_up_in_the_end(db):
    note_down.enqueue("poison")
    for _ in claims.WAITS:
        claims.claim_next("dead", datetime.now(UTC))
        assert claims.put_back_all_of("dead") == 1
    assert claims.claim_next("dead", datetime.now(UTC))
    claims.put_back_all_of("dead")
    assert claims.claim_next("dead", datetime.now(UTC)) is None
    assert DBTaskResult.objects.get().status == "FAILED"
    assert claims.forget_old_tasks(datetime.now(UTC)) == 0
    assert claims.forget_old_tasks(datetime.now(UTC) + claims.KEEP_FAILED) == 1


@pytest.mark.large
@pytest.mark.django_db(transaction=True)
def test_several_workers_do_nothing_twice():
    for number in range(40):
        note_down.enqueue(number)
    at_once = threading.Barrier(4)

    def work():
        at_once.wait()
        work_off()
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == list(range(40))


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_comes_and_ends_when_told(monkeypatch):
    monkeypatch.setattr(schedule, "_dailies", {})
    worker = Worker()
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        note_down.enqueue("while it runs")
        assert _soon(lambda: done == ["while it runs"])
    finally:
        worker.stop(5)
        thread.join(5)
    assert not thread.is_alive()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def _soon(holds):
    pause = threading.Event()
    return any(holds() or pause.wait(0.02) for _ in range(250))


@pytest.fixture
def daily(monkeypatch):
    """Something that comes round at seven in Riga and in Warsaw."""
    monkeypatch.setattr(schedule, "_dailies", {})
    zones = ["Europe/Riga", "Europe/Warsaw"]
    schedule.register_daily("test", _come_round, at=time(7), zones=lambda: zones)


def _come_round(*, zone, day, now):
    done.append((zone, day))


def test_what_is_daily_comes_once_in_each_zone(db, daily):
    today, tomorrow = date(2026, 2, 10), date(2026, 2, 11)
    for at, expected in [
        (datetime(2026, 2, 10, 4, 59), []),
        (datetime(2026, 2, 10, 5, 0), [("Europe/Riga", today)]),
        (datetime(2026, 2, 10, 5, 20), []),
        (datetime(2026, 2, 10, 6, 0), [("Europe/Warsaw", today)]),
        (datetime(2026, 2, 10, 22, 30), []),
        (datetime(2026, 2, 11, 9, 0), [("Europe/Riga", tomorrow), ("Europe/Warsaw", tomorrow)]),
    ]:
        done.clear()
        schedule.take_turns(at.replace(tzinfo=UTC))
        work_off()
        assert done == expected, at


@pytest.mark.parametrize(
    ("on", "hour"), [(date(2026, 3, 28), 5), (date(2026, 3, 29), 4), (date(2026, 10, 25), 5)]
)
def test_seven_is_seven_by_the_clock_of_the_zone(db, daily, on, hour):
    at = datetime.combine(on, time(hour), tzinfo=UTC)

    assert schedule.take_turns(at - timedelta(minutes=1)) == 0
    assert schedule.take_turns(at) == 1


@pytest.mark.large
@pytest.mark.django_db(transaction=True)
def test_of_several_processes_one_takes_a_turn(daily):
    at_once, taken = threading.Barrier(4), []

    def take():
        at_once.wait()
        taken.append(schedule.take_turns(NOON))
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(taken) == 2
    assert Turn.objects.count() == 2
    assert connection.vendor == "postgresql"


def test_what_was_done_long_ago_is_forgotten(db):
    with time_machine.travel(NOON, tick=False):
        note_down.enqueue("old")
        work_off()
        note_down.enqueue("still to do")
    later = NOON + claims.KEEP_DONE

    assert claims.forget_old_tasks(later - timedelta(seconds=1)) == 0
    assert claims.forget_old_tasks(later + timedelta(seconds=1)) == 1
    assert DBTaskResult.objects.get().status == "READY"
