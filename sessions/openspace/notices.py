"""What people are told about an Open Space."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from synergy.notices.kinds import NoticeKind, register

REPORT_REMINDED = "report_reminded"


def register_notices() -> None:
    register(
        NoticeKind(
            name=REPORT_REMINDED,
            group=_("Open Space"),
            label=_("You are asked for the report on your topic"),
            title=_("The report on topic %(number)s: %(title)s"),
            text=_(
                "%(who)s asks you for the report on your topic “%(title)s”. A few sentences are enough: "
                "what was said, what you recommend, what comes next."
            ),
        )
    )
