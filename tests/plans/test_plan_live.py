"""A plan over the live door: who follows it hears of it, and who may not any more hears nothing."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import timezone

from challenges.plans.models import Audience
from challenges.plans.queries import plan_stream
from synergy.cohorts.actions import end_seat
from synergy.live.process import close_live_process
from tests.factories.plans import make_plan_case
from tests.support.live import client
from tests.support.plans import agree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def case():
    """An approved plan that its cohort may read; the live process ends with the test."""
    yield await sync_to_async(lambda: agree(make_plan_case(audience=Audience.COHORT)))()
    await close_live_process()
    await sync_to_async(connections.close_all)()


async def follow(person):
    store = SessionStore()
    await store.acreate()
    return client(person, store)


async def do(one, stream, name, **data):
    command = str(uuid.uuid4())
    await one.send({"op": "do", "id": command, "stream": stream, "name": name, "data": data})
    return await one.answer(command)


async def test_two_who_edit_it_see_each_other_and_a_reading_at_once(case):
    stream = str(plan_stream(case.plan.pk))
    async with await follow(case.member) as jan, await follow(case.coordinator) as ela:
        opened = await jan.open(stream)
        assert opened["state"]["rights"]["member"] is True
        await ela.open(stream)
        enter = {"item": case.indicator.pk, "on": "2026-02-10", "value": "17,8"}
        answer = await do(ela, stream, "reading.add", **enter)
        assert answer["data"]["reading"]
        (event,) = await jan.events(stream, 1)
        assert (event["name"], event["data"]["reading"]["value"]) == ("reading.set", "17.8")
        late = await do(jan, stream, "reading.add", **{**enter, "value": "18"})
        assert (late["op"], late["code"], late["present"]["value"]) == ("refused", "conflict", "17.8")


async def test_who_leaves_and_who_may_not_read_it_any_more_is_out_within_a_second(case):
    stream = str(plan_stream(case.plan.pk))
    async with (
        await follow(case.coordinator) as ela,
        await follow(case.item_owner) as tomasz,
        await follow(case.peer) as boris,
    ):
        for one in (ela, tomasz, boris):
            await one.open(stream)
        seat = await case.item_owner.seats.aget()
        await sync_to_async(end_seat)(seat=seat, now=timezone.now())
        assert (await tomasz.next("closed", timeout=1.5))["code"] == "revoked"
        await do(ela, stream, "plan.change", field="audience", value="institution", base=0)
        assert (await boris.next("closed", timeout=1.5))["code"] == "revoked"
        await do(ela, stream, "plan.change", field="summary", value="For us alone.", base=0)
        assert [event["name"] for event in await ela.events(stream, 2)] == ["plan.changed"] * 2
