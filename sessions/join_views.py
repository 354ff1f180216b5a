"""Coming into a live session by the letters on its screen.

# Note [What a code tells]

A wrong, an old and a withdrawn code get the same answer, and so do addresses that are known
and those that are not: both get a mail, and both see the page that asks for its code. Wrong
letters are counted per network address.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions import actions
from sessions.forms import JoinCodeForm, JoinForm, NewSeatForm
from sessions.letters import show_letters
from sessions.models import JoinCode
from sessions.queries import codes_in_use, plenary_of, session_for, session_to_open, valid_code
from sessions.rules import can_grant_seats
from synergy.cohorts.queries import seat_in
from synergy.live.refusals import Refused
from synergy.people.actions import register_person
from synergy.people.models import Person
from synergy.people.names import name_from_address
from synergy.people.queries import person_with_email
from synergy.people.sign_in import send_code
from synergy.people.views import person_of


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    is_stranger = not request.user.is_authenticated
    form = JoinForm(
        request.POST or None, asks_email=is_stranger, initial={"code": request.GET.get("code", "")[:20]}
    )
    if not form.is_valid():
        return _join_page(request, form)
    code = _code_for(request, form.cleaned_data["code"])
    if code is None:
        form.add_error("code", _wrong_code())
        return _join_page(request, form)
    if not is_stranger:
        return redirect("training:enter", code.letters)
    email = form.cleaned_data["email"]
    try:
        _expect(request, email, code)
    except ValidationError as error:
        form.add_error("email", error)
        return _join_page(request, form)
    back = reverse("training:enter", args=[code.letters])
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': back})}")


def _join_page(request: HttpRequest, form: JoinForm) -> HttpResponse:
    return render(request, "sessions/join.html", {"form": form}, status=422 if form.is_bound else 200)


def _expect(request: HttpRequest, email: str, code: JoinCode) -> None:
    """Mails a sign-in code; somebody new gets an account first, when the join code may let them in."""
    send_code(request, email, newcomer=_newcomer if code.grants_seats else None)


def _newcomer(email: str) -> Person | None:
    """A person for this address; None when its account is closed."""
    if person_with_email(email) is not None:
        return None
    language = translation.get_language() or "en"
    return register_person(
        email=email, name=name_from_address(email), language=language, time_zone="Europe/Warsaw"
    )


def _code_for(request: HttpRequest, typed: str) -> JoinCode | None:
    """The code, if it holds and lets this person in. Failures count against the network address."""
    limit = {"app": "allauth.account", "action": "join_code_failed", "limit_get": True}
    if not ratelimit.consume(request, **limit, dry_run=True):
        return None
    code = valid_code(typed, timezone.now())
    if code is not None and _lets_in(code, request):
        return code
    ratelimit.consume(request, **limit)
    return None


def _lets_in(code: JoinCode, request: HttpRequest) -> bool:
    if code.grants_seats or not isinstance(request.user, Person):
        return True
    return seat_in(request.user, code.training_session.cohort_id) is not None


def _wrong_code() -> str:
    return _(
        "This code does not open a session for you now. Check the letters on the screen, "
        "or ask the facilitator for a new code."
    )


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, letters: str) -> HttpResponse:
    """To the session's plenary room; by way of a short form for somebody who has no seat yet."""
    if not isinstance(request.user, Person):
        return redirect(f"{reverse('training:join')}?{urlencode({'code': letters})}")
    code = _code_for(request, letters)
    if code is None:
        messages.error(request, _wrong_code())
        return redirect("training:join")
    if seat_in(request.user, code.training_session.cohort_id) is not None:
        return _to_plenary(code)
    present = {"name": request.user.name, "time_zone": request.user.time_zone}
    form = NewSeatForm(request.POST or None, initial=present)
    if not form.is_valid():
        page = {"form": form, "training_session": code.training_session}
        return render(request, "sessions/new_seat.html", page, status=422 if form.is_bound else 200)
    try:
        actions.take_seat(code=code, person=request.user, now=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.detail)
        return redirect("training:join")
    return _to_plenary(code)


def _to_plenary(code: JoinCode) -> HttpResponse:
    room = plenary_of(code.training_session)
    return redirect("rooms:room", room.pk) if room else redirect("home")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def join_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code in large letters, to be put on the screen; and the form that makes a new one."""
    found = session_to_open(person_of(request), pk)
    if found is None and session_for(person_of(request), pk):
        raise PermissionDenied(_("Facilitators and organisers show the join code. You have a seat already."))
    if found is None:
        raise Http404
    session, seat = found
    now = timezone.now()
    form = JoinCodeForm(request.POST or None, may_grant=can_grant_seats(seat))
    if form.is_valid():
        actions.open_join_code(
            training_session=session,
            by=person_of(request),
            grants_seats=form.cleaned_data.get("grants_seats", False),
            valid_until=now + form.cleaned_data["hours"],
            now=now,
        )
        return redirect("training:join_code", session.pk)
    code = codes_in_use(session, now).first()
    page = {
        "training_session": session,
        "code": code,
        "letters": show_letters(code.letters) if code else "",
        "address": request.get_host() + reverse("training:join"),
        "form": form,
    }
    return render(request, "sessions/join_code.html", page)


@login_required
@require_POST
def revoke_join_code(request: HttpRequest, pk: int) -> HttpResponse:
    found = session_to_open(person_of(request), pk)
    if found is None:
        raise Http404
    session, _seat = found
    actions.revoke_join_codes(training_session=session, now=timezone.now())
    messages.success(request, _("The code no longer works."))
    return redirect("training:join_code", session.pk)
