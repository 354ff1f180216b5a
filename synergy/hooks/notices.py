from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from synergy.hooks.models import Hook
from synergy.notices.actions import notify
from synergy.notices.kinds import NoticeKind, register

ENDED = "hook_ended"


def register_notices() -> None:
    register(
        NoticeKind(
            name=ENDED,
            group=_("Other programs"),
            label=_("A webhook of yours is switched off"),
            title=_("A webhook is switched off: %(host)s"),
            text=_("%(url)s did not take what happened in %(cohort)s. Look at its last answers."),
        )
    )


def tell_of_end(hook: Hook, now: datetime) -> None:
    """In the transaction that ends it."""
    notify(
        people=[hook.person],
        kind=ENDED,
        key=str(hook.pk),
        values={"url": hook.url, "host": hook.url.split("/")[2], "cohort": hook.cohort.name},
        address=reverse("hooks:hook", args=[hook.cohort_id, hook.pk]),
        now=now,
    )
