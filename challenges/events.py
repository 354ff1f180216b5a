"""The facts of a challenge's stream, and the cards that its state is made of.

A text has a revision: the number of its changes. Who saves names the revision that they saw, so that
nobody overwrites what somebody else wrote meanwhile.

# Note [What was never submitted]

Whoever may read a challenge may read its log. What an institution wrote while it was a draft is for the
institution, so each `challenge.submit` empties the facts of texts that were changed again afterwards
(`actions.past`): the log still leads to the present state, and tells no sentence that was taken out.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from rooms.events import PersonCard
from synergy.journal.facts import Fact


class FileCard(msgspec.Struct, frozen=True):
    """`size` is in bytes. It is read at the address `challenges:file`."""

    id: int
    name: str
    content_type: str
    size: int
    sha256: str
    by: int
    at: datetime


class StepCard(msgspec.Struct, frozen=True):
    """One change of state. `why` is set when the challenge was returned or closed, and may be when it is submitted
    again."""

    id: int
    from_state: str
    to_state: str
    by: int
    at: datetime
    why: str


class Doors(msgspec.Struct, frozen=True):
    """The commands that the state leaves open, without `challenge.`: to authors and to those who facilitate."""

    author: list[str]
    facilitator: list[str]


class ChallengeChanged(Fact, frozen=True):
    """Sets one field, its revision and its editor (`by`)."""

    name: ClassVar[str] = "challenge.changed"
    field: str
    value: str
    revision: int
    changed_at: datetime


class ChallengeMoved(Fact, frozen=True):
    """Sets `state`, `submitted_at` and `open`, and appends `step` to `steps`."""

    name: ClassVar[str] = "challenge.moved"
    state: str
    submitted_at: datetime | None
    open: Doors
    step: StepCard


class ChallengeTagged(Fact, frozen=True):
    """Sets `tags`."""

    name: ClassVar[str] = "challenge.tagged"
    tags: list[str]


class ChallengeAttached(Fact, frozen=True):
    """Appends to `files`."""

    name: ClassVar[str] = "challenge.attached"
    file: FileCard


class ChallengeDetached(Fact, frozen=True):
    """Takes the file with this id out of `files`."""

    name: ClassVar[str] = "challenge.detached"
    file: int


class ChallengeCard(msgspec.Struct, frozen=True):
    """The fresh state of a challenge's stream.

    What the person may do: the commands of `open.author` if they are an `author`, those of
    `open.facilitator` if they are a `facilitator`; both stay as they are while the seat does.
    """

    id: int
    cohort: int
    institution: int
    institution_name: str
    country: str
    language: str
    title: str
    situation: str
    tried: str
    stakeholders: str
    key_question: str
    desired_result: str
    constraints: str
    summary: str
    confidentiality: str
    state: str
    tags: list[str]
    files: list[FileCard]
    steps: list[StepCard]
    revisions: dict[str, int]
    editors: dict[str, int]
    created_by: int
    created_at: datetime
    submitted_at: datetime | None
    open: Doors
    author: bool
    facilitator: bool
    people: dict[str, PersonCard]
    """To people of the cohort everybody there; to others of the programme those who are named."""
    me: int
