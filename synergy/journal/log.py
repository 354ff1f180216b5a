"""Writing to the log and reading from it.

# Note [Numbers without holes]

`seq` is given inside the transaction that makes the fact true, from the stream's row, which
stays locked until that transaction ends. So numbers have no holes and are committed in order.
A `Ledger` keeps the locked heads of one transaction and writes its events together at the end.

# Note [Rows that wait]

An action that only adds may hand its row to `insert_later`: rows of one kind are then inserted
together. Whoever reads before it writes calls `lock` first, and `lock` inserts what waits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import NamedTuple

import msgspec
from django.db import connection, transaction
from django.db.models import Model, Q, Sum
from django.db.models.functions import Length

from synergy.journal.companions import go_along
from synergy.journal.facts import Entry, Fact, StreamId, entry
from synergy.journal.models import Event, Receipt, Stream
from synergy.journal.rows import insert_rows

_ledger: ContextVar[Ledger | None] = ContextVar("ledger", default=None)
_listeners: list[Callable[[Sequence[Entry]], None]] = []


class Mark(NamedTuple):
    """How much of each list a ledger held at a moment."""

    entries: int
    later: int
    inserted: int


class Ledger:
    """The log's part of one transaction: which streams are locked, and what is to be written."""

    def __init__(self) -> None:
        self._rows: dict[StreamId, Stream] = {}
        self._entries: list[Entry] = []
        self._later: list[Model] = []
        self._inserted = 0

    def lock_existing(self, streams: Iterable[StreamId]) -> None:
        """Locks those of `streams` that have a row, in one order for all who lock, with one query."""
        wanted = Q()
        for stream in streams:
            if stream not in self._rows:
                wanted |= Q(kind=stream.kind, key=stream.key)
        if not wanted:
            return
        for row in Stream.objects.select_for_update().filter(wanted).order_by("pk"):
            self._rows[StreamId(row.kind, row.key)] = row

    def head(self, stream: StreamId) -> int:
        """The number of the newest event, with the stream locked until the transaction ends."""
        return self._row(stream).head

    def append(self, stream: StreamId, fact: Fact, *, by: int | None, at: datetime) -> int:
        row = self._row(stream)
        row.head += 1
        body = msgspec.json.encode(fact).decode()
        self._entries.append(entry(stream, row.head, fact.name, at, by, body))
        return row.head

    def rewrite(self, stream: StreamId, seq: int, name: str, body: str) -> bool:
        """Replaces the body of an event that is not written yet. Whether there was one."""
        for place, old in enumerate(self._entries):
            if (old.stream, old.seq, old.name) == (stream, seq, name):
                self._entries[place] = entry(stream, seq, name, old.at, old.by, body)
                return True
        return False

    def unwritten(self, stream: StreamId) -> list[Entry]:
        return [each for each in self._entries if each.stream == stream]

    def insert_later(self, row: Model) -> None:
        """See the Note [Rows that wait]."""
        self._later.append(row)

    def insert_what_waits(self) -> None:
        by_model: dict[type[Model], list[Model]] = {}
        for row in self._later[self._inserted :]:
            by_model.setdefault(type(row), []).append(row)
        for rows in by_model.values():
            insert_rows(rows)
        self._inserted = len(self._later)

    def mark(self) -> Mark:
        """A place to `rewind` to."""
        return Mark(len(self._entries), len(self._later), self._inserted)

    def rewind(self, mark: Mark) -> None:
        """Forgets what was appended after `mark`: the savepoint around it was rolled back.

        Rows from before that were inserted after the mark wait again. A stream whose row was made
        after the mark is gone with it, so all rows of streams are read again.
        """
        del self._entries[mark.entries :], self._later[mark.later :]
        self._inserted = mark.inserted
        heads = self._heads()
        self._rows = {stream: row for stream, row in self._rows.items() if stream in heads}
        for stream, row in self._rows.items():
            row.head = heads[stream]

    def write(self) -> None:
        """Writes the events and heads; they are announced after commit."""
        self.insert_what_waits()
        if not self._entries:
            return
        insert_rows([self._event(each) for each in self._entries])
        for stream, newest in self._heads().items():
            Stream.objects.filter(pk=self._rows[stream].pk).update(head=newest)
        entries = tuple(self._entries)
        transaction.on_commit(partial(_announce, entries))
        self._entries.clear()
        go_along(entries)

    def _heads(self) -> dict[StreamId, int]:
        """The newest number that is to be written, of each stream that gets one."""
        return {each.stream: each.seq for each in self._entries}

    def _event(self, each: Entry) -> Event:
        return Event(
            stream_id=self._rows[each.stream].pk,
            seq=each.seq,
            name=each.name,
            at=each.at,
            by=each.by,
            body=each.body,
        )

    def _row(self, stream: StreamId) -> Stream:
        row = self._rows.get(stream)
        if row is None:
            row, _ = Stream.objects.select_for_update().get_or_create(kind=stream.kind, key=stream.key)
            self._rows[stream] = row
        return row


@contextmanager
def ledger() -> Iterator[Ledger]:
    """The ledger of the open transaction; what is appended inside is written at the end.

    Inside another `ledger()` it is that one.
    """
    outer = _ledger.get()
    if outer is not None:
        yield outer
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is written inside a transaction")
    book = Ledger()
    token = _ledger.set(book)
    try:
        yield book
        book.write()
    finally:
        _ledger.reset(token)


def append(stream: StreamId, fact: Fact, *, by: int | None, at: datetime) -> int:
    """Appends `fact` and returns its `seq`. Those who follow the stream hear of it after commit."""
    with ledger() as book:
        return book.append(stream, fact, by=by, at=at)


def insert_later(row: Model) -> None:
    """Inserts the row before the transaction ends, together with its like. See the Note [Rows that wait]."""
    with ledger() as book:
        book.insert_later(row)


def lock(stream: StreamId) -> int:
    """Locks the stream until the transaction ends and returns its head.

    Call it before reading what the action depends on.
    """
    with ledger() as book:
        book.insert_what_waits()
        return book.head(stream)


def head(stream: StreamId) -> int:
    """The number of the newest event; 0 when there is none."""
    return heads([stream])[stream]


def heads(streams: Iterable[StreamId]) -> dict[StreamId, int]:
    """The head of each stream, with one query for every 200 streams."""
    found = dict.fromkeys(streams, 0)
    wanted = list(found)
    for start in range(0, len(wanted), 200):
        some = Q()
        for stream in wanted[start : start + 200]:
            some |= Q(kind=stream.kind, key=stream.key)
        for kind, key, newest in Stream.objects.filter(some).values_list("kind", "key", "head"):
            found[StreamId(kind, key)] = newest
    return found


def since(stream: StreamId, after: int, limit: int) -> list[Entry]:
    """Up to `limit` events with a number above `after`, in order."""
    rows = Event.objects.filter(stream__kind=stream.kind, stream__key=stream.key, seq__gt=after)
    values = rows.order_by("seq").values_list("seq", "name", "at", "by", "body")[:limit]
    return [entry(stream, *row) for row in values]


def named(stream: StreamId, name: str) -> list[Entry]:
    """All events of one name, in order: for kinds that are few in a stream."""
    rows = Event.objects.filter(stream__kind=stream.kind, stream__key=stream.key, name=name)
    values = rows.order_by("seq").values_list("seq", "name", "at", "by", "body")
    return [entry(stream, *row) for row in values]


def recall(stream: StreamId, seqs: Collection[int]) -> list[Entry]:
    """The events with these numbers, in order; those that the open transaction has yet to write, too."""
    rows = Event.objects.filter(stream__kind=stream.kind, stream__key=stream.key, seq__in=seqs)
    found = [entry(stream, *row) for row in rows.values_list("seq", "name", "at", "by", "body")]
    book = _ledger.get()
    unwritten = book.unwritten(stream) if book else []
    return sorted([*found, *(each for each in unwritten if each.seq in seqs)], key=lambda each: each.seq)


def size_between(stream: StreamId, after: int, until: int) -> int:
    """How many characters the facts numbered `after + 1 … until` have, those yet to be written, too."""
    rows = Event.objects.filter(stream__kind=stream.kind, stream__key=stream.key)
    saved = rows.filter(seq__gt=after, seq__lte=until).aggregate(size=Sum(Length("body")))["size"] or 0
    book = _ledger.get()
    unwritten = book.unwritten(stream) if book else []
    return saved + sum(len(each.wire) for each in unwritten if after < each.seq <= until)


def rewrite_the_past(stream: StreamId, facts: Mapping[int, Fact]) -> None:
    """Replaces what events say, {number: fact}, for those who read them from now on. For removals and erasure only.

    Raises LookupError when the stream has no such event with one of these numbers.
    """
    book = _ledger.get()
    bodies = {seq: (fact.name, msgspec.json.encode(fact).decode()) for seq, fact in facts.items()}
    saved = {seq for seq, new in bodies.items() if book is None or not book.rewrite(stream, seq, *new)}
    rows = Event.objects.filter(stream__kind=stream.kind, stream__key=stream.key, seq__in=saved)
    events = [event for event in rows.only("seq", "name") if event.name == bodies[event.seq][0]]
    if len(events) < len(saved):
        raise LookupError(f"{stream} lacks some of {sorted(saved)}, or they have other names")
    for event in events:
        event.body = bodies[event.seq][1]
    Event.objects.bulk_update(events, ["body"], batch_size=100)


def forget_receipts(before: datetime) -> int:
    """Deletes the answers given before that moment; returns how many."""
    return Receipt.objects.filter(at__lt=before).delete()[0]


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads inside see one moment, whatever is committed meanwhile, without holding up writers.

    Inside another `snapshot()` or a transaction it is that one.
    """
    if connection.in_atomic_block or _is_reading_snapshot():
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # atomic() would take SQLite's one write lock; a deferred transaction takes none.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _is_reading_snapshot() -> bool:
    return (
        connection.vendor == "sqlite"
        and connection.connection is not None
        and connection.connection.in_transaction
    )


def listen(listener: Callable[[Sequence[Entry]], None]) -> None:
    """Has `listener` called after every commit, in the committing thread, with the new entries in order."""
    if listener not in _listeners:
        _listeners.append(listener)


def _announce(entries: Sequence[Entry]) -> None:
    for listener in _listeners:
        listener(entries)
