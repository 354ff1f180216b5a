"""The form of a challenge: saved field by field with a button, and on every change with the bundle."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.actions.steps import missing_in
from challenges.models import Challenge, Confidentiality, Step
from challenges.queries import challenge_stream
from challenges.rules import can_change
from challenges.streams import CHALLENGE
from challenges.views import challenge_or_404, questions_of
from challenges.words import readers_badge, state_badge, who_waits
from rooms.text import clean_line, clean_text
from rooms.views import json_for_script
from synergy.live.field_forms import FormField, form_field, save_fields, tried
from synergy.live.refusals import STATUS, Refused
from synergy.live.refused_forms import refused_fields
from synergy.live.streams import read_state
from synergy.people.models import Person
from synergy.people.views import person_of

Words = tuple[Promise, Promise]

LANGUAGE: Words = (
    _("In which language do you write?"),
    _("Write in the language in which you think best. If it is not English, add a short summary in English."),
)
QUESTIONS: dict[str, Words] = {
    "title": (_("What do you call it?"), _("A few words by which others will remember it.")),
    "key_question": (
        _("Which one question do you ask your peers?"),
        _("One sentence with a question mark. It stands large on the page."),
    ),
    "situation": (
        _("What is the situation?"),
        _("What happens now, for whom is it a problem, and since when? Figures help."),
    ),
    "tried": (_("What have you tried?"), _("Also what did not work, and why you think so.")),
    "stakeholders": (
        _("Who has a part in it?"),
        _("Who decides, who is affected, who could help, who may be against it?"),
    ),
    "desired_result": (_("What would be a good result?"), _("How would you see in a year that it worked?")),
    "constraints": (
        _("What cannot be changed?"),
        _("Law, money, time, people: what peers must know before they advise."),
    ),
    "summary": (
        _("Summary in English"),
        _("Five sentences are enough: the situation, what you tried, what you need."),
    ),
}
"""name → label, hint; `static/src/challenge/questions.ts` has the same."""
READERS: Words = (
    _("Who may read it?"),
    _("Your colleagues and the facilitators always. You can change this until you submit."),
)
READERS_HINTS: dict[str, Promise] = {
    Confidentiality.GROUP: _("Beside them only the peers who work on it with you."),
    Confidentiality.COHORT: _("All participants and observers of your cohort."),
    Confidentiality.PROGRAMME: _("Also the cohorts before and after yours."),
}
LINES = ("title", "key_question")
"""Fields of one line."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    challenge = challenge_or_404(request, pk)
    person = person_of(request)
    if request.method == "POST":
        refused = _do(person, challenge, request.POST)
        _keep_answer(request, challenge, is_sent=not refused and request.POST.get("do") == "submit")
        if not refused:
            done = request.POST.get("do") == "submit"
            return redirect("challenges:challenge" if done else "challenges:edit", pk)
        challenge = challenge_or_404(request, pk)
    elif not can_change(person, challenge):
        return redirect("challenges:challenge", pk)
    else:
        refused = {}
    return _render(request, challenge, refused)


def _keep_answer(request: HttpRequest, challenge: Challenge, *, is_sent: bool) -> None:
    """The answer to the questions goes with the next submission; until then this browser keeps it."""
    questions, answer = questions_of(challenge), request.POST.get("why", "")
    if questions is None:
        return
    key = _answer_key(questions)
    if answer and not is_sent:
        request.session[key] = answer
    elif key in request.session:
        del request.session[key]


def _answer_key(questions: Step) -> str:
    """Other questions have another answer."""
    return f"challenge-answer-{questions.pk}"


def _do(person: Person, challenge: Challenge, form: QueryDict) -> dict[str, Refused]:
    """Saves what was changed, then submits if that button was pressed; gives what was turned down, by field."""
    stream = challenge_stream(challenge.pk)
    refused = save_fields(person, stream, "challenge.change", form, _submitted(form))
    if refused or form.get("do") != "submit":
        return refused
    return tried(person, stream, "challenge.submit", {"why": form.get("why", "")})


def _submitted(form: QueryDict) -> dict[str, Any]:
    """In the order in which they are saved."""
    found = {name: str(form[name]) for name in ("language", "confidentiality", *QUESTIONS) if name in form}
    for name in QUESTIONS:
        if name in found:
            found[name] = clean_line(found[name], 10_000) if name in LINES else clean_text(found[name])
    return found


def _render(request: HttpRequest, challenge: Challenge, refused: dict[str, Refused]) -> HttpResponse:
    head, state = read_state(CHALLENGE, person_of(request), challenge_stream(challenge.pk))
    typed = _submitted(request.POST) if refused else {}
    fields = {name: _field(challenge, name, typed.get(name), refused.get(name)) for name in _WORDS}
    questions = questions_of(challenge)
    page = {
        "challenge": challenge,
        "head": head,
        "state_json": json_for_script(state),
        "fields": [fields[name] for name in QUESTIONS if name != "summary"],
        "language": fields["language"],
        "languages": settings.LANGUAGES,
        "summary": fields["summary"],
        "readers": fields["confidentiality"],
        "choices": [(each, each.label, READERS_HINTS[each]) for each in Confidentiality],
        "lines": LINES,
        "state_badge": state_badge(challenge),
        "readers_badge": readers_badge(challenge),
        "waits": who_waits(person_of(request), challenge),
        "questions": questions,
        "answer": request.session.get(_answer_key(questions), "") if questions else "",
        "missing": list(missing_in(challenge).items()),
        "files": list(challenge.attachments.order_by("at", "pk")),
        "turned": refused_fields(refused, "c", _("The challenge")),
    }
    status = STATUS[next(iter(refused.values())).code] if refused else 200
    return render(request, "challenges/edit.html", page, status=status)


_WORDS: dict[str, Words] = {"language": LANGUAGE, **QUESTIONS, "confidentiality": READERS}


def _field(challenge: Challenge, name: str, typed: str | None, refusal: Refused | None) -> FormField:
    held, revision = getattr(challenge, name), challenge.revisions.get(name, 0)
    return form_field(name, _WORDS[name], held, revision, typed, refusal)
