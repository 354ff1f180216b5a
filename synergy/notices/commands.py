"""What the doors accept for a person's own stream."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from synergy.live.kinds import Call, Command
from synergy.notices.actions import mark_read
from synergy.people.models import Person

Key = Annotated[int, Meta(ge=1, lt=2**53)]


class ReadNotices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Marks notices as read. `ids`: which; null for all."""

    ids: Annotated[list[Key], Meta(min_length=1, max_length=200)] | None


def is_oneself(person: Person, own: Person) -> bool:
    return person.pk == own.pk


def _read(call: Call) -> None:
    mark_read(person=call.person, ids=call.data.ids, now=call.at)


PERSON_COMMANDS = (Command(name="notices.read", schema=ReadNotices, may=is_oneself, run=_read),)
