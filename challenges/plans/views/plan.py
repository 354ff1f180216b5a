"""The page of one plan: what was agreed, where it is, what is late, what helps, where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.actions.steps import TO_COMPLETE, open_parts_words
from challenges.plans.events import PlanCard, PlanStepCard
from challenges.plans.models import Kind, PlanState, Progress
from challenges.plans.queries import plan_stream
from challenges.plans.reporting.decided import waiting_decisions
from challenges.plans.reporting.queries import reporting_stream
from challenges.plans.views.charts import charts_of, indicators_of
from challenges.plans.views.decisions import needs_of, news_of
from challenges.plans.views.evidence import proofs_of
from challenges.plans.views.forms import FORMS, turned_down
from challenges.plans.views.milestones import milestones_of
from challenges.plans.views.reading import plan_or_404, read_plan
from challenges.plans.views.rows import item_row, item_rows
from challenges.plans.views.sight import Sight
from challenges.plans.views.turns import next_words, waits_for
from challenges.plans.views.voices import voices_of
from challenges.plans.views.whence import origins_of
from challenges.plans.words import STEP_TITLES, day_words, readers_badge, state_badge
from challenges.sights import note_seen, readers_of
from rooms.events import PersonCard
from sessions.openspace.proceedings.book import Prose
from synergy.alphabet import in_alphabet
from synergy.cohorts.models import Role
from synergy.journal import log
from synergy.live.field_forms import whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of

IN_THE_TREE = (Kind.OBJECTIVE, Kind.DELIVERABLE, Kind.ACTION)
"""Milestones and indicators have pictures of their own, risks and assumptions a list."""
Asked = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Past:
    """A line of the history."""

    step: PlanStepCard
    title: str | Promise
    by: PersonCard | None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    if request.method != "POST":
        note_seen(request, plan)
        return _said(request, pk) or render_plan(request, pk)
    name = request.POST.get("do", "")
    try:
        do(person_of(request), pk, request.POST)
    except Refused as refusal:
        return render_plan(request, pk, name, refusal)
    messages.success(request, str(FORMS[name].done))
    return redirect("plans:list") if name == "discard" else redirect("plans:plan", pk)


def _said(request: HttpRequest, pk: int) -> HttpResponse | None:
    """`?said=propose`: the client proposed the plan, and the page says so, once."""
    if request.GET.get("said") != "propose" or plan_or_404(request, pk).state != PlanState.PROPOSED:
        return None
    messages.success(request, str(FORMS["propose"].done))
    return redirect("plans:plan", pk)


def do(person: Person, pk: int, form: QueryDict) -> None:
    """What the pressed button asks for. Raises Refused."""
    name = form.get("do", "")
    if name not in _ASKED:
        raise Http404
    command, data = _ASKED[name](form)
    run_command(person, plan_stream(pk), command, data)


def head_of(person: Person, sight: Sight) -> dict[str, Any]:
    """What every page of the plan has on top."""
    card = sight.card
    return {
        "sight": sight,
        "plan": card,
        "title": title_of_plan(card),
        "state": state_badge(card.state),
        "readers": readers_badge(card.audience),
        "owner": sight.person(card.owner),
        "consultant": sight.person(card.consultant),
        "span": _span(card),
        "origins": origins_of(person, card),
        "may_edit": sight.may("plan.change"),
        "names": {key: each.name for key, each in card.people.items()},
    }


def title_of_plan(card: PlanCard) -> str:
    return card.title or _("Plan without a title")


def questions_of(sight: Sight) -> Past | None:
    """What the school asked last, while it waits for an answer."""
    if sight.card.state != PlanState.RETURNED:
        return None
    return next((past for past in _history(sight) if past.step.to_state == PlanState.RETURNED), None)


def render_plan(
    request: HttpRequest, pk: int, name: str = "", refusal: Refused | None = None
) -> HttpResponse:
    """With the form that was turned down, if one was."""
    person = person_of(request)
    head, sight = read_plan(person, pk)
    plan, rights = plan_or_404(request, pk), sight.card.rights
    page = {
        "head": head,
        **head_of(person, sight),
        "summary": Prose(sight.card.summary, sight.card.language),
        "waits": next_words(sight),
        "is_waiting": waits_for(sight),
        "step": max((step.id for step in sight.card.steps), default=0),
        "is_moving": sight.card.state in (PlanState.DRAFT, PlanState.PROPOSED, PlanState.RETURNED),
        "questions": questions_of(sight),
        "voices": voices_of(person, plan, sight),
        "milestones": milestones_of(sight),
        "charts": charts_of(sight),
        "indicators": indicators_of(sight),
        "needs": needs_of(sight),
        "decisions": waiting_decisions(person, sight, plan),
        "is_reported_on": rights.member or rights.school or rights.consultant,
        "reporting_head": log.head(reporting_stream(pk)),
        "tree": item_rows(sight, *IN_THE_TREE),
        "risks": item_rows(sight, Kind.RISK, Kind.ASSUMPTION),
        "flagged": [row for row in item_rows(sight) if row.flags],
        "proofs": proofs_of(sight),
        "provable": [item_row(sight, item) for item, _depth in sight.tree] if may_prove(sight) else [],
        "history": _history(sight),
        "readers_seen": readers_of(plan) if rights.member else [],
        "begun_by": sight.person(sight.card.created_by),
        "reports_to": _reports_to(sight),
        "may_discard": sight.card.state == PlanState.DRAFT
        and not sight.card.steps
        and sight.may("plan.stop"),
        "news": news_of(sight),
        "open_parts": _open_parts(sight),
        "people": _team(sight),
        **{f"may_{name}": sight.may(command) for name, command in _DOORS.items()},
        "turned": turned_down(name, refusal, request.POST) if refusal else None,
        "typed": request.POST,
    }
    status = STATUS[refusal.code] if refusal else 200
    return render(request, "challenges/plans/plan.html", page, status=status)


def may_prove(sight: Sight) -> bool:
    return sight.may("evidence.link")


def _open_parts(sight: Sight) -> str:
    """How many parts stand in the way of "done", in words; empty when none does."""
    number = sum(item.progress != Progress.COMPLETE for item in sight.of_kind(*TO_COMPLETE))
    return open_parts_words(number) if number else ""


def _reports_to(sight: Sight) -> str:
    """Where "Report progress" leads; empty for who has nothing to report on."""
    reportable = [row for row in item_rows(sight) if sight.may_report(row.item) and row.progress]
    return reverse("plans:progress", args=[sight.card.id]) if reportable else ""


def _team(sight: Sight) -> list[PersonCard]:
    """Who could be the consultant: people of the cohort who write, are here now and not of its institution, by name."""
    card = sight.card
    outside = [
        each
        for each in card.people.values()
        if not each.past
        and each.role != Role.OBSERVER
        and each.institution != card.institution_name
        and each.id != card.owner
    ]
    return sorted(outside, key=lambda each: in_alphabet(each.name))


def _span(card: PlanCard) -> str:
    days = [day_words(each) for each in (card.starts, card.ends) if each]
    return " – ".join(days)


def _history(sight: Sight) -> list[Past]:
    """The newest first."""
    steps = sorted(sight.card.steps, key=lambda step: (step.at, step.id), reverse=True)
    return [
        Past(
            step,
            STEP_TITLES.get((step.from_state, step.to_state), PlanState(step.to_state).label),
            sight.person(step.by),
        )
        for step in steps
    ]


def _why(form: QueryDict) -> str:
    return form.get("why", "").strip()


def _key(form: QueryDict, name: str) -> int:
    return whole_number(form.get(name, ""))


_ASKED: dict[str, Callable[[QueryDict], Asked]] = {
    "propose": lambda form: ("plan.propose", {}),
    "withdraw": lambda form: ("plan.withdraw", {}),
    "approve": lambda form: ("plan.approve", {"step": _key(form, "step")}),
    "return": lambda form: ("plan.return", {"step": _key(form, "step"), "why": _why(form)}),
    "finish": lambda form: ("plan.finish", {"why": _why(form)}),
    "stop": lambda form: ("plan.stop", {"why": _why(form)}),
    "discard": lambda form: ("plan.stop", {"why": ""}),
    "consult": lambda form: ("plan.consult", {"consultant": _key(form, "consultant") or None}),
    "agree": lambda form: (
        "request.answer",
        {"request": _key(form, "request"), "accept": True, "why": _why(form)},
    ),
    "decline": lambda form: (
        "request.answer",
        {"request": _key(form, "request"), "accept": False, "why": _why(form)},
    ),
    "take_back": lambda form: ("request.withdraw", {"request": _key(form, "request")}),
}
"""The buttons of the page: name → command and what it says."""
_DOORS = {
    "propose": "plan.propose",
    "withdraw": "plan.withdraw",
    "approve": "plan.approve",
    "return": "plan.return",
    "finish": "plan.finish",
    "stop": "plan.stop",
    "consult": "plan.consult",
    "prove": "evidence.link",
}
