"""Where facilitators and organisers make the task groups of a day: propose, change by hand, publish.

One form, and one way for each press: a POST, a redirect, the page again. The bundle sends the same form and
takes the parts of the answer in, and it fetches them when somebody else has changed the groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.groups.actions import propose_mix
from challenges.groups.days import GroupDay
from challenges.groups.models import Mix
from challenges.groups.queries import challenges_to_mix, last_change, mix_stream, participants_of
from challenges.groups.rules import can_propose
from challenges.groups.shown import board_of
from challenges.groups.streams import MIX
from challenges.groups.views import day_or_404
from rooms.queries import people_of
from sessions.models import TrainingSession
from synergy.alphabet import in_alphabet
from synergy.cohorts.queries import seats_with_past
from synergy.live.field_forms import whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import STATUS, Refused
from synergy.live.streams import read_state
from synergy.people.models import Person
from synergy.people.views import person_of


@dataclass(frozen=True)
class Wish:
    """A challenge in the form that proposes groups."""

    challenge: Any
    is_chosen: bool
    size: str


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, session: int, on: date) -> HttpResponse:
    person = person_of(request)
    training_session, seat, days, shown = day_or_404(person, session, on)
    if not can_propose(seat):
        raise Http404
    if request.method != "POST":
        return _render(request, training_session, days, shown)
    try:
        said = _do(person, training_session, shown, request.POST)
    except Refused as refusal:
        shown = day_or_404(person, session, on)[3]
        return _render(request, training_session, days, shown, refusal)
    if said:
        messages.success(request, said)
    return redirect("task_groups:make", session, on)


def _do(person: Person, training_session: TrainingSession, shown: GroupDay, form: QueryDict) -> str:
    """Does what the pressed button asks for, and gives what is said about it. Raises Refused."""
    name, *numbers = form.get("do", "").split(":")
    if name == "propose":
        _propose(person, training_session, shown.on, form)
        return _("Here is a proposal. Nobody else sees it until you publish it.")
    if shown.mix is None or name not in _PRESSED:
        return ""
    if name == "move" and not numbers:
        numbers = [*form.get("who", "").split(":"), form.get("to", "")]
    pressed = _PRESSED[name]
    command, data = pressed.data([whole_number(number) for number in numbers] + [0, 0, 0])
    run_command(person, mix_stream(shown.mix.pk), command, data)
    group = shown.mix.groups.filter(pk=data.get("to") or data.get("group") or 0).first()
    words = {"name": _name(training_session, data.get("who", 0)), "number": group.number if group else 0}
    return pressed.said(words)


def _name(training_session: TrainingSession, who: int) -> str:
    seat = seats_with_past(training_session.cohort_id).filter(person=who).first() if who else None
    return seat.person.name if seat else ""


Words = dict[str, Any]
"""`name` of the person, `number` of the group; 0 for none."""


@dataclass(frozen=True)
class _Pressed:
    data: Callable[[Sequence[int]], tuple[str, dict[str, Any]]]
    """The command and its data, from the numbers of the button."""
    said: Callable[[Words], str]
    """What is said when it is done."""


_PRESSED = {
    "move": _Pressed(
        lambda n: ("member.move", {"who": n[0], "seen": n[1] or None, "to": n[2] or None}),
        lambda words: (
            _("%(name)s is in group %(number)d now.") % words
            if words["number"]
            else _("%(name)s is in no group on this day.") % words
        ),
    ),
    "lock": _Pressed(
        lambda n: ("member.lock", {"who": n[0], "seen": n[1], "is_locked": True}),
        lambda words: _("%(name)s stays in this group when you propose anew.") % words,
    ),
    "unlock": _Pressed(
        lambda n: ("member.lock", {"who": n[0], "seen": n[1], "is_locked": False}),
        lambda words: _("%(name)s may get another group when you propose anew.") % words,
    ),
    "keep_out": _Pressed(
        lambda n: ("member.keep_out", {"who": n[0], "group": n[1], "is_kept_out": True}),
        lambda words: _("The next proposal keeps %(name)s out of group %(number)d.") % words,
    ),
    "let_in": _Pressed(
        lambda n: ("member.keep_out", {"who": n[0], "group": n[1], "is_kept_out": False}),
        lambda words: _("%(name)s may be in group %(number)d again.") % words,
    ),
    "add": _Pressed(
        lambda n: ("group.add", {"challenge": n[0]}),
        lambda words: _("The challenge has a group now, with its room. Move people into it."),
    ),
    "publish": _Pressed(
        lambda n: ("mix.publish", {}), lambda words: _("The groups are published. Everybody sees them.")
    ),
}


def _propose(person: Person, training_session: TrainingSession, on: date, form: QueryDict) -> None:
    """With the form all of it is settled: what is not ticked is not wished."""
    chosen = [whole_number(pk) for pk in form.getlist("challenges")]
    if not chosen:
        raise Refused("invalid", _("Choose at least one challenge."))
    typed = {pk: form.get(f"size_{pk}", "").strip() for pk in chosen}
    propose_mix(
        person=person,
        training_session=training_session,
        on=on,
        now=timezone.now(),
        challenges=chosen,
        wished_sizes={pk: whole_number(size) for pk, size in typed.items() if size},
        away=[whole_number(pk) for pk in form.getlist("away")],
    )


def _render(
    request: HttpRequest,
    training_session: TrainingSession,
    days: list[GroupDay],
    shown: GroupDay,
    refused: Refused | None = None,
) -> HttpResponse:
    person, mix = person_of(request), shown.mix
    form = request.POST if refused and request.POST.get("do") == "propose" else None
    page: dict[str, Any] = {
        "training_session": training_session,
        "days": days,
        "day": shown,
        "head": 0,
        "refused": refused.detail if refused else "",
        "is_published": mix is not None and mix.published_at is not None,
        "is_over": shown.on < timezone.localdate(),
        "is_form_refused": form is not None,
    }
    if mix is not None:
        head, state = read_state(MIX, person, mix_stream(mix.pk))
        change = last_change(mix, head)
        by = state.people.get(str(change.by)) if change else None
        page |= {"head": head, "mix": state.mix, "board": board_of(state), "change": change, "changed_by": by}
    if not page["is_published"]:
        page |= _wishes(training_session, mix, form)
    elif not page["is_over"]:
        page["late"] = challenges_to_mix(training_session.cohort_id)
    return render(
        request, "challenges/groups/make.html", page, status=STATUS[refused.code] if refused else 200
    )


def _wishes(training_session: TrainingSession, mix: Mix | None, form: QueryDict | None) -> dict[str, Any]:
    """The form that proposes: as it was sent, else as the groups are."""
    groups = {group.challenge_id: group for group in mix.groups.all()} if mix else {}
    away = set(mix.away if mix else [])
    wishes = []
    for challenge in challenges_to_mix(training_session.cohort_id):
        group = groups.get(challenge.pk)
        is_chosen = mix is None or group is not None
        size = str(group.wished_size or "") if group else ""
        if form is not None:
            is_chosen = str(challenge.pk) in form.getlist("challenges")
            size = form.get(f"size_{challenge.pk}", "")
        wishes.append(Wish(challenge, is_chosen, size))
    if form is not None:
        away = {whole_number(pk) for pk in form.getlist("away")}
    people = people_of(training_session.cohort_id)
    here = [people[str(each.id)] for each in participants_of(training_session.cohort_id)]
    return {
        "wishes": wishes,
        "participants": sorted(here, key=lambda card: in_alphabet(card.name)),
        "away": away,
    }
