"""Both doors of a real process, for what a well-behaved client would never send."""

from __future__ import annotations

import asyncio
import http.client
import json
import uuid
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


class Client:
    """A socket that sends anything, and the answers to it."""

    def __init__(self, socket, stream):
        self.socket = socket
        self.stream = stream

    async def send(self, frame):
        await self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def next(self, *ops):
        async with asyncio.timeout(5):
            while (frame := json.loads(await self.socket.recv()))["op"] not in ops:
                pass
            return frame

    async def post(self, **data):
        return await self.command("message.post", data)

    async def command(self, name, data, *, stream=None, command_id=None):
        key = command_id or str(uuid.uuid4())
        await self.send({"op": "do", "id": key, "stream": stream or self.stream, "name": name, "data": data})
        return await self.next("done", "refused")

    async def is_answered(self):
        """Whether this socket still serves, which is the point of a refusal."""
        await self.send({"op": "ping", "t": 1})
        return (await self.next("pong"))["t"] == 1

    async def close_code(self):
        async with asyncio.timeout(10):
            try:
                while True:
                    await self.socket.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006


@asynccontextmanager
async def client(site, number=0, *, cookie=None, origin=None):
    async with connect(
        site.site.socket_url,
        origin=origin or site.site.url,
        subprotocols=["synergy.v1"],
        additional_headers={"Cookie": cookie or site.company["cookies"][number]},
        compression=None,
        max_size=None,
    ) as socket:
        yield Client(socket, site.stream)


async def heard(one, **data):
    """What others see of a message, or the refusal."""
    answer = await one.post(**data)
    if answer["op"] == "refused":
        return answer
    await one.send({"op": "open", "stream": one.stream, "after": answer["seq"] - 1})
    return (await one.next("events"))["events"][0]["data"]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


def request(site, method, path, *, body=None, headers=None, cookie=None):
    connection = http.client.HTTPConnection("127.0.0.1", site.site.port, timeout=20)
    try:
        own = {"Cookie": cookie or site.company["cookies"][0], "Origin": site.site.url}
        connection.request(method, path, body=body, headers={**own, **(headers or {})})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def upload(site, name, content):
    page = request(site, "GET", f"/rooms/{site.room}/")
    token = page.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0]
    quoted = name.replace('"', "%22").replace("\x00", "")
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n%s\r\n--edge--\r\n"
    ) % (quoted.encode(), content)
    headers = {
        "Content-Type": "multipart/form-data; boundary=edge",
        "X-CSRFToken": token,
        "Cookie": f"{site.company['cookies'][0]}; csrftoken={token}",
    }
    return request(site, "POST", f"/api/rooms/{site.room}/files/", body=body, headers=headers)
