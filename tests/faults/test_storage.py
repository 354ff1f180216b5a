"""The disk is full, or the database may only be read: a clear refusal, and all goes on when it is over."""

import asyncio
import resource
import time
from contextlib import AsyncExitStack, asynccontextmanager

import psycopg
import pytest

from tests.faults.load import Load, assert_nothing_lost

pytestmark = pytest.mark.timeout(180)
UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def full_disk(small):
    """`full_disk(True)`: no file of the server may grow any more, as on a disk without room."""

    def fill(is_full):
        largest = max(path.stat().st_size for path in small.site.data_dir.glob("synergy.sqlite3*"))
        resource.prlimit(
            small.site.pid, resource.RLIMIT_FSIZE, (largest if is_full else UNLIMITED, UNLIMITED)
        )

    return fill


@pytest.fixture
def read_only(large):
    """`read_only(True)`: PostgreSQL answers questions and takes nothing, as after a failed-over primary."""

    def switch(is_on):
        with psycopg.connect(large.postgres.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if is_on else 'off'}")
            connection.execute("SELECT pg_reload_conf()")

    yield switch
    switch(False)


@asynccontextmanager
async def talking(installation):
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(installation.tab(n)) for n in range(12)]
        async with Load(tabs) as load:
            await load.grows_by(50, within=20)
            yield load
        for tab in tabs:
            assert await tab.until(max(load.done.values()), 30)


async def refusal_of(installation, number):
    """What somebody is told who tries once."""
    async with installation.tab(number) as tab:
        return await asyncio.wait_for(tab.ask("message.post", {"text": "one try"}), 20)


async def stands_still(load, seconds):
    """Waits until what was on its way is answered, then sees that nothing more is."""
    await asyncio.sleep(1)
    before = len(load.done)
    await asyncio.sleep(seconds)
    return len(load.done) == before


@pytest.mark.parametrize("how", ["full_disk", "read_only"])
async def test_nothing_can_be_saved_for_a_while(how, request):
    break_storage = request.getfixturevalue(how)
    installation = request.getfixturevalue({"full_disk": "small", "read_only": "large"}[how])
    async with talking(installation) as load:
        await asyncio.to_thread(break_storage, True)
        # Room that the file has already got may still be used up.
        end = time.monotonic() + 20
        while not await stands_still(load, 1):
            assert time.monotonic() < end, "the storage is broken, and yet things are saved"
        refused = await refusal_of(installation, 20)
        async with installation.tab(21) as reader:
            assert await reader.until(max(load.done.values()), 10), "reading should go on"

        await asyncio.to_thread(break_storage, False)
        await load.grows_by(50, within=40)

    assert (refused["op"], refused["code"]) == ("refused", "busy")
    assert refused["detail"]
    assert refused["retry_after"] > 0
    assert all(site.is_running for site in installation.sites)
    assert_nothing_lost(installation, load, load.tabs)
