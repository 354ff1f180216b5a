"""Rooms of members over real sockets: who hears of them, and who hears nothing any more within a second."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import timezone

from rooms.actions import open_room, post_message, set_members
from rooms.notes.actions import open_notes
from rooms.queries import room_for
from synergy.live.process import close_live_process
from tests.factories import NOON
from tests.support.live import client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
async def _own_live_process():
    yield
    await close_live_process()
    await sync_to_async(connections.close_all)()


@pytest.fixture
def group(house):
    return open_room(
        person=house.fiona,
        cohort=house.cohort,
        name="Group 1",
        title="Duty rota",
        audience="members",
        members=[house.anna, house.boris],
        now=NOON,
    )


async def session():
    store = SessionStore()
    await store.acreate()
    return store


@sync_to_async
def say(person, room, text):
    post_message(person=person, room=room_for(person, room.pk), text=text, now=timezone.now())


async def test_who_is_taken_out_hears_nothing_more_within_a_second(house, group):
    notes = await sync_to_async(open_notes)(room=group, title="Notes", now=NOON)
    streams = [f"room:{group.pk}", f"notes:{notes.pk}", f"door:{group.pk}"]
    async with (
        client(house.anna, await session()) as stays,
        client(house.boris, await session()) as goes,
    ):
        for stream in streams:
            await stays.open(stream)
            await goes.open(stream)
        await goes.open(f"cohort:{house.cohort.pk}")
        await sync_to_async(set_members)(room=group, members=[house.anna], now=timezone.now())
        closed = {(await goes.next("closed", timeout=1, stream=stream))["code"] for stream in streams}
        assert closed == {"revoked"}
        goes.frames.clear()
        await say(house.anna, group, "without Boris")
        names = [event["name"] for event in await stays.events(streams[0], 2)]
        assert names == ["room.members_set", "message.posted"]
        await goes.nothing("events", stream=streams[0])
        await goes.send({"op": "open", "stream": streams[0], "after": 0})
        assert (await goes.next("refused", stream=streams[0]))["code"] == "not_found"
        # Their list of rooms is still theirs to follow.
        assert (await goes.open(f"cohort:{house.cohort.pk}"))["op"] == "opened"


async def test_activity_is_told_at_the_door_and_to_moderators_and_to_nobody_else(house, group):
    door, moderators = f"door:{group.pk}", f"moderators:{house.cohort.pk}"
    cohort = f"cohort:{house.cohort.pk}"
    async with (
        client(house.anna, await session()) as member,
        client(house.fiona, await session()) as moderator,
        client(house.otto, await session()) as other,
    ):
        await member.open(door)
        await moderator.open(moderators)
        for one in (member, moderator, other):
            await one.open(cohort)
        for stream in (door, moderators):
            await other.send({"op": "open", "stream": stream, "after": None})
            assert (await other.next("refused", stream=stream))["code"] == "not_found"
        await say(house.boris, group, "Good morning")
        await say(house.boris, house.room, "To everybody")
        for one, stream in ((member, door), (moderator, moderators)):
            data = (await one.next("signal", name="activity", stream=stream))["data"]
            assert (data["stream"], data["names"]) == (f"room:{group.pk}", {"message.posted": 1})
        data = (await other.next("signal", name="activity"))["data"]
        assert data["stream"] == f"room:{house.room.pk}"
        await other.nothing("signal", seconds=1.2)
        assert not any(str(json.loads(raw)).count(f"room:{group.pk}") for raw in other.raw)
