"""Every bound of the live protocol, in one place. Sizes are bytes, times are seconds.

Who copes when a bound is reached: a sender gets a refusal and tries again; a reader that is
too slow is cut from push (`lagged`) and reads from the log when it can.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

FRAME_BYTES = 64 * 1024
"""Largest frame or HTTP body taken from a client."""
STREAMS_PER_SOCKET = 24
QUEUED_COMMANDS = 2_000
"""Commands waiting in one process; past it they are refused as `busy`."""
QUEUED_PER_SOCKET = 64
BATCH_COMMANDS = 64
BATCH_WAIT = 0.005
BATCH_WAIT_SHARED = 0.010
"""Of one of several processes: each has fewer commands, and the larger its commits, the larger its frames."""
UNACKNOWLEDGED_EVENTS = 1_000
UNACKNOWLEDGED_BYTES = 1024 * 1024
UNREAD_BYTES = 8 * 1024 * 1024
"""What opening streams may send to one socket before it acknowledges anything; past it nothing more is opened."""
CHUNK_EVENTS = 100
"""Events in one frame of a replay."""
CHUNK_SHARED = 1.0
"""For how long what was read for one replay serves others who miss the same."""
CHUNKS_SHARED = 64
QUEUED_ANNOUNCEMENTS = 10_000
"""Entries and signals on their way to other processes; past it the oldest are dropped: `head` heals."""
HOLE_WAIT = 0.05
"""How long an event that came early waits for the one before it, until that is read from the log."""
HEARTBEAT = 15.0
ACCESS_POLL = 0.5
ACCESS_SWEEP = 60.0
TICK = 0.5
PRESENCE_GATHER = 0.3
PRESENCE_LINGER = 1.5
"""How long somebody stays in presence after their last socket has gone, so that a reload shows nothing."""
PRESENCE_BEAT = 5.0
PRESENCE_EXPIRY = 15.0
"""After this long without a beat the people of another process are gone."""
ACTIVITY_GATHER = 1.0
SEEN_GATHER = 0.3
IDLE_SOCKET = 120.0
"""A socket without any frame from the client for this long is closed."""
POLL_WAIT = 25.0
POLL_PRESENCE = 10.0
"""How long a long-polling client counts as present between two polls."""
POLL_EVENTS = 200
RECEIPT_DAYS = 14
"""How long the answer to a command is kept for a client that asks again."""
TIDY = 3600.0


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then `per_second`."""

    per_second: float
    burst: int


def frame_rate(command_rate: int, command_burst: int) -> Rate:
    """Frames of one socket: room for its commands, acknowledgements, pings and moves between rooms."""
    return Rate(per_second=50 + 2 * command_rate, burst=200 + 2 * command_burst)


OPEN_RATE = Rate(per_second=2, burst=40)
SIGNAL_RATE = Rate(per_second=2, burst=10)
POLL_RATE = Rate(per_second=5, burst=60)
REPLAY_RATE = Rate(per_second=1, burst=40)
"""In units of REPLAY_UNIT missed events. Replays go out unacknowledged, so this bounds what may wait for one person."""
REPLAY_UNIT = 500
SIGNAL_FIELDS = 8
SIGNAL_TEXT = 200


class Bucket:
    """A token bucket: `take` says how long to wait, 0 when the tokens were there."""

    __slots__ = ("_at", "_rate", "_tokens")

    def __init__(self, rate: Rate, now: float | None = None) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._at = time.monotonic() if now is None else now

    def take(self, count: int = 1, now: float | None = None) -> float:
        moment = time.monotonic() if now is None else now
        self._tokens = min(self._rate.burst, self._tokens + (moment - self._at) * self._rate.per_second)
        self._at = moment
        if self._tokens < count:
            return (count - self._tokens) / self._rate.per_second
        self._tokens -= count
        return 0.0

    @property
    def is_full(self) -> bool:
        return self._tokens + (time.monotonic() - self._at) * self._rate.per_second >= self._rate.burst
