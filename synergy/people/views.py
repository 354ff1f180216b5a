from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from synergy.audit.models import Act
from synergy.audit.trail import note, own_acts
from synergy.people import actions
from synergy.people.browsers import describe_browser
from synergy.people.forms import PasswordForm, PictureForm, ProfileForm
from synergy.people.inbox import newest_letters
from synergy.people.mail import mail_about_password
from synergy.people.models import Person
from synergy.people.queries import sessions_of
from synergy.people.recent import ask_to_sign_in_again, signed_in_lately
from synergy.people.sign_in import renew_session
from synergy.people.two_steps import two_steps_of

RECENT = 30
"""Entries of the audit trail about oneself that the page shows."""


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; for views that nobody else reaches."""
    return cast("Person", request.user)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    present = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
    form = ProfileForm(request.POST or None, initial=present)
    if form.is_valid():
        actions.change_profile(person=person, **form.cleaned_data)
        translation.activate(person.language)
        messages.success(request, _("Saved."))
        return redirect("people:profile")
    context = {"form": form, "picture_form": PictureForm(), "two_steps": two_steps_of(person)}
    return render(request, "people/profile.html", context)


@login_required
@require_POST
def picture(request: HttpRequest) -> HttpResponse:
    """Takes a new picture, or takes the present one away."""
    person = person_of(request)
    if "remove" in request.POST:
        actions.set_picture(person=person, picture=None)
        messages.success(request, _("Your picture is gone."))
        return redirect("people:profile")
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        for error in form.errors["picture"]:
            messages.error(request, str(error))
        return redirect("people:profile")
    actions.set_picture(person=person, picture=form.cleaned_data["picture"])
    messages.success(request, _("Your picture is saved."))
    return redirect("people:profile")


@sensitive_post_parameters("present", "password")
@login_required
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not person.has_usable_password() and not signed_in_lately(request):
        return ask_to_sign_in_again(request, then=request.path)
    form = PasswordForm(request.POST or None, person=person)
    if not form.is_valid():
        return render(request, "people/password.html", {"form": form})
    _set_password(request, form.cleaned_data["password"])
    messages.success(request, _("Your password is saved. You are signed out everywhere else."))
    return redirect("people:profile")


@login_required
@require_POST
def remove_password(request: HttpRequest) -> HttpResponse:
    """Without the present one, which may be forgotten; so after a sign-in by code."""
    if not signed_in_lately(request):
        return ask_to_sign_in_again(request, then=reverse("people:password"))
    _set_password(request, None)
    messages.success(request, _("Your password is gone. You sign in with a code."))
    return redirect("people:profile")


@transaction.atomic
def _set_password(request: HttpRequest, new: str | None) -> None:
    person = person_of(request)
    key = request.session.session_key or ""
    actions.set_password(person=person, password=new, session_key=key, now=timezone.now())
    renew_session(request, person)
    mail_about_password.enqueue(person.pk)


@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "session": session,
            "browser": describe_browser(session.user_agent),
            "is_this_one": session.session_key == request.session.session_key,
        }
        for session in sessions_of(person_of(request))
    ]
    page = {"rows": rows, "acts": own_acts(person_of(request).pk, RECENT)}
    return render(request, "people/sessions.html", page)


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Ends one session, or all but this one."""
    own = request.session.session_key
    listed = {str(session.pk): session.session_key for session in sessions_of(person_of(request))}
    chosen = (
        listed.keys() if "others" in request.POST else listed.keys() & set(request.POST.getlist("session"))
    )
    keys = {listed[pk] for pk in chosen} - {own}
    now = timezone.now()
    with transaction.atomic():
        ended = actions.end_sessions(person=person_of(request), keys=keys, now=now)
        if ended:
            note(Act.SESSIONS_ENDED, by=person_of(request).pk, about=str(ended), now=now)
    if ended:
        messages.success(request, _("Signed out there."))
    return redirect("people:sessions")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switches the language of the pages; for a signed-in person that of the mails, too."""
    code = request.POST.get("language", "")
    response = redirect(_safe_next(request))
    if code not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, Person):
        actions.set_language(person=request.user, language=code)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax")
    return response


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """All mail that was sent. Only in a demonstration, where anyone may be anyone."""
    if not settings.CONFIG.demo:
        raise Http404
    folder = settings.CONFIG.data_dir / "mail"
    return render(request, "people/inbox.html", {"letters": newest_letters(folder)})
