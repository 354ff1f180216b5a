"""The stream kind `consultation`: what it holds, who may follow it, and its clock."""

from __future__ import annotations

from challenges.consultations import events
from challenges.consultations.clock import run_clocks
from challenges.consultations.commands import CONSULTATION_COMMANDS
from challenges.consultations.queries import (
    consultation_for,
    consultation_for_each,
    consultation_readers,
    consultation_state_of,
)
from synergy.live.kinds import StreamKind

CONSULTATION = StreamKind(
    name="consultation",
    find=consultation_for,
    find_each=consultation_for_each,
    state=consultation_state_of,
    readers=consultation_readers,
    events=(
        events.ConsultationMoved,
        events.PartsSet,
        events.EntryHidden,
        events.EntrySet,
        events.EntryRemoved,
        events.CommitmentSet,
        events.CommitmentRemoved,
        events.RecommendationSet,
        events.RecommendationWithdrawn,
    ),
    commands=CONSULTATION_COMMANDS,
    signals=frozenset({"typing"}),
    tick=run_clocks,
)
