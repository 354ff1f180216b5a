"""One feed by itself: who is where in it, and when it goes."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from synergy.journal.facts import StreamId, entry
from synergy.live.feed import Feed, Follower

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
WALL = StreamId("wall", 1)


class Page:
    """A sink that keeps what it gets."""

    def __init__(self):
        self.seqs = []

    async def push(self, text):
        self.seqs += [event["seq"] for event in json.loads(text).get("events", [])]


class Frames:
    """A sink that keeps the frames."""

    def __init__(self):
        self.texts = []

    async def push(self, text):
        self.texts.append(text)


def entries(first, last):
    return [entry(WALL, seq, "sheet.hung", NOON, 1, "{}") for seq in range(first, last + 1)]


def feed_at(position, *, head):
    """A feed that has handed out up to `position`, of a log that goes to `head`."""

    async def read(stream, after, limit):
        return entries(after + 1, head)[:limit]

    return Feed(WALL, position, read)


def told(first, last):
    return [(one.seq, one.wire) for one in entries(first, last)]


async def settle(feed):
    while feed._pump is not None and not feed._pump.done():
        await feed._pump


async def test_who_read_ahead_of_the_feed_gets_the_rest_once():
    feed = feed_at(10, head=12)
    page, behind = Page(), Page()
    ahead = Follower(page, 1, 8)
    feed.add(ahead)
    await feed.catch_up(ahead)
    level = Follower(behind, 2, 10)
    feed.add(level)
    level.is_live = True
    feed.receive(told(11, 13))
    await settle(feed)
    assert page.seqs == [9, 10, 11, 12, 13]
    assert behind.seqs == [11, 12, 13]


async def test_a_feed_stays_while_somebody_is_about_to_follow_it():
    feed = feed_at(0, head=0)
    with feed.held():
        assert [feed.is_done_with() for _ in range(3)] == [False, False, False]
    assert [feed.is_done_with() for _ in range(2)] == [False, True]


async def test_a_replay_ends_when_the_follower_is_dropped():
    feed = feed_at(300, head=300)
    page = Page()
    follower = Follower(page, 1, 0)
    feed.add(follower)
    original = page.push

    async def push_and_drop(text):
        await original(text)
        feed.drop(follower)

    page.push = push_and_drop
    await feed.catch_up(follower)
    assert page.seqs == list(range(1, 101))


async def test_what_many_have_missed_is_read_once_in_the_same_chunks():
    reads = []

    async def read(stream, after, limit):
        reads.append(after)
        await asyncio.sleep(0)
        return entries(after + 1, 300)[:limit]

    feed = Feed(WALL, 300, read)
    pages = [Page() for _ in range(6)]
    followers = [Follower(page, number, 30 if number % 2 else 0) for number, page in enumerate(pages)]
    for follower in followers:
        feed.add(follower)
    await asyncio.gather(*(feed.catch_up(follower) for follower in followers))
    assert sorted(reads) == [0, 30, 100, 200]
    assert [page.seqs for page in pages] == [list(range(1, 301)), list(range(31, 301))] * 3


async def test_what_is_new_ends_the_sharing_of_what_was_read():
    """A removal rewrites the past and is told as a new event: who comes after it reads again."""
    bodies = ['{"text":"said"}', '{"text":""}']

    async def read(stream, after, limit):
        return [entry(WALL, seq, "sheet.hung", NOON, 1, bodies[0]) for seq in range(after + 1, 3)]

    feed = Feed(WALL, 2, read)
    early, late = Frames(), Frames()
    for sink in (early, late):
        follower = Follower(sink, 1, 0)
        feed.add(follower)
        await feed.catch_up(follower)
        bodies.pop(0)
        feed.receive(told(3, 3))
        await settle(feed)
        feed.position = 2
    assert "said" in early.texts[0]
    assert "said" not in late.texts[0]


async def test_a_read_that_failed_is_not_shared():
    answers = [OperationalError("away"), entries(1, 2)]

    async def read(stream, after, limit):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    feed = Feed(WALL, 2, read)
    page = Page()
    follower = Follower(page, 1, 0)
    feed.add(follower)
    with pytest.raises(OperationalError):
        await feed.catch_up(follower)
    await feed.catch_up(follower)
    assert page.seqs == [1, 2]
