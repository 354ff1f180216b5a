"""One request to a receiver: to public addresses over TLS, within some seconds, without following anything."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Mapping
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from synergy.outward import NotPublic, Unreachable, connect, public_address, request_path

WAIT, PATIENCE = 5.0, 15.0
"""Seconds for each step, and for all of it."""
LOOPBACK = ("127.0.0.1", "localhost")


class Answer(NamedTuple):
    """`status` is null when there was none; `said` then tells why."""

    status: int | None
    said: str


def address_of(url: str) -> SplitResult:
    """Raises ValueError when nothing may be sent there, whatever the name resolves to."""
    parts = urlsplit(url)
    is_plain = parts.scheme == "http" and settings.HOOKS_REACH_LOOPBACK
    if not (parts.scheme == "https" or is_plain) or not parts.hostname or parts.username is not None:
        raise ValueError(url)
    parts.port  # noqa: B018 - raises ValueError
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    try:
        return Answer(_post(address_of(url), body, headers), "")
    except NotPublic:
        return Answer(None, "The address does not lead into the public network.")
    except Unreachable:
        return Answer(None, "The name cannot be looked up just now.")
    except (OSError, HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:200])


def look_up(host: str, port: int) -> str:
    if settings.HOOKS_REACH_LOOPBACK and host in LOOPBACK:
        return "127.0.0.1"
    return public_address(host, port)


def _post(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    connection = connect(parts, look_up, WAIT)
    limit = threading.Timer(PATIENCE, _cut, [connection.sock])
    limit.start()
    try:
        connection.request("POST", request_path(parts), body, {"Host": parts.netloc, **headers})
        return connection.getresponse().status
    finally:
        limit.cancel()
        connection.close()


def _cut(line: socket.socket) -> None:
    """A receiver that sends a letter now and then must not hold the worker."""
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
