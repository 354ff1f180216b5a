"""Around everything that Django answers: the number of the request, and how long it took."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from synergy import metrics
from synergy.tracing import HEADER, current_request, number_for, traced

logger = logging.getLogger(__name__)
SyncAnswer = Callable[[HttpRequest], HttpResponseBase]
AsyncAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SLOW = 2.0
"""Seconds after which an answer is worth a line in the log."""


@sync_and_async_middleware
def observed(get_response: SyncAnswer | AsyncAnswer) -> SyncAnswer | AsyncAnswer:
    """Stands above all others, so that also what they refuse is counted."""
    if iscoroutinefunction(get_response):
        answer_later = cast("AsyncAnswer", get_response)

        async def middleware_later(request: HttpRequest) -> HttpResponseBase:
            with traced(number_for(request.headers.get(HEADER))):
                began = time.perf_counter()
                return _noted(request, await answer_later(request), began)

        return middleware_later
    answer = cast("SyncAnswer", get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with traced(number_for(request.headers.get(HEADER))):
            began = time.perf_counter()
            return _noted(request, answer(request), began)

    return middleware


def _noted(request: HttpRequest, response: HttpResponseBase, began: float) -> HttpResponseBase:
    took = time.perf_counter() - began
    # Names of views and not addresses: those are without end.
    page = request.resolver_match.view_name if request.resolver_match else ""
    method = request.method if request.method in METHODS else "other"
    labels = (page or "none", method, f"{response.status_code // 100}xx")
    metrics.requests.labels(*labels).observe(took)
    if took > SLOW:
        logger.warning("slow answer", extra={"page": page, "seconds": round(took, 2)})
    response[HEADER] = current_request()
    return response
