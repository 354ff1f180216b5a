"""The replay's own parts: when lines are due, what a tab notices, and that the verdict can say no."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from websockets.asyncio.server import serve

from rooms.replay.chat import Said
from rooms.replay.play import Performance, schedule
from rooms.replay.tab import Tab
from rooms.replay.verdict import judge
from rooms.replay.wire import CommandRefused, Heard, StreamClosed

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


def lines(*seconds):
    return [Said(n, NOON + timedelta(seconds=at), "ana", f"line {n}") for n, at in enumerate(seconds)]


def test_speed_makes_time_denser():
    assert schedule(lines(0, 30, 60), speed=60, silence=10) == [0, 0.5, 1]


def test_long_silence_is_cut():
    assert schedule(lines(0, 7200, 7201), speed=1, silence=120) == [0, 120, 121]


def test_lines_of_one_minute_are_spread_over_it():
    assert schedule(lines(0, 0, 0, 0, 60), speed=60, silence=10) == [0, 0.25, 0.5, 0.75, 1]


def event(seq, text="hello", by=1):
    data = {"text": text, "lang": "en"}
    return {"seq": seq, "name": "message.posted", "at": NOON.isoformat(), "by": by, "data": data}


def events(*some):
    return {"op": "events", "stream": "room:1", "events": list(some)}


def opened(head=0, state=None):
    return {"op": "opened", "stream": "room:1", "head": head, "state": state, "here": []}


@asynccontextmanager
async def server(answer):
    """A server that answers each frame with the frames that `answer(frame)` gives; None hangs up."""

    async def talk(socket):
        await socket.send(json.dumps({"op": "hello"}))
        async for text in socket:
            for frame in answer(json.loads(text)):
                if frame is None:
                    socket.transport.abort()
                    return
                await socket.send(json.dumps(frame))

    async with serve(talk, "127.0.0.1", 0, subprotocols=["synergy.v1"]) as running:
        yield f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}"


def on_open(*frames):
    return lambda frame: [opened(0, {}), *frames] if frame["op"] == "open" else []


async def heard_by_tab(answer, until):
    async with server(answer) as url, Tab([url], "", "room:1") as tab:
        assert await tab.until(until, 5)
        return tab


async def test_tab_finds_nothing_wrong_with_events_in_order():
    tab = await heard_by_tab(on_open(events(event(1), event(2)), events(event(3))), until=3)

    assert [heard.seq for heard in tab.heard] == [1, 2, 3]
    assert tab.faults == []


@pytest.mark.parametrize(
    ("frames", "fault"),
    [
        ([events(event(1), event(3))], "3 came after 1"),
        ([events(event(1), event(2)), events(event(2), event(3))], "2 came after 2"),
        ([events(event(2), event(1)), events(event(3))], "1 came after 2"),
    ],
    ids=["hole", "twice", "out of order"],
)
async def test_tab_notices(frames, fault):
    tab = await heard_by_tab(on_open(*frames), until=3)

    assert fault in tab.faults


async def test_tab_sends_a_command_again_with_the_same_id_after_a_break():
    seen = []

    def answer(frame):
        if frame["op"] == "open":
            return [opened(0, {} if frame["after"] is None else None)]
        seen.append(frame["id"])
        if len(seen) == 1:
            return [None]
        return [{"op": "done", "id": frame["id"], "stream": "room:1", "seq": 1, "data": {"message": 1}}]

    async with server(answer) as url, Tab([url], "", "room:1") as tab:
        done = await tab.do("message.post", {"text": "hello"})

    assert done["data"] == {"message": 1}
    assert len(seen) == 2
    assert len(set(seen)) == 1


async def test_tab_waits_when_the_server_is_busy_and_gives_up_when_it_is_forbidden():
    answers = iter(
        [
            {"op": "refused", "code": "busy", "detail": "", "retry_after": 0.01},
            {"op": "refused", "code": "forbidden", "detail": "no"},
        ]
    )

    def answer(frame):
        return [opened(0, {})] if frame["op"] == "open" else [{**next(answers), "id": frame["id"]}]

    async with server(answer) as url, Tab([url], "", "room:1") as tab:
        with pytest.raises(CommandRefused, match="forbidden"):
            await tab.do("message.post", {"text": "hello"})


async def test_tab_opens_again_where_it_was_when_it_lagged():
    def answer(frame):
        if frame["op"] != "open":
            return []
        if frame["after"] is None:
            return [opened(0, {}), events(event(1)), {"op": "lagged", "stream": "room:1"}]
        return [opened(2), events(event(2))] if frame["after"] == 1 else []

    tab = await heard_by_tab(answer, until=2)

    assert [heard.seq for heard in tab.heard] == [1, 2]
    assert tab.faults == []


async def test_tab_ends_when_the_stream_is_closed():
    closed = {"op": "closed", "stream": "room:1", "code": "revoked"}
    async with server(on_open(closed)) as url, Tab([url], "", "room:1") as tab:
        await asyncio.sleep(0.1)
        with pytest.raises(StreamClosed, match="revoked"):
            await tab.come()


def performance(*seqs, by=1, texts=None, total=3):
    """Three lines were said; one reader has the events with these numbers."""
    tab = Tab(["http://127.0.0.1:1"], "", "room:1")
    texts = texts or {}
    tab.heard = [
        Heard(seq, "message.posted", NOON, by, {"text": texts.get(seq, f"line {seq}")}) for seq in seqs
    ]
    tab.last = max(seqs, default=None)
    return Performance(total=total, posted={n: (1, f"line {n}") for n in (1, 2, 3)}, readers=[tab])


async def test_verdict_is_good_when_everything_arrived():
    verdict = judge(performance(1, 2, 3))

    assert verdict.findings == ()
    assert "3 of 3 lines" in verdict.text()
    assert "exactly once, in order" in verdict.text()


@pytest.mark.parametrize(
    ("case", "finding"),
    [
        ({"seqs": (1, 3)}, "1 lines are missing, the first is 2"),
        ({"seqs": (1, 2)}, "1 lines are missing, the first is 3"),
        ({"seqs": (1, 2, 2, 3)}, "2 arrived twice"),
        ({"seqs": (1, 2, 3), "by": 2}, "1 arrived as (2, 'line 1'), not as (1, 'line 1')"),
        ({"seqs": (1, 2, 3), "texts": {2: "lin"}}, "2 arrived as (1, 'lin'), not as (1, 'line 2')"),
        ({"seqs": (1, 2, 3), "total": 4}, "1 lines were never answered"),
    ],
    ids=["missing", "missing at the end", "twice", "by somebody else", "another text", "never answered"],
)
async def test_verdict_is_bad_when_something_is(case, finding):
    verdict = judge(performance(*case.pop("seqs"), **case))

    assert any(finding in found for found in verdict.findings)
    assert not verdict.is_good
    assert finding in verdict.text()


async def test_reader_who_never_came_back_misses_only_the_end():
    gone, torn = performance(1, 2), performance(2)
    for one in (gone, torn):
        one.gone = set(one.readers)

    assert judge(gone).is_good
    assert not judge(torn).is_good
