"""Organisers who have no second step at sign-in are led to the page where they set one up.

In use where the setting `TWO_STEPS` says `organisers`.
"""

from __future__ import annotations

from typing import cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation import gettext as _

from synergy.cohorts.models import Role, Seat
from synergy.people.middleware import AsyncAnswer, SyncAnswer
from synergy.people.models import Person
from synergy.people.two_steps import has_second_step

OPEN = ("/accounts/", "/static/", "/language/", "/health/", "/ready/", "/metrics/")


@sync_and_async_middleware
def asked_of_organisers(get_response: SyncAnswer | AsyncAnswer) -> SyncAnswer | AsyncAnswer:
    if iscoroutinefunction(get_response):
        answer_later = cast("AsyncAnswer", get_response)

        async def middleware_later(request: HttpRequest) -> HttpResponseBase:
            return await sync_to_async(_led_away)(request) or await answer_later(request)

        return middleware_later
    answer = cast("SyncAnswer", get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return _led_away(request) or answer(request)

    return middleware


def _led_away(request: HttpRequest) -> HttpResponseBase | None:
    setting_up = reverse("mfa_index")
    if request.path.startswith((setting_up, *OPEN)) or not isinstance(request.user, Person):
        return None
    if not is_missing(request.user):
        return None
    words = _("Organisers need a second step at sign-in. Set up an app or a passkey here, then go on.")
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "forbidden", "detail": words}, status=403)
    messages.warning(request, words)
    return redirect(setting_up)


def is_kept_out(person: Person) -> bool:
    """At the live doors, which stand before this middleware."""
    return settings.CONFIG.two_steps == "organisers" and is_missing(person)


def is_missing(person: Person) -> bool:
    """Whether this person organises a cohort and signs in without a second step."""
    organises = Seat.objects.filter(person=person, role=Role.ORGANISER, ended_at__isnull=True).exists()
    return organises and not has_second_step(person)
