"""A server that is asked to stop takes its leave: clients are told to come back, and what was taken is kept."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.faults.load import Load, assert_nothing_lost

pytestmark = pytest.mark.timeout(300)


async def test_a_server_that_stops_sends_its_clients_away_and_keeps_what_it_took(small):
    async with small.tab(0) as writer, small.tab(1) as reader:
        async with Load([writer]) as load:
            await load.grows_by(20, within=60)
            code = asyncio.create_task(close_code(small, 2))
            await asyncio.sleep(1)
            small.site.process.terminate()
            assert await asyncio.wait_for(code, 10) == 4503
            await asyncio.to_thread(small.site.process.wait, 10)
            await asyncio.to_thread(small.site.start)
            await load.grows_by(20, within=60)
        assert await reader.until(max(load.done.values()), 30)
    assert_nothing_lost(small, load, [writer, reader])
    await read_in_the_last_second(small)
    assert "Traceback" not in small.site.said()


async def read_in_the_last_second(small):
    """What was read right before the stop is read after it."""
    async with small.tab(0) as writer:
        answer = await writer.do("message.post", {"text": "read me"})
        assert await writer.until(answer["seq"], 5)
    async with socket(small, 1) as reader:
        await reader.send(json.dumps({"op": "open", "stream": small.stream, "after": None}))
        while json.loads(await reader.recv())["op"] != "opened":
            pass
        await reader.send(json.dumps({"op": "seen", "stream": small.stream, "seq": answer["seq"]}))
        await reader.send(json.dumps({"op": "ping", "t": 1}))
        while json.loads(await reader.recv())["op"] != "pong":
            pass
        small.site.process.terminate()
        await asyncio.to_thread(small.site.process.wait, 10)
    await asyncio.to_thread(small.site.start)
    async with socket(small, 1) as reader:
        await reader.send(json.dumps({"op": "open", "stream": small.stream, "after": None}))
        while (frame := json.loads(await reader.recv()))["op"] != "opened":
            pass
    assert frame["state"]["read"] == answer["seq"]


def socket(installation, number):
    site = installation.site
    return connect(
        site.socket_url,
        subprotocols=["synergy.v1"],
        origin=site.url,
        additional_headers={"Cookie": installation.company["cookies"][number]},
    )


async def close_code(installation, number):
    async with socket(installation, number) as one:
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await one.recv()
        return closed.value.rcvd.code
