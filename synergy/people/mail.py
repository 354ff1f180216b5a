"""Mail in the reader's language: one text, sent as plain text and as small HTML with plain links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from synergy.people.inbox import drop_old_letters
from synergy.people.models import Person

# A mail server may take seconds, and the thread that runs commands has none to spare. What waits here is
# sent before the process ends; callers bound how much it is.
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def later(work: Callable[[], None]) -> Future[None]:
    """Sends mails when those before them are out, in a thread that does nothing else."""
    return _post.submit(work)


def mail_is_out() -> None:
    """Waits until what was to be mailed has been."""
    later(lambda: None).result()


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


def language_of(email: str) -> str:
    """The language of the person with this address, or that of the page they are on."""
    language = Person.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return language or translation.get_language() or "en"


def _paragraphs(text: str) -> list[tuple[str, bool]]:
    """The paragraphs, each with whether it is shown large."""
    parts = [part.strip("\n") for part in text.split("\n\n") if part.strip()]
    return [(part.strip(), part.startswith("    ")) for part in parts]
