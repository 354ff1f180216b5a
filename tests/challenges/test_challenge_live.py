"""A challenge over the live door: who follows it hears of it, and who may not any more hears nothing."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import timezone

from challenges.queries import challenge_stream
from synergy.cohorts.actions import end_seat
from synergy.live.process import close_live_process
from tests.factories.challenges import make_case
from tests.support.live import client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def case():
    """A challenge that is submitted; the live process ends with the test."""
    yield await sync_to_async(make_case)()
    await close_live_process()
    await sync_to_async(connections.close_all)()


async def follow(person):
    store = SessionStore()
    await store.acreate()
    return client(person, store)


async def do(one, stream, name, **data):
    command = str(uuid.uuid4())
    frame = {"op": "do", "id": command, "stream": stream, "name": f"challenge.{name}", "data": data}
    await one.send(frame)
    return await one.answer(command)


async def test_everybody_who_reads_it_hears_of_a_step(case):
    stream = str(challenge_stream(case.challenge.pk))
    async with await follow(case.colleague) as colleague, await follow(case.facilitator) as fiona:
        opened = await colleague.open(stream)
        assert opened["state"]["state"] == "submitted"
        assert (await do(fiona, stream, "return", why="Whose letter?"))["op"] == "done"
        (event,) = await colleague.events(stream, 1)
    assert (event["name"], event["by"]) == ("challenge.moved", case.facilitator.pk)
    assert event["data"]["step"]["why"] == "Whose letter?"


async def test_a_withdrawn_challenge_is_gone_for_others_within_a_second(case):
    stream = str(challenge_stream(case.challenge.pk))
    async with await follow(case.author) as author, await follow(case.facilitator) as fiona:
        await author.open(stream)
        await fiona.open(stream)
        await do(author, stream, "withdraw")
        assert (await fiona.next("closed", timeout=1.5))["code"] == "revoked"
        await do(author, stream, "change", field="tried", value="For us alone.", base=0)
        assert [event["name"] for event in await author.events(stream, 2)] == [
            "challenge.moved",
            "challenge.changed",
        ]
        (heard,) = await fiona.events(stream, 1)
        assert heard["data"]["state"] == "draft"
        await fiona.nothing("events")
        await fiona.send({"op": "open", "stream": stream})
        assert (await fiona.next("refused"))["code"] == "not_found"


async def test_a_seat_that_ends_closes_it_within_a_second(case):
    stream = str(challenge_stream(case.challenge.pk))
    async with await follow(case.author) as author, await follow(case.colleague) as colleague:
        await author.open(stream)
        await colleague.open(stream)
        seat = await case.colleague.seats.aget()
        await sync_to_async(end_seat)(seat=seat, now=timezone.now())
        assert (await colleague.next("closed", timeout=1.5))["code"] == "revoked"
        await do(author, stream, "withdraw")
        assert len(await author.events(stream, 1)) == 1
        await colleague.nothing("events")
