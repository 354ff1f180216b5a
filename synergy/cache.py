"""The cache of several processes. Redis is a doorbell: pages must open and people sign in while it is away.

What is kept here are rate limits and signs of life. While Redis does not answer, each process
keeps its own in memory, so that guessing stays limited; nothing of that is carried over.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

TIMEOUT = 0.5
"""Seconds that a request waits for Redis."""
PAUSE = 2.0
"""Seconds until Redis is asked again; between, no request waits for it."""

# Address → when to ask again. Django makes a cache per thread, and all of them meet the same outage.
_away: dict[str, float] = {}


def _lenient(name: str) -> Any:
    """The method of this name, which never raises because Redis is away."""

    def ask(self: LenientRedisCache, *args: Any, **options: Any) -> Any:
        spare = getattr(self.spare, name)
        if time.monotonic() < _away.get(self.address, 0):
            return spare(*args, **options)
        try:
            answer = getattr(RedisCache, name)(self, *args, **options)
        except RedisError as error:
            if self.address not in _away:
                logger.warning("Redis is away, so each process counts by itself: %s", error)
            _away[self.address] = time.monotonic() + PAUSE
            return spare(*args, **options)
        if _away.pop(self.address, None):
            logger.info("Redis is back")
        return answer

    return ask


class LenientRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
        super().__init__(server, {**params, "OPTIONS": {**patience, **params.get("OPTIONS", {})}})
        self.address = server
        self.spare = LocMemCache("while-redis-is-away", {})

    add = _lenient("add")
    get = _lenient("get")
    set = _lenient("set")
    touch = _lenient("touch")
    delete = _lenient("delete")
    has_key = _lenient("has_key")
    incr = _lenient("incr")
    get_many = _lenient("get_many")
    set_many = _lenient("set_many")
    delete_many = _lenient("delete_many")
    clear = _lenient("clear")
