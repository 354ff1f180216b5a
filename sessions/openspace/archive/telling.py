"""The log of a gathering that was put there at once: who follows it hears all of it, in frames of a bearable size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from sessions.openspace.cards import (
    action_card,
    call_card,
    gathering_card,
    news_card,
    request_card,
    slot_card,
    space_card,
    topic_cards,
    word_card,
)
from sessions.openspace.events import ActionSet, GatheringChanged, NewsPosted, TopicProposed, WordSaid
from sessions.openspace.models import CallState, Gathering, RequestState
from sessions.openspace.queries import gathering_stream
from synergy.journal import log
from synergy.journal.facts import Fact

BATCH = 100
"""Cards in one event."""
T = TypeVar("T")


def tell(gathering: Gathering, *, by: int, at: datetime) -> None:
    stream = gathering_stream(gathering.pk)
    for fact in _facts(gathering):
        log.append(stream, fact, by=by, at=at)


def _facts(gathering: Gathering) -> Iterator[Fact]:
    spaces = gathering.spaces.select_related("room").order_by("position", "pk")
    requests = gathering.requests.filter(state=RequestState.OPEN).order_by("pk")
    calls = gathering.calls.exclude(state=CallState.CLOSED).order_by("pk")
    yield GatheringChanged(
        gathering=gathering_card(gathering),
        spaces=[space_card(row) for row in spaces],
        slots=[slot_card(row) for row in gathering.slots.order_by("starts_at", "pk")],
    )
    for topics in _batches(list(gathering.topics.order_by("number"))):
        yield TopicProposed(topics=topic_cards(topics))
    for some in _batches([request_card(row) for row in requests]):
        yield GatheringChanged(requests=some)
    for waiting in _batches([call_card(row) for row in calls]):
        yield GatheringChanged(calls=waiting)
    for news in _batches([news_card(row) for row in gathering.announcements.order_by("pk")]):
        yield NewsPosted(news=news)
    actions = gathering.actions.filter(removed_at=None).order_by("pk")
    for agreed in _batches([action_card(row) for row in actions]):
        yield ActionSet(actions=agreed)
    for words in _batches([word_card(row) for row in gathering.words.order_by("pk")]):
        yield WordSaid(words=words)


def _batches(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
