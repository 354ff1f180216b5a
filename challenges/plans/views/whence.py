"""Where a plan comes from: the challenge, the recommendations that were accepted, the Open Space topic."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.consultations.queries import recommendations_for
from challenges.models import Challenge
from challenges.plans.events import PlanCard
from challenges.queries import challenge_for
from sessions.openspace.queries import topic_for
from synergy.people.models import Person

WORDS = 12


@dataclass(frozen=True)
class Origin:
    """`address` is empty when who looks may not open it: then only the kind is told, and no title."""

    icon: str
    kind: str
    title: str = ""
    language: str = ""
    address: str = ""


def origins_of(person: Person, card: PlanCard, item: int | None = None) -> list[Origin]:
    """In the order in which one came from the other; of the whole plan or of one item."""
    found: list[Origin] = []
    challenge = challenge_for(person, card.challenge) if card.challenge else None
    if challenge is not None:
        address = reverse("challenges:challenge", args=[challenge.pk])
        found.append(Origin("target", _("Challenge"), str(challenge), challenge.language, address))
    elif card.challenge:
        found.append(Origin("target", _("A challenge that is not open to you")))
    found += _recommendations(person, challenge, card, item) if challenge else []
    topic = topic_for(person, card.topic) if card.topic else None
    if topic is not None:
        address = reverse("openspace:topic", args=[topic.gathering_id, topic.number])
        found.append(Origin("layout-grid", _("Open Space topic"), topic.title, topic.language, address))
    return found


def _recommendations(person: Person, challenge: Challenge, card: PlanCard, item: int | None) -> list[Origin]:
    """Those that became something in the plan and that the person may read."""
    items = [each for each in card.items if each.removed_at is None and item in (None, each.id)]
    chosen = {each.recommendation for each in items if each.recommendation}
    rows = [row for row in recommendations_for(person, challenge) if row.pk in chosen] if chosen else []
    return [
        Origin(
            icon="lightbulb",
            kind=_("Recommendation %(number)d") % {"number": row.number},
            title=_beginning(row.text),
            language=row.language,
            address=reverse("consultations:recommendations", args=[row.challenge_id]) + f"#r{row.number}",
        )
        for row in rows
    ]


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= WORDS else " ".join(words[:WORDS]) + "…"
