"""The page behind an invitation's link.

Mail scanners open links, so opening the page changes nothing; only its button does. Somebody
who has an account must sign in to accept: an invitation that is passed on must not open it.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synergy.cohorts.actions import accept_invitation
from synergy.cohorts.forms import AcceptanceForm
from synergy.cohorts.models import Invitation
from synergy.cohorts.queries import invitation_with
from synergy.cohorts.rules import is_open
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.queries import person_with_email
from synergy.people.sign_in import MailNotSent, send_code, sign_in, sign_out
from synergy.people.zones import zone_of_country


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_with(token)
    if found is None:
        return render(request, "cohorts/invitation_closed.html", status=404)
    if not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(found.language)
    if request.method == "POST":
        return _accept(request, found, token)
    if not is_open(found, timezone.now()):
        return _closed(request, found)
    return _offer(request, found)


def _offer(request: HttpRequest, invitation: Invitation, form: AcceptanceForm | None = None) -> HttpResponse:
    account = _account_of(invitation)
    guess = {"name": invitation.name, "time_zone": zone_of_country(invitation.institution.country)}
    page = {
        "invitation": invitation,
        "account": account,
        "is_mine": account is not None and account == request.user,
        "form": None if account else form or AcceptanceForm(initial=guess),
    }
    return render(request, "cohorts/invitation.html", page, status=422 if form else 200)


def _closed(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Accepted, withdrawn or too old: the page says which, and what to do."""
    if invitation.seat is not None and invitation.seat.person == request.user:
        return redirect("home")
    status = 200 if invitation.accepted_at else 410
    return render(request, "cohorts/invitation_closed.html", {"invitation": invitation}, status=status)


def _accept(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if not is_open(invitation, timezone.now()):
        return _closed(request, invitation)
    account = _account_of(invitation)
    if account is not None and account != request.user:
        return _ask_for_code(request, account, token)
    if account is not None:
        answers = {"name": account.name, "time_zone": account.time_zone}
    else:
        form = AcceptanceForm(request.POST)
        if not form.is_valid():
            return _offer(request, invitation, form)
        answers = form.cleaned_data
    try:
        seat = accept_invitation(invitation=invitation, now=timezone.now(), **answers)
    except Refused:
        # Withdrawn in this very moment: its page says so.
        return redirect("cohorts:invitation", token)
    if account is not None:
        return redirect("home")
    sign_out(request)
    return sign_in(request, seat.person, to=reverse("home"))


def _ask_for_code(request: HttpRequest, account: Person, token: str) -> HttpResponse:
    """The person has an account: they sign in to it first, and come back here."""
    sign_out(request)
    try:
        send_code(request, account.email)
    except MailNotSent as error:
        return render(request, "503.html", {"words": error.message}, status=503)
    except ValidationError as error:
        return render(request, "429.html", {"words": " ".join(error.messages)}, status=429)
    back = reverse("cohorts:invitation", args=[token])
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': back})}")


def _account_of(invitation: Invitation) -> Person | None:
    """The person with this address, once they have signed in for the first time."""
    person = person_with_email(invitation.email)
    return person if person is not None and person.last_login is not None else None
