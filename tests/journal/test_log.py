from datetime import UTC, datetime
from typing import ClassVar

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction

from synergy.journal import log
from synergy.journal.facts import Fact, StreamId
from synergy.journal.models import Event, Receipt, Stream

NOON = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
WALL = StreamId("wall", 7)


class SheetHung(Fact, frozen=True):
    name: ClassVar[str] = "sheet.hung"
    text: str


def hang(text, stream=WALL, by=3):
    return log.append(stream, SheetHung(text), by=by, at=NOON)


@pytest.mark.django_db
def test_numbers_are_given_per_stream_without_holes():
    assert [hang("a"), hang("b"), hang("c", StreamId("wall", 8)), hang("d")] == [1, 2, 1, 3]
    assert log.heads([WALL, StreamId("wall", 8), StreamId("wall", 9)]) == {
        WALL: 3,
        StreamId("wall", 8): 1,
        StreamId("wall", 9): 0,
    }


@pytest.mark.django_db
def test_since_gives_events_as_they_are_sent():
    hang("a")
    hang("Žluťoučký", by=None)
    (entry,) = log.since(WALL, 1, 10)
    assert (entry.stream, entry.seq, entry.name, entry.by) == (WALL, 2, "sheet.hung", None)
    assert msgspec.json.decode(entry.wire) == {
        "seq": 2,
        "name": "sheet.hung",
        "at": "2026-02-10T12:00:00Z",
        "by": None,
        "data": {"text": "Žluťoučký"},
    }
    assert [entry.seq for entry in log.since(WALL, 0, 1)] == [1]


@pytest.mark.django_db
def test_a_number_given_in_a_savepoint_that_fails_is_given_again():
    with log.ledger() as book:
        hang("kept")
        mark = book.mark()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            hang("lost")
            hang("lost", StreamId("wall", 9))
            raise ZeroDivisionError
        book.rewind(mark)
        assert hang("kept too") == 2
    bodies = Event.objects.order_by("seq").values_list("body", flat=True)
    assert list(bodies) == ['{"text":"kept"}', '{"text":"kept too"}']
    assert log.head(StreamId("wall", 9)) == 0


@pytest.mark.django_db
def test_a_ledger_writes_many_events_with_few_queries(django_assert_num_queries):
    hang("first")
    with django_assert_num_queries(3), log.ledger():  # lock, events, head
        for number in range(20):
            hang(str(number))
    assert log.head(WALL) == 21


def waiting(number):
    return Receipt(by=number, command_id="0" * 32, at=NOON, stream="wall:7", name="a.b", seq=1, body="")


@pytest.mark.django_db
def test_rows_that_wait_are_inserted_together_or_before_somebody_reads(django_assert_num_queries):
    with django_assert_num_queries(1), log.ledger():
        for number in range(20):
            log.insert_later(waiting(number))
    with log.ledger():
        log.insert_later(waiting(20))
        log.lock(WALL)
        assert Receipt.objects.filter(by=20).exists()
    assert Receipt.objects.count() == 21


@pytest.mark.django_db
def test_a_row_that_waited_outlives_the_failure_of_another():
    with log.ledger() as book:
        log.insert_later(waiting(1))
        mark = book.mark()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            log.lock(WALL)
            log.insert_later(waiting(2))
            raise ZeroDivisionError
        book.rewind(mark)
        assert not Receipt.objects.exists()
    assert list(Receipt.objects.values_list("by", flat=True)) == [1]


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_the_past_can_be_rewritten_before_and_after_it_is_saved(together):
    if together:
        with log.ledger():
            hang("secret")
            log.rewrite_the_past(WALL, {1: SheetHung("")})
    else:
        hang("secret")
        log.rewrite_the_past(WALL, {1: SheetHung("")})
    (entry,) = log.since(WALL, 0, 10)
    assert msgspec.json.decode(entry.wire)["data"] == {"text": ""}
    with pytest.raises(LookupError):
        log.rewrite_the_past(WALL, {2: SheetHung("")})


@pytest.mark.django_db(transaction=True)
def test_nothing_is_appended_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        hang("a")
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_after_commit_only(monkeypatch):
    heard = []
    monkeypatch.setattr(log, "_listeners", [])
    log.listen(heard.extend)
    with transaction.atomic():
        hang("a")
        assert heard == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        hang("b")
        raise ZeroDivisionError
    assert [(entry.stream, entry.seq) for entry in heard] == [(WALL, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_sees_one_moment():
    import threading

    with transaction.atomic():
        hang("a")

    def write_more():
        with transaction.atomic():
            hang("b")
        connection.close()

    with log.snapshot():
        assert log.head(WALL) == 1
        writer = threading.Thread(target=write_more)
        writer.start()
        writer.join(timeout=10)
        with log.snapshot():
            assert log.head(WALL) == 1
        assert (log.head(WALL), len(log.since(WALL, 0, 10))) == (1, 1)
    assert log.head(WALL) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "room", "room:", "room:0", "room:-1", ":1", "Ä:1", "room:1:2", "room:９", f"a:{2**63}"]
)
def test_what_is_no_stream(text):
    assert str(StreamId.parse("room:7")) == "room:7"
    with pytest.raises(ValueError, match="kind:number"):
        StreamId.parse(text)


@pytest.mark.django_db
def test_the_database_refuses_what_a_log_must_not_hold():
    stream = Stream.objects.create(kind="wall", key=1)
    row = {"stream": stream, "name": "a.b", "at": NOON, "body": "{}"}
    receipt = {
        "by": 1,
        "command_id": "0" * 32,
        "at": NOON,
        "stream": "wall:1",
        "name": "a.b",
        "seq": 1,
        "body": "",
    }
    Event.objects.create(seq=1, **row)
    Receipt.objects.create(**receipt)
    wrong = {
        "stream_kind_key": lambda: Stream.objects.create(kind="wall", key=1),
        "stream_head_not_negative": lambda: Stream.objects.create(kind="wall", key=2, head=-1),
        "event_stream_seq": lambda: Event.objects.create(seq=1, **row),
        "event_seq_positive": lambda: Event.objects.create(seq=0, **row),
        "receipt_by_command": lambda: Receipt.objects.create(**receipt),
    }
    for name, make in wrong.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            make()
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), name
