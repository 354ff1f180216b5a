"""Door 2: the same rules and answers as door 1, over plain HTTP."""

import asyncio
import json
import uuid

import pytest
from asgiref.sync import sync_to_async
from channels.testing import HttpCommunicator
from django.contrib.auth.models import AnonymousUser

from synergy.live.http import live_http
from synergy.live.process import live_process
from tests.factories import make_person
from tests.support.live import Notebook, client, let_in

pytestmark = pytest.mark.django_db(transaction=True)


async def people(count=2):
    return [await sync_to_async(make_person)() for _ in range(count)]


async def ask(person, method, path, body=None, timeout=5, **headers):
    """(status, JSON answer, headers)"""
    sent = {"host": "testserver", "content-type": "application/json", **headers}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
    communicator = HttpCommunicator(
        live_http, method, path, raw, [(name.encode(), value.encode()) for name, value in sent.items()]
    )
    communicator.scope.update(user=person, session=None)
    answer = await communicator.get_response(timeout=timeout)
    return answer["status"], json.loads(answer["body"]), dict(answer["headers"])


def command(text):
    return {"id": str(uuid.uuid4()), "name": "note.add", "data": {"text": text}}


async def test_a_command_is_done_once_and_heard_at_the_other_door():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    body = command("by post")
    async with client(ben) as two:
        await two.open(stream)
        first = await ask(ann, "POST", f"/api/streams/{stream}/commands/", body)
        again = await ask(ann, "POST", f"/api/streams/{stream}/commands/", body)
        (event,) = await two.events(stream, 1)
    assert first[0] == 200
    assert first[1] == again[1] == {"op": "done", "id": body["id"], "stream": stream, "seq": 1, "data": None}
    assert (event["by"], event["data"]) == (ann.pk, {"text": "by post"})


async def test_events_and_state():
    (ann,) = await people(1)
    stream = let_in(1, ann)
    for number in range(3):
        await ask(ann, "POST", f"/api/streams/{stream}/commands/", command(str(number)))
    _status, events, _headers = await ask(ann, "GET", f"/api/streams/{stream}/events/?after=1&limit=1")
    assert (events["head"], [event["seq"] for event in events["events"]]) == (3, [2])
    _status, state, _headers = await ask(ann, "GET", f"/api/streams/{stream}/state/")
    assert (state["head"], state["state"]) == (3, {"texts": ["0", "1", "2"]})


async def test_a_long_poll_answers_when_something_happens_and_counts_as_presence():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    poll = asyncio.create_task(ask(ben, "GET", f"/api/streams/{stream}/events/?after=0&wait=20", timeout=20))
    async with client(ann) as one:
        opened = await one.open(stream)
        while ben.pk not in opened["here"]:
            opened = await one.open(stream)
        await one.do(stream, "wake up")
        status, answer, _headers = await asyncio.wait_for(poll, 15)
    assert (status, answer["head"], len(answer["events"])) == (200, 1, 1)
    assert ben.pk in answer["here"]


async def test_a_long_poll_with_nothing_ends_by_itself():
    (ann,) = await people(1)
    stream = let_in(1, ann)
    status, answer, _headers = await ask(ann, "GET", f"/api/streams/{stream}/events/?wait=1")
    assert (status, answer["events"]) == (200, [])


async def test_a_long_poll_of_somebody_who_lost_the_right_ends():
    ann, ben = await people()
    stream = let_in(1, ann, ben)
    polls = [
        asyncio.create_task(ask(person, "GET", f"/api/streams/{stream}/events/?wait=3", timeout=30))
        for person in (ann, ben)
    ]
    await asyncio.sleep(0.2)
    Notebook.readers[1].discard(ben.pk)
    for connection in list(live_process().connections):
        if connection.person == ben:
            await connection.revoke(connection.streams()[0])
    assert (await polls[1])[0] == 404
    assert (await polls[0])[0] == 200


async def test_the_read_marker_moves_with_a_poll():
    (ann,) = await people(1)
    stream = let_in(1, ann)
    await ask(ann, "POST", f"/api/streams/{stream}/commands/", command("one"))
    await ask(ann, "GET", f"/api/streams/{stream}/events/?after=1&seen=99")
    await live_process().hub._mark_seen()
    assert Notebook.marks == {(ann.pk, 1): 1}


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "code"),
    [
        ("POST", "commands/", b"{", {}, 400, "malformed"),
        ("POST", "commands/", b"[]", {}, 400, "invalid"),
        ("POST", "commands/", {"id": "7", "name": "note.add"}, {}, 400, "invalid"),
        ("POST", "commands/", {**command("x"), "more": 1}, {}, 400, "invalid"),
        ("POST", "commands/", {**command("x"), "data": {"text": 7}}, {}, 400, "invalid"),
        ("POST", "commands/", {**command("x"), "name": "note.burn"}, {}, 404, "unknown_command"),
        ("POST", "commands/", b" " * 70_000, {}, 413, "too_large"),
        ("POST", "commands/", command("x"), {"content-type": "text/plain"}, 400, "malformed"),
        ("POST", "commands/", command("x"), {"origin": "https://evil.example"}, 403, "forbidden"),
        ("POST", "commands/", command("x"), {"host": "evil.example"}, 400, "malformed"),
        ("GET", "commands/", None, {}, 405, "malformed"),
        ("POST", "state/", None, {}, 405, "malformed"),
        ("GET", "events/?after=-1", None, {}, 400, "invalid"),
        ("GET", "events/?after=99999999999999999999", None, {}, 400, "invalid"),
        ("GET", "events/?after=x", None, {}, 400, "invalid"),
        ("GET", "events/?limit=100000", None, {}, 400, "invalid"),
        ("GET", "events/?what=1", None, {}, 400, "invalid"),
        ("GET", "nothing/", None, {}, 404, "not_found"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(method, path, body, headers, status, code):
    (ann,) = await people(1)
    stream = let_in(1, ann)
    answer = await ask(ann, method, f"/api/streams/{stream}/{path}", body, **headers)
    assert (answer[0], answer[1]["op"], answer[1]["code"]) == (status, "refused", code)
    assert answer[1]["detail"]
    _status, events, _headers = await ask(ann, "GET", f"/api/streams/{stream}/events/")
    assert events["head"] == 0


async def test_who_may_not():
    ann, eve = await people()
    stream = let_in(1, ann)
    for path in ("events/", "state/"):
        assert (await ask(ann, "GET", f"/api/streams/{stream}/{path}"))[0] == 200
        assert (await ask(eve, "GET", f"/api/streams/{stream}/{path}"))[0] == 404
        assert (await ask(AnonymousUser(), "GET", f"/api/streams/{stream}/{path}"))[0] == 401
    assert (await ask(eve, "POST", f"/api/streams/{stream}/commands/", command("x")))[0] == 404
    for nothing in ("note:0", "note:x", "ghost:1", "note:1:2"):
        assert (await ask(ann, "GET", f"/api/streams/{nothing}/state/"))[0] == 404
