"""What people are told about an Open Space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from synergy.notices.kinds import NoticeKind, register
from synergy.notices.models import Mail

REPORT_REMINDED = "report_reminded"
CLOSED = "openspace_closed"


def _with_theme(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """`themes`, by language, as `theme` in the reader's language, else in English."""
    themes = values["themes"]
    return {**values, "theme": themes.get(get_language()) or themes.get("en") or gettext("Open Space")}


def register_notices() -> None:
    register(
        NoticeKind(
            name=CLOSED,
            group=_("Open Space"),
            label=_("An Open Space is closed, and its book is there"),
            title=_("The book of the Open Space is there"),
            text=_(
                "“%(theme)s” is closed. Its reports, points and actions stand in one book, to read and to take home."
            ),
            mail=Mail.DIGEST,
            prepare=_with_theme,
        )
    )
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
