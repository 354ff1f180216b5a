"""Where tasks are kept: rows in the database. A worker in this process hears of them at once."""

from __future__ import annotations

import threading
from typing import Any

from django.db import transaction
from django_tasks_db.backend import DatabaseBackend, TaskResult

awake = threading.Event()
"""Set when there may be something to do for the worker of this process."""


class QueueBackend(DatabaseBackend):
    """Rows of `django_tasks_db`, written in the caller's transaction."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        result: TaskResult[Any, Any] = super().enqueue(task, args, kwargs)
        transaction.on_commit(awake.set)
        return result
