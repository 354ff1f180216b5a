"""The worker of a server process: starts with the server and ends before it."""

from __future__ import annotations

import sys
import threading
from typing import Any

from django.conf import settings

from synergy.queue.worker import Worker

LEAVE = 8.0
"""Seconds that tasks have to end when the server stops."""


def work_beside_the_server() -> None:
    """Called while the server loads the application. Without a server, as in a test, nothing starts."""
    reactor: Any = sys.modules.get("twisted.internet.reactor")
    if reactor is not None and settings.CONFIG.worker == "inside":
        reactor.callWhenRunning(_start, reactor)


def _start(reactor: Any) -> None:
    from twisted.internet.threads import deferToThread

    worker = Worker()
    reactor.addSystemEventTrigger("before", "shutdown", lambda: deferToThread(worker.stop, LEAVE))
    threading.Thread(target=worker.run, name="queue", daemon=True).start()
