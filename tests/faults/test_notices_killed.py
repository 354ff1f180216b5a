"""What was committed is told, whatever happens to the process: killed while its mail is on the way, it comes back."""

import asyncio
from contextlib import ExitStack

import pytest

from rooms.replay.tab import Tab
from tests.support import installation
from tests.support.smtp import SmtpServer

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def smtp():
    with SmtpServer() as server:
        yield server


@pytest.fixture
def site(smtp):
    url = f"smtp://127.0.0.1:{smtp.port}"
    with ExitStack() as stack:
        yield installation.small(stack, {**installation.FAST, "EMAIL_URL": url})


async def test_a_server_killed_while_it_mails_mails_all_when_it_is_back(site, smtp):
    case = site.stage("draft", 0, module="notice_staging")
    smtp.holding.clear()
    async with Tab([site.site.url], case["cookie"], case["stream"]) as author:
        await author.do("challenge.submit", {})
    assert await soon(lambda: smtp.received)
    site.site.kill()
    assert not smtp.letters
    smtp.holding.set()
    site.site.start()
    assert await soon(lambda: len(smtp.letters) >= 2)
    await asyncio.sleep(1)
    assert sorted(letter["To"] for letter in smtp.letters) == case["told"]
    assert site.stage("waiting", 0, module="notice_staging") == {"notices": 2, "not_mailed": 0}


async def soon(holds):
    for _ in range(300):
        if holds():
            return True
        await asyncio.sleep(0.05)
    return False
