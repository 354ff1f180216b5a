"""Rounds start and end at their times, whichever process is alive, and once."""

import asyncio
import time

from tests.faults.load import until

AHEAD = 8
"""Seconds until the round starts, and for which it runs."""


def heard(tab):
    return [event.name for event in tab.heard if event.name.startswith("round.")]


def gathering(installation):
    staged = installation.stage("gathering", AHEAD)
    return staged, int(staged["stream"].partition(":")[2])


async def test_one_of_two_processes_is_killed_in_a_round(large):
    first, second = large.sites
    staged, key = gathering(large)
    large.company["stream"] = staged["stream"]
    async with large.tab(0, urls=[first.url]), large.tab(1, urls=[second.url]) as staying:
        await until(lambda: heard(staying) == ["round.started"], 3 * AHEAD, "the round did not start")
        assert time.time() < staged["starts_at"] + 3
        await asyncio.to_thread(first.kill)
        await until(lambda: len(heard(staying)) == 2, 3 * AHEAD, "the round did not end")
        assert time.time() < staged["ends_at"] + 3
    said = large.stage("rounds", key)
    assert said["names"] == ["round.started", "round.ended"]
    assert said["ended_at"] == [staged["ends_at"], None]


async def test_a_round_that_ended_while_nobody_was_there_says_when(small):
    staged, key = gathering(small)
    small.company["stream"] = staged["stream"]
    async with small.tab(0) as tab:
        await until(lambda: heard(tab) == ["round.started"], 3 * AHEAD, "the round did not start")
    await asyncio.to_thread(small.site.kill)
    await asyncio.sleep(max(0, staged["ends_at"] - time.time()) + 1)
    await asyncio.to_thread(small.site.start)
    assert small.stage("rounds", key)["names"] == ["round.started"]
    async with small.tab(1) as late:
        await until(lambda: "round.ended" in heard(late), 10, "the round did not end")
    assert small.stage("rounds", key)["ended_at"] == [staged["ends_at"], None]
