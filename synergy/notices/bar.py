"""For the bell on top of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from synergy.live.field_forms import whole_number
from synergy.notices.actions import mark_read
from synergy.notices.queries import unread_at, unread_of
from synergy.people.models import Person


def bell(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`: how many notices wait; counted by pages that show the bell.

    Who opens a page has read the notices that lead to it, whichever way they came.
    """

    def count() -> int:
        person = getattr(request, "user", None)
        if not isinstance(person, Person):
            return 0
        if opened := whole_number(request.GET.get("notice", "")):
            mark_read(person=person, ids=[opened], now=timezone.now())
        unread = unread_of(person.pk)
        # Pages fetch themselves anew in the background: then nobody may be looking.
        if not unread or request.headers.get("Sec-Fetch-Dest", "document") != "document":
            return unread
        here = unread_at(person.pk, request.path)
        if here:
            mark_read(person=person, ids=here, now=timezone.now())
        return unread - len(here)

    return {"unread_notices": SimpleLazyObject(count)}
