"""Whether this process can do its work, for load balancers and start scripts, and what it counts."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from synergy.live.process import is_stopping
from synergy.metrics import REGISTRY
from synergy.tracing import current_request

logger = logging.getLogger(__name__)
_has_all_migrations = False


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503. Redis is not asked: without it the work goes on."""
    return _plain("" if _database_answers() else "database")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when people may be sent here: not stopping, the database answers and has this version's tables."""
    if is_stopping():
        return _plain("stopping")
    if not _database_answers():
        return _plain("database")
    return _plain("" if _is_migrated() else "migrations")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What this process counts, for Prometheus. There is no such page without the key."""
    key = settings.CONFIG.metrics_key
    if not key or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {key}"):
        raise Http404
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def our_fault(request: HttpRequest) -> HttpResponse:
    """The page after an error of ours, with the number under which the log has it."""
    return render(request, "500.html", {"number": current_request()}, status=500)


def _plain(trouble: str) -> HttpResponse:
    return HttpResponse(f"{trouble or 'ok'}\n", status=503 if trouble else 200, content_type="text/plain")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("the database does not answer")
        return False
    return True


def _is_migrated() -> bool:
    """Looked at until it is so once: tables do not go away under a running process."""
    global _has_all_migrations
    if not _has_all_migrations:
        executor = MigrationExecutor(connection)
        _has_all_migrations = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _has_all_migrations
