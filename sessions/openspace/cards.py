"""From rows to the cards that clients hold. Each function costs the same number of queries for one row and for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, QuerySet, Sum

from sessions.openspace.events import (
    ActionCard,
    CallCard,
    CircleCard,
    GatheringCard,
    NewsCard,
    PlaceCard,
    RequestCard,
    SlotCard,
    SpaceCard,
    TopicCard,
    WordCard,
)
from sessions.openspace.models import (
    Action,
    Announcement,
    ClosingWord,
    Gathering,
    HelpCall,
    Interest,
    Placement,
    ReportState,
    Request,
    Slot,
    Space,
    Topic,
    TopicReport,
    TopicState,
    Vote,
    VotingState,
)


def gathering_card(gathering: Gathering) -> GatheringCard:
    """Two queries at most: who voted, and what came of it."""
    return GatheringCard(
        id=gathering.pk,
        session=gathering.training_session_id,
        on=gathering.on,
        theme=gathering.theme,
        givens=gathering.givens,
        sponsor=gathering.sponsor,
        stage=gathering.stage,
        is_market_open=gathering.is_market_open,
        runs_by_clock=gathering.runs_by_clock,
        circle=circle_card(gathering),
        voting=gathering.voting,
        points_each=gathering.points_each,
        voters=voters_of(gathering),
        results=results_of(gathering) if gathering.voting == VotingState.CLOSED else None,
        closed_at=gathering.closed_at,
    )


def results_of(gathering: Gathering) -> dict[str, int]:
    """{topic id: points}, topics on offer with points only."""
    sums = _votes_that_count(gathering).values("topic").annotate(sum=Sum("points"))
    return {str(row["topic"]): row["sum"] for row in sums.order_by("-sum", "topic__number")}


def space_card(space: Space) -> SpaceCard:
    """`space` with its room."""
    return SpaceCard(
        id=space.pk,
        room=space.room_id,
        name=space.room.name,
        kind=space.kind,
        capacity=space.capacity,
        is_hard=space.is_hard,
        position=space.position,
        is_removed=space.removed_at is not None,
    )


def slot_card(slot: Slot) -> SlotCard:
    return SlotCard(
        id=slot.pk,
        kind=slot.kind,
        title=slot.title,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        started_at=slot.started_at,
        ended_at=slot.ended_at,
    )


def topic_cards(topics: Sequence[Topic]) -> list[TopicCard]:
    """The cards in the order of `topics`. Five queries."""
    ids = [topic.pk for topic in topics]
    places: dict[int, list[PlaceCard]] = {}
    for place in Placement.objects.filter(topic__in=ids).order_by("slot__starts_at", "pk"):
        places.setdefault(place.topic_id, []).append(PlaceCard(place.slot_id, place.space_id))
    interested = _pairs(Interest.objects.filter(topic__in=ids).order_by("pk").values_list("topic", "person"))
    co = Topic.co_conveners.through.objects.filter(topic__in=ids).order_by("pk")
    co_conveners = _pairs(co.values_list("topic", "person"))
    wishes = Topic.not_with.through.objects.filter(from_topic__in=ids).order_by("pk")
    not_with = _pairs(wishes.values_list("from_topic", "to_topic"))
    reports = dict(TopicReport.objects.filter(topic__in=ids).values_list("topic", "state"))
    return [
        TopicCard(
            id=topic.pk,
            number=topic.number,
            title=topic.title,
            why=topic.why,
            language=topic.language,
            convener=topic.convener_id,
            co_conveners=co_conveners.get(topic.pk, []),
            not_with=not_with.get(topic.pk, []),
            wished_capacity=topic.wished_capacity,
            state=topic.state,
            merged_into=topic.merged_into_id,
            did_not_happen=topic.did_not_happen,
            places=places.get(topic.pk, []),
            interested=interested.get(topic.pk, []),
            report=reports.get(topic.pk, ReportState.NONE),
            notes=topic.notes_id,
            proposed_by=topic.proposed_by_id,
            at=topic.created_at,
        )
        for topic in topics
    ]


def topic_card(topic: Topic) -> TopicCard:
    (card,) = topic_cards([topic])
    return card


def request_card(request: Request) -> RequestCard:
    return RequestCard(
        id=request.pk,
        kind=request.kind,
        by=request.by_id,
        topic=request.topic_id,
        other=request.other_id,
        from_slot=request.from_slot_id,
        slot=request.slot_id,
        space=request.space_id,
        waiting_for=list(request.waiting_for),
        state=request.state,
        at=request.created_at,
    )


def circle_card(gathering: Gathering) -> CircleCard | None:
    """The circle that sits now."""
    if not gathering.circle_kind:
        return None
    return CircleCard(gathering.circle_kind, list(gathering.circle_order), gathering.circle_at)


def call_card(call: HelpCall) -> CallCard:
    """Without the words: those are for who facilitates, see `queries.desk`."""
    return CallCard(
        id=call.pk,
        by=call.by_id,
        space=call.space_id,
        state=call.state,
        taken_by=call.taken_by_id,
        at=call.at,
    )


def news_card(news: Announcement) -> NewsCard:
    return NewsCard(id=news.pk, by=news.by_id, text=news.text, language=news.language, at=news.at)


def action_card(action: Action) -> ActionCard:
    return ActionCard(
        id=action.pk,
        topic=action.topic_id,
        what=action.what,
        convener=action.convener_id,
        first_step=action.first_step,
        due=action.due,
        by=action.by_id,
        at=action.created_at,
        is_removed=action.removed_at is not None,
    )


def word_card(word: ClosingWord) -> WordCard:
    return WordCard(id=word.person_id, word=word.word, at=word.at)


def voters_of(gathering: Gathering) -> int:
    """How many people have given points."""
    if gathering.voting == VotingState.OFF:
        return 0
    counted = _votes_that_count(gathering).aggregate(n=Count("person", distinct=True))
    return int(counted["n"])


def _votes_that_count(gathering: Gathering) -> QuerySet[Vote]:
    return Vote.objects.filter(topic__gathering=gathering, topic__state=TopicState.OFFERED)


def _pairs(rows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """{first: [second, …]}"""
    found: dict[int, list[int]] = {}
    for first, second in rows:
        found.setdefault(first, []).append(second)
    return found
