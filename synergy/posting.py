"""One request to a receiver of webhooks or a push service: to public addresses over TLS, within some seconds, without following anything."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from synergy.outward import NotPublic, Unreachable, ask, public_address

PATIENCE = 15.0
"""Seconds for all of it."""
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
        parts = address_of(url)
        answer = ask("POST", parts, headers=headers, body=body, look_up=look_up, patience=PATIENCE)
        return Answer(answer.status, "")
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
