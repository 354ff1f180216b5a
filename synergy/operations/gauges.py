"""How much there is in this process and in the database at the moment when Prometheus asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from synergy.live.process import running_process
from synergy.live.socket import Socket
from synergy.metrics import REGISTRY

logger = logging.getLogger(__name__)
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED)


class Gauges(Collector):
    """The live side of this process, and the queue that all processes share."""

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield from _live()
        try:
            yield from _queue()
        except DatabaseError:  # what this process knows is wanted all the more
            logger.warning("the queue is not counted: the database does not answer", exc_info=True)


def _live() -> Iterator[Metric]:
    process = running_process()
    connections = list(process.connections) if process else []
    sockets = sum(isinstance(connection, Socket) for connection in connections)
    yield _gauge("synergy_sockets", "Open WebSockets.", sockets)
    yield _gauge("synergy_polls", "Requests that wait for an event.", len(connections) - sockets)
    persons = {connection.person.pk for connection in connections}
    yield _gauge("synergy_persons", "People with an open WebSocket or a waiting request.", len(persons))
    feeds = len(process.hub.feeds) if process else 0
    yield _gauge("synergy_feeds", "Streams that somebody follows in this process.", feeds)
    waiting = process.writer.waiting if process else 0
    yield _gauge("synergy_commands_waiting", "Live commands that wait for their commit.", waiting)


def _queue() -> Iterator[Metric]:
    tasks = GaugeMetricFamily(
        "synergy_tasks", "Tasks in the database, of all processes together, by status.", labels=["status"]
    )
    found = DBTaskResult.objects.filter(status__in=UNFINISHED).order_by().values_list("status")
    counts = dict(found.annotate(Count("pk")))
    for status in UNFINISHED:
        tasks.add_metric([status.value.lower()], counts.get(status.value, 0))
    yield tasks
    now = timezone.now()
    first = DBTaskResult.objects.ready().aggregate(at=Min("enqueued_at"))["at"]
    age = max(0.0, (now - first).total_seconds()) if first else 0.0
    yield _gauge("synergy_tasks_oldest_seconds", "Age of the oldest task that is due and waits.", age)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def register() -> None:
    """Once per process."""
    for collector in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR, Gauges()):
        REGISTRY.register(collector)
