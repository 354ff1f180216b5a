"""What is taken out is taken out of the log, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from msgspec.structs import replace

from challenges.consultations.events import (
    CommitmentSet,
    ConsultationMoved,
    EntrySet,
    RecommendationSet,
)
from challenges.consultations.models import Consultation
from challenges.consultations.queries import consultation_stream
from synergy.journal import log
from synergy.journal.facts import Entry as LogEntry
from synergy.journal.facts import Fact, StreamId

PAGE = 500


def forget_entry(consultation: Consultation, pk: int) -> None:
    """Empties the entry's words wherever the log has them. The consultation is held."""

    def emptied(event: LogEntry) -> Fact | None:
        if event.name == EntrySet.name:
            fact = msgspec.json.decode(event.body, type=EntrySet)
            if fact.entry.id == pk:
                return replace(fact, entry=replace(fact.entry, text="", note=""))
        if event.name == ConsultationMoved.name:
            moved = msgspec.json.decode(event.body, type=ConsultationMoved)
            if any(each.id == pk for each in moved.entries):
                entries = [
                    replace(each, text="", note="") if each.id == pk else each for each in moved.entries
                ]
                return replace(moved, entries=entries)
        return None

    _rewrite(consultation, emptied)


def forget_commitment(consultation: Consultation, pk: int) -> None:
    """The same for a commitment."""

    def emptied(event: LogEntry) -> Fact | None:
        if event.name == CommitmentSet.name:
            fact = msgspec.json.decode(event.body, type=CommitmentSet)
            if fact.commitment.id == pk:
                return replace(fact, commitment=replace(fact.commitment, text=""))
        return None

    _rewrite(consultation, emptied)


def forget_recommendation(consultation: Consultation, pk: int) -> None:
    """The same for a recommendation."""

    def emptied(event: LogEntry) -> Fact | None:
        if event.name == RecommendationSet.name:
            fact = msgspec.json.decode(event.body, type=RecommendationSet)
            if fact.recommendation.id == pk:
                return replace(fact, recommendation=replace(fact.recommendation, text=""))
        return None

    _rewrite(consultation, emptied)


def _rewrite(consultation: Consultation, emptied: Callable[[LogEntry], Fact | None]) -> None:
    stream = consultation_stream(consultation.pk)
    changes = {event.seq: fact for event in _past(stream) if (fact := emptied(event)) is not None}
    if changes:
        log.rewrite_the_past(stream, changes)


def _past(stream: StreamId) -> Iterator[LogEntry]:
    after = 0
    while page := log.since(stream, after, PAGE):
        yield from page
        after = page[-1].seq
