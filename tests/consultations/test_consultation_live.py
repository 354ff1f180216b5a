"""A consultation over the live door: the clock moves it, and who leaves the group hears nothing more."""

import uuid
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import timezone

from challenges.consultations.models import Consultation
from challenges.consultations.queries import consultation_stream
from challenges.groups.actions import move_person
from challenges.groups.queries import mix_for
from rooms.queries import room_stream
from synergy.live.process import close_live_process
from tests.factories.consultations import make_consultation
from tests.support.live import client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def run():
    yield await sync_to_async(make_consultation)()
    await close_live_process()
    await sync_to_async(connections.close_all)()


async def follow(person):
    store = SessionStore()
    await store.acreate()
    return client(person, store)


def take_out(run):
    mix = mix_for(run.facilitator, run.mix.pk)
    fields = {"who": run.peer.pk, "seen": run.group.pk, "to": None}
    move_person(person=run.facilitator, mix=mix, now=timezone.now(), **fields)


async def test_the_clock_moves_it_and_the_room_hears_who_listens(run):
    rows = Consultation.objects.filter(pk=run.pk)
    row = await rows.aget()
    await rows.aupdate(protocol={**row.protocol, "ends_by_clock": True}, phase=3)
    await rows.aupdate(phase_ends_at=timezone.now() + timedelta(seconds=0.5))
    stream, room = str(consultation_stream(run.pk)), str(room_stream(run.group.room_id))
    async with await follow(run.case_giver) as giver:
        await giver.open(room)
        opened = await giver.open(stream)
        (moved,) = await giver.events(stream, 1)
        (quieted,) = await giver.events(room, 1)
    assert opened["state"]["run"]["closed"] == []
    assert (moved["by"], moved["data"]["run"]["phase"]) == (None, 4)
    assert moved["data"]["run"]["closed"] == ["case_giver"]
    assert quieted["data"]["quiet"]["people"] == [run.case_giver.pk]


async def test_who_is_taken_out_of_the_group_is_cut_off_within_a_second(run):
    stream = str(consultation_stream(run.pk))
    async with await follow(run.peer) as peer, await follow(run.second) as second:
        await peer.open(stream)
        await second.open(stream)
        await sync_to_async(take_out)(run)
        assert (await peer.next("closed", timeout=1.5))["code"] == "revoked"
        command = str(uuid.uuid4())
        text = {"text": "For the group alone."}
        frame = {"op": "do", "id": command, "stream": stream, "name": "recommendation.write", "data": text}
        await second.send(frame)
        assert (await second.answer(command))["op"] == "done"
        assert [event["name"] for event in await second.events(stream, 1)] == ["recommendation.set"]
        await peer.nothing("events", stream=stream)
