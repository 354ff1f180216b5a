"""The seven guarantees of docs/protocol.md, on one process. With real processes: tests/faults."""

import asyncio
import uuid

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.utils import timezone

from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.journal.models import Event, Receipt
from synergy.live.access import access_changed
from tests.factories import make_person
from tests.support.live import Notebook, client, let_in

pytestmark = pytest.mark.django_db(transaction=True)


async def people(count=2):
    return [await sync_to_async(make_person)() for _ in range(count)]


async def session_of(person):
    store = SessionStore()
    await store.acreate()
    return store


async def test_guarantee_1_durable_first():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await two.open(stream)
        done = await one.do(stream, "kept")
        saved = await Event.objects.aget(seq=done["seq"])
        assert saved.body == '{"text":"kept"}'
        assert [event["seq"] for event in await two.events(stream, 1)] == [1]


async def test_guarantee_2_exactly_once_in_order_for_who_stays_and_who_comes_back():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one:
        async with client(ben) as two:
            await two.open(stream)
            for number in range(5):
                await one.do(stream, f"first {number}")
            stayed = await two.events(stream, 5)
        for number in range(250):
            await one.do(stream, f"second {number}")
        async with client(ben) as two:
            opened = await two.open(stream, after=5)
            for number in range(5):
                await one.do(stream, f"third {number}")
            returned = await two.events(stream, 255)
    assert opened["state"] is None
    assert [event["seq"] for event in stayed + returned] == list(range(1, 261))


async def test_guarantee_2_a_hole_is_read_from_the_log():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await two.open(stream)
        await sync_to_async(_append_without_telling)(stream, ann)
        await one.do(stream, "loud")
        events = await two.events(stream, 2)
    assert [(event["seq"], event["data"]["text"]) for event in events] == [(1, "quiet"), (2, "loud")]


def _append_without_telling(stream, person):
    from django.db import transaction

    from tests.support.live import NoteAdded

    listeners, log._listeners[:] = list(log._listeners), []
    try:
        with transaction.atomic():
            log.append(StreamId.parse(stream), NoteAdded("quiet"), by=person.pk, at=timezone.now())
    finally:
        log._listeners[:] = listeners


async def test_guarantee_3_idempotent():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    command = str(uuid.uuid4())
    async with client(ann) as one, client(ben) as two:
        first = await one.do(stream, "once", command)
        again = await one.do(stream, "once", command)
        other = await two.do(stream, "mine", command)
    assert first == again
    assert other["seq"] == 2
    assert await Event.objects.acount() == 2


async def test_guarantee_3_the_same_id_many_times_at_once():
    (ann,) = await people(1)
    stream = let_in(1, ann)
    command = str(uuid.uuid4())
    async with client(ann) as one:
        for _ in range(20):
            await one.start(stream, "once", command)
        answers = [await one.answer(command) for _ in range(20)]
    assert {answer["seq"] for answer in answers} == {1}
    assert await Receipt.objects.acount() == 1


async def test_guarantee_4_only_who_may():
    ann, ben, eve = await people(3)
    stream = let_in(1, ann, ben)
    let_in(2, eve)
    async with client(ann) as one, client(ben) as two, client(eve) as three:
        await two.open(stream)
        await three.send({"op": "open", "stream": stream, "after": None})
        refused = await three.next("refused")
        denied = await three.do(stream, "let me in")
        await one.do(stream, "among us")
        assert await two.events(stream, 1)
        await three.nothing("events")
    assert (refused["code"], denied["code"]) == ("not_found", "not_found")


async def test_guarantee_4_a_reader_who_may_not_write():
    ann, ben = await people()
    stream = let_in(1, ann)
    let_in(1, ben, write=False)
    async with client(ann) as one, client(ben) as two:
        assert (await one.do(stream, "yes"))["op"] == "done"
        assert (await two.do(stream, "no"))["code"] == "forbidden"
        assert (await two.open(stream))["head"] == 1


async def test_guarantee_4_revoked_within_a_second():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with (
        client(ann, await session_of(ann)) as one,
        client(ben, await session_of(ben)) as two,
    ):
        await one.open(stream)
        await two.open(stream)
        Notebook.readers[1].discard(ben.pk)
        await sync_to_async(access_changed)([ben.pk], timezone.now())
        assert (await two.next("closed", timeout=1))["code"] == "revoked"
        await one.do(stream, "without ben")
        assert await one.events(stream, 1)
        await two.nothing("events")
        await one.sees("left", ben)


async def test_guarantee_4_signed_out_within_a_second():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    session = await session_of(ben)
    async with client(ann, await session_of(ann)) as one, client(ben, session) as two:
        await two.open(stream)
        await session.aflush()
        await sync_to_async(access_changed)([ben.pk, ann.pk], timezone.now())
        assert await asyncio.wait_for(two.closed(), 1) == 4401
        assert (await one.open(stream))["here"] == [ann.pk]


async def test_guarantee_5_bounded_rate(settings):
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, command_burst=3, command_rate=1)
    (ann,) = await people(1)
    stream = let_in(1, ann)
    async with client(ann) as one:
        answers = [await one.do(stream, str(number)) for number in range(4)]
    assert [answer["op"] for answer in answers] == ["done", "done", "done", "refused"]
    assert answers[3]["code"] == "rate_limited"
    assert 0 < answers[3]["retry_after"] <= 1.2


async def test_guarantee_5_bounded_frame_and_sockets():
    (ann,) = await people(1)
    async with client(ann) as one:
        await one.send("x" * 70_000)
        assert await one.closed() == 4413
    from tests.support.live import Client

    open_ones = [await Client(ann).connect() for _ in range(settings.CONFIG.sockets_per_person)]
    extra = Client(ann)
    await extra._communicator.connect()
    assert await extra.closed() == 4409
    for one in open_ones:
        await one.leave()


async def test_guarantee_5_a_reader_that_never_acknowledges_is_cut_from_push(monkeypatch):
    from synergy.live import limits

    monkeypatch.setattr(limits, "UNACKNOWLEDGED_EVENTS", 10)
    ann, ben, cid = await people(3)
    stream = let_in(1, ann, ben, cid)
    async with client(ann) as one, client(ben) as two, client(cid) as three:
        await two.open(stream)
        await three.open(stream)
        for number in range(14):
            done = await one.do(stream, str(number))
            await three.events(stream, 1)
            await three.send({"op": "seen", "stream": stream, "seq": done["seq"]})
        await two.next("lagged", stream=stream)
        two.frames.clear()
        await three.nothing("lagged", 0.1)
        assert (await two.open(stream, after=5))["state"] is None
        assert [event["seq"] for event in await two.events(stream, 9)] == list(range(6, 15))


async def test_guarantee_6_redis_is_a_doorbell(monkeypatch):
    """The layer fails on every call; commands commit and followers hear of them all the same."""
    from channels.layers import get_channel_layer

    async def away(*args, **kwargs):
        raise ConnectionError("away")

    layer = get_channel_layer()
    for name in ("group_send", "group_add", "receive", "new_channel"):
        monkeypatch.setattr(layer, name, away)
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        await two.open(stream)
        assert (await one.do(stream, "alone"))["op"] == "done"
        assert len(await two.events(stream, 1)) == 1


async def test_guarantee_7_state_equals_log():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    async with client(ann) as one, client(ben) as two:
        texts = list((await two.open(stream))["state"]["texts"])
        for number in range(7):
            await one.do(stream, str(number))
        texts += [event["data"]["text"] for event in await two.events(stream, 7)]
        fresh = await one.open(stream)
    assert fresh["state"]["texts"] == texts
    assert fresh["head"] == 7


async def test_opening_in_the_middle_of_a_storm_misses_and_doubles_nothing():
    ann, *readers = await people(6)
    stream = let_in(1, ann, *readers)
    async with client(ann) as one:
        ids = [str(uuid.uuid4()) for _ in range(60)]

        async def storm():
            for command in ids[:40]:
                await one.start(stream, command, command)
                await asyncio.sleep(0.002)

        task = asyncio.create_task(storm())
        for reader in readers:
            async with client(reader) as two:
                opened = await two.open(stream)
                texts = list(opened["state"]["texts"])
                while len(texts) < 40:
                    texts += [event["data"]["text"] for event in await two.events(stream, 1)]
                assert texts == ids[:40]
        await task


async def test_guarantee_4_signing_out_on_one_device_leaves_the_other_in_the_room():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    phone = await session_of(ben)
    async with (
        client(ann, await session_of(ann)) as one,
        client(ben, await session_of(ben)) as laptop,
        client(ben, phone) as other,
    ):
        await one.open(stream)
        await laptop.open(stream)
        await other.open(stream)
        await phone.aflush()
        await sync_to_async(access_changed)([ben.pk], timezone.now())
        assert await asyncio.wait_for(other.closed(), 2) == 4401
        await one.do(stream, "still here?")
        assert await laptop.events(stream, 1)
        assert (await one.open(stream))["here"] == [ann.pk, ben.pk]


async def test_guarantee_4_a_revocation_that_met_a_fault_is_tried_again(monkeypatch):
    from synergy.live import access

    ann, ben = await people()
    stream = let_in(1, ann, ben)
    faults = iter([True, True])
    real = access.active_persons

    def fails_twice(persons):
        if next(faults, False):
            raise OperationalError("away")
        return real(persons)

    monkeypatch.setattr(access, "active_persons", fails_twice)
    async with client(ben, await session_of(ben)) as two:
        await two.open(stream)
        Notebook.readers[1].discard(ben.pk)
        await sync_to_async(access_changed)([ben.pk], timezone.now())
        assert (await two.next("closed", timeout=4))["code"] == "revoked"
