"""Sign-in by a code in an e-mail: the few places where allauth is told how Synergy does it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from synergy.audit.models import Act, AuditEvent
from synergy.audit.trail import note
from synergy.live.access import access_changed
from synergy.people.actions import end_sessions
from synergy.people.browsers import describe_browser
from synergy.people.mail import language_of, mail_about_new_browser, mail_about_two_steps, send_mail
from synergy.people.models import Person
from synergy.people.two_steps import passkeys_work_at

logger = logging.getLogger(__name__)
SECOND_STEP = "mfa/email/"
INVENTED = "person_is_invented"


class MailNotSent(ValidationError):
    """The mail server did not take a mail. Nobody waits for a code now; asking again starts anew."""

    def __init__(self) -> None:
        super().__init__(
            _("We cannot send mail at the moment, so there is no code. Try again in a few minutes.")
        )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth asks here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail or the password is not right. You can sign in with a code instead."
        ),
        "incorrect_code": _("This is not the code of the newest mail. Type it again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then ask for a new code."),
        "rate_limited": _("Too many tries. Wait a few minutes, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in by invitation or by the code of a live session."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Raises MailNotSent."""
        words = {**context, "email": email}
        try:
            send_mail(template_prefix, to=email, language=language_of(email), context=words)
        except OSError as error:
            logger.error("the mail server does not take mail: %s", error)
            raise MailNotSent from None

    @transaction.atomic
    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """Mail that something about the second step has changed goes out after the answer."""
        what = template_prefix.removeprefix(SECOND_STEP)
        if what == template_prefix:
            raise ValueError(template_prefix)  # nothing else that allauth tells of can be done here
        note(Act.SECOND_STEP, by=user.pk, now=timezone.now())  # the mail says which change
        mail_about_two_steps.enqueue(user.pk, what)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Keeps who signed in, with which browser; one that is new to somebody is told by mail."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        note_sign_in(request, user, timezone.now())
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        tried = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        person = Person.objects.filter(email=tried).first()
        if person is not None:
            note(Act.REFUSED, by=person.pk, about=_browser_of(request), now=timezone.now())

    def get_login_stages(self) -> list[str]:
        """Nobody is asked for the second step of an invented person."""
        stages: list[str] = super().get_login_stages()
        is_invented = getattr(self.request, INVENTED, False)
        return [stage for stage in stages if not (is_invented and stage.startswith("allauth.mfa."))]

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """Who has a second step shows that one: a password alone does not take it away."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [method for method in methods if method["id"].startswith("mfa")]
        if passkeys_work_at(self.request.get_host()):
            # Pressing a button comes before typing; sorting keeps the rest as it is.
            second.sort(key=lambda method: not method["id"].endswith(":webauthn"))
        return second or methods

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        person, key = request.user, request.session.session_key
        logout(request)
        if not isinstance(person, Person) or not key:
            return
        now = timezone.now()
        if not end_sessions(person=person, keys=[key], now=now):
            # Not in the list of sessions, but sockets may hang on it all the same.
            access_changed([person.pk], now)


@transaction.atomic
def note_sign_in(request: HttpRequest, person: Person, now: datetime) -> None:
    """In the audit trail; with a mail, when the browser is new and no code went to the mailbox before."""
    browser = _browser_of(request)
    before = AuditEvent.objects.filter(by=person.pk, act=Act.SIGNED_IN)
    has_been_here = person.seen_at is not None or before.exists()
    is_new = has_been_here and not before.filter(about=browser).exists()
    ways = {each.get("method") for each in get_authentication_records(request, person)}
    if is_new and ways & {"password", "mfa"} and "code" not in ways:
        mail_about_new_browser.enqueue(person.pk, browser)
    note(Act.SIGNED_IN, by=person.pk, about=browser, now=now)


def _browser_of(request: HttpRequest) -> str:
    return describe_browser(request.headers.get("User-Agent", ""))


def send_code(
    request: HttpRequest, email: str, *, newcomer: Callable[[str], Person | None] | None = None
) -> None:
    """Mails a sign-in code and makes the request's session wait for it, whether or not somebody has this address.

    When nobody has it, and not too many codes were asked for, `newcomer` may make the person.
    Raises ValidationError, in words for the person, when too many were asked for or no mail can be sent.
    """
    form = RequestLoginCodeForm({"email": email})
    if not form.is_valid():
        raise ValidationError([message for messages in form.errors.values() for message in messages])
    address = form.cleaned_data["email"]
    person = form._user or (newcomer(address) if newcomer else None)
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=address)


def renew_session(request: HttpRequest, person: Person) -> None:
    """Keeps the person signed in here after their password has changed, under a new key in their list of sessions."""
    old = request.session.session_key
    update_session_auth_hash(request, person)
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    UserSession.objects.create_from_request(request)


def sign_out(request: HttpRequest) -> None:
    """Ends the request's session, if somebody is signed in with it."""
    if request.user.is_authenticated:
        AccountAdapter(request).logout(request)


def sign_in_as_invented(request: HttpRequest, person: Person, *, to: str) -> HttpResponse:
    """Signs in without a second step; for the people of a demonstration alone."""
    setattr(request, INVENTED, settings.CONFIG.demo)
    return sign_in(request, person, to=to)


def sign_in(request: HttpRequest, person: Person, *, to: str) -> HttpResponse:
    """Signs in somebody who has shown who they are, and answers with the way to the page `to`.

    Who has set up a second step is asked for it first.
    """
    record_authentication(request, person, "link")
    response: HttpResponse = perform_login(request, person, redirect_url=to)
    return response
