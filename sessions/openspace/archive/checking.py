"""Whether all names in a file lead somewhere, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from rooms.notes.document import check_update, merge
from sessions.openspace.archive.file import (
    ArchiveError,
    GatheringFile,
    NotesRecord,
    RequestRecord,
    SlotRecord,
    TopicRecord,
)
from sessions.openspace.models import TopicState


class _Reference(NamedTuple):
    path: str
    kind: str
    value: Any


def check(file: GatheringFile) -> None:
    """Raises ArchiveError with the path of the first field that cannot be."""
    _check_unique("$.people", "email", [person.email for person in file.people])
    _check_unique("$.topics", "number", [topic.number for topic in file.topics])
    known: dict[str, set[Any]] = {
        "person": {person.email for person in file.people},
        "topic": {topic.number for topic in file.topics},
        "slot": set(range(len(file.slots))),
        "space": set(range(len(file.spaces))),
    }
    for reference in _references(file):
        if reference.value is not None and reference.value not in known[reference.kind]:
            raise ArchiveError(f"{reference.path}: the file has no {reference.kind} {reference.value}")
    for at, slot in enumerate(file.slots):
        _check_times(f"$.slots[{at}]", slot)
    for at, topic in enumerate(file.topics):
        _check_topic(f"$.topics[{at}]", topic)


def _references(file: GatheringFile) -> Iterator[_Reference]:
    if file.gathering.circle:
        yield from _people("$.gathering.circle.order", file.gathering.circle.order)
    for at, topic in enumerate(file.topics):
        yield from _of_topic(f"$.topics[{at}]", topic)
    for at, request in enumerate(file.requests):
        yield from _of_request(f"$.requests[{at}]", request)
    for name, fields in _FIELDS.items():
        for at, record in enumerate(getattr(file, name)):
            for field, kind in fields.items():
                yield _Reference(f"$.{name}[{at}].{field}", kind, getattr(record, field))


_FIELDS = {
    "stays": {"person": "person", "space": "space"},
    "announcements": {"by": "person"},
    "calls": {"by": "person", "space": "space", "taken_by": "person"},
    "actions": {"topic": "topic", "convener": "person", "by": "person"},
    "words": {"person": "person"},
    "sources": {"slot": "slot", "space": "space", "topic": "topic"},
}


def _people(path: str, emails: list[str]) -> Iterator[_Reference]:
    for at, email in enumerate(emails):
        yield _Reference(f"{path}[{at}]", "person", email)


def _of_topic(path: str, topic: TopicRecord) -> Iterator[_Reference]:
    yield _Reference(f"{path}.convener", "person", topic.convener)
    yield _Reference(f"{path}.proposed_by", "person", topic.proposed_by)
    yield from _people(f"{path}.co_conveners", topic.co_conveners)
    yield from _people(f"{path}.interested", topic.interested)
    for at, number in enumerate(topic.not_with):
        yield _Reference(f"{path}.not_with[{at}]", "topic", number)
    yield _Reference(f"{path}.merged_into", "topic", topic.merged_into)
    for at, place in enumerate(topic.placements):
        yield _Reference(f"{path}.placements[{at}].slot", "slot", place.slot)
        yield _Reference(f"{path}.placements[{at}].space", "space", place.space)
    for at, vote in enumerate(topic.votes):
        yield _Reference(f"{path}.votes[{at}].person", "person", vote.person)
    if topic.notes:
        yield _Reference(f"{path}.notes.space", "space", topic.notes.space)
    if topic.report:
        yield from _people(f"{path}.report.participants", topic.report.participants)
        yield _Reference(f"{path}.report.confirmed_by", "person", topic.report.confirmed_by)
        for name, email in topic.report.editors.items():
            yield _Reference(f"{path}.report.editors.{name}", "person", email)


def _of_request(path: str, request: RequestRecord) -> Iterator[_Reference]:
    yield _Reference(f"{path}.by", "person", request.by)
    yield _Reference(f"{path}.topic", "topic", request.topic)
    yield _Reference(f"{path}.other", "topic", request.other)
    yield _Reference(f"{path}.from_slot", "slot", request.from_slot)
    yield _Reference(f"{path}.slot", "slot", request.slot)
    yield _Reference(f"{path}.space", "space", request.space)
    yield from _people(f"{path}.waiting_for", request.waiting_for)


def _check_unique(path: str, field: str, values: list[Any]) -> None:
    seen = set()
    for at, value in enumerate(values):
        if value in seen:
            raise ArchiveError(f"{path}[{at}].{field}: {value} is there twice")
        seen.add(value)


def _check_times(path: str, slot: SlotRecord) -> None:
    if slot.ends_at <= slot.starts_at:
        raise ArchiveError(f"{path}.ends_at: it must be after starts_at")
    if slot.ended_at is not None and slot.started_at is None:
        raise ArchiveError(f"{path}.ended_at: it ended without having started")


def _check_topic(path: str, topic: TopicRecord) -> None:
    if (topic.state == TopicState.MERGED) != (topic.merged_into is not None):
        raise ArchiveError(f"{path}.merged_into: it goes with the state merged, and only with it")
    _check_unique(f"{path}.placements", "slot", [place.slot for place in topic.placements])
    _check_unique(f"{path}.interested", "email", list(topic.interested))
    _check_unique(f"{path}.votes", "person", [vote.person for vote in topic.votes])
    if topic.notes:
        _check_notes(f"{path}.notes", topic.notes)
    for at, step in enumerate(topic.report.next_steps if topic.report else []):
        if step.when and not _is_date(step.when):
            raise ArchiveError(f"{path}.report.next_steps[{at}].when: expected an ISO date or nothing")


def _check_notes(path: str, notes: NotesRecord) -> None:
    if not notes.document:
        return
    try:
        check_update(notes.document)
    except ValueError as error:
        raise ArchiveError(f"{path}.document: {error}") from None
    if merge(notes.document, []).text != notes.text:
        raise ArchiveError(f"{path}.text: it is not what the document says")


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
