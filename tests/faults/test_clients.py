"""What clients and their networks do to a server: fall silent, never read, repeat themselves, lose the right."""

import asyncio
import contextlib
import json
import socket
import time
import uuid
from contextlib import AsyncExitStack

import psutil
import pytest
from websockets.asyncio.client import connect

from tests.faults.load import Load, assert_nothing_lost, until

pytestmark = pytest.mark.timeout(180)


class Line:
    """A network between client and server that can go dead without telling either side."""

    def __init__(self, port):
        self._port = port
        self._is_up = asyncio.Event()
        self._is_up.set()
        self._pipes = set()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *exception):
        self._server.close()
        for pipe in self._pipes:
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    def cut(self):
        """From now on nothing passes: no bytes, no end of connection, no answer to a new one."""
        self._is_up.clear()

    def mend(self):
        """New connections work again. Old ones stay dead, as after a change of network."""
        for pipe in self._pipes:
            pipe.cancel()
        self._is_up.set()

    async def _join(self, reader, writer):
        await self._is_up.wait()
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        for source, target in ((reader, back), (there, writer)):
            pipe = asyncio.create_task(self._carry(source, target))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)

    async def _carry(self, source, target):
        with contextlib.suppress(OSError):
            try:
                while data := await source.read(65536):
                    if not self._is_up.is_set():
                        await asyncio.Event().wait()
                    target.write(data)
                    await target.drain()
            finally:
                target.close()
                await target.wait_closed()


async def test_network_cut_for_minutes(small):
    """The client finds out by the silence, comes back when it can, and has lost nothing.

    "Minutes" are made of events, not of time: silence counts as dead after 3 seconds instead of 40.
    """
    async with Line(small.site.port) as line, AsyncExitStack() as stack:
        cut_off = await stack.enter_async_context(small.tab(0, urls=[line.url], silence=3))
        others = [await stack.enter_async_context(small.tab(n)) for n in range(1, 9)]
        async with Load([cut_off, *others]) as load:
            await load.grows_by(50, within=20)

            line.cut()
            before = cut_off.last
            await load.grows_by(600, within=60)
            await asyncio.sleep(4)
            assert not cut_off.is_in
            assert cut_off.last <= before + 30

            line.mend()
            await load.grows_by(100, within=30)
        for tab in load.tabs:
            assert await tab.until(max(load.done.values()), 20)

    assert cut_off.connections >= 2
    assert_nothing_lost(small, load, load.tabs)


async def test_reader_that_never_reads(small):
    """Push to it stops, so memory is bounded; when it reads at last it finds `lagged` and goes on from there."""
    process = psutil.Process(small.site.pid)
    text = "A long answer. " * 250
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(small.tab(0))
        silent = [await stack.enter_async_context(deaf(small, n)) for n in range(1, 31)]
        for count in range(100):
            await writer.do("message.post", {"text": f"{count} {text}"})
        before = process.memory_info().rss
        for count in range(900):
            await writer.do("message.post", {"text": f"{count} {text}"})
        growth = process.memory_info().rss - before

        # Without a bound it would be thirty times all that was said, about 100 MB.
        assert growth < 50 * 1024 * 1024, f"{growth / 1024 / 1024:.0f} MB more"
        frames = await silent[0].all()
        assert frames[-1]["op"] == "lagged"
        heard = [event["seq"] for frame in frames[:-1] for event in frame["events"]]
        assert heard == list(range(1, len(heard) + 1))
        assert len(heard) < 900

        await silent[0].send(json.dumps({"op": "open", "stream": small.stream, "after": len(heard)}))
        opened, *frames = await silent[0].all()
        assert opened["op"] == "opened"
        missed = [event["seq"] for frame in frames for event in frame["events"]]
        assert missed == list(range(len(heard) + 1, 1001))


async def test_reader_that_never_reads_and_asks_again_and_again(small):
    """Everything that was missed, forty times, into a socket that nobody reads."""
    process = psutil.Process(small.site.pid)
    text = "A long answer. " * 250
    async with small.tab(0) as writer, deaf(small, 1) as silent:
        await asyncio.gather(*(writer.do("message.post", {"text": f"{n} {text}"}) for n in range(60)))
        for start in range(60, 600, 60):
            await asyncio.gather(
                *(writer.do("message.post", {"text": f"{n} {text}"}) for n in range(start, start + 60))
            )
        before = process.memory_info().rss
        for _ in range(40):
            await silent.send(json.dumps({"op": "open", "stream": small.stream, "after": 0}))
            await asyncio.sleep(0.05)
        await writer.do("message.post", {"text": "still here"})
        growth = process.memory_info().rss - before

    # All of it would be 90 MB.
    assert growth < 30 * 1024 * 1024, f"{growth / 1024 / 1024:.0f} MB more"


def deaf(installation, number):
    """A client that opens the stream and then leaves everything in the network's buffers."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", installation.site.port))
    return Raw(installation, number, sock=narrow, max_queue=1)


class Raw:
    """The room open in a bare socket, that does nothing by itself."""

    def __init__(self, installation, number, *, url=None, **options):
        url = url or installation.site.url
        self._connecting = connect(
            url.replace("http", "ws") + "/ws/live/",
            origin=url,
            subprotocols=["synergy.v1"],
            additional_headers={"Cookie": installation.company["cookies"][number]},
            compression=None,
            ping_interval=None,
            max_size=None,
            **options,
        )
        self._stream = installation.stream

    async def __aenter__(self):
        self.socket = await self._connecting
        self.send = self.socket.send
        await self.send(json.dumps({"op": "open", "stream": self._stream, "after": 0}))
        await self.next("opened")
        return self

    async def __aexit__(self, *exception):
        self.socket.transport.abort()

    async def next(self, *ops):
        while (frame := json.loads(await self.socket.recv()))["op"] not in ops:
            pass
        return frame

    async def all(self):
        """All frames until nothing comes for a second; presence and heads left out."""
        frames = []
        with contextlib.suppress(TimeoutError):
            while True:
                async with asyncio.timeout(1):
                    frames.append(await self.next("events", "opened", "lagged"))
        return frames


async def test_duplicate_flood(either):
    """One id, six hundred times, from several tabs and through every process: one event, one answer."""
    command = str(uuid.uuid4())

    async def flood(url):
        async with Raw(either, 0, url=url) as one:
            answers = []
            for _ in range(5):
                for count in range(40):
                    data = {"text": f"version {count % 7}"}
                    do = {
                        "op": "do",
                        "id": command,
                        "stream": either.stream,
                        "name": "message.post",
                        "data": data,
                    }
                    await one.send(json.dumps(do))
                answers += [await one.next("done", "refused") for _ in range(40)]
            return answers

    async with either.tab(1) as witness:
        answers = await asyncio.gather(*map(flood, (either.urls * 3)[:3]))
        await witness.do("message.post", {"text": "and one more"})
        assert await witness.until(2)

    answers = [answer for some in answers for answer in some]
    assert len(answers) == 600
    assert {(answer["op"], answer["seq"], answer["data"]["message"]) for answer in answers} == {
        ("done", 1, 1)
    }
    assert [event.seq for event in witness.heard] == [1, 2]
    assert len(either.audit()["messages"]) == 2


async def test_revoked_member(either):
    """Who loses the seat hears nothing any more, within a second and in every process; others do."""
    async with AsyncExitStack() as stack:
        leaving = [await stack.enter_async_context(either.tab(0, urls=[url])) for url in either.urls]
        staying = [await stack.enter_async_context(either.tab(1, urls=[url])) for url in either.urls]
        await staying[0].do("message.post", {"text": "before"})
        assert all([await tab.until(1, 5) for tab in [*leaving, *staying]])

        ended = (await asyncio.to_thread(either.stage, "end_seat", either.person(0)))["at"]
        await until(lambda: all(tab.closed for tab in leaving), 10, "the streams should be closed")
        assert max(tab.closed_at for tab in leaving) - ended < 1
        await staying[0].do("message.post", {"text": "after"})
        assert all([await tab.until(2, 5) for tab in staying])

        assert {tab.closed for tab in leaving} == {"revoked"}
        assert [[event.seq for event in tab.heard] for tab in leaving] == [[1]] * len(leaving)


async def test_flood_ends_in_a_refusal_and_not_in_a_crash(small):
    """Twenty tabs that send as much as they can, unasked for: each is refused or closed, and others go on."""
    async with small.tab(30) as quiet, AsyncExitStack() as stack:
        floods = [await stack.enter_async_context(Raw(small, n)) for n in range(20)]
        frame = json.dumps({"op": "open", "stream": "room:999999", "after": None})

        async def flood(connection):
            for _ in range(2_000):
                await connection.send(frame)

        flooding = asyncio.gather(*map(flood, floods), return_exceptions=True)
        start = time.monotonic()
        await quiet.do("message.post", {"text": "in the middle of it"})
        assert time.monotonic() - start < 10
        await flooding
        assert small.site.is_running
