"""Dates as plans write them, read into days. Filled in next; the shape stands.

`read_moment(wording)` keeps the wording in any case: what is not understood has no days and no precision,
and is never guessed.
"""

from __future__ import annotations

from challenges.plans.events import MomentCard


def read_moment(wording: str) -> MomentCard | None:
    """None for an empty wording."""
    text = " ".join(wording.split())
    return MomentCard(wording=text, since=None, until=None, precision="") if text else None
