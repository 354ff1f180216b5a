from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rooms.queries import rooms_for
from sessions import today
from sessions.ahead import ahead_for
from sessions.queries import day_at, plenary_of, session_near
from sessions.rules import can_show_code
from sessions.since import news_for
from sessions.underway import as_it_goes
from sessions.waiting import waiting_for
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import active_seats, seats_of
from synergy.cohorts.rules import can_manage_people, can_moderate, can_write
from synergy.people.views import person_of


@never_cache
@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    seat = seats_of(person_of(request)).first()
    if seat is None:
        return render(request, "sessions/no_seat.html")
    now = timezone.localtime()
    seats = list(active_seats(seat.cohort_id))
    waiting = waiting_for(person_of(request), now)
    page = {
        "seat": seat,
        "greeting": today.greeting(now),
        "now": now,
        "countries": today.by_country(seats),
        "size": len(seats),
        "rooms": today.rooms_first_unread(rooms_for(person_of(request), seat.cohort_id)),
        "may_manage": can_manage_people(seat),
        "may_facilitate": can_moderate(seat),
        "waiting": waiting,
        "news": news_for(person_of(request), now, said=[line.address for line in waiting]),
        **_programme(seat, seats),
    }
    if page.get("is_over"):
        page["ahead"] = ahead_for(person_of(request), now)
    return render(request, "sessions/today.html", page)


def _programme(seat: Seat, seats: list[Seat]) -> dict[str, Any]:
    """The session that is near, its day, and what comes next."""
    now = timezone.localtime()
    session = session_near(seat.cohort_id, now.date(), now)
    if session is None:
        return {}
    plan = day_at(session, now)
    if plan:
        plan = as_it_goes(session, plan, now)
    activity = plan.next_at(now) if plan else None
    is_over = plan is None and session.ends_on < now.date()
    found = {
        "training_session": session,
        "is_over": is_over,
        "where": today.place_in_programme(session),
        "plan": plan,
        "room": (activity and activity.room) or plenary_of(session),
        "may_show_code": can_show_code(seat) and not is_over,
        "may_write": can_write(seat),
    }
    if activity is None:
        return found
    countries = {each.institution.country for each in seats}
    return {
        **found,
        "activity": activity,
        "when": today.when(activity, now),
        "elsewhere": today.elsewhere(activity.starts_at, seat.institution.country, countries),
    }
