"""Processes, Redis and the database go away in the middle of an Open Space, and people drop out and return."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing

import pytest

from tests.faults.wall_load import STAGING, Day, Guest, assert_all_is_there, assert_same_everywhere
from tests.support.client import client_filter

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The browser's stores as a function: cases → states."""
    return client_filter("replay_gathering.ts", tmp_path_factory.mktemp("store"))


@asynccontextmanager
async def day_on(installation, store):
    """Everybody is at work. Afterwards all that was done is there, once, and seen by all."""
    day = await asyncio.to_thread(Day, installation)
    try:
        async with day:
            await day.grows_by(60)
            yield day
            await day.grows_by(60)
        held = await asyncio.to_thread(installation.stage, "audit", day.staged["gathering"], module=STAGING)
        assert_all_is_there(day, held)
        await assert_same_everywhere(day, held, store)
        assert sum(guest.drops for guest in day.of(Guest)) > 0
    finally:
        await day.end()


async def test_server_killed_in_the_middle_of_the_day(small, store):
    async with day_on(small, store) as day:
        for _ in range(2):
            await asyncio.to_thread(small.site.restart_hard)
            await day.grows_by(60)


async def test_both_processes_killed_in_the_middle_of_the_day(large, store):
    async with day_on(large, store) as day:
        for site in large.sites:
            await asyncio.to_thread(site.restart_hard)
            await day.grows_by(60)


async def test_database_away_for_some_seconds(small, store):
    """Somebody holds the file: a backup, a virus scanner."""
    async with day_on(small, store) as day:
        with closing(sqlite3.connect(next(small.site.data_dir.glob("*.sqlite3")))) as other:
            other.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(8)
            other.rollback()
        await day.grows_by(60)


async def test_postgresql_restarted_in_the_middle_of_the_day(large, store):
    async with day_on(large, store) as day:
        await asyncio.to_thread(large.postgres.kill)
        await asyncio.sleep(2)
        await asyncio.to_thread(large.postgres.start)
        await day.grows_by(60)


async def test_redis_away_for_some_seconds(large, store):
    async with day_on(large, store) as day:
        large.redis.stop()
        await day.grows_by(50)
        large.redis.start()
        await day.grows_by(60)
