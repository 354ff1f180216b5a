"""All recommendations on a challenge with their answers; its institution answers here, also without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.consultations.models import Answer, Entry, Recommendation, RunState
from challenges.consultations.page_words import answer_badge
from challenges.consultations.queries import consultation_stream, consultations_of, recommendations_for
from challenges.consultations.views import plan_address
from challenges.models import Challenge
from challenges.rules import is_author
from challenges.threads import threads_of
from challenges.views import challenge_or_404
from challenges.words import Badge
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seats_with_past
from synergy.live.field_forms import tried, whole_number
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of


@dataclass(frozen=True)
class Line:
    """A recommendation as the page shows it; `typed` is what was turned down with `problem`."""

    row: Recommendation
    badge: Badge
    by: Seat | None
    answered_by: Seat | None
    suggestion: Entry | None
    consultation: int | None
    """The one that it comes from, when the person may open it."""
    may_answer: bool
    problem: str = ""
    typed: QueryDict | None = None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    challenge = challenge_or_404(request, pk)
    person = person_of(request)
    given = recommendations_for(person, challenge)
    refused: dict[str, Refused] = {}
    if request.method == "POST":
        refused = _answer(request, challenge, given)
        if not refused:
            number = whole_number(request.POST.get("number", ""))
            messages.success(request, _("Your answer is sent to the peers."))
            return redirect(f"{reverse('consultations:recommendations', args=[pk])}#r{number}")
        given = recommendations_for(person, challenge)
    is_own = is_author(person, challenge)
    unanswered = [row.consultation.state == RunState.FINISHED for row in given if row.state == Answer.OPEN]
    context = {
        "challenge": challenge,
        "gone": refused.get(""),
        "typed": request.POST,
        "lines": _lines(person, challenge, given, refused, request.POST),
        "waiting": sum(unanswered),
        "still_runs": not all(unanswered),
        "is_own": is_own,
        "consultations": [] if given else consultations_of(person, challenge),
        "plans": [each for each in threads_of(person, challenge) if each.kind == "plan"],
        "plan_url": plan_address(challenge.pk) if is_own and _takes_up(given) else "",
    }
    status = STATUS[next(iter(refused.values())).code] if refused else 200
    return render(request, "challenges/consultations/recommendations.html", context, status=status)


def _lines(
    person: Person,
    challenge: Challenge,
    given: list[Recommendation],
    refused: dict[str, Refused],
    typed: QueryDict,
) -> list[Line]:
    """Never more queries for more recommendations."""
    seats = {seat.person_id: seat for seat in seats_with_past(challenge.cohort_id)}
    open_to = {each.pk for each in consultations_of(person, challenge)}
    is_own = is_author(person, challenge)
    return [
        Line(
            row=row,
            badge=answer_badge(row.state),
            by=seats.get(row.by_id),
            answered_by=seats.get(row.answered_by_id or 0),
            suggestion=row.suggestion,
            consultation=row.consultation_id if row.consultation_id in open_to else None,
            may_answer=is_own and row.consultation.state == RunState.FINISHED,
            problem=refused[str(row.pk)].detail if str(row.pk) in refused else "",
            typed=typed if str(row.pk) in refused else None,
        )
        for row in given
    ]


def _takes_up(given: list[Recommendation]) -> bool:
    return any(row.state in (Answer.ACCEPTED, Answer.ADAPTED) for row in given)


def _answer(request: HttpRequest, challenge: Challenge, given: list[Recommendation]) -> dict[str, Refused]:
    """Sends the answer of the form through the command table; gives what was turned down, by the row's id.

    "": of a recommendation that is not there any more.
    """
    form = request.POST
    row = next((each for each in given if str(each.pk) == form.get("recommendation")), None)
    if row is None:
        asked = whole_number(form.get("recommendation", ""))
        if challenge.recommendations.filter(pk=asked).exists():
            return {"": Refused("conflict", _("This recommendation has been taken back."))}
        return {"": Refused("not_found", _("There is no such recommendation."))}
    data = {
        "recommendation": row.pk,
        "state": form.get("state", ""),
        "base": whole_number(form.get("base", "")),
        "text": form.get("text", "").strip(),
        "why": form.get("why", "").strip(),
    }
    stream = consultation_stream(row.consultation_id)
    return tried(person_of(request), stream, "recommendation.answer", data, str(row.pk))
