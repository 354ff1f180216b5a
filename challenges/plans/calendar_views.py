"""A person's deadlines in their own calendar: the page that gives the address, and the feed behind it.

# Note [The address is the key]

Calendars cannot sign in, so the address carries a token. It stands in logs and settings of other programs,
so it opens nothing but calendars: a token that may do more is not taken here.
"""

from __future__ import annotations

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
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of

SCOPE = "calendar:read"
DAYS = 365


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
    person = _person_with(secret)
    with translation.override(person.language):
        items = [due.item for due in due_for(person, timezone.now())]
        return _answer(request, _("What is due for me"), items)


@never_cache
@require_safe
def plan_feed(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """All dates of a plan that its person may see."""
    person = _person_with(secret)
    plan = plan_for(person, pk)
    if plan is None:
        raise Http404
    with translation.override(person.language):
        return _answer(request, plan.title, dated_items(plan))


def _person_with(secret: str) -> Person:
    """See the Note [The address is the key]."""
    now = timezone.now()
    token = token_with(secret, now)
    if token is None or token.scopes != [SCOPE]:
        raise Http404
    note_use(token, now)
    return token.person


def _answer(request: HttpRequest, name: str, items: list[Item]) -> HttpResponse:
    def link(item: Item) -> str:
        return request.build_absolute_uri(reverse("plans:item", args=[item.plan_id, item.pk]))

    return HttpResponse(
        feed_of(name, items, link),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="synergy.ics"'},
    )
