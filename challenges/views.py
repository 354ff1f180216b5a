"""The list of challenges and the page of one; complete without JavaScript, and kept fresh by the bundle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges import rules
from challenges.actions import begin_challenge
from challenges.events import ChallengeChanged
from challenges.likeness import similar_to
from challenges.models import Challenge, State, Step
from challenges.queries import challenge_for, challenge_stream, challenges_for, cohorts_to_bring_to
from challenges.sights import note_seen
from challenges.threads import threads_of
from challenges.words import Badge, readers_badge, state_badge, waits_for, waits_with, who_waits
from sessions.openspace.proceedings.book import Prose
from synergy.alphabet import in_alphabet
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seats_of, seats_with_past
from synergy.cohorts.rules import can_moderate
from synergy.journal import log
from synergy.live.field_forms import tried
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of
from synergy.search.words import folded

TEXTS: dict[str, Promise] = {
    "situation": _("The situation"),
    "tried": _("What was tried"),
    "stakeholders": _("Who has a part in it"),
    "desired_result": _("A good result would be"),
    "constraints": _("What cannot be changed"),
}
"""The case below the key question, in this order."""
ON_THE_PAGE: dict[str, Promise] = {
    "title": _("Title"),
    "key_question": _("Key question"),
    **TEXTS,
    "summary": _("Summary in English"),
    "confidentiality": _("Who may read it"),
}


FEW = 6
"""So many challenges are read at a glance; where there are more, one can search."""


@dataclass(frozen=True)
class Entry:
    """A challenge in the list."""

    challenge: Challenge
    state: Badge
    readers: Badge
    waits: str | Promise
    is_waiting: bool
    """For the person who looks."""


@dataclass(frozen=True)
class Group:
    name: str
    title: Promise
    entries: list[Entry]


@dataclass(frozen=True)
class Past:
    """A line of the history. `seat` gives the name and country of who did it."""

    step: Step
    title: Promise
    seat: Seat | None


@never_cache
@login_required
@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    seats = list(seats_of(person))
    found = [each for each in challenges_for(person) if not _is_anothers_blank_page(person, each)]
    asked = {"words": request.GET.get("words", "").strip(), "state": request.GET.get("state", "")}
    shown = [each for each in found if _matches(each, **asked)]
    page = {
        "groups": _groups(person, shown, seats),
        "asked": asked,
        "is_asked": any(asked.values()),
        "may_ask": len(found) > FEW or any(asked.values()),
        "is_found": bool(shown),
        "states": State.choices,
        "cohorts": cohorts_to_bring_to(person),
        "has_seat": bool(seats),
        "facilitates": any(can_moderate(seat) for seat in seats),
    }
    return render(request, "challenges/list.html", page)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A draft in the chosen cohort, or in the only one; by its address alone, the page with the button."""
    person = person_of(request)
    cohorts = cohorts_to_bring_to(person)
    if not cohorts:
        detail = _("Participants write the challenge of their institution. You can read what they bring.")
        raise PermissionDenied(detail)
    if request.method != "POST":
        return render(request, "challenges/new.html", {"cohorts": cohorts})
    chosen = request.POST.get("cohort", "")
    cohort = next((each for each in cohorts if chosen in ("", str(each.pk))), None)
    if cohort is None:
        raise Http404
    challenge = begin_challenge(person=person, cohort=cohort, now=timezone.now())
    return redirect("challenges:edit", challenge.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_page(request: HttpRequest, pk: int) -> HttpResponse:
    challenge = challenge_or_404(request, pk)
    if request.method != "POST":
        note_seen(request, challenge)
        return _render(request, challenge, {})
    refused = _do(person_of(request), challenge, request.POST)
    if not refused:
        return redirect("challenges:challenge", pk)
    return _render(request, challenge_or_404(request, pk), refused)


def challenge_or_404(request: HttpRequest, pk: int) -> Challenge:
    challenge = challenge_for(person_of(request), pk)
    if challenge is None:
        raise Http404
    return challenge


def _is_anothers_blank_page(person: Person, challenge: Challenge) -> bool:
    """Begun before today by a colleague who has not written a word in it."""
    if timezone.localdate(challenge.created_at) == timezone.localdate():
        return False
    is_blank = challenge.state == State.DRAFT and challenge.changed_at == challenge.created_at
    return is_blank and challenge.created_by_id != person.pk


def _matches(challenge: Challenge, words: str, state: str) -> bool:
    """Whether every word is somewhere in it, and it is in the state; nothing asked matches all."""
    texts = (challenge.title, challenge.key_question, challenge.summary, challenge.institution.name)
    text = folded(" ".join([*texts, *(tag.name for tag in challenge.tags.all())]))
    return state in ("", challenge.state) and all(word in text for word in folded(words).split())


def _groups(person: Person, challenges: list[Challenge], seats: list[Seat]) -> list[Group]:
    """What waits for who facilitates, then one's own, then those one works on as a peer, then the others."""
    own = {(seat.cohort_id, seat.institution_id) for seat in seats}
    groups = [
        Group("waiting", _("Waiting for you"), []),
        Group("own", _("Of your institution"), []),
        Group("peer", _("You work on these"), []),
        Group("others", _("Of other institutions"), []),
    ]
    for challenge in challenges:
        is_own = (challenge.cohort_id, challenge.institution_id) in own
        waits = rules.can_facilitate(person, challenge) and waits_for(person, challenge)
        at = 0 if waits else 1 if is_own else 2 if challenge.is_peer else 3
        groups[at].entries.append(_entry(person, challenge))
    return groups


def _entry(person: Person, challenge: Challenge) -> Entry:
    return Entry(
        challenge=challenge,
        state=state_badge(challenge),
        readers=readers_badge(challenge),
        waits=who_waits(person, challenge),
        is_waiting=waits_for(person, challenge),
    )


def _do(person: Person, challenge: Challenge, form: QueryDict) -> dict[str, Refused]:
    """What the pressed button asks for; gives what was turned down, by form."""
    name, why = form.get("do", ""), form.get("why", "").strip()
    asked: dict[str, dict[str, Any]] = {
        "accept": {},
        "withdraw": {},
        "return": {"why": why},
        "close": {"why": why},
        "tag": {"tags": [each.strip() for each in form.get("tags", "").split(",") if each.strip()]},
    }
    if name not in asked:
        return {}
    return tried(person, challenge_stream(challenge.pk), f"challenge.{name}", asked[name], name)


def _render(request: HttpRequest, challenge: Challenge, refused: dict[str, Refused]) -> HttpResponse:
    person = person_of(request)
    threads = threads_of(person, challenge)
    questions = questions_of(challenge)
    seats = {seat.person_id: seat for seat in seats_with_past(challenge.cohort_id)}
    facilitates = rules.can_facilitate(person, challenge)
    page = {
        "challenge": challenge,
        "head": log.head(challenge_stream(challenge.pk)),
        **_entry(person, challenge).__dict__,
        **waits_with(person, challenge, threads),
        "sections": sections_of(challenge),
        "summary": Prose(challenge.summary, "en") if challenge.language != "en" else None,
        "history": _history(challenge, seats),
        "begun_by": seats.get(challenge.created_by_id),
        "questions": questions,
        "answer": answer_to(questions) if questions else None,
        "changed": changed_since(challenge, questions) if questions and facilitates else [],
        "files": list(challenge.attachments.order_by("at", "pk")),
        "tags": sorted((tag.name for tag in challenge.tags.all()), key=in_alphabet),
        **{f"may_{name}": rule(person, challenge) for name, rule in _RULES.items()},
        "facilitates": facilitates,
        "similar": similar_to(challenge, person) if facilitates else [],
        "threads": threads,
        "refused": {name: refusal.detail for name, refusal in refused.items()},
        "typed": request.POST,
    }
    status = STATUS[next(iter(refused.values())).code] if refused else 200
    return render(request, "challenges/challenge.html", page, status=status)


_RULES = {
    "change": rules.can_change,
    "withdraw": rules.can_withdraw,
    "accept": rules.can_accept,
    "return": rules.can_return,
    "tag": rules.can_tag,
    "close": rules.can_close,
}


def sections_of(challenge: Challenge) -> list[tuple[Promise, Prose]]:
    written = ((label, Prose(getattr(challenge, name), challenge.language)) for name, label in TEXTS.items())
    return [(label, prose) for label, prose in written if prose]


_TITLES: dict[tuple[str, str], Promise] = {
    (State.DRAFT, State.SUBMITTED): _("Submitted"),
    (State.RETURNED, State.SUBMITTED): _("Submitted again"),
    (State.SUBMITTED, State.DRAFT): _("Taken back to a draft"),
}


def _history(challenge: Challenge, seats: dict[int, Seat]) -> list[Past]:
    """The newest first."""
    return [
        Past(
            step,
            _TITLES.get((step.from_state, step.to_state), State(step.to_state).label),
            seats.get(step.by_id),
        )
        for step in challenge.steps.select_related("by").order_by("-at", "-pk")
    ]


def questions_of(challenge: Challenge) -> Step | None:
    """What the facilitators asked last, until one of them has read the answer."""
    if challenge.state not in (State.RETURNED, State.SUBMITTED):
        return None
    return challenge.steps.filter(to_state=State.RETURNED).select_related("by").order_by("-at", "-pk").first()


def answer_to(questions: Step) -> Step | None:
    """What the institution said to the questions when it submitted its challenge again; None when nothing."""
    after = questions.challenge.steps.filter(
        to_state=State.SUBMITTED, at__gte=questions.at, pk__gt=questions.pk
    )
    return after.exclude(why="").select_related("by").order_by("-pk").first()


def changed_since(challenge: Challenge, questions: Step) -> list[str | Promise]:
    """What the institution has changed since it was asked, in the order of its page. One query."""
    facts = log.named(challenge_stream(challenge.pk), ChallengeChanged.name)
    fields = {
        msgspec.json.decode(each.body, type=ChallengeChanged).field
        for each in facts
        if each.at > questions.at
    }
    return [label for name, label in ON_THE_PAGE.items() if name in fields]
