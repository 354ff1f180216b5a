"""The stream kind `challenge`: what it holds and who may follow it."""

from __future__ import annotations

from challenges import events
from challenges.commands import CHALLENGE_COMMANDS
from challenges.queries import challenge_for, challenge_for_each, challenge_readers, challenge_state_of
from synergy.live.kinds import StreamKind

CHALLENGE = StreamKind(
    name="challenge",
    find=challenge_for,
    find_each=challenge_for_each,
    state=challenge_state_of,
    readers=challenge_readers,
    events=(
        events.ChallengeChanged,
        events.ChallengeMoved,
        events.ChallengeTagged,
        events.ChallengeAttached,
        events.ChallengeDetached,
    ),
    commands=CHALLENGE_COMMANDS,
    signals=frozenset({"typing"}),
)
