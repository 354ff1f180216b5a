"""How a protocol is written down."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from challenges.consultations.events import PhaseCard
from challenges.consultations.models import Speaks, Writes

LISTENING = _("Your peers talk about your case. Listen, and keep what you think in your private note.")


def phase(
    key: str,
    name: str,
    about: str,
    *,
    minutes: int = 0,
    days: int = 0,
    speaks: str = Speaks.EVERYBODY,
    writes: str = Writes.NOTHING,
    silent_first: bool = False,
) -> PhaseCard:
    """With what the case giver is told where only the peers speak."""
    return PhaseCard(
        key=key,
        name=name,
        about=about,
        minutes=minutes,
        days=days,
        speaks=speaks,
        writes=writes,
        silent_first=silent_first,
        listening=LISTENING if speaks == Speaks.PEERS else "",
    )
