"""For the bell on top of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from synergy.live.field_forms import whole_number
from synergy.notices.actions import mark_read
from synergy.notices.queries import unread_of
from synergy.people.models import Person


def bell(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`: how many notices wait; counted by pages that show the bell.

    A page that somebody opened from a notice, of which the address tells, marks it as read.
    """

    def count() -> int:
        person = getattr(request, "user", None)
        if not isinstance(person, Person):
            return 0
        if opened := whole_number(request.GET.get("notice", "")):
            mark_read(person=person, ids=[opened], now=timezone.now())
        return unread_of(person.pk)

    return {"unread_notices": SimpleLazyObject(count)}
