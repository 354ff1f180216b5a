"""Challenges, as the search finds them: for those who may read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.events import ChallengeChanged, ChallengeMoved, ChallengeTagged
from challenges.models import Challenge
from challenges.queries import visible_challenges
from synergy.journal.facts import Entry
from synergy.people.models import Institution, Person
from synergy.search.index import refresh
from synergy.search.kinds import Changes, Draft, Kind, Shown

_WORDS = {ChallengeChanged.name, ChallengeMoved.name, ChallengeTagged.name}
_TEXTS = ("key_question", "summary", "situation", "tried", "stakeholders", "desired_result", "constraints")


def note_challenge_facts(entries: Sequence[Entry]) -> Changes:
    return Changes(touched=[("challenge", entry.stream.key) for entry in entries if entry.name in _WORDS])


def note_institution(instance: Institution, **_signal: Any) -> None:
    """Challenges are found by the name of their institution."""
    refresh("challenge", list(instance.challenges.values_list("pk", flat=True)))


def _drafts(ids: Collection[int]) -> Iterable[Draft]:
    rows = Challenge.objects.filter(pk__in=ids).select_related("institution").prefetch_related("tags")
    for row in rows:
        tags = " · ".join(sorted(tag.name for tag in row.tags.all()))
        texts = [*(getattr(row, name) for name in _TEXTS), tags, row.institution.name]
        yield Draft(row.pk, row.title, "\n\n".join(filter(None, texts)), row.language, row.changed_at)


def _visible(person: Person, ids: Collection[int]) -> Collection[int]:
    rows = visible_challenges(person).filter(pk__in=ids)
    return set(rows.prefetch_related(None).values_list("pk", flat=True))


def _shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    rows = Challenge.objects.filter(pk__in=ids).select_related("institution")
    return {
        row.pk: Shown(
            reverse("challenges:challenge", args=[row.pk]),
            f"{row.institution.name} · {row.get_state_display()}",
            "" if row.title else str(row),
        )
        for row in rows
    }


CHALLENGES = Kind(
    name="challenge",
    label=_("Challenges"),
    icon="target",
    keys=lambda: Challenge.objects.order_by("pk").values_list("pk", flat=True),
    drafts=_drafts,
    visible=_visible,
    shown=_shown,
)
