"""The mixer of task groups: from people, challenges and what was settled by hand to groups, with their reasons.

It knows of no database and no request: `mix(wishes, seed)` is a plain function, the same for the same seed.
"""

from challenges.groups.mixing.findings import Reason, Shortfall
from challenges.groups.mixing.mixer import Mixed, mix, review
from challenges.groups.mixing.table import penalty
from challenges.groups.mixing.wishes import COUNTRIES_WISHED, Case, Participant, Wishes

__all__ = [
    "COUNTRIES_WISHED",
    "Case",
    "Mixed",
    "Participant",
    "Reason",
    "Shortfall",
    "Wishes",
    "mix",
    "penalty",
    "review",
]
