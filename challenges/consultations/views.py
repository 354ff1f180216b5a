"""The page of a consultation, readable without JavaScript and brought to life by the bundle; and planning one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges.consultations.actions import plan_consultation
from challenges.consultations.events import ConsultationCard, EntryCard, PhaseCard, ProtocolCard
from challenges.consultations.models import LISTS, Consultation, Part, RunState, Writes
from challenges.consultations.page_words import Length, length_of, run_badge, size_hint, speaks_text
from challenges.consultations.queries import (
    consultation_for,
    consultation_of_group,
    consultation_stream,
    part_in_group,
    protocols_for,
)
from challenges.consultations.rules import WITH_CONSULTATIONS, WITHOUT_ADVICE, can_plan
from challenges.consultations.streams import CONSULTATION
from challenges.groups.models import MixState, TaskGroup
from challenges.queries import challenge_for
from challenges.sights import note_seen
from challenges.views import sections_of
from rooms.events import PersonCard
from rooms.views import json_for_script
from sessions.openspace.proceedings.book import Prose
from synergy.cohorts.queries import seat_in
from synergy.live.refusals import STATUS, Refused
from synergy.live.streams import read_state
from synergy.people.models import Person
from synergy.people.views import person_of


@dataclass(frozen=True)
class PhaseStep:
    """A phase in the bar. `place`: done | now | to_come."""

    number: int
    card: PhaseCard
    length: str
    place: str
    is_longest: bool


@dataclass(frozen=True)
class WrittenList:
    """A list with what all may read of it, and the viewer's own hidden entries."""

    name: str
    entries: list[tuple[EntryCard, PersonCard | None]]
    is_open: bool


@dataclass(frozen=True)
class Choice:
    """A protocol that one can choose."""

    card: ProtocolCard
    length: Length
    size_hint: str


@never_cache
@login_required
@require_safe
def consultation_page(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    consultation = consultation_for(person, pk)
    if consultation is None:
        raise Http404
    head, state = read_state(CONSULTATION, person, consultation_stream(pk))
    challenge = challenge_for(person, consultation.challenge_id)
    if challenge is not None:
        note_seen(request, challenge)
    now = timezone.now()
    page = {
        "consultation": consultation,
        "challenge": challenge,
        "sections": sections_of(challenge) if challenge else [],
        "summary": Prose(challenge.summary, "en") if challenge and challenge.language != "en" else None,
        "state": state,
        "head": head,
        "state_json": json_for_script(state),
        "badge": run_badge(state.run.state),
        "steps": steps_of(state),
        "lists": _lists(state),
        "phase": state.protocol.phases[state.run.phase] if is_under_way(state) else None,
        "speaks": speaks_text(state),
        "giver": _giver(state),
        "is_over_time": _is_over(state, now),
        "people": _people(state),
        "commitments": [(each, state.people.get(str(each.by))) for each in state.commitments],
        "room": state.room,
        "day": consultation.group.mix,
        "may_plan": challenge is not None
        and challenge.state in WITH_CONSULTATIONS
        and can_plan(consultation.seat, consultation.part),
        "plan_url": plan_address(state.challenge),
        "is_advice_over": consultation.challenge.state in WITHOUT_ADVICE,
    }
    return render(request, "challenges/consultations/consultation.html", page)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the consultation of the group; where there is none, one is planned here.

    With `?another` it is planned after one that is finished, too.
    """
    person = person_of(request)
    group = _group(person, pk)
    there = consultation_of_group(person, group)
    is_open = group.challenge.state not in WITHOUT_ADVICE
    may_plan = is_open and can_plan(seat_in(person, group.challenge.cohort_id), part_in_group(person, group))
    is_another = may_plan and "another" in request.GET
    if there is not None and not (is_another and there.state == RunState.FINISHED):
        if request.method == "POST" and may_plan and there.protocol["key"] != request.POST.get("protocol"):
            name = {"protocol": there.protocol["name"]}
            messages.warning(
                request, _("Somebody was faster: this consultation is planned as “%(protocol)s”.") % name
            )
        return redirect("consultations:consultation", there.pk)
    refused: Refused | None = None
    if request.method == "POST" and may_plan:
        made = _planned(person, group, request.POST.get("protocol", ""))
        if isinstance(made, Consultation):
            return redirect("consultations:consultation", made.pk)
        refused = made
    members = group.memberships.count()
    cards = protocols_for(group.challenge.cohort_id)
    page = {
        "group": group,
        "challenge": group.challenge,
        "before": there if there and there.started_at else None,
        "may_plan": may_plan,
        "is_open": is_open,
        "choices": [Choice(card, length_of(card), size_hint(card, members)) for card in cards],
        "chosen": request.POST.get("protocol", ""),
        "members": members,
        "problem": refused.detail if refused else "",
    }
    status = STATUS[refused.code] if refused else 200
    return render(request, "challenges/consultations/plan.html", page, status=status)


def plan_address(challenge: int) -> str:
    """Where recommendations become a plan; empty as long as there are no plans."""
    try:
        return f"{reverse('plans:new')}?challenge={challenge}"
    except NoReverseMatch:
        return ""


def is_under_way(state: ConsultationCard) -> bool:
    return state.run.state in (RunState.RUNNING, RunState.PAUSED)


def steps_of(state: ConsultationCard) -> list[PhaseStep]:
    phases = state.protocol.phases
    longest = max(phase.minutes + phase.days for phase in phases)
    return [
        PhaseStep(
            number=at + 1,
            card=phase,
            length=Length(phase.minutes, phase.days).text,
            place=_place(state, at),
            is_longest=phase.minutes + phase.days == longest,
        )
        for at, phase in enumerate(phases)
    ]


def _place(state: ConsultationCard, at: int) -> str:
    if state.run.state == RunState.FINISHED:
        return "done" if state.run.started_at and at <= state.run.phase else "to_come"
    if not is_under_way(state) or at > state.run.phase:
        return "to_come"
    return "now" if at == state.run.phase else "done"


def _lists(state: ConsultationCard) -> list[WrittenList]:
    """The open one first; those in which nothing stands are left out."""
    people = state.people
    found = []
    for kind in LISTS:
        entries = [each for each in (*state.entries, *state.mine) if each.kind == kind]
        is_open = state.run.writes == kind
        if entries or is_open:
            named = [(each, people.get(str(each.by))) for each in entries]
            found.append(WrittenList(str(Writes(kind).label), named, is_open))
    return sorted(found, key=lambda each: not each.is_open)


def _giver(state: ConsultationCard) -> PersonCard | None:
    found = next((each.id for each in state.parts if each.part == Part.CASE_GIVER), None)
    return state.people.get(str(found)) if found else None


def _people(state: ConsultationCard) -> list[tuple[PersonCard, str]]:
    """With the part of each, in the order of the parts. After the end those who were there, and none who came later."""
    there = [] if state.run.state == RunState.FINISHED else state.members
    parts = {person: str(Part.PEER) for person in there}
    parts |= {each.id: each.part for each in state.parts}
    order = Part.values
    ranked = sorted(parts.items(), key=lambda each: order.index(each[1]))
    return [
        (state.people[str(person)], str(Part(part).label))
        for person, part in ranked
        if str(person) in state.people
    ]


def _is_over(state: ConsultationCard, now: datetime) -> bool:
    return state.run.phase_ends_at is not None and state.run.phase_ends_at <= now


def _group(person: Person, pk: int) -> TaskGroup:
    """One whose groups are published, on a challenge that the person may see."""
    rows = TaskGroup.objects.select_related("challenge__institution", "mix", "room")
    group = rows.filter(pk=pk, mix__state=MixState.PUBLISHED).first()
    if group is None or challenge_for(person, group.challenge_id) is None:
        raise Http404
    return group


def _planned(person: Person, group: TaskGroup, protocol: str) -> Consultation | Refused:
    try:
        with transaction.atomic():
            return plan_consultation(person=person, group=group, protocol=protocol, now=timezone.now())
    except Refused as refusal:
        return refusal
