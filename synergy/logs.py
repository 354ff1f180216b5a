"""What a process says about itself: one line per entry on stderr, for people or for programs.

Facts go beside the message, not into it: `logger.warning("reader dropped", extra={"person": 7})`.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

_ALWAYS_THERE = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Django puts whole requests and connections beside its messages.
_NOT_FACTS = frozenset({"request", "server_time", "sock", "params", "alias"})


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(record).items()
        if name not in _ALWAYS_THERE and name not in _NOT_FACTS
    }


def _time(record: logging.LogRecord) -> str:
    return (
        datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


class JsonLines(logging.Formatter):
    """`{"time", "level", "logger", "message", …facts, "exception"?}`."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """`time LEVEL logger: message fact=value`; a traceback takes more lines."""

    def format(self, record: logging.LogRecord) -> str:
        facts = "".join(f" {name}={value!r}" for name, value in _facts(record).items())
        # A line break in what a client sent must not look like an entry of ours.
        message = record.getMessage().replace("\n", "\\n").replace("\r", "\\r")
        line = f"{_time(record)} {record.levelname} {record.name}: {message}{facts}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def logging_settings(*, level: str, style: str) -> dict[str, Any]:
    """Django's `LOGGING`: everything from `level` up, as `text` or `json`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": "synergy.logs.TextLines"},
            "json": {"()": "synergy.logs.JsonLines"},
        },
        "filters": {"request": {"()": "synergy.tracing.AddRequest"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": style, "filters": ["request"]}
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            # Through the root, like all others.
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            "django.server": {"handlers": [], "level": "NOTSET", "propagate": True},
            # One line per query is for no level of the whole.
            "django.db.backends": {"level": "INFO"},
        },
    }
