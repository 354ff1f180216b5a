"""What proves something: listed with what it proves, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from challenges.plans.events import EvidenceCard, ItemCard
from challenges.plans.queries import evidence_for
from challenges.plans.views.rows import item_address, title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import link_badge
from challenges.sights import note_seen
from challenges.words import Badge
from rooms.events import PersonCard
from rooms.file_views import private_file
from synergy.audit.models import Act
from synergy.people.views import person_of


@dataclass(frozen=True)
class Proof:
    evidence: EvidenceCard
    address: str
    proves: list[tuple[str, str]]
    """Title and address of each item."""
    by: PersonCard | None
    link: Badge | None
    is_dead: bool


def proofs_of(sight: Sight, item: ItemCard | None = None) -> list[Proof]:
    """The newest first; of one item or of the whole plan."""
    cards = sight.proof(item) if item else sight.card.evidence
    return [_proof(sight, card) for card in sorted(cards, key=lambda card: (card.at, card.id), reverse=True)]


def _proof(sight: Sight, card: EvidenceCard) -> Proof:
    items = [sight.items[key] for key in card.items if key in sight.items]
    return Proof(
        evidence=card,
        address=card.url or reverse("plans:file", args=[card.id]),
        proves=[(title_of(each), item_address(sight, each)) for each in items],
        by=sight.person(card.by),
        link=link_badge(card.link_state) if card.url else None,
        is_dead=card.link_state == "dead",
    )


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pictures are shown, documents downloaded."""
    evidence = evidence_for(person_of(request), pk)
    if evidence is None or not evidence.file:
        raise Http404
    suffix = PurePath(str(evidence.file.name)).suffix
    name = evidence.title if evidence.title.endswith(suffix) else f"{evidence.title}{suffix}"
    note_seen(request, evidence.plan, Act.DOWNLOADED, of=f"evidence:{evidence.pk}", about=evidence.title)
    return private_file(request, name, evidence.file, evidence.content_type, f'"{evidence.sha256}"')
