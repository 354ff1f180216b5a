"""The task groups of a day, for everybody; complete without JavaScript, and kept fresh by the bundle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.groups.days import GroupDay, day_to_show, days_of
from challenges.groups.queries import groups_stream
from challenges.groups.rules import can_propose
from challenges.groups.shown import shown_groups
from challenges.groups.streams import GROUPS
from challenges.queries import challenges_for
from rooms.queries import rooms_for
from sessions.models import TrainingSession
from sessions.queries import session_for, session_near
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seats_of
from synergy.live.streams import read_state
from synergy.people.models import Person
from synergy.people.views import person_of


@never_cache
@login_required
@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Leads to the day that matters now, of the session that is near."""
    seat, today = seats_of(person_of(request)).first(), timezone.localdate()
    session = session_near(seat.cohort_id, today, timezone.now()) if seat else None
    if session is None:
        return render(request, "challenges/groups/no_session.html", {"seat": seat})
    shown = day_to_show(days_of(session), today, makes_groups=can_propose(seat))
    return redirect("task_groups:day", session.pk, shown.on)


@never_cache
@login_required
@require_safe
def day(request: HttpRequest, session: int, on: date) -> HttpResponse:
    person = person_of(request)
    training_session, seat, days, shown = day_or_404(person, session, on)
    page: dict[str, Any] = {
        "training_session": training_session,
        "days": days,
        "day": shown,
        "may_make": can_propose(seat),
        "head": 0,
        "groups": [],
    }
    if shown.mix:
        page |= _published(person, shown.mix.pk, training_session.cohort_id)
    return render(request, "challenges/groups/day.html", page)


def day_or_404(
    person: Person, session: int, on: date
) -> tuple[TrainingSession, Seat, list[GroupDay], GroupDay]:
    """The session, the person's seat in its cohort, all its days, and the one that is asked for."""
    found = session_for(person, session)
    if found is None:
        raise Http404
    days = days_of(found[0])
    shown = next((each for each in days if each.on == on), None)
    if shown is None:
        raise Http404
    return *found, days, shown


def _published(person: Person, mix: int, cohort: int) -> dict[str, Any]:
    """The groups as the person may see them. Never more queries for more groups or people."""
    head, state = read_state(GROUPS, person, groups_stream(mix))
    if state.published_at is None:
        return {"head": head}
    challenges = {challenge.pk: challenge for challenge in challenges_for(person)}
    doors = {room.id for room in rooms_for(person, cohort)}
    groups = shown_groups(state, challenges, doors)
    return {"head": head, "groups": groups, "is_in_one": any(group.is_own for group in groups)}
