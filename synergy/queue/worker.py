"""Does the tasks: a loop in one thread that takes them, and a few threads that do them."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, connections
from django.utils import timezone

from synergy.queue import claims
from synergy.queue.backend import awake
from synergy.queue.schedule import take_turns

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""So that one long import does not keep everybody's mail waiting."""
LOOK = 1.0
"""Seconds between looks at the queue when nobody says that there is something."""
TURNS = 20.0


class Worker:
    """One per process. `run` until `stop` is called from another thread."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._is_stopping = threading.Event()
        self._has_ended = threading.Event()
        self._under_way: dict[UUID, threading.Thread] = {}
        self._last_beat = self._last_turns = float("-inf")

    def run(self) -> None:
        is_new = True
        while not self._is_stopping.is_set():
            awake.clear()
            try:
                if is_new:
                    claims.put_back_what_nobody_does()
                is_new = False
                self._look()
            except (DatabaseError, InterfaceError):
                logger.warning("the queue could not be read; trying again", exc_info=True)
                connection.close()
            except Exception:
                logger.exception("the queue stumbled; trying again")
            awake.wait(LOOK)
        connections.close_all()
        self._has_ended.set()

    def leave(self) -> None:
        """Takes nothing more, and `run` ends."""
        self._is_stopping.set()
        awake.set()

    def stop(self, within: float) -> None:
        """Leaves and waits for what is under way; what takes longer than `within` seconds others may have."""
        self.leave()
        deadline = time.monotonic() + within
        self._has_ended.wait(within)
        for thread in list(self._under_way.values()):
            thread.join(max(0.0, deadline - time.monotonic()))
        if self._under_way:
            claims.put_back_all_of(self.name)
            connections.close_all()

    def _look(self) -> None:
        self._every_so_often()
        while len(self._under_way) < AT_ONCE and not self._is_stopping.is_set():
            row = claims.claim_next(self.name, timezone.now())
            if row is None:
                return
            thread = threading.Thread(target=self._do, args=(row,), name=f"task-{row.pk}", daemon=True)
            self._under_way[row.pk] = thread
            thread.start()

    def _every_so_often(self) -> None:
        if self._under_way and time.monotonic() - self._last_beat > claims.BEAT:
            self._last_beat = time.monotonic()
            claims.beat(self.name, timezone.now())
        if time.monotonic() - self._last_turns > TURNS:
            self._last_turns = time.monotonic()
            doing = set(self._under_way)
            claims.put_back_of_the_dead(timezone.now(), worker=self.name, doing=doing)
            take_turns(timezone.now())

    def _do(self, row: claims.Row) -> None:
        try:
            claims.do(row)
        except Exception:
            logger.exception("how task %s %s ended could not be saved", row.task_path, row.pk)
        finally:
            connections.close_all()
            self._under_way.pop(row.pk, None)
            awake.set()


def work_off() -> int:
    """Does all that is due, in this thread. How many tasks were done or tried."""
    count = 0
    while row := claims.claim_next("at-once", timezone.now()):
        claims.do(row)
        count += 1
    return count
