"""Who does which task: taken by one worker, finished, tried again, or taken up after a worker that died.

# Note [Workers that died]

A worker says each `BEAT` seconds that it is alive while it does a task. The tasks of one that has been
silent for `SILENCE` are put back, for others to do; so is, when a worker starts on SQLite, everything
that is under way, because there it is the only one. What was killed in the middle counts as one try: a
task that takes its process down with it must not do so for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from synergy import metrics
from synergy.queue.models import Worker
from synergy.tracing import traced

logger = logging.getLogger(__name__)

Row: TypeAlias = "DBTaskResult[Any, Any]"

BEAT = 10.0
SILENCE = timedelta(seconds=40)
MINUTE, HOUR = 60, 3600
WAITS = (10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 24 * HOUR, 24 * HOUR)
"""Seconds between a task's tries. After the last of them it is given up, and logged as an error."""
KEEP_DONE, KEEP_FAILED = timedelta(days=7), timedelta(days=90)


def claim_next(worker: str, now: datetime) -> Row | None:
    """The next task that is due, marked as this worker's. Of several workers one gets it."""
    due = DBTaskResult.objects.ready()
    if not due.exists():
        return None
    with transaction.atomic():
        found: Row | None = due.get_locked()
        if found is not None:
            found.claim(worker)
            beat(worker, now)
    return found


def do(row: Row) -> bool:
    """Runs the task and marks how it ended. Whether it did what it should."""
    try:
        task, arguments = row.task, row.args_kwargs
        context = [TaskContext(task_result=cast("Any", row.task_result))] if task.takes_context else []
        with traced(str(row.pk)):
            task.call(*context, *arguments["args"], **arguments["kwargs"])
    except Exception as error:
        _try_again(row, error)
        return False
    row.set_successful(None)
    metrics.tasks.labels(row.task_path, "done").inc()
    return True


def _try_again(row: Row, error: Exception) -> None:
    tries = len(row.worker_ids)
    if tries > len(WAITS):
        row.set_failed(error)
        metrics.tasks.labels(row.task_path, "given up").inc()
        logger.error("task %s %s is given up after %d tries", row.task_path, row.pk, tries, exc_info=error)
        return
    metrics.tasks.labels(row.task_path, "failed").inc()
    wait = WAITS[tries - 1]
    logger.warning("task %s %s failed; again in %d s: %r", row.task_path, row.pk, wait, error)
    later = timezone.now() + timedelta(seconds=wait)
    with transaction.atomic():  # killed in between, it would be failed for good
        row.set_failed(error)
        DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY, run_after=later)


def beat(worker: str, now: datetime) -> None:
    """Says that this worker is alive."""
    Worker.objects.update_or_create(name=worker, defaults={"seen_at": now})


def put_back_of_the_dead(now: datetime, *, worker: str, doing: Collection[UUID]) -> int:
    """See the Note [Workers that died]. `worker` asks, and is `doing` these itself. How many are put back."""
    if not DBTaskResult.objects.running().exists():
        return 0
    alive = set(Worker.objects.filter(seen_at__gt=now - SILENCE).values_list("name", flat=True))
    with transaction.atomic():
        under_way = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
        dropped = [row for row in under_way if row.worker_ids[-1] == worker and row.pk not in doing]
        return _put_back(
            [*dropped, *(row for row in under_way if row.worker_ids[-1] not in {*alive, worker})]
        )


def put_back_all_of(worker: str) -> int:
    """What this worker had begun, when it ends before its tasks do."""
    under_way = DBTaskResult.objects.running()
    return _put_back(row for row in under_way if row.worker_ids[-1] == worker)


def put_back_what_nobody_does() -> int:
    """At the start of a worker. On SQLite there is no other, so whatever is under way was interrupted."""
    if connection.vendor != "sqlite" or not DBTaskResult.objects.running().exists():
        return 0
    return _put_back(DBTaskResult.objects.running())


def _put_back(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        under_way = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING)
        tries = len(row.worker_ids)
        if tries > len(WAITS):
            metrics.tasks.labels(row.task_path, "given up").inc()
            logger.error("task %s %s is given up: interrupted at try %d", row.task_path, row.pk, tries)
            under_way.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
        else:
            logger.warning("task %s %s was interrupted; it is done again", row.task_path, row.pk)
            under_way.update(status=TaskResultStatus.READY)
        count += 1
    return count


def forget_old_tasks(now: datetime) -> int:
    """Deletes what is done or was given up long ago, and workers that have ended. How many tasks."""
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED)
    return int(done.delete()[0]) + int(failed.delete()[0])
