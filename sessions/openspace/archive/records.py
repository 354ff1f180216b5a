"""Rows that stand by themselves, as records of the file."""

from __future__ import annotations

from typing import Any

from rooms.models import RoomKind, RoomState
from sessions.openspace.archive.file import InstitutionRecord, PersonRecord, SlotRecord, SpaceRecord
from sessions.openspace.models import Slot, SlotKind, Space, SpaceKind
from synergy.people.models import Person


def person_record(person: Person, seat: Any) -> PersonRecord:
    institution = seat and InstitutionRecord(
        seat.institution.name, seat.institution.country, seat.institution.tier
    )
    return PersonRecord(
        email=person.email,
        name=person.name,
        language=person.language,
        time_zone=person.time_zone,
        institution=institution or None,
        role=seat.role if seat else None,
        is_coordinator=bool(seat and seat.is_coordinator),
    )


def space_record(space: Space) -> SpaceRecord:
    return SpaceRecord(
        name=space.room.name,
        title=space.room.title,
        language=space.room.language,
        room_kind=RoomKind(space.room.kind),
        room_state=RoomState(space.room.state),
        kind=SpaceKind(space.kind),
        capacity=space.capacity,
        is_hard=space.is_hard,
        position=space.position,
        removed_at=space.removed_at,
        closed_with_gathering=space.closed_with_gathering,
    )


def slot_record(slot: Slot) -> SlotRecord:
    return SlotRecord(
        kind=SlotKind(slot.kind),
        title=slot.title,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        started_at=slot.started_at,
        ended_at=slot.ended_at,
    )
