"""Door 1 beside its guarantees: presence, signals, heartbeats, refusals that change nothing."""

import pytest
from asgiref.sync import sync_to_async
from django.db import DatabaseError

from synergy.journal.facts import StreamId
from synergy.journal.models import Event
from synergy.live import limits
from tests.factories import make_person
from tests.support.live import NOTE, Client, Notebook, client, let_in

pytestmark = pytest.mark.django_db(transaction=True)


async def people(count=2):
    return [await sync_to_async(make_person)() for _ in range(count)]


async def test_presence_counts_persons_not_tabs():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one:
        assert (await one.open(stream))["here"] == [ann.pk]
        tabs = [await Client(ben).connect() for _ in range(2)]
        for tab in tabs:
            await tab.open(stream)
        await one.sees("joined", ben)
        await tabs[0].leave()
        await one.nothing("here", 2.2)
        await tabs[1].leave()
        await one.sees("left", ben)


async def test_a_signal_goes_to_the_others_only():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await one.open(stream)
        await two.open(stream)
        await one.send({"op": "signal", "stream": stream, "name": "typing", "data": {}})
        assert (await two.next("signal", name="typing"))["by"] == ann.pk
        await one.nothing("signal", name="typing")
        await one.send({"op": "signal", "stream": stream, "name": "shouting", "data": {}})
        assert (await one.next("refused"))["code"] == "forbidden"


async def test_a_parent_hears_of_activity_and_presence():
    ann, ben = await people()
    stream, parent = let_in(1, ann, ben), let_in(1000, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await two.open(parent)
        await one.open(stream)
        done = await one.do(stream, "hello")
        while True:
            data = (await two.next("signal", name="activity"))["data"]
            if data["names"]:
                break
    assert data == {
        "stream": stream,
        "head": done["seq"],
        "here": 1,
        "names": {"note.added": 1},
        "by": [ann.pk],
    }


async def test_who_comes_to_a_parent_hears_who_is_in_its_children():
    ann, ben = await people()
    stream, parent = let_in(1, ann, ben), let_in(1000, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await one.open(parent)
        await one.open(stream)
        assert (await one.next("signal", name="activity"))["data"]["here"] == 1
        await two.open(parent)
        data = (await two.next("signal", name="activity"))["data"]
    assert (data["stream"], data["here"], data["names"]) == (stream, 1, {})


async def test_the_heartbeat_tells_heads(monkeypatch):
    monkeypatch.setattr(limits, "HEARTBEAT", 0.2)
    (ann,) = await people(1)
    stream = let_in(1, ann)
    async with client(ann) as one:
        await one.do(stream, "one")
        await one.open(stream)
        assert (await one.next("head"))["streams"] == {stream: 1}


async def test_seen_moves_the_read_marker_and_never_past_the_head(monkeypatch):
    monkeypatch.setattr(limits, "SEEN_GATHER", 0.05)
    (ann,) = await people(1)
    stream = let_in(1, ann)
    async with client(ann) as one:
        await one.do(stream, "one")
        await one.open(stream)
        await one.send({"op": "seen", "stream": stream, "seq": 99})
        await one.nothing("refused", 0.2)
    assert Notebook.marks == {(ann.pk, 1): 1}


async def test_acknowledging_without_reading_leaves_the_marker(monkeypatch):
    monkeypatch.setattr(limits, "SEEN_GATHER", 0.05)
    (ann,) = await people(1)
    stream = let_in(1, ann)
    async with client(ann) as one:
        await one.do(stream, "one")
        await one.open(stream)
        await one.send({"op": "seen", "stream": stream, "seq": 1, "read": False})
        await one.nothing("refused", 0.2)
    assert Notebook.marks == {}


@pytest.mark.parametrize(("text", "code"), [("refuse", "conflict"), ("break", "busy")])
async def test_what_is_refused_leaves_nothing_behind_and_spoils_nothing(text, code):
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await two.open(stream)
        ids = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(3)]
        for command, what in zip(ids, ["before", text, "after"], strict=True):
            await one.start(stream, what, command)
        answers = [await one.answer(command) for command in ids]
        events = await two.events(stream, 2)
    assert [answer["op"] for answer in answers] == ["done", "refused", "done"]
    assert answers[1]["code"] == code
    assert [(event["seq"], event["data"]["text"]) for event in events] == [(1, "before"), (2, "after")]
    assert await Event.objects.acount() == 2


async def test_closing_a_stream_ends_its_events():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await two.open(stream)
        await one.do(stream, "heard")
        assert await two.events(stream, 1)
        await two.send({"op": "close", "stream": stream})
        await two.send({"op": "ping", "t": 7})
        assert (await two.next("pong"))["t"] == 7
        await one.do(stream, "unheard")
        await two.nothing("events")


async def test_too_much_missed_gives_a_fresh_state(settings):
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, replay_limit=3)
    (ann,) = await people(1)
    stream = let_in(1, ann)
    async with client(ann) as one:
        for number in range(5):
            await one.do(stream, str(number))
        assert (await one.open(stream, after=1))["state"] == {"texts": ["0", "1", "2", "3", "4"]}
        assert (await one.open(stream, after=2))["state"] is None
        assert (await one.open(stream, after=9))["state"] is not None


async def test_an_anonymous_socket_is_closed_with_4401():
    from django.contrib.auth.models import AnonymousUser

    one = Client(AnonymousUser())
    await one._communicator.connect()
    assert await one.closed() == 4401


@pytest.mark.parametrize(("letter", "is_too_large"), [("a", False), ("ж", True)])
async def test_a_frame_is_measured_in_bytes(letter, is_too_large):
    from synergy.live.socket import TOO_LARGE

    [ann] = await people(1)
    async with client(ann) as one:
        await one.send(letter * (limits.FRAME_BYTES // 2 + 1))
        if is_too_large:
            assert await one.closed() == TOO_LARGE
        else:
            assert (await one.next("refused"))["code"] == "malformed"


async def test_read_markers_that_could_not_be_saved_are_saved_later(monkeypatch):
    from synergy.live.process import live_process

    monkeypatch.setattr(limits, "SEEN_GATHER", 1_000)
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    faults = iter([True])
    real = NOTE.mark_seen

    def fails_once(marks, now):
        if next(faults, False):
            raise DatabaseError("locked")
        real(marks, now)

    monkeypatch.setitem(NOTE.__dict__, "mark_seen", fails_once)
    async with client(ann) as one:
        await one.do(stream, "one")
        hub = live_process().hub
        hub.seen_by(StreamId("note", 1), ann.pk, 1)
        await hub._mark_seen()
        assert Notebook.marks == {}
        await hub._mark_seen()
    assert Notebook.marks == {(ann.pk, 1): 1}


async def test_a_signal_is_small():
    (ann,) = await people(1)
    stream = let_in(1, ann)
    async with client(ann) as one:
        await one.open(stream)
        for data in ({"x": "y" * 1_000}, {str(number): 1 for number in range(20)}, {"x" * 100: 1}):
            await one.send({"op": "signal", "stream": stream, "name": "typing", "data": data})
            assert (await one.next("refused"))["code"] == "invalid"
        await one.send({"op": "signal", "stream": stream, "name": "typing", "data": {"x": "y"}})
        await one.nothing("refused")


async def test_a_database_that_is_away_while_opening_is_a_refusal_not_the_end(monkeypatch):
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    faults = iter([True])
    real = NOTE.state

    def fails_once(person, thing):
        if next(faults, False):
            raise DatabaseError("away")
        return real(person, thing)

    monkeypatch.setitem(NOTE.__dict__, "state", fails_once)
    async with client(ann) as one:
        await one.send({"op": "open", "stream": stream, "after": None})
        refused = await one.next("refused")
        assert (refused["code"], refused["stream"], refused["retry_after"]) == ("busy", stream, 3)
        assert (await one.open(stream))["head"] == 0
