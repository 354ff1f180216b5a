"""One number for what one person did: in the answer, in the log, and in the statements that reach PostgreSQL.

A page or a request of the API has a number made here, or the one that the proxy in front put into
`X-Request-ID`. A live command has its own: the UUID that the client made.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

HEADER = "X-Request-ID"
_current: ContextVar[str] = ContextVar("request_id", default="")
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")


def current_request() -> str:
    """The number of what runs here, or an empty text when nobody asked for it."""
    return _current.get()


def number_for(offered: str | None) -> str:
    """What the proxy offered, when it can stand in a log and in a statement as it is; else a new number."""
    return offered if offered and _WELL_FORMED.fullmatch(offered) else uuid.uuid4().hex


@contextmanager
def traced(number: str) -> Iterator[None]:
    """What runs inside carries `number`."""
    token = _current.set(number)
    try:
        yield
    finally:
        _current.reset(token)


class AddRequest(logging.Filter):
    """Puts `request_id` beside each entry that belongs to a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if number := current_request():
            record.request_id = number
        return True


def mark_statements(connection: Any, **_: Any) -> None:
    """Each statement on this connection names its request, for PostgreSQL's log and `pg_stat_activity`."""
    if connection.vendor == "postgresql" and _with_number not in connection.execute_wrappers:
        connection.execute_wrappers.append(_with_number)


def _with_number(execute: Callable[..., Any], sql: Any, params: Any, *rest: Any) -> Any:
    number = current_request()
    if number and isinstance(sql, str):
        sql = f"/* {number} */ {sql}"
    return execute(sql, params, *rest)
