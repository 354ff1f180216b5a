"""The page of one item: how far it is and what was said of it before, what proves it, what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.events import ItemCard, ReadingCard
from challenges.plans.measured import standing_of
from challenges.plans.models import Confidence, Item, Kind, Plan, Progress, RequestField, Update
from challenges.plans.queries import plan_stream
from challenges.plans.queries.talk import talk_in
from challenges.plans.reporting.queries import reports_on
from challenges.plans.reporting.words import report_badge
from challenges.plans.views.charts import chart_of
from challenges.plans.views.decisions import asked_change
from challenges.plans.views.evidence import proofs_of
from challenges.plans.views.forms import FORMS, turned_down
from challenges.plans.views.plan import do as do_on_plan
from challenges.plans.views.plan import head_of
from challenges.plans.views.reading import plan_or_404, read_plan
from challenges.plans.views.rows import WITH_PROGRESS, item_row
from challenges.plans.views.sight import Sight
from challenges.plans.views.whence import origins_of
from challenges.plans.words import (
    KIND_NAMES,
    Mark,
    confidence_mark,
    day_words,
    direction_word,
    number_words,
    progress_word,
    start_words,
)
from challenges.sights import note_seen
from rooms.events import PersonCard
from sessions.openspace.proceedings.book import Prose
from synergy.live.field_forms import whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import STATUS, Refused
from synergy.people.views import person_of

Asked = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Reported:
    """What somebody reported."""

    update: Update
    progress: str | Promise
    mark: Mark | None
    by: PersonCard | None


@dataclass(frozen=True)
class Read:
    """A reading; `value` as one reads it, `card.value` as one types it."""

    card: ReadingCard
    on: str
    value: str
    by: PersonCard | None
    corrected_by: PersonCard | None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_page(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    row = Item.objects.filter(pk=item, plan=pk).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        note_seen(request, plan)
        return render_item(request, plan, row)
    name = request.POST.get("do", "")
    try:
        answer = _do(request, pk, item, name)
    except Refused as refusal:
        return render_item(request, plan, row, name, refusal)
    if name == "talk":
        return redirect("rooms:room", answer.room)
    messages.success(request, str(FORMS[name].done))
    return redirect("plans:item", pk, item)


def _do(request: HttpRequest, pk: int, item: int, name: str) -> Any:
    if name == "use":
        return _use(request, pk, item)
    if name in ("agree", "decline", "take_back"):
        return do_on_plan(person_of(request), pk, request.POST)
    if name not in _ASKED:
        raise Http404
    command, data = _ASKED[name](request.POST)
    if command in ("item.report", "item.open_room", "reading.add", "request.ask"):
        data["item"] = item
    return run_command(person_of(request), plan_stream(pk), command, data)


def _use(request: HttpRequest, pk: int, item: int) -> Any:
    """Evidence that the plan has already proves this item, too."""
    key = whole_number(request.POST.get("evidence", ""))
    _head, sight = read_plan(person_of(request), pk)
    proves = next((set(each.items) for each in sight.card.evidence if each.id == key), set())
    data = {"evidence": key, "items": sorted({item, *proves})}
    return run_command(person_of(request), plan_stream(pk), "evidence.assign", data)


def render_item(
    request: HttpRequest, plan: Plan, row: Item, name: str = "", refusal: Refused | None = None
) -> HttpResponse:
    """With the form that was turned down, if one was."""
    person = person_of(request)
    head, sight = read_plan(person, plan.pk)
    item = next(each for each in sight.card.items if each.id == row.pk)
    page = {
        "head": head,
        **head_of(person, sight),
        "origins": origins_of(person, sight.card, item.id),
        **_facts(sight, item),
        "source_columns": [(column, text) for column, text in row.extra.items() if str(text).strip()],
        "reported": _reported(sight, item),
        "reports": [(row, report_badge(row.voice, row.state)) for row in reports_on(person, plan, item.id)],
        "readings": [_read(sight, item, each) for each in reversed(sight.readings(item))],
        "proofs": proofs_of(sight, item),
        "requests": _requests(sight, item),
        **_doors(sight, item),
        "talk": talk_in(person, row.room_id) if row.room_id else None,
        "turned": turned_down(name, refusal, request.POST, item.id) if refusal else None,
        "typed": request.POST,
    }
    status = STATUS[refusal.code] if refusal else 200
    return render(request, "challenges/plans/item.html", page, status=status)


def _facts(sight: Sight, item: ItemCard) -> dict[str, Any]:
    parent = sight.items.get(item.parent or 0)
    agreed = sight.agreed(item)
    return {
        "row": item_row(sight, item),
        "item": item,
        "is_removed": item.removed_at is not None,
        "description": Prose(item.description, sight.card.language),
        "start": start_words(item.start),
        "agreed_title": agreed.title if agreed and agreed.title != item.title else "",
        "parent": item_row(sight, parent) if parent else None,
        "parts": [item_row(sight, each) for each in sight.children(item.id)],
        "contributors": [person for key in item.contributors if (person := sight.person(key))],
        "direction": direction_word(item.direction),
        "chart": chart_of(sight, item) if item.kind == Kind.INDICATOR else None,
        "measured": _measured(sight, item) if item.kind == Kind.INDICATOR else [],
        "has_progress": item.kind in WITH_PROGRESS,
        "kind_hint": KIND_NAMES[item.kind][1],
    }


def _measured(sight: Sight, item: ItemCard) -> list[tuple[str, str]]:
    """Baseline, target and the latest reading in words."""
    card, readings, nothing = sight.card, sight.readings(item), _("none yet")
    baseline, target = (
        number_words(Decimal(each), item.unit) if each is not None else nothing
        for each in (item.baseline, item.target)
    )
    on = f" ({day_words(item.baseline_on)})" if item.baseline_on and item.baseline is not None else ""
    last = (readings[-1].on, Decimal(readings[-1].value)) if readings else None
    return [
        (_("Baseline"), baseline + on),
        (_("Target"), target),
        (_("Latest value"), standing_of(item, card.starts, card.ends, last)),
    ]


def _doors(sight: Sight, item: ItemCard) -> dict[str, Any]:
    """What who looks may do here; where they may not, why."""
    is_here = item.removed_at is None
    may_report = is_here and item.kind in WITH_PROGRESS and sight.may_report(item)
    may_ask = is_here and sight.may("request.ask") and sight.agreed(item) is not None
    return {
        "may_report": may_report,
        "why_no_report": "" if may_report else _why_no_report(sight, item),
        "progresses": Progress.choices,
        "confidences": [(value, confidence_mark(value)) for value in Confidence.values],
        "lacks_proof": not sight.proof(item),
        "may_read": is_here and item.kind == Kind.INDICATOR and sight.may("reading.add"),
        "today": sight.today.isoformat(),
        "may_prove": is_here and sight.may("evidence.link"),
        "usable": [each for each in sight.card.evidence if item.id not in each.items],
        "may_ask": may_ask,
        "askable": _askable(sight, item) if may_ask else [],
        "may_talk": is_here and sight.card.rights.talk,
    }


def _why_no_report(sight: Sight, item: ItemCard) -> str:
    """Said to the team alone: others expect no form here."""
    if not sight.card.rights.member or item.kind not in WITH_PROGRESS:
        return ""
    if not sight.may("item.report"):
        return _("Progress is reported when the plan is approved.")
    owner = sight.person(item.owner)
    return _("%(name)s reports on this, or your co-ordinator.") % {"name": owner.name if owner else "…"}


def _askable(sight: Sight, item: ItemCard) -> list[tuple[str, str | Promise, bool]]:
    """The fields that were agreed, the likeliest first; each with whether it is asked for already."""
    asked = {each.field for each in sight.open_requests(item)}
    fields = [RequestField.DUE, *([RequestField.TARGET] if item.kind == Kind.INDICATOR else [])]
    fields += [RequestField.START, RequestField.TITLE, RequestField.REMOVED]
    return [(field, field.label, field in asked) for field in fields]


def _requests(sight: Sight, item: ItemCard) -> list[Any]:
    """The newest first."""
    found = [each for each in sight.card.requests if each.item == item.id]
    return [asked_change(sight, each) for each in sorted(found, key=lambda each: each.at, reverse=True)]


def _reported(sight: Sight, item: ItemCard) -> list[Reported]:
    """The newest first."""
    return [
        Reported(
            update,
            progress_word(update.progress),
            confidence_mark(update.confidence, update.why),
            sight.person(update.by_id),
        )
        for update in Update.objects.filter(item=item.id).order_by("-at", "-pk")
    ]


def _read(sight: Sight, item: ItemCard, card: ReadingCard) -> Read:
    value = number_words(Decimal(card.value), item.unit)
    return Read(card, day_words(card.on), value, sight.person(card.by), sight.person(card.corrected_by))


def _report(form: QueryDict) -> Asked:
    said = {name: form.get(name, "").strip() for name in ("progress", "confidence", "why")}
    return "item.report", said


def _reading(form: QueryDict) -> Asked:
    return "reading.add", {name: form.get(name, "").strip() for name in ("on", "value", "note")}


def _correction(form: QueryDict) -> Asked:
    said = {name: form.get(name, "").strip() for name in ("value", "was", "why")}
    return "reading.correct", {"reading": whole_number(form.get("reading", "")), **said}


def _request(form: QueryDict) -> Asked:
    field = form.get("field", "")
    value = None if field == RequestField.REMOVED else form.get("value", "").strip()
    return "request.ask", {"field": field, "value": value, "why": form.get("why", "").strip()}


_ASKED: dict[str, Callable[[QueryDict], Asked]] = {
    "report": _report,
    "read": _reading,
    "correct": _correction,
    "unread": lambda form: (
        "reading.remove",
        {"reading": whole_number(form.get("reading", "")), "why": form.get("why", "").strip()},
    ),
    "ask": _request,
    "talk": lambda form: ("item.open_room", {}),
}
"""The buttons of the page: name → command and what it says."""
