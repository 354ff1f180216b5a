"""Challenges in which others did something, as the first page says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.queries import visible_challenges
from sessions.since import MOST, READ, News
from synergy.journal.doers import done_by_others
from synergy.people.models import Person


def news_of_challenges(person: Person, since: datetime) -> list[News]:
    """Four queries at most."""
    visible = visible_challenges(person).prefetch_related(None)
    return [
        news_of(
            row,
            _("New challenge")
            if row.created_at > since and row.created_by_id != person.pk
            else _("Challenge"),
            reverse("challenges:challenge", args=[row.pk]),
            "target",
        )
        for row in changed_by_others(visible, "challenge", person, since)
    ]


def changed_by_others(visible: QuerySet[Any], stream: str, person: Person, since: datetime) -> list[Any]:
    """Challenges, or plans, in whose streams somebody else did something, the newest first. Two queries."""
    rows = list(visible.filter(changed_at__gt=since).order_by("-changed_at")[:READ])
    others = done_by_others(stream, [row.pk for row in rows], by=person.pk, since=since)
    return [row for row in rows if row.pk in others][:MOST]


def news_of(thing: Any, about: str, address: str, icon: str) -> News:
    """Of a challenge or a plan, with whose it is and how it stands."""
    return News(
        about=about,
        text=str(thing),
        language=thing.language if thing.title else "",
        detail=" · ".join((thing.institution.name, thing.get_state_display())),
        address=address,
        icon=icon,
        at=thing.changed_at,
    )
