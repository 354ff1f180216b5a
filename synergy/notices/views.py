from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from synergy.live.field_forms import whole_number
from synergy.notices.actions import choose, mark_read, stop_mail
from synergy.notices.forms import ChoicesForm, QuietForm
from synergy.notices.kinds import all_kinds, words_of
from synergy.notices.links import address_from, read_stop_link
from synergy.notices.models import Choice, Notice
from synergy.notices.push_key import push_key
from synergy.notices.push_views import push_context
from synergy.notices.queries import choices_of, page_of_notices, quiet_hours_of, unread_of
from synergy.people.models import Person
from synergy.people.views import person_of


@never_cache
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    before = request.GET.get("before", "")
    rows, has_more = page_of_notices(person, whole_number(before) or None)
    today = timezone.localdate()
    days = [
        {"day": day, "name": _name_of(day, today), "rows": [_shown(row) for row in group]}
        for day, group in groupby(rows, key=_day_of)
    ]
    context = {
        "days": days,
        "oldest": rows[-1].pk if has_more else None,
        "is_first": not before,
        "unread": unread_of(person.pk),
    }
    return render(request, "notices/list.html", context)


def _day_of(notice: Notice) -> date:
    return timezone.localtime(notice.at).date()


def _shown(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "words": words_of(notice), "address": address_from(notice)}


def _name_of(day: date, today: date) -> str:
    """Today and yesterday have a name; other days are written out."""
    return {0: _("Today"), 1: _("Yesterday")}.get((today - day).days, "")


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Marks one notice as read, or all."""
    chosen = [whole_number(pk) for pk in request.POST.getlist("notice")]
    ids = None if "all" in request.POST else chosen
    mark_read(person=person_of(request), ids=ids, now=timezone.now())
    return redirect("notices:list")


@login_required
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ChoicesForm(request.POST or None, rows=choices_of(person))
    quiet = QuietForm(request.POST or None, instance=quiet_hours_of(person))
    if form.is_valid() and quiet.is_valid():
        choose(
            person=person, kinds=form.chosen(pushes=push_key() is not None), quiet=quiet.save(commit=False)
        )
        messages.success(request, _("Saved."))
        return redirect("notices:choices")
    status = 400 if form.errors or quiet.errors else 200
    context = {"form": form, "quiet": quiet, **push_context(request, person)}
    return render(request, "notices/choices.html", context, status=status)


@csrf_exempt  # The mail program of somebody who is not signed in asks, see RFC 8058. The link is signed.
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, and with a POST stops the mail about the kinds that the link names. Nothing else is shown or done."""
    try:
        pk, names = read_stop_link(token)
    except (signing.BadSignature, KeyError, ValueError):
        raise Http404 from None
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    if request.method == "POST":
        stop_mail(person=pk, kinds=names)
    with translation.override(person.language):
        kinds = [kind for kind in all_kinds() if kind.name in names]
        context = {
            "kinds": kinds,
            "is_stopped": request.method == "POST",
            "is_on_page": not Choice.objects.filter(person=pk, kind__in=names, in_app=False).exists(),
        }
        return render(request, "notices/stop.html", context)
