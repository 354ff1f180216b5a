"""What nobody should send, sent to a real server: it says no in the protocol's words and goes on for everybody else."""

import asyncio
import json
import uuid
from contextlib import ExitStack

import msgspec
import psutil
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus

from synergy.journal.facts import StreamId
from synergy.live import frames
from synergy.live.refusals import Refused
from tests.support import installation
from tests.support.doors import client, heard, request

pytestmark = pytest.mark.once

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def site():
    with ExitStack() as stack:
        yield installation.small(stack)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "malformed"),
        ("hello", "malformed"),
        ('{"op":"ping"', "malformed"),
        ("[]", "malformed"),
        ("null", "malformed"),
        ('{"op":"ping","t":NaN}', "malformed"),
        ('{"op":"ping"}{"op":"ping"}', "malformed"),
        ("[" * 30_000, "malformed"),
        ('{"a":' * 10_000, "malformed"),
        (b'{"op":"ping"}', "malformed"),
        ({}, "unknown_op"),
        ({"op": "shutdown"}, "unknown_op"),
        ({"op": None}, "unknown_op"),
        ({"op": ["open"]}, "unknown_op"),
        ({"op": "open"}, "invalid"),
        ({"op": "open", "stream": 7}, "invalid"),
        ({"op": "open", "stream": "room:7", "state": True}, "invalid"),
        ({"op": "open", "stream": "room:1", "after": "1"}, "invalid"),
        ({"op": "open", "stream": "room:1", "after": 1.5}, "invalid"),
        ({"op": "open", "stream": "room:1", "after": -1}, "invalid"),
        ({"op": "open", "stream": "room:1", "after": 2**63}, "invalid"),
        ({"op": "open", "stream": "room:1", "after": 10**400}, "invalid"),
        ({"op": "open", "stream": "room:" + "9" * 30}, "not_found"),
        ({"op": "open", "stream": "room:0"}, "not_found"),
        ({"op": "open", "stream": "room:-1"}, "invalid"),
        ({"op": "open", "stream": "room:999999"}, "not_found"),
        ({"op": "open", "stream": "nothing:1"}, "not_found"),
        ({"op": "open", "stream": "room:1'--"}, "invalid"),
        ({"op": "do", "id": "1", "stream": "room:1", "name": "message.post", "data": {}}, "invalid"),
        ({"op": "seen", "stream": "room:1", "seq": -1}, "invalid"),
        ({"op": "seen", "stream": "room:1", "seq": 2**64}, "invalid"),
        ({"op": "signal", "stream": "room:1", "name": "typing", "data": {"a": [1]}}, "invalid"),
        ({"op": "signal", "stream": "room:1", "name": "typing", "data": {}}, "forbidden"),
    ],
    ids=lambda value: None if isinstance(value, str) and len(value) < 20 else "",
)
async def test_frame_is_refused_and_the_socket_goes_on(site, frame, code):
    async with client(site) as one:
        await one.send(frame)
        refused = await one.next("refused")

        assert refused["code"] == code
        assert refused["detail"]
        assert await one.is_answered()


async def test_huge_numbers_that_are_allowed_change_nothing(site):
    async with client(site) as one:
        await one.send({"op": "open", "stream": one.stream, "after": 2**63 - 1})
        opened = await one.next("opened", "refused")
        await one.send({"op": "seen", "stream": one.stream, "seq": 2**63 - 1})

        # A number that has not been given yet: the server does not know that client and gives it a fresh state.
        assert opened["op"] == "opened"
        assert opened["state"] is not None
        assert await one.is_answered()


@pytest.mark.parametrize(
    ("send", "codes"),
    [
        # Daphne hangs up on what breaks the rules of WebSocket, without a word.
        (lambda one: one.send("x" * 10 * MEGABYTE), {1006, 1009}),
        (lambda one: one.send(b"x" * 10 * MEGABYTE), {1006, 1009}),
        (lambda one: one.socket.send(b"\xff\xfe{}", text=True), {1006, 1007}),
        (lambda one: one.socket.send(b'{"op":"ping","t":"\xed\xa0\x80"}', text=True), {1006, 1007}),
        (lambda one: one.send("x" * 100_000), {4413}),
    ],
    ids=["10 MB of text", "10 MB of bytes", "no UTF-8", "half a letter", "100,000 characters"],
)
async def test_frame_that_ends_the_connection(site, send, codes):
    process = psutil.Process(site.site.pid)
    async with client(site) as one, client(site, 1) as other:
        before = process.memory_info().rss
        with pytest.raises(ConnectionClosed):
            await send(one)
            await one.socket.send("{}")
            while True:
                await asyncio.wait_for(one.socket.recv(), 10)

        assert one.socket.close_code in codes
        assert await other.is_answered()
        assert process.memory_info().rss - before < 30 * MEGABYTE


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda some: st.lists(some, max_size=4) | st.dictionaries(st.text(max_size=8), some, max_size=4),
    max_leaves=12,
)
near_frames = st.fixed_dictionaries(
    {"op": st.sampled_from(sorted(frames.OPS)) | json_values},
    optional={
        "id": st.uuids().map(str) | json_values,
        "stream": st.sampled_from(["room:1", "room:0", "x", "room:"]) | json_values,
        "name": st.just("message.post") | json_values,
        "data": json_values,
        "seq": json_values,
        "after": json_values,
        "t": json_values,
        "read": json_values,
    },
)


@given(near_frames.map(json.dumps) | st.text() | st.binary())
@example('{"op":"ping","t":' + "9" * 5000 + "}")
@example("\ud800")
@settings(max_examples=1_000)
def test_reading_a_frame_gives_a_frame_or_a_refusal(text):
    frames.id_in(text)
    frame = frame_or_refusal(text)

    if isinstance(frame, Refused):
        assert frame.code in {"malformed", "unknown_op", "invalid"}
        assert frame.detail
    else:
        assert frames.read_frame(msgspec.json.encode(frame)) == frame


def frame_or_refusal(text):
    try:
        return frames.read_frame(text)
    except Refused as refusal:
        return refusal


@given(st.text(max_size=60) | st.from_regex(r"[a-z_]{1,21}:-?[0-9]{1,21}", fullmatch=True))
@example("room:٣")
@example("room:9223372036854775808")
def test_reading_a_stream_id_gives_one_or_a_value_error(text):
    try:
        stream = StreamId.parse(text)
    except ValueError:
        return
    assert 0 < stream.key < 2**63
    assert StreamId.parse(str(stream)) == stream


async def test_own_origin_is_let_in_and_another_is_not(site):
    async with client(site) as one:
        assert await one.is_answered()
    for origin in ("https://evil.example", "http://127.0.0.1.evil.example", "null"):
        with pytest.raises(InvalidStatus, match="403"):
            async with client(site, origin=origin):
                pass


@pytest.mark.parametrize(
    "cookie",
    ["sessionid=", "sessionid=" + "a" * 32, "sessionid=" + "a" * 5_000, "x=y", "sessionid=../../etc"],
)
async def test_cookie_of_nobody(site, cookie):
    async with client(site, cookie=cookie) as one:
        assert await one.close_code() == 4401


async def test_expired_cookie(site):
    expired = site.stage("expired_session", site.person(5))["cookie"]
    async with client(site, cookie=expired) as one:
        assert await one.close_code() == 4401
    assert request(site, "GET", f"/api/streams/{site.stream}/state/", cookie=expired).status == 401


async def test_ids_of_another_cohort_look_like_nothing(site):
    elsewhere = site.company["elsewhere"]
    async with client(site, cookie=elsewhere["cookie"]) as stranger:
        theirs = await stranger.command("message.post", {"text": "ours alone"}, stream=elsewhere["stream"])
    room = elsewhere["stream"].partition(":")[2]

    async with client(site) as one:
        await one.send({"op": "open", "stream": elsewhere["stream"], "after": None})
        opened = await one.next("opened", "refused")
        posted = await one.command("message.post", {"text": "let me in"}, stream=elsewhere["stream"])
        removed = await one.command("message.remove", {"message": theirs["seq"]}, stream=elsewhere["stream"])
        absent = await one.command("message.post", {"text": "let me in"}, stream="room:999999")
        mention = await heard(one, text="@Stranger", mentions=[elsewhere["person"]])

    assert theirs["op"] == "done"
    for refused in (opened, posted, removed):
        assert (refused["code"], refused["detail"]) == (absent["code"], absent["detail"])
        assert refused["code"] == "not_found"
    assert mention["mentions"] == []
    for path in (f"/rooms/{room}/", f"/api/rooms/{room}/messages/", f"/api/streams/room:{room}/events/"):
        assert request(site, "GET", path).status == 404
        assert request(site, "GET", path, cookie=elsewhere["cookie"]).status == 200


@pytest.mark.parametrize(
    "query",
    [
        *["before=-1", "after=-1", "around=x", "before=" + "9" * 40, "limit=0", "limit=100000", "limit=-5"],
        *[
            "date=2026-13-45",
            "date=0000-00-00",
            "thread=0",
            "after=1&before=1",
            "before=1%00",
            "before=%D9%A1",
        ],
    ],
)
def test_history_asked_for_wrongly(site, query):
    answer = request(site, "GET", f"/api/rooms/{site.room}/messages/?{query}")

    assert answer.status in (400, 404)
    assert answer.json()["op"] == "refused"


@pytest.mark.parametrize(
    "query",
    ["after=-1", "after=x", "after=" + "9" * 30, "limit=0", "limit=5000", "wait=-1", "wait=9999", "%ff=1"],
)
def test_events_asked_for_wrongly(site, query):
    answer = request(site, "GET", f"/api/streams/{site.stream}/events/?{query}")

    assert (answer.status, answer.json()["op"]) == (400, "refused")


@pytest.mark.parametrize(
    "path", ["rooms/-1/", "rooms/0/", "rooms/" + "9" * 40 + "/", "files/" + "9" * 19 + "/"]
)
def test_number_that_is_no_room_or_file(site, path):
    assert request(site, "GET", f"/{path}").status == 404


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b"null", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b'{"id":1}', {}, 400),
        (b'{"id":"%s","name":"message.burn","data":{}}' % str(uuid.uuid4()).encode(), {}, 404),
        (
            b'{"id":"%s","name":"message.post","data":{"text":"a"},"by":1}' % str(uuid.uuid4()).encode(),
            {},
            400,
        ),
        (b"[" * 60_000, {}, 400),
        (b" " * 70_000, {}, 413),
        (b"{}", {"Content-Type": "text/plain"}, 400),
        (b"{}", {"Origin": "https://evil.example"}, 403),
        (b"{}", {"Origin": "null"}, 403),
        (b"{}", {"Host": "evil.example"}, 400),
    ],
    ids=[
        *[
            "cut off",
            "list",
            "null",
            "no UTF-8",
            "no uuid",
            "unknown command",
            "unknown field",
            "deep",
            "long",
        ],
        *["form", "other origin", "origin of nobody", "other host"],
    ],
)
def test_body_of_a_command_is_refused(site, body, headers, status):
    headers = {"Content-Type": "application/json", **headers}
    answer = request(site, "POST", f"/api/streams/{site.stream}/commands/", body=body, headers=headers)

    assert answer.status == status, answer.text
    assert answer.json()["op"] == "refused"


def test_body_of_10_mb_is_refused(site):
    process = psutil.Process(site.site.pid)
    before = process.memory_info().rss
    headers = {"Content-Type": "application/json"}
    path = f"/api/streams/{site.stream}/commands/"
    answer = request(site, "POST", path, body=b" " * 10 * MEGABYTE, headers=headers)

    assert answer.status == 413
    assert process.memory_info().rss - before < 30 * MEGABYTE
