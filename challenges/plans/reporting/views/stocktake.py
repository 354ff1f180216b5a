"""A stocktake: how the plan stood on its day, what was decided, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.events import PlanSnapshot
from challenges.plans.models import Review
from challenges.plans.queries import snapshot_of
from challenges.plans.reporting.changes import changes_between, tally_of
from challenges.plans.reporting.decided import decision_rows
from challenges.plans.reporting.queries import can_take_on, reporting_stream, stocktake_for
from challenges.plans.reporting.rules import REPORTED, can_take_stock
from challenges.plans.reporting.views.forms import FORMS, turned_down
from challenges.plans.reporting.views.reading import status_of, top_of
from challenges.plans.timeliness import timeliness_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import (
    Due,
    Mark,
    confidence_mark,
    day_words,
    due_words,
    judged_word,
    timeliness_badge,
)
from challenges.words import Badge
from sessions.openspace.proceedings.book import Prose
from synergy.journal import log
from synergy.live.field_forms import tried, whole_number
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.views import person_of


@dataclass(frozen=True)
class FrozenRow:
    """An item as it stood that day."""

    title: str
    depth: int
    progress: str
    confidence: Mark | None
    due: Due | None
    timeliness: Badge | None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stocktake_page(request: HttpRequest, pk: int, stocktake: int) -> HttpResponse:
    """`?with=` another stocktake of the plan to compare with; without, how it stands today."""
    review = _or_404(person_of(request), pk, stocktake)
    refused: dict[str, Refused] = {}
    if request.method == "POST":
        refused = _do(request, review)
        if not refused:
            messages.success(request, str(FORMS[request.POST["do"]].done))
            return redirect("plan_reports:stocktake", pk, stocktake)
    return _render(request, review, refused)


def _do(request: HttpRequest, review: Review) -> dict[str, Refused]:
    form, person = request.POST, person_of(request)
    stream = reporting_stream(review.plan_id)
    if form.get("do") == "decide":
        data = {
            "stocktake": review.pk,
            "text": form.get("text", ""),
            "owner": whole_number(form.get("owner", "")) or None,
            "due": form.get("due") or None,
        }
        return tried(person, stream, "decision.add", data, form["do"])
    if form.get("do") in ("done", "undone"):
        data = {"decision": whole_number(form.get("decision", "")), "is_done": form["do"] == "done"}
        return tried(person, stream, "decision.tick", data, form["do"])
    raise Http404


def _render(request: HttpRequest, review: Review, refused: dict[str, Refused]) -> HttpResponse:
    person, plan = person_of(request), review.plan
    top, sight = top_of(person, plan)
    frozen = msgspec.convert(review.snapshot, PlanSnapshot)
    others = list(plan.reviews.exclude(pk=review.pk).order_by("on", "pk"))
    other = next((each for each in others if str(each.pk) == request.GET.get("with")), None)
    then = msgspec.convert(other.snapshot, PlanSnapshot) if other else snapshot_of(plan)
    is_earlier = other is not None and (other.on, other.pk) < (review.on, review.pk)
    may_decide = plan.state in REPORTED and can_take_stock(person, plan)
    page = {
        **top,
        "reporting_head": log.head(reporting_stream(plan.pk)),
        "stocktake": review,
        "note": Prose(review.note, sight.card.language),
        "by": sight.person(review.by_id),
        "day": day_words(review.on),
        "decisions": decision_rows(person, sight, plan, list(review.decisions.order_by("pk"))),
        "frozen": _frozen_rows(frozen, review, sight),
        "tallies": [tally_of(frozen, review.on), tally_of(then, other.on if other else sight.today)],
        "changes": changes_between(then, frozen) if is_earlier else changes_between(frozen, then),
        "other": other,
        "is_earlier": is_earlier,
        "others": others,
        "may_decide": may_decide,
        "people": can_take_on(plan.pk, sight.card.people.values()) if may_decide else [],
        "turned": next((turned_down(*each, request.POST) for each in refused.items()), None),
        "row": {
            "text": request.POST.get("text", ""),
            "owner": whole_number(request.POST.get("owner", "")),
            "due": request.POST.get("due", ""),
        },
    }
    return render(request, "challenges/plans/reports/stocktake.html", page, status=status_of(refused))


def _frozen_rows(frozen: PlanSnapshot, review: Review, sight: Sight) -> list[FrozenRow]:
    """What is carried out, in the order of the tree as it was."""
    then = Sight(msgspec.structs.replace(sight.card, items=frozen.items), review.on)
    return [
        FrozenRow(
            item.title,
            depth,
            str(judged_word(item.kind, item.progress)),
            confidence_mark(item.confidence, item.confidence_why),
            due_words(item.due),
            timeliness_badge(
                timeliness_of(item.progress, item.due.until, review.on),
                item.due,
                review.on,
            )
            if item.due
            else None,
        )
        for item, depth in then.tree
        if item.kind not in ("risk", "assumption")
    ]


def _or_404(person: Person, plan_pk: int, pk: int) -> Review:
    review = stocktake_for(person, pk)
    if review is None or review.plan_id != plan_pk:
        raise Http404
    return review
