"""The facts of a person's own stream, which nobody else may follow."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from synergy.journal.facts import Fact


class PersonState(msgspec.Struct, frozen=True):
    """`unread`: how many notices the person has not read."""

    unread: int


class NoticesCounted(Fact, frozen=True):
    """A notice came, or some were read. Sets `unread`."""

    name: ClassVar[str] = "notices.counted"
    unread: int
