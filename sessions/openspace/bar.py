"""For the bar on top of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sessions.openspace.models import Gathering
from sessions.openspace.queries import gathering_near
from synergy.people.models import Person


def open_space(request: HttpRequest) -> dict[str, Any]:
    """The gathering of the person's session as `open_space`, or None; read once, and only by pages that show it."""

    def found() -> Gathering | None:
        person = getattr(request, "user", None)
        return gathering_near(person, timezone.localdate()) if isinstance(person, Person) else None

    return {"open_space": SimpleLazyObject(found)}
