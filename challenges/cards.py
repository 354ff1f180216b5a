"""Rows made into the cards that clients hold."""

from __future__ import annotations

from challenges.events import Doors, FileCard, StepCard
from challenges.models import Attachment, State, Step
from challenges.rules import WRITABLE


def file_card(row: Attachment) -> FileCard:
    return FileCard(
        id=row.pk,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        by=row.by_id,
        at=row.at,
    )


def step_card(row: Step) -> StepCard:
    return StepCard(
        id=row.pk, from_state=row.from_state, to_state=row.to_state, by=row.by_id, at=row.at, why=row.why
    )


def doors_of(state: str, *, was_submitted: bool) -> Doors:
    """The commands that the rules leave open in this state. The same for all, so that it is part of a fact."""
    author = ["change", "detach", "submit"] if state in WRITABLE else []
    if state == State.SUBMITTED:
        author.append("withdraw")
    facilitator = ["return", "accept"] if state == State.SUBMITTED else []
    if state != State.CLOSED:
        author.append("close")
        if was_submitted:
            facilitator += ["tag", "close"]
    return Doors(author=author, facilitator=facilitator)
