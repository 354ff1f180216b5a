"""What a request takes from the person who makes it: language, time zone, a sign of life of the session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.decorators import sync_and_async_middleware

from synergy.people.actions import note_sign_of_life
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

SyncAnswer = Callable[[HttpRequest], HttpResponseBase]
AsyncAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

SIGN_OF_LIFE = timedelta(minutes=5)


@sync_and_async_middleware
def person_locale(get_response: SyncAnswer | AsyncAnswer) -> SyncAnswer | AsyncAnswer:
    """Pages speak the person's language and show times in their zone. Stands below the authentication."""
    if iscoroutinefunction(get_response):
        answer_later = cast("AsyncAnswer", get_response)

        async def middleware_later(request: HttpRequest) -> HttpResponseBase:
            _activate(request, await request.auser())
            return await answer_later(request)

        return middleware_later
    answer = cast("SyncAnswer", get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _activate(request, request.user)
        return answer(request)

    return middleware


def _activate(request: HttpRequest, person: Person | AnonymousUser) -> None:
    if not isinstance(person, Person) or not person.is_authenticated:
        timezone.deactivate()
        return
    translation.activate(person.language)
    request.LANGUAGE_CODE = translation.get_language()
    timezone.activate(zone_or_utc(person.time_zone))


@sync_and_async_middleware
def no_blank_pages(get_response: SyncAnswer | AsyncAnswer) -> SyncAnswer | AsyncAnswer:
    """Who loads the address of a form reads what to do; Django's own answer has no text."""
    if iscoroutinefunction(get_response):
        answer_later = cast("AsyncAnswer", get_response)

        async def middleware_later(request: HttpRequest) -> HttpResponseBase:
            response = await answer_later(request)
            return await sync_to_async(_page_for_form)(request, response) if _is_blank(response) else response

        return middleware_later
    answer = cast("SyncAnswer", get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        return _page_for_form(request, response) if _is_blank(response) else response

    return middleware


def _is_blank(response: HttpResponseBase) -> bool:
    return isinstance(response, HttpResponseNotAllowed) and not response.content


def _page_for_form(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if request.method != "GET" or not request.accepts("text/html"):
        return response
    page = render(request, "405.html", status=405)
    page["Allow"] = response["Allow"]
    return page


@sync_and_async_middleware
def session_sign_of_life(get_response: SyncAnswer | AsyncAnswer) -> SyncAnswer | AsyncAnswer:
    """Notes, every few minutes, that a session is in use: for the list of sessions and for what is new since."""
    if iscoroutinefunction(get_response):
        answer_later = cast("AsyncAnswer", get_response)

        async def middleware_later(request: HttpRequest) -> HttpResponseBase:
            key = request.session.session_key
            if key and not _is_by_itself(request) and await cache.aadd(_seen(key), 1, SIGN_OF_LIFE.seconds):
                await sync_to_async(note_sign_of_life)(key, timezone.now())
            return await answer_later(request)

        return middleware_later
    answer = cast("SyncAnswer", get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and not _is_by_itself(request) and cache.add(_seen(key), 1, SIGN_OF_LIFE.seconds):
            note_sign_of_life(key, timezone.now())
        return answer(request)

    return middleware


def _is_by_itself(request: HttpRequest) -> bool:
    """An open page keeps itself fresh, whether or not somebody sits before it."""
    return "X-Refresh" in request.headers


def _seen(session_key: str) -> str:
    return f"session-seen:{session_key}"


# What no page of ours asks a browser for; passkeys are made and used on our own pages alone.
PERMISSIONS = ", ".join(
    [
        *(
            f"{name}=()"
            for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
        ),
        *(f"{name}=(self)" for name in ("publickey-credentials-create", "publickey-credentials-get")),
    ]
)


@sync_and_async_middleware
def permissions_policy(get_response: SyncAnswer | AsyncAnswer) -> SyncAnswer | AsyncAnswer:
    """Tells the browser what pages never need, so that nothing slipped into one can ask for it."""
    if iscoroutinefunction(get_response):
        answer_later = cast("AsyncAnswer", get_response)

        async def middleware_later(request: HttpRequest) -> HttpResponseBase:
            response = await answer_later(request)
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
            return response

        return middleware_later
    answer = cast("SyncAnswer", get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware
