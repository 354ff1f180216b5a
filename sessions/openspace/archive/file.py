"""What stands in the file of a gathering.

# Note [Names instead of numbers]

No key of a database stands in the file. People are named by their address, topics by their number on
the wall, spaces and slots by their place in the lists here, counted from 0. Moments have a zone. The
talk in the rooms is no part of it: rooms and their messages stay where they were.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from rooms.models import RoomKind, RoomState
from sessions.openspace.models import (
    CallState,
    CircleKind,
    ReportState,
    RequestKind,
    RequestState,
    SlotKind,
    SpaceKind,
    Stage,
    TopicState,
    VotingState,
)
from synergy.cohorts.models import Role
from synergy.people.models import Country, Tier

SCHEMA = "synergy.gathering"
VERSION = 1

Email = Annotated[str, Meta(max_length=254, pattern=r"^[^\s@A-Z]+@[^\s@A-Z]+$")]
Text40 = Annotated[str, Meta(max_length=40)]
Text60 = Annotated[str, Meta(max_length=60)]
Text100 = Annotated[str, Meta(max_length=100)]
Text120 = Annotated[str, Meta(max_length=120)]
Text200 = Annotated[str, Meta(max_length=200)]
Text300 = Annotated[str, Meta(max_length=300)]
Text500 = Annotated[str, Meta(max_length=500)]
Words = Annotated[str, Meta(max_length=100_000)]
Count = Annotated[int, Meta(ge=0, le=32_767)]
Language = Annotated[str, Meta(pattern="^(en|pl|bg|lv|hu|sk)$")]
Moment = Annotated[datetime, Meta(tz=True)]
Place = Annotated[int, Meta(ge=0)]
"""Index into a list of this file."""


class ArchiveError(Exception):
    """The file cannot be imported; the text says where and why."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class InstitutionRecord(Record, frozen=True):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    country: Country
    tier: Tier


class PersonRecord(Record, frozen=True):
    """Somebody whom the gathering names. `institution` and `role` are those of their seat; null without one."""

    email: Email
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    language: Language
    time_zone: Text40
    institution: InstitutionRecord | None
    role: Role | None
    is_coordinator: bool = False


class CircleRecord(Record, frozen=True):
    kind: CircleKind
    order: list[Email]
    at: Count


class AboutRecord(Record, frozen=True):
    on: date
    theme: dict[Language, Words]
    givens: dict[Language, Words]
    sponsor: Text120
    stage: Stage
    is_market_open: bool
    runs_by_clock: bool
    circle: CircleRecord | None
    voting: VotingState
    points_each: Count
    last_number: Count
    created_at: Moment
    closed_at: Moment | None


class SpaceRecord(Record, frozen=True):
    """With the name and title of the room behind it."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    title: Text200
    language: Language
    room_kind: RoomKind
    room_state: RoomState
    kind: SpaceKind
    capacity: Count | None
    is_hard: bool
    position: Count
    removed_at: Moment | None
    closed_with_gathering: bool = False
    """Files from before rooms closed with their gathering do not say."""


class SlotRecord(Record, frozen=True):
    kind: SlotKind
    title: Text60
    starts_at: Moment
    ends_at: Moment
    started_at: Moment | None
    ended_at: Moment | None


class PlacementRecord(Record, frozen=True):
    slot: Place
    space: Place


class VoteRecord(Record, frozen=True):
    person: Email
    points: Annotated[int, Meta(ge=1, le=32_767)]


class NotesRecord(Record, frozen=True):
    """`document` is a Yjs update in Base64; `text` is what it says."""

    space: Place
    title: Text200
    document: bytes
    text: Words
    created_at: Moment


class NextStepRecord(Record, frozen=True):
    what: Words
    who: Words
    when: Text40


class ReportRecord(Record, frozen=True):
    summary: Words
    recommendations: Words
    resources: Words
    requests: Words
    next_steps: list[NextStepRecord]
    participants: list[Email]
    revisions: dict[Text40, Count]
    editors: dict[Text40, Email]
    state: ReportState
    confirmed_by: Email | None
    confirmed_at: Moment | None
    changed_at: Moment


class TopicRecord(Record, frozen=True):
    number: Count
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    why: Text500
    language: Language
    convener: Email | None
    proposed_by: Email
    co_conveners: list[Email]
    not_with: list[Count]
    wished_capacity: Count | None
    state: TopicState
    merged_into: Count | None
    did_not_happen: bool
    created_at: Moment
    placements: list[PlacementRecord]
    interested: list[Email]
    votes: list[VoteRecord]
    report: ReportRecord | None
    notes: NotesRecord | None


class RequestRecord(Record, frozen=True):
    kind: RequestKind
    by: Email
    topic: Count
    other: Count | None
    from_slot: Place | None
    slot: Place | None
    space: Place | None
    waiting_for: list[Email]
    state: RequestState
    created_at: Moment


class StayRecord(Record, frozen=True):
    person: Email
    space: Place
    since: Moment
    until: Moment | None


class AnnouncementRecord(Record, frozen=True):
    by: Email
    text: Text500
    language: Language
    at: Moment


class CallRecord(Record, frozen=True):
    by: Email
    space: Place | None
    text: Text300
    state: CallState
    taken_by: Email | None
    at: Moment
    closed_at: Moment | None


class ActionRecord(Record, frozen=True):
    topic: Count | None
    what: Text300
    convener: Email
    first_step: Text300
    due: date | None
    by: Email
    created_at: Moment
    removed_at: Moment | None


class WordRecord(Record, frozen=True):
    person: Email
    word: Text40
    at: Moment


class SourceRecord(Record, frozen=True):
    """From which row of another board something came."""

    source: Text100
    key: Text300
    slot: Place | None
    space: Place | None
    topic: Count | None


class GatheringFile(Record, frozen=True):
    """See the Note [Names instead of numbers]."""

    schema: Literal["synergy.gathering"]
    version: Literal[1]
    gathering: AboutRecord
    people: list[PersonRecord]
    spaces: list[SpaceRecord]
    slots: list[SlotRecord]
    topics: list[TopicRecord]
    requests: list[RequestRecord]
    stays: list[StayRecord]
    announcements: list[AnnouncementRecord]
    calls: list[CallRecord]
    actions: list[ActionRecord]
    words: list[WordRecord]
    sources: list[SourceRecord]


class _Kind(msgspec.Struct):
    """What is looked at first, so that a file of another kind is not blamed for its fields."""

    schema: str = ""
    version: int = 0


def read_file(body: bytes) -> GatheringFile:
    """Raises ArchiveError with the path of the field that is wrong."""
    try:
        kind = msgspec.json.decode(body, type=_Kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(f"this is no file of a gathering: {error}") from None
    if kind.schema != SCHEMA:
        raise ArchiveError(f'$.schema: expected "{SCHEMA}", got "{kind.schema}"')
    if kind.version != VERSION:
        raise ArchiveError(f"$.version: this version reads {VERSION}, the file has {kind.version}")
    try:
        return msgspec.json.decode(body, type=GatheringFile)
    except msgspec.ValidationError as error:
        raise ArchiveError(str(error)) from None


def file_of(archive: GatheringFile) -> bytes:
    """UTF-8 JSON, indented, so that two files can be compared line by line."""
    return msgspec.json.format(msgspec.json.encode(archive), indent=1) + b"\n"
