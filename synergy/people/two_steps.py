"""A second step at sign-in: what somebody has set up, and where allauth is told how Synergy does it.

Nothing of allauth.mfa's own views is imported at the start of the process: they load cryptography.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from synergy.people.browsers import describe_browser
from synergy.people.models import Person

Kind = Authenticator.Type
SECOND_STEPS = (Kind.TOTP, Kind.WEBAUTHN)
# How long new recovery codes may be saved as a file after they were shown.
SAVING_SECONDS = 10 * 60


@dataclass(frozen=True)
class TwoSteps:
    """What a person has set up."""

    app_since: datetime | None
    passkeys: list[Authenticator]
    codes_left: int | None
    """None when no recovery codes were made."""

    @property
    def is_on(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)

    @property
    def codes_are_few(self) -> bool:
        return self.codes_left is not None and self.codes_left < 3


def two_steps_of(person: Person) -> TwoSteps:
    """One query."""
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    first = {Kind(one.type): one for one in reversed(found)}
    app, codes = first.get(Kind.TOTP), first.get(Kind.RECOVERY_CODES)
    return TwoSteps(
        app_since=app.created_at if app else None,
        passkeys=[one for one in found if one.type == Kind.WEBAUTHN],
        codes_left=_codes_left(codes) if codes else None,
    )


def has_second_step(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type__in=SECOND_STEPS).exists())


def codes_may_be_saved(person: Person) -> bool:
    codes = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    shown_at = codes.data.get("viewed_at") if codes else None
    return shown_at is not None and time.time() - shown_at < SAVING_SECONDS


def _codes_left(codes: Authenticator) -> int:
    used: int = codes.data["used_mask"]
    return int(settings.MFA_RECOVERY_CODE_COUNT) - used.bit_count()


def passkeys_work_at(host: str) -> bool:
    """Browsers bind a passkey to a name: at a bare address such as 127.0.0.1 there is none."""
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return True
    return False


def on_demand(name: str) -> Callable[..., HttpResponse]:
    """The view of this name, imported when it is first asked for."""
    load = cache(lambda: import_string(name))

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = load()(request, *args, **kwargs)
        return answer

    return view


class TwoStepsAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth.mfa asks here."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "That was not right. Take the newest code of your app, a recovery code that was not used yet, "
            "or a passkey of this account."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
    }

    def get_totp_issuer(self) -> str:
        return "Synergy"

    def _get_site_name(self) -> str:
        return "Synergy"

    def build_totp_svg(self, url: str) -> SafeString:
        """The picture as marks of the page itself: nothing is loaded, and no style stands in it."""
        import qrcode  # type: ignore[import-untyped]

        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>',
            len(rows),
            _("Picture for the camera of your phone. The key beside it says the same."),
            path,
        )

    def generate_authenticator_name(self, *_account: Any) -> str:
        """The browser in which a passkey is made, to begin with."""
        agent = context.request.headers.get("user-agent", "")
        return describe_browser(agent) or _("Passkey")
