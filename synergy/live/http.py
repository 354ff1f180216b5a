"""Door 2: the live protocol over plain HTTP, for networks that block WebSockets and for scripts.

Requests come with the site's session cookie. A POST must be JSON from our own origin, which no
form or script of another site can send, so no CSRF token is needed.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from django.utils import translation
from django.utils.translation import gettext as _

from synergy.journal import log
from synergy.journal.facts import Entry, StreamId
from synergy.live import frames, limits, rates, streams
from synergy.live.access import session_key
from synergy.live.commands import stream_id
from synergy.live.feed import Follower
from synergy.live.process import LiveProcess, live_process
from synergy.live.refusals import STATUS, Refused, busy

logger = logging.getLogger(__name__)
PATH = re.compile(r"^/api/streams/(?P<stream>[^/]{1,60})/(?P<call>commands|events|state)/$")


class CommandBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a command: as the `do` frame, without op and stream."""

    id: UUID
    name: frames.Name
    data: msgspec.Raw


class EventsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`wait`: seconds to wait when there is nothing yet. `seen`: moves the read marker up to this number."""

    after: frames.Seq = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=limits.POLL_EVENTS)] = limits.POLL_EVENTS
    wait: Annotated[int, msgspec.Meta(ge=0, le=int(limits.POLL_WAIT))] = 0
    seen: frames.Seq | None = None


class EventsAnswer(msgspec.Struct, frozen=True):
    """`here` is null when this process does not know: nobody follows the stream here."""

    head: int
    events: list[frames.EventObject]
    here: list[int] | None


class StateAnswer(msgspec.Struct, frozen=True):
    head: int
    state: Any
    here: list[int] | None


class _Answer(Exception):
    """Ends the request with a status and a JSON body."""

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


async def live_http(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The ASGI application of the door. Needs `user` and `session` in the scope."""
    person = scope["user"]
    language = person.language if person.is_authenticated else "en"
    with translation.override(language):
        try:
            answer = await _answer(scope, receive)
        except _Answer as early:
            answer = early
        except DatabaseError:
            logger.warning("the database did not answer %s", scope["path"], exc_info=True)
            answer = _refused(busy())
        except Refused as refusal:
            answer = _refused(refusal)
    headers = {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-length": str(len(answer.body)),
        **answer.headers,
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body})


async def _answer(scope: dict[str, Any], receive: Any) -> _Answer:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    _check_host(headers)
    found = PATH.match(scope["path"])
    if found is None:
        raise Refused("not_found", _("There is nothing here with this address."))
    if not scope["user"].is_authenticated:
        raise _refused(Refused("forbidden", _("Sign in first.")), status=401)
    call = found["call"]
    wanted = "POST" if call == "commands" else "GET"
    if scope["method"] != wanted:
        raise _refused(
            Refused("malformed", _("Use %(method)s here.") % {"method": wanted}), status=405, allow=wanted
        )
    process = live_process()
    stream = stream_id(found["stream"])
    if call == "commands":
        _check_origin(headers)
        return await _command(process, scope, stream, await _body(receive))
    if call == "state":
        return await _state(process, scope, stream)
    return await _events(process, scope, receive, stream)


async def _command(process: LiveProcess, scope: dict[str, Any], stream: StreamId, raw: bytes) -> _Answer:
    try:
        body = msgspec.json.decode(raw, type=CommandBody)
    except msgspec.ValidationError as error:
        raise frames.invalid(error) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused("malformed", _("This body is not a JSON object.")) from None
    try:
        answer = await streams.submit(
            process, scope["user"], body.id, str(stream), body.name, bytes(body.data)
        )
        if isinstance(answer, Refused):
            raise answer
    except Refused as refusal:
        return _refused(refusal, command_id=str(body.id), stream=str(stream))
    return _Answer(200, msgspec.json.encode(answer))


async def _state(process: LiveProcess, scope: dict[str, Any], stream: StreamId) -> _Answer:
    rates.spend(scope["user"].pk, "poll", limits.POLL_RATE)
    kind = streams.kind_or_refusal(stream)
    head, state = await process.readers.run(streams.read_state, kind, scope["user"], stream)
    return _Answer(200, msgspec.json.encode(StateAnswer(head=head, state=state, here=_here(process, stream))))


async def _events(process: LiveProcess, scope: dict[str, Any], receive: Any, stream: StreamId) -> _Answer:
    rates.spend(scope["user"].pk, "poll", limits.POLL_RATE)
    query = _query(scope["query_string"])
    await process.readers.run(_check_may_read, scope["user"], stream)
    head, entries = await process.readers.run(_missed, stream, query)
    if not entries and query.wait:
        poll = Poll(scope, stream)
        if await poll.wait(process, receive, query):
            await process.readers.run(_check_may_read, scope["user"], stream)
            head, entries = await process.readers.run(_missed, stream, query)
    if query.seen:
        process.hub.seen_by(stream, scope["user"].pk, min(query.seen, head))
    wires = b",".join(frames.wires(entries))
    here = msgspec.json.encode(_here(process, stream))
    return _Answer(200, b'{"head":%d,"events":[%s],"here":%s}' % (head, wires, here))


class Poll:
    """One waiting request: a follower that only needs to be told that there is something."""

    def __init__(self, scope: dict[str, Any], stream: StreamId) -> None:
        self.person = scope["user"]
        self.session_key = session_key(scope.get("session"))
        self._stream = stream
        self._bell = asyncio.Event()

    async def push(self, text: str) -> None:
        if text.startswith('{"op":"events"'):
            self._bell.set()

    def streams(self) -> list[StreamId]:
        return [self._stream]

    async def revoke(self, stream: StreamId) -> None:
        self._bell.set()

    async def sign_out(self) -> None:
        self._bell.set()

    async def send_away(self) -> None:
        self._bell.set()

    async def wait(self, process: LiveProcess, receive: Any, query: EventsQuery) -> bool:
        """Until an event, `query.wait` seconds or the client's going. Whether it is worth to look again."""
        feed = await process.hub.feed(self._stream)
        follower = Follower(self, self.person.pk, query.after)
        feed.add(follower)
        process.connections[self] = None
        try:
            await feed.catch_up(follower)
            await self._bell_or_end(receive, query.wait)
        finally:
            process.connections.pop(self, None)
            feed.drop(follower, linger=limits.POLL_PRESENCE)
        return self._bell.is_set()

    async def _bell_or_end(self, receive: Any, seconds: float) -> None:
        tasks = [asyncio.create_task(self._bell.wait()), asyncio.create_task(_gone(receive))]
        try:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _check_may_read(person: Any, stream: StreamId) -> None:
    streams.find(streams.kind_or_refusal(stream), person, stream)


def _missed(stream: StreamId, query: EventsQuery) -> tuple[int, list[Entry]]:
    head = log.head(stream)
    return head, log.since(stream, query.after, query.limit) if head > query.after else []


def _here(process: LiveProcess, stream: StreamId) -> list[int] | None:
    feed = process.hub.feeds.get(stream)
    return sorted(feed.presence.here()) if feed else None


def _query(raw: bytes) -> EventsQuery:
    try:
        return msgspec.convert(
            dict(parse_qsl(raw.decode("ascii"), keep_blank_values=True)), EventsQuery, strict=False
        )
    except msgspec.ValidationError as error:
        raise frames.invalid(error) from None
    except (UnicodeError, ValueError):
        raise Refused("malformed", _("This address is not as it should be.")) from None


async def _body(receive: Any) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > limits.FRAME_BYTES:
            raise Refused("too_large", _("This is too long. Send less at once."))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return body


def _check_host(headers: Mapping[str, str]) -> None:
    domain, _port = split_domain_port(headers.get("host", ""))
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        raise Refused("malformed", _("This site does not answer to this host name."))


def _check_origin(headers: Mapping[str, str]) -> None:
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        raise Refused("forbidden", _("This request comes from another site."))
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("malformed", _("Send the body as application/json."))


def _refused(
    refusal: Refused,
    *,
    command_id: str | None = None,
    stream: str | None = None,
    status: int = 0,
    allow: str = "",
) -> _Answer:
    body = msgspec.json.encode(frames.refused_frame(refusal, command_id=command_id, stream=stream))
    headers = {name.lower(): value for name, value in refusal.headers.items()}
    if allow:
        headers["allow"] = allow
    return _Answer(status or STATUS[refusal.code], body, headers)
