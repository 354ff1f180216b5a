"""How fast each person does what: counted in this process, whichever door or page they come through."""

from __future__ import annotations

import threading

from django.conf import settings
from django.utils.translation import gettext as _

from synergy.live.limits import Bucket, Rate
from synergy.live.refusals import Refused

_BUCKETS = 20_000
"""With more than this many, the full ones are dropped: a new one is as good."""
_buckets: dict[tuple[int, str], Bucket] = {}
# The doors are in the event loop, the pages in threads.
_lock = threading.Lock()


def spend(person: int, what: str, rate: Rate, count: int = 1) -> None:
    """Raises Refused (`rate_limited`) when the person does too much of `what`."""
    with _lock:
        wait = _bucket(person, what, rate).take(count)
    if wait:
        detail = _("This is very fast. Wait a moment, then try again.")
        raise Refused("rate_limited", detail, retry_after=round(wait, 1) + 0.1)


def spend_command(person: int) -> None:
    """Raises Refused (`rate_limited`)."""
    spend(person, "command", Rate(settings.CONFIG.command_rate, settings.CONFIG.command_burst))


def forget() -> None:
    """For tests: nobody has done anything yet."""
    with _lock:
        _buckets.clear()


def _bucket(person: int, what: str, rate: Rate) -> Bucket:
    bucket = _buckets.get((person, what))
    if bucket is None:
        if len(_buckets) > _BUCKETS:
            for key in [key for key, kept in _buckets.items() if kept.is_full]:
                del _buckets[key]
        bucket = _buckets[person, what] = Bucket(rate)
    return bucket
