"""An upgrade in the middle of a day: tables first, then one process after the other, and nobody notices."""

import asyncio
import json
import time
import uuid
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.faults.load import Load, assert_nothing_lost, until
from tests.support import installation
from tests.support.balancer import Balancer

pytestmark = pytest.mark.timeout(180)
IN_SOCKETS, OVER_HTTP = range(30), range(30, 33)
SPREAD = 5
NEXT_VERSION = "tests.support.next_settings"


@pytest.fixture
def large():
    with ExitStack() as stack:
        yield installation.large(stack, {**installation.FAST, "STOP_NOTICE": "1"})


async def test_two_processes_upgraded_one_after_the_other_under_load(large):
    async with Balancer([site.port for site in large.sites]) as balancer, AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(large.tab(n, urls=[balancer.url])) for n in IN_SOCKETS]
        async with Load(tabs, pause=0.2) as load, over_http(large, balancer.url, load) as answers:
            await load.grows_by(100, within=60)
            await asyncio.to_thread(migrate_to_the_next_version, large)
            for site in large.sites:
                await restarted(site, balancer, tabs, answers)
            await load.grows_by(100, within=60)
        for tab in tabs:
            assert await tab.until(max(load.done.values()), 30)

    assert_nothing_lost(large, load, tabs)
    assert {status for _what, status in answers} == {200}, answers
    assert {what for what, _status in answers} == {"page", "command", "poll"}
    assert balancer.nowhere == 0
    assert list(balancer.said.values()) == [["ok", "stopping", "away", "ok"]] * 2
    assert "Traceback" not in "".join(site.said() for site in large.sites)


def migrate_to_the_next_version(large):
    """Both processes are of the version before meanwhile, and each that starts after this is of the next."""
    for site in large.sites:
        site.environment["DJANGO_SETTINGS_MODULE"] = NEXT_VERSION
    assert "next_version.0001_additive... OK" in large.site.manage("migrate")


async def restarted(site, balancer, tabs, answers):
    """Stopped as systemd does and started again, until everybody who was sent away is back."""
    theirs = sum(1 for _at, port in balancer.sockets[-len(tabs) :] if port == site.port)
    before, asked = len(balancer.sockets), len(answers)
    site.process.terminate()
    assert await asyncio.to_thread(site.process.wait, 10) == 0
    await asyncio.to_thread(site.start)
    await until(lambda: len(balancer.sockets) >= before + theirs, SPREAD + 5, "somebody did not come back")
    await until(lambda: all(tab.is_in for tab in tabs), 5, "somebody is not in the room")
    await until(lambda: site.port in balancer.ready, 5, "the process should be ready again")

    came = [at for at, _port in balancer.sockets[before:]]
    assert theirs > 5
    assert len(answers) > asked
    assert max(sum(1 for at in came if start <= at < start + 0.2) for start in came) <= theirs / 2, came
    assert max(came) - min(came) > 1


@asynccontextmanager
async def over_http(large, url, load):
    """People without a WebSocket: one looks at pages, one says something, one waits for news. Nobody asks twice."""
    answers, is_over = [], asyncio.Event()

    async def on_and_on(what, ask, number):
        connection = HTTPConnection(urlsplit(url).netloc, timeout=40)
        while not is_over.is_set():
            answers.append((what, await asyncio.to_thread(ask, large, connection, number, load)))
            await asyncio.sleep(0.02)
        connection.close()

    work = asyncio.gather(
        *(on_and_on(what, ask, n) for n, (what, ask) in zip(OVER_HTTP, ASKED.items(), strict=True))
    )
    try:
        yield answers
    finally:
        is_over.set()
        await asyncio.wait_for(work, 40)


def look_at_a_page(large, connection, number, load):
    connection.request("GET", "/", headers={"Cookie": large.company["cookies"][number]})
    return status_of(connection)


def say(large, connection, number, load):
    text = f"{number}: over HTTP {time.monotonic()}"
    headers = {
        "Cookie": large.company["cookies"][number],
        "Content-Type": "application/json",
        "Origin": f"http://{connection.host}:{connection.port}",
    }
    body = json.dumps({"id": str(uuid.uuid4()), "name": "message.post", "data": {"text": text}})
    connection.request("POST", f"/api/streams/{large.stream}/commands/", body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status == 200:
        load.done[text] = json.loads(content)["data"]["message"]
    return answer.status


def wait_for_news(large, connection, number, load):
    after = max(load.done.values(), default=0) + 40
    headers = {"Cookie": large.company["cookies"][number]}
    connection.request("GET", f"/api/streams/{large.stream}/events/?after={after}&wait=3", headers=headers)
    return status_of(connection)


def status_of(connection):
    answer = connection.getresponse()
    answer.read()
    return answer.status


ASKED = {"page": look_at_a_page, "command": say, "poll": wait_for_news}
