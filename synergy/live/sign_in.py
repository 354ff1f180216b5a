"""Who is at the door: the person of the site's session cookie, looked up on the threads of the live side.

Channels' own middleware opens a connection to the database for every look and stands in the way of
every frame that goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from channels.sessions import CookieMiddleware
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from synergy.live.process import live_process

_bars: list[Callable[[Any], bool]] = []


def keep_out(is_kept_out: Callable[[Any], bool]) -> None:
    """Whoever this says of a signed-in person is nobody at the live doors, until it no longer does."""
    _bars.append(is_kept_out)


def with_person(application: Any) -> Any:
    """Puts `user` (anonymous when nobody is signed in) and `session` into the scope."""

    async def inside(scope: dict[str, Any], receive: Any, send: Any) -> None:
        session = SessionStore(scope["cookies"].get(settings.SESSION_COOKIE_NAME))
        person = await live_process().readers.run(_person_of, session)
        await application({**scope, "user": person, "session": session}, receive, send)

    return CookieMiddleware(inside)


def _person_of(session: SessionStore) -> Any:
    request = HttpRequest()
    request.session = session
    person = get_user(request)
    if person.is_authenticated and any(is_kept_out(person) for is_kept_out in _bars):
        return AnonymousUser()
    return person
