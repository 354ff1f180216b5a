"""The protocols that are shipped, as data. There is no code that belongs to one of them."""

from __future__ import annotations

from django.utils.translation import gettext
from msgspec.structs import replace

from challenges.consultations.events import PhaseCard, ProtocolCard
from challenges.consultations.protocols.in_writing import IN_WRITING
from challenges.consultations.protocols.long import ACTION_LEARNING, CASE_CLINIC, PEER_ASSIST
from challenges.consultations.protocols.short import KOLLEGIALE, KOLLEGIALE_SHORT, TROIKA

SHIPPED: dict[str, ProtocolCard] = {
    each.key: each
    for each in (
        KOLLEGIALE,
        KOLLEGIALE_SHORT,
        CASE_CLINIC,
        TROIKA,
        ACTION_LEARNING,
        PEER_ASSIST,
        IN_WRITING,
    )
}


def in_the_language_of_now(protocol: ProtocolCard) -> ProtocolCard:
    """A shipped protocol with its texts translated; one of a cohort as it was written."""
    if protocol.key not in SHIPPED:
        return protocol
    return replace(
        protocol,
        name=_said(protocol.name),
        about=_said(protocol.about),
        phases=[_phase(phase) for phase in protocol.phases],
    )


def _phase(phase: PhaseCard) -> PhaseCard:
    return replace(phase, name=_said(phase.name), about=_said(phase.about), listening=_said(phase.listening))


def _said(text: str) -> str:
    """Nothing stays nothing: to gettext an empty text is the catalogue's own head."""
    return gettext(text) if text else ""
