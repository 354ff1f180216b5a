"""Challenges in which others did something, as the first page says it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge
from challenges.queries import visible_challenges
from sessions.since import MOST, READ, News
from synergy.journal.doers import done_by_others
from synergy.people.models import Person


def news_of_challenges(person: Person, since: datetime) -> list[News]:
    """Four queries at most."""
    changed = visible_challenges(person).prefetch_related(None).filter(changed_at__gt=since)
    rows = list(changed.order_by("-changed_at")[:READ])
    others = (
        done_by_others("challenge", [row.pk for row in rows], by=person.pk, since=since) if rows else set()
    )
    return [_news(row, since) for row in rows if row.pk in others][:MOST]


def _news(challenge: Challenge, since: datetime) -> News:
    return News(
        about=_("New challenge") if challenge.created_at > since else _("Challenge"),
        text=str(challenge),
        language=challenge.language if challenge.title else "",
        detail=" · ".join((challenge.institution.name, challenge.get_state_display())),
        address=reverse("challenges:challenge", args=[challenge.pk]),
        icon="target",
        at=challenge.changed_at,
    )
