"""Processes, Redis and PostgreSQL go away in the middle of a load, and come back."""

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from tests.faults.load import Load, assert_nothing_lost, until

pytestmark = pytest.mark.timeout(400)
WRITERS = range(12)
READERS = range(12, 24)


@asynccontextmanager
async def load_on(installation):
    """Twelve people who talk and twelve who read. At the end all is said, and heard by everybody."""
    async with AsyncExitStack() as stack:
        tabs = {n: await stack.enter_async_context(installation.tab(n)) for n in [*WRITERS, *READERS]}
        async with Load([tabs[n] for n in WRITERS]) as load:
            load.readers = list(tabs.values())
            await load.grows_by(50, within=60)
            yield load
        for tab in load.readers:
            assert await tab.until(max(load.done.values()), 30)


async def test_server_killed_in_the_middle_of_a_load(small):
    async with load_on(small) as load:
        for kills in range(1, 4):
            await asyncio.to_thread(small.site.restart_hard)
            await load.grows_by(50, within=60)
            await until(
                lambda kills=kills: all(tab.connections > kills for tab in load.readers),
                20,
                "somebody did not come back",
            )

    assert_nothing_lost(small, load, load.readers)


async def test_one_of_two_processes_killed_then_postgresql_then_both(large):
    """People of the killed one are gone from presence within 20 seconds, those who can go to the other process."""
    first, second = large.sites
    staying, visitor, loser = 30, 31, 32
    async with (
        large.tab(staying, urls=[first.url]) as watcher,
        large.tab(visitor, urls=[second.url, first.url]) as moving,
        large.tab(loser, urls=[second.url]),
        load_on(large) as load,
    ):
        load.readers.append(moving)
        await present(watcher, {large.person(visitor), large.person(loser)}, within=10)
        second.kill()
        killed = time.monotonic()
        await load.grows_by(50, within=60)
        await postgresql_restarted(large, load)
        await absent(watcher, {large.person(loser)}, within=20 - (time.monotonic() - killed))
        await present(watcher, {large.person(visitor)}, within=60)
        assert moving.is_in

        await asyncio.to_thread(second.start)
        for site in (first, second, first):
            await asyncio.to_thread(site.restart_hard)
            await load.grows_by(50, within=60)

    assert_nothing_lost(large, load, load.readers)


async def postgresql_restarted(large, load):
    for stop in (large.postgres.stop, large.postgres.kill):
        await asyncio.to_thread(stop)
        await asyncio.sleep(1)
        await asyncio.to_thread(large.postgres.start)
        await load.grows_by(50, within=40)


async def test_redis_stopped_and_started(large):
    """Redis is a doorbell: without it everything is saved, and heard by the next heartbeat."""
    first, second = large.sites
    async with (
        large.tab(30, urls=[first.url]) as here,
        large.tab(31, urls=[second.url]) as there,
        load_on(large) as load,
    ):
        load.readers += [here, there]
        large.redis.stop()
        answer = await asyncio.wait_for(here.do("message.post", {"text": "without Redis"}), 10)
        load.done["without Redis"] = answer["data"]["message"]
        assert await here.until(answer["seq"], 2)
        assert await there.until(answer["seq"], 20)
        await load.grows_by(50, within=60)
        assert await asyncio.to_thread(pages_open, large, 32)

        large.redis.start()
        await asyncio.sleep(5)
        delays = []
        for count in range(10):
            text = f"with Redis again {count}"
            start = time.monotonic()
            answer = await here.do("message.post", {"text": text})
            load.done[text] = answer["data"]["message"]
            assert await there.until(answer["seq"], 20)
            delays.append(time.monotonic() - start)
        assert sorted(delays)[5] < 1, delays

    assert_nothing_lost(large, load, load.readers)


def pages_open(large, number):
    """The first page for somebody who is signed in, and the door for somebody who is not."""
    secret = "c" * 32
    form = urlencode({"email": "somebody@office.example", "csrfmiddlewaretoken": secret})
    door = {"Cookie": f"csrftoken={secret}", "Content-Type": "application/x-www-form-urlencoded"}
    asked = [
        ("GET", "/", None, {"Cookie": large.company["cookies"][number]}),
        ("POST", "/accounts/login/", form, door),
    ]
    answers = []
    for request in asked:
        connection = HTTPConnection("127.0.0.1", large.site.port, timeout=5)
        connection.request(*request)
        answers.append(connection.getresponse().status)
        connection.close()
    return answers == [200, 302]


async def present(tab, persons, *, within):
    await until(lambda: persons <= tab.here, within, f"{persons} should be in {tab.here}")


async def absent(tab, persons, *, within):
    await until(lambda: not persons & tab.here, within, f"{persons} should not be in presence")
