"""Peer consultations: their protocol, who has which role, what is written, and what came of it."""

from challenges.consultations.models.outcomes import (
    Answer,
    Asked,
    CheckIn,
    Commitment,
    Outcome,
    Recommendation,
)
from challenges.consultations.models.runs import Consultation, Part, PartTaken, Protocol, RunState, Speaks
from challenges.consultations.models.written import LISTS, Entry, PrivateNote, Verdict, Writes

__all__ = [
    "LISTS",
    "Answer",
    "Asked",
    "CheckIn",
    "Commitment",
    "Consultation",
    "Entry",
    "Outcome",
    "Part",
    "PartTaken",
    "PrivateNote",
    "Protocol",
    "Recommendation",
    "RunState",
    "Speaks",
    "Verdict",
    "Writes",
]
