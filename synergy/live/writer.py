"""Group commit: the commands of one process gather for a moment and share one transaction."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from synergy import metrics
from synergy.live import limits
from synergy.live.commands import Answer, Request, execute
from synergy.live.refusals import Refused, busy
from synergy.live.threads import DatabaseThreads

logger = logging.getLogger(__name__)
Waiting = tuple[Request, "asyncio.Future[Answer]"]


class Writer:
    """Takes commands one by one and runs them in batches, in the order in which they came."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self._wait = limits.BATCH_WAIT_SHARED if settings.CONFIG.redis_url else limits.BATCH_WAIT
        self._clock = clock
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue(limits.QUEUED_COMMANDS)
        self._thread = DatabaseThreads("writer", 1)
        self._is_busy = False
        self._task = asyncio.create_task(self._work(), name="writer")

    def submit(self, request: Request) -> asyncio.Future[Answer]:
        """The answer to come. Raises Refused (`busy`) when too much waits already."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_counted(request))
        try:
            self._queue.put_nowait((request, future))
        except asyncio.QueueFull:
            raise Refused(
                "busy", _("Very many people are writing. Your text is kept. Try again."), retry_after=1
            ) from None
        return future

    async def close(self) -> None:
        """Runs what has been taken, then ends."""
        await self._queue.join()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._thread.close()

    async def _work(self) -> None:
        while True:
            batch = await self._gather()
            try:
                await self._run(batch)
            finally:
                for _item in batch:
                    self._queue.task_done()

    async def _gather(self) -> list[Waiting]:
        """Up to BATCH_COMMANDS commands: what waits already and, when it is busy, what comes within a moment."""
        batch = [await self._queue.get()]
        self._take(batch)
        if self._is_busy or len(batch) > 1:
            await asyncio.sleep(self._wait)
            self._take(batch)
        self._is_busy = len(batch) > 1
        return batch

    def _take(self, batch: list[Waiting]) -> None:
        while len(batch) < limits.BATCH_COMMANDS and not self._queue.empty():
            batch.append(self._queue.get_nowait())

    @property
    def waiting(self) -> int:
        """How many commands have been taken and are in no transaction yet."""
        return self._queue.qsize()

    async def _run(self, batch: list[Waiting]) -> None:
        metrics.commit_commands.observe(len(batch))
        requests = [request for request, _future in batch]
        try:
            answers = await self._thread.run(execute, requests, self._clock())
        except Exception:
            logger.exception("a batch of %d commands could not be saved", len(batch))
            answers = [_not_saved(request) for request in requests]
        for (_request, future), answer in zip(batch, answers, strict=True):
            if not future.done():
                future.set_result(answer)


def _counted(request: Request) -> Callable[[asyncio.Future[Answer]], None]:
    taken = time.perf_counter()

    def count(future: asyncio.Future[Answer]) -> None:
        answer = None if future.cancelled() else future.result()
        result = "gone" if answer is None else answer.code if isinstance(answer, Refused) else "done"
        metrics.commands.labels(request.command.name, result).inc()
        metrics.command_seconds.observe(time.perf_counter() - taken)

    return count


def _not_saved(request: Request) -> Refused:
    with translation.override(request.language):
        return busy()
