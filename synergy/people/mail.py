"""Mail in the reader's language: one text, sent as plain text and as small HTML with plain links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from synergy.people.inbox import drop_old_letters
from synergy.people.models import Person


def send_mail(
    template: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    connection: BaseEmailBackend | None = None,
) -> None:
    """Sends `{template}_subject.txt` and `{template}_message.txt` to one address.

    Blank lines part the paragraphs of the text; an indented paragraph, such as a code, is
    shown large. `headers` come on top of those of every mail. Who sends many mails opens one
    `connection` for them. Raises what the mail backend raises.
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        text = render_to_string(f"{template}_message.txt", context).strip("\n") + "\n"
        page = render_to_string("mail/message.html", {"subject": subject, "paragraphs": _paragraphs(text)})
    all_headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    mail = EmailMultiAlternatives(subject, text, to=[to], headers=all_headers, connection=connection)
    mail.attach_alternative(page, "text/html")
    mail.send()
    if settings.CONFIG.demo and not settings.CONFIG.email_url:
        drop_old_letters(settings.CONFIG.data_dir / "mail")


@task()
def mail_about_password(person: int) -> None:
    """Tells that the password was set or removed; once more when it is interrupted, rather than never."""
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if reader is not None:
        context = {"person": reader}
        send_mail("people/email/password_changed", to=reader.email, language=reader.language, context=context)


@task()
def mail_about_two_steps(person: int, change: str) -> None:
    """Tells that the second step was changed; `change` is allauth's name for it, such as "totp_activated"."""
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if reader is not None:
        context = {"person": reader, "change": change}
        send_mail(
            "people/email/two_steps_changed", to=reader.email, language=reader.language, context=context
        )


@task()
def mail_about_new_browser(person: int, browser: str) -> None:
    """Tells that somebody signed in with a browser that was not used before."""
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if reader is not None:
        context = {"person": reader, "browser": browser}
        send_mail("people/email/new_browser", to=reader.email, language=reader.language, context=context)


def language_of(email: str) -> str:
    """The language of the person with this address, or that of the page they are on."""
    language = Person.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return language or translation.get_language() or "en"


def _paragraphs(text: str) -> list[tuple[str, bool]]:
    """The paragraphs, each with whether it is shown large."""
    parts = [part.strip("\n") for part in text.split("\n\n") if part.strip()]
    return [(part.strip(), part.startswith("    ")) for part in parts]
