"""Database work off the event loop, on a few threads that keep their connections.

`database_sync_to_async` shares one thread in the process and opens a connection for each call;
here readers run side by side and the writer has a thread of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseThreads:
    """Runs functions that use the database. A connection that broke is replaced and the function run once more."""

    def __init__(self, name: str, count: int) -> None:
        self._count = count
        self._pool = ThreadPoolExecutor(max_workers=count, thread_name_prefix=name)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def call() -> T:
            return with_fresh_connection(lambda: function(*args, **kwargs))

        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    async def close(self) -> None:
        """Ends the threads and their connections."""
        all_are_here = threading.Barrier(self._count)

        def leave() -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                all_are_here.wait(timeout=5)
            connections.close_all()

        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._pool, leave) for _ in range(self._count)))
        self._pool.shutdown(wait=False)


def with_fresh_connection(function: Callable[[], T]) -> T:
    """Runs `function`, once more on a new connection if the old one turned out to be broken."""
    try:
        return function()
    except (OperationalError, InterfaceError):
        connection = connections["default"]
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return function()
