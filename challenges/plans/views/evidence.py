"""What proves something: listed with what it proves, added as a link or a file, removed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from challenges.plans.actions import attach_evidence
from challenges.plans.events import EvidenceCard, ItemCard
from challenges.plans.models import Plan
from challenges.plans.queries import evidence_for, plan_stream
from challenges.plans.views.reading import plan_or_404
from challenges.plans.views.rows import item_address, title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import link_badge
from challenges.words import Badge
from rooms.events import PersonCard
from rooms.file_views import private_file
from rooms.uploads import check_size
from synergy.live.field_forms import tried, whole_number
from synergy.live.refusals import Refused
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
    return private_file(request, name, evidence.file, evidence.content_type, f'"{evidence.sha256}"')


@login_required
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, or else a link; says on the page it came from what became of it."""
    plan = plan_or_404(request, pk)
    upload = request.FILES.get("file")
    try:
        title = _attach(request, plan, upload) if upload else _link(request, plan)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("“%(title)s” is added.") % {"title": title})
    return redirect(_page_of(request, pk))


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """For good; refused where it is all that proves something complete."""
    plan = plan_or_404(request, pk)
    data = {"evidence": whole_number(request.POST.get("evidence", ""))}
    for refusal in tried(person_of(request), plan_stream(plan.pk), "evidence.remove", data).values():
        messages.error(request, refusal.detail)
    return redirect(_page_of(request, pk))


def _attach(request: HttpRequest, plan: Plan, upload: UploadedFile[Any]) -> str:
    check_size(upload.size or 0)
    row = attach_evidence(
        person=person_of(request),
        plan=plan,
        items=_items(request),
        title=request.POST.get("title", ""),
        name=upload.name or "",
        content=upload.read(),
        now=timezone.now(),
    )
    return row.title


def _link(request: HttpRequest, plan: Plan) -> str:
    url, title = request.POST.get("url", "").strip(), request.POST.get("title", "").strip()
    if not url:
        raise Refused("invalid", _("Choose a file or write an address first."))
    data = {"items": _items(request), "title": title or url, "url": url}
    for refusal in tried(person_of(request), plan_stream(plan.pk), "evidence.link", data).values():
        raise refusal
    return title or url


def _items(request: HttpRequest) -> list[int]:
    return [key for key in map(whole_number, request.POST.getlist("item")) if key]


def _page_of(request: HttpRequest, pk: int) -> str:
    """The page of the item that the form stands on, else that of the plan."""
    item = whole_number(request.POST.get("page", ""))
    return reverse("plans:item", args=[pk, item]) if item else reverse("plans:plan", args=[pk])
