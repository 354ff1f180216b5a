"""A person's deadlines in their own calendar: the page that gives the address, and the feed behind it.

# Note [The address is the key]

Calendars cannot sign in, so the address carries a token. It stands in logs and settings of other programs,
so it opens nothing but calendars: a token that may do more is not taken here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges.plans.calendar import dated_items, feed_of
from challenges.plans.models import Item
from challenges.plans.queries import due_for, plan_for, plans_for
from challenges.plans.rules import is_own
from synergy.keys.actions import make_token, note_use
from synergy.keys.queries import token_with
from synergy.live.field_forms import whole_number
from synergy.live.limits import Rate
from synergy.live.rates import spend
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of

SCOPE = "calendar:read"
DAYS = 365
FEED_RATE = Rate(per_second=0.2, burst=30)
"""Of all calendars of one person, in each process."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Makes an address of one's own; it is in the answer to the form and nowhere else."""
    person = person_of(request)
    plans = [plan for plan in plans_for(person) if is_own(person, plan)]
    if request.method != "POST":
        return render(request, "challenges/plans/calendar.html", {"plans": plans})
    chosen = whole_number(request.POST.get("plan", ""))
    plan = next((each for each in plans if each.pk == chosen), None)
    name = _("Calendar: %(plan)s") % {"plan": plan.title if plan else _("what is due for me")}
    try:
        _token, secret = make_token(
            person=person, name=name[:80], scopes=[SCOPE], days=DAYS, now=timezone.now()
        )
    except Refused as refusal:
        page = {"plans": plans, "refused": refusal.detail}
        return render(request, "challenges/plans/calendar.html", page, status=STATUS[refusal.code])
    path = (
        reverse("plans:plan_calendar", args=[secret, plan.pk])
        if plan
        else reverse("plans:calendar", args=[secret])
    )
    page = {"plans": plans, "address": request.build_absolute_uri(path)}
    return render(request, "challenges/plans/calendar.html", page)


@never_cache
@require_safe
def due_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What its person answers for and has not completed, in all plans."""

    def dates_of(person: Person) -> tuple[str, list[Item]]:
        return _("What is due for me"), [due.item for due in due_for(person, timezone.now())]

    return _answer(request, secret, dates_of)


@never_cache
@require_safe
def plan_feed(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """All dates of a plan that its person may see."""

    def dates_of(person: Person) -> tuple[str, list[Item]]:
        plan = plan_for(person, pk)
        if plan is None:
            raise Http404
        return plan.title, dated_items(plan)

    return _answer(request, secret, dates_of)


def _answer(
    request: HttpRequest, secret: str, dates_of: Callable[[Person], tuple[str, list[Item]]]
) -> HttpResponse:
    """In the person's language. `dates_of` gives the name of the calendar and what stands in it."""
    try:
        person = _person_with(secret)
    except Refused as refusal:
        return HttpResponse(status=STATUS[refusal.code], headers=refusal.headers)
    with translation.override(person.language):
        name, items = dates_of(person)
        feed = feed_of(name, items, lambda item: _full_address(request, item))
    headers = {"Content-Disposition": 'inline; filename="synergy.ics"'}
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8", headers=headers)


def _full_address(request: HttpRequest, item: Item) -> str:
    return request.build_absolute_uri(reverse("plans:item", args=[item.plan_id, item.pk]))


def _person_with(secret: str) -> Person:
    """See the Note [The address is the key]. Raises Refused (`rate_limited`)."""
    now = timezone.now()
    token = token_with(secret, now)
    if token is None or token.scopes != [SCOPE]:
        raise Http404
    spend(token.person_id, "calendar", FEED_RATE)
    note_use(token, now)
    return token.person
