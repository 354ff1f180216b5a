"""Recommendations, as the search finds them: for those who may read them at the challenge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.consultations.events import RecommendationSet, RecommendationWithdrawn
from challenges.consultations.models import Answer, Recommendation, RunState
from challenges.groups.models import Membership
from challenges.queries import visible_challenges
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.journal.facts import Entry
from synergy.people.models import Person
from synergy.search.kinds import Changes, Draft, Kind, Shown


class _Numbered(msgspec.Struct):
    id: int


class _Set(msgspec.Struct):
    recommendation: _Numbered


class _Withdrawn(msgspec.Struct):
    recommendation: int


def note_consultation_facts(entries: Sequence[Entry]) -> Changes:
    changes = Changes()
    for entry in entries:
        if entry.name == RecommendationSet.name:
            key = msgspec.json.decode(entry.body, type=_Set).recommendation.id
            changes.touched.append(("recommendation", key))
        elif entry.name == RecommendationWithdrawn.name:
            key = msgspec.json.decode(entry.body, type=_Withdrawn).recommendation
            changes.touched.append(("recommendation", key))
    return changes


def _drafts(ids: Collection[int]) -> Iterable[Draft]:
    for row in Recommendation.objects.filter(pk__in=ids).exclude(state=Answer.WITHDRAWN):
        text = "\n\n".join(filter(None, [row.text, row.answer_text, row.why]))
        yield Draft(row.pk, "", text, row.language, row.answered_at or row.at)


def _visible(person: Person, ids: Collection[int]) -> Collection[int]:
    """What `queries.recommendations_for` gives, for many challenges at once."""
    near = Q(pk__in=[])
    for seat in seats_of(person):
        here = Q(challenge__cohort=seat.cohort_id)
        near |= here if can_moderate(seat) else here & Q(challenge__institution=seat.institution_id)
    own = Membership.objects.filter(person=person).values("group")
    told = near | Q(consultation__state=RunState.FINISHED) | Q(consultation__group__in=own)
    challenges = visible_challenges(person).prefetch_related(None).values("pk")
    rows = Recommendation.objects.filter(told, pk__in=ids, challenge__in=challenges)
    return set(rows.exclude(state=Answer.WITHDRAWN).values_list("pk", flat=True))


def _shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    rows = Recommendation.objects.filter(pk__in=ids).select_related("challenge__institution")
    return {
        row.pk: Shown(
            address=f"{reverse('consultations:recommendations', args=[row.challenge_id])}#r{row.number}",
            where=row.challenge.institution.name,
            title=gettext("Recommendation %(number)d for “%(challenge)s”")
            % {"number": row.number, "challenge": row.challenge},
        )
        for row in rows
    }


RECOMMENDATIONS = Kind(
    name="recommendation",
    label=_("Recommendations"),
    icon="lightbulb",
    keys=lambda: Recommendation.objects.order_by("pk").values_list("pk", flat=True),
    drafts=_drafts,
    visible=_visible,
    shown=_shown,
)
