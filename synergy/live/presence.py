"""Who is in a stream, per person, over all processes.

Each process tells the others whom it serves: at once when that changes, and every few seconds
so that the people of a killed process are gone when its beats stop.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable

from synergy.live import limits


class Presence:
    """Presence in one stream, as seen from this process. Persons are ids, times are monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sockets: Counter[int] = Counter()
        self._lingering: dict[int, float] = {}
        self._elsewhere: dict[str, tuple[frozenset[int], float]] = {}
        self._announced: frozenset[int] = frozenset()

    def enter(self, person: int) -> None:
        self._sockets[person] += 1
        self._lingering.pop(person, None)

    def leave(self, person: int, *, linger: float = limits.PRESENCE_LINGER) -> None:
        self._sockets[person] -= 1
        if self._sockets[person] <= 0:
            del self._sockets[person]
            if linger:
                self._lingering[person] = self._clock() + linger

    def hear(self, process: str, people: Iterable[int]) -> None:
        """What another process says of itself; it holds until PRESENCE_EXPIRY."""
        self._elsewhere[process] = (frozenset(people), self._clock() + limits.PRESENCE_EXPIRY)

    def served_here(self) -> list[int]:
        """Those whom this process serves, for the other processes."""
        now = self._clock()
        self._lingering = {person: until for person, until in self._lingering.items() if until > now}
        return sorted({*self._sockets, *self._lingering})

    def here(self) -> frozenset[int]:
        return frozenset(self.served_here()).union(*(people for people, _until in self._elsewhere.values()))

    def expire(self, *, keep_others: bool) -> None:
        """Drops the processes that have not been heard of; `keep_others` while nobody can be heard."""
        now = self._clock()
        if keep_others:
            self._elsewhere = {
                name: (people, max(until, now + 5)) for name, (people, until) in self._elsewhere.items()
            }
            return
        self._elsewhere = {name: entry for name, entry in self._elsewhere.items() if entry[1] > now}

    def changes(self) -> tuple[list[int], list[int]]:
        """Who joined and who left since the last call."""
        here = self.here()
        joined, left = sorted(here - self._announced), sorted(self._announced - here)
        self._announced = here
        return joined, left

    @property
    def is_empty(self) -> bool:
        return not self._sockets and not self._lingering
