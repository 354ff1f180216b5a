"""What nobody should send, sent to a real server: it says no in the protocol's words and goes on for everybody else."""

import asyncio
import http.client
import io
import json
import struct
import uuid
import zipfile
import zlib
from contextlib import ExitStack, asynccontextmanager

import msgspec
import psutil
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from synergy.journal.facts import StreamId
from synergy.live import frames
from synergy.live.refusals import Refused
from tests.support import installation

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def site():
    with ExitStack() as stack:
        yield installation.small(stack)


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


# Frames


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


# Texts


async def heard(one, **data):
    """What others see of a message, or the refusal."""
    answer = await one.post(**data)
    if answer["op"] == "refused":
        return answer
    await one.send({"op": "open", "stream": one.stream, "after": answer["seq"] - 1})
    return (await one.next("events"))["events"][0]["data"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("tab\tand\r\nline\rends", "tab\tand\nline\nends"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066left\u2067right\u2069", "leftright"),
        ("za\u0307z\u0300\u0301\u0302\u0303\u0304\u0305\u0306", None),
        ("e\u0301", "\u00e9"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('<img src=x onerror="alert(1)">', '<img src=x onerror="alert(1)">'),
        ("'; DROP TABLE rooms_message; --", "'; DROP TABLE rooms_message; --"),
        ("{{ request.user }} {% debug %} ${7*7}", "{{ request.user }} {% debug %} ${7*7}"),
        ("😀👩\u200d👩\u200d👧", "😀👩\u200d👩\u200d👧"),
        ("x" * 4_000, "x" * 4_000),
        ("\u0416" * 4_000, "\u0416" * 4_000),
    ],
    ids=[
        *["control characters", "line ends", "turned around", "isolates", "a heap of marks", "composed"],
        *["script", "image", "SQL", "templates", "joined emoji", "one long word", "one long Cyrillic word"],
    ],
)
async def test_text_is_kept_as_text(site, text, kept):
    async with client(site) as one:
        event = await heard(one, text=text)

    if kept is None:
        assert len(event["text"]) < len(text)
    else:
        assert event["text"] == kept
    assert "<" not in json.dumps([node for node in event["doc"] or [] if not isinstance(node, list)])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "invalid"),
        ({"text": ""}, "invalid"),
        ({"text": " \u200b\u2060\n"}, "invalid"),
        ({"text": "x" * 4_001}, "invalid"),
        ({"text": "x" * 60_000}, "invalid"),
        ({"text": None}, "invalid"),
        ({"text": ["a"]}, "invalid"),
        ({"text": "a", "html": "<b>"}, "invalid"),
        ({"text": "a", "lang": "xx"}, "invalid"),
        ({"text": "a", "root": -1}, "invalid"),
        ({"text": "a", "root": 2**63}, "invalid"),
        ({"text": "a", "root": 10**30}, "invalid"),
        ({"text": "a", "root": 9_000_000}, "not_found"),
        ({"text": "a", "mentions": list(range(1, 2_000))}, "invalid"),
        ({"text": "a", "mentions": [2**63]}, "invalid"),
        ({"text": "a", "files": [9_000_000]}, "invalid"),
        ([], "invalid"),
        ("text", "invalid"),
        (None, "invalid"),
    ],
)
async def test_data_of_a_message_is_refused(site, data, code):
    async with client(site) as one:
        answer = await one.command("message.post", data)

        assert (answer["op"], answer["code"]) == ("refused", code)
        assert answer["detail"]
        assert await one.is_answered()


async def test_link_with_script_is_no_link(site):
    async with client(site) as one:
        bad = await heard(
            one, text="[click](javascript:alert(1)) <javascript:alert(2)> [a](data:text/html,x)"
        )
        good = await heard(one, text="[click](https://example.org/)")

    assert '["a",' not in json.dumps(bad["doc"])
    assert '["a", "https://example.org/"' in json.dumps(good["doc"])


async def test_page_shows_script_as_text(site):
    async with client(site) as one:
        await one.post(text="</script><script>alert('page')</script><!-- <b>bold</b>")
    page = request(site, "GET", f"/rooms/{site.room}/").text

    assert "alert(" in page
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize(
    "text",
    [
        "*" * 4_000,
        "[" * 4_000,
        "> " * 2_000,
        "- " * 2_000,
        "`" * 3_999,
        "[a](" * 1_000,
        "**a " * 1_000,
        "@Person 1 " * 400,
        "https://a.b/" * 330,
    ],
    ids=["stars", "brackets", "quotes", "lists", "ticks", "links", "bold", "mentions", "addresses"],
)
async def test_markdown_that_is_hard_to_read_is_read_quickly(site, text):
    async with client(site) as one:
        start = asyncio.get_running_loop().time()
        answer = await one.post(text=text)

        assert answer["op"] == "done"
        assert asyncio.get_running_loop().time() - start < 1


# Doors


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


# Files


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, *, rows=1, extra=b""):
    """A picture of zeros: `rows` of its rows are really there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes((1 + 3 * width) * rows), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def archive(parts, *, claimed=None):
    """A zip file; with `claimed`, one that says its parts are that small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    content = bytearray(out.getvalue())
    at = content.find(b"PK\x01\x02")
    while claimed is not None and at >= 0:
        struct.pack_into("<I", content, at + 24, claimed)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


ZEROS = bytes(100 * MEGABYTE)
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
BOMBS = {
    "a document that unpacks to 100 MB": ("report.docx", archive({**WORD, "word/big.xml": ZEROS})),
    "a document that lies about its size": (
        "report.docx",
        archive({"[Content_Types].xml": ZEROS, "word/document.xml": ZEROS}, claimed=100),
    ),
    "a document of 20,000 parts": ("report.docx", archive(WORD | {f"x/{n}": b"" for n in range(20_000)})),
    "an archive": ("bomb.zip", archive({"a": ZEROS})),
    "an archive in a text": ("notes.txt", archive({"a": b"a"})),
    "a picture of 3,600 megapixels": ("map.png", png(60_000, 60_000)),
    "a picture as broad as can be": ("map.png", png(2**31 - 1, 1)),
    "a picture with a comment of 100 MB": (
        "map.png",
        png(2_000_000, 40, extra=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(ZEROS, 9))),
    ),
    "a GIF of 4,000 megapixels": ("map.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";"),
    "half a JPEG": ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50)),
    "a drawing with script": (
        "logo.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    ),
    "a page": ("page.html", b"<!doctype html><script>alert(1)</script>"),
    "a page that calls itself a picture": ("photo.png", b"<!doctype html><script>alert(1)</script>"),
    "a program that calls itself a text": ("notes.txt", b"MZ\x90\x00\x03" + bytes(100)),
    "nothing": ("nothing.txt", b""),
}


@pytest.mark.parametrize("what", BOMBS)
def test_file_that_is_not_taken(site, what):
    name, content = BOMBS[what]
    process = psutil.Process(site.site.pid)
    before = process.memory_info().rss

    answer = upload(site, name, content)

    assert answer.status in (400, 413)
    assert answer.json()["fields"]["file"]
    assert process.memory_info().rss - before < 60 * MEGABYTE


def test_file_that_is_taken(site):
    """The control: what is as it should be passes, with a name that leads nowhere else."""
    picture = upload(site, "../../etc/pass\x00wd.png", png(40, 30, rows=30))
    text = upload(site, "C:\\notes\u202etxt.exe.txt", "Zażółć gęślą jaźń".encode())

    assert (picture.status, picture.json()["width"], picture.json()["height"]) == (201, 40, 30)
    assert "/" not in picture.json()["name"]
    assert text.status == 201
    assert text.json()["name"] == "notestxt.exe.txt"


def test_file_that_is_too_large(site):
    answer = upload(site, "long.txt", b"a" * (11 * MEGABYTE))

    assert (answer.status, answer.json()["code"]) == (413, "too_large")


# HTTP


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
