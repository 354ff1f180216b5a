"""The pages for those who program against Synergy."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synergy.live import schema


@require_safe
@login_required
def reference(request: HttpRequest) -> HttpResponse:
    """The commands and events of every stream kind, and the way to the machine-readable documents."""
    return render(request, "live/reference.html", {"kinds": schema.table()})


@require_safe
@login_required
def asyncapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(schema.asyncapi(request.get_host(), secure=request.is_secure()))


@require_safe
@login_required
def json_schemas(request: HttpRequest) -> JsonResponse:
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": {"schemas": schema.json_schemas()},
    }
    return JsonResponse(document)
