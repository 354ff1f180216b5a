"""What the log of a gathering says."""

from __future__ import annotations

import json
from typing import Any

from synergy.journal import log
from synergy.journal.facts import StreamId


def told(stream: StreamId, after: int = 0) -> list[dict[str, Any]]:
    """The events after a number: name, by, data."""
    return [json.loads(entry.wire) for entry in log.since(stream, after, 10_000)]


def names(stream: StreamId, after: int = 0) -> list[str]:
    return [event["name"] for event in told(stream, after)]
