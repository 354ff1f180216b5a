"""Which requests can still be done. One that cannot is taken off the wall with what made it so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from sessions.openspace.cards import request_card
from sessions.openspace.events import RequestCard
from sessions.openspace.models import (
    Gathering,
    Placement,
    Request,
    RequestKind,
    RequestState,
    Topic,
    TopicState,
)

CO_CONVENERS_LIMIT = 10


def void_requests(gathering: Gathering, topics: Sequence[Topic]) -> list[RequestCard]:
    """Takes back the open requests about `topics` that cannot be done any more; their cards.

    Called with the gathering's stream locked, after the topics have changed.
    """
    about = Q(topic__in=topics) | Q(other__in=topics)
    requests = gathering.requests.filter(about, state=RequestState.OPEN)
    found = requests.select_related("topic", "other", "from_slot", "slot", "space").order_by("pk")
    return [_take_back(request) for request in found if why_not(request) is not None]


def take_back_requests(gathering: Gathering, which: Q) -> list[RequestCard]:
    """Takes back all of these open requests, because what they name goes off the wall; their cards."""
    requests = gathering.requests.filter(which, state=RequestState.OPEN).order_by("pk")
    return [_take_back(request) for request in requests]


def take_back_asked_by(gathering: Gathering, topic: Topic, people: Collection[int]) -> list[RequestCard]:
    """Takes back what these persons, who speak for the topic no longer, have asked for about it; the cards."""
    return take_back_requests(gathering, (Q(topic=topic) | Q(other=topic)) & Q(by__in=people))


def why_not(request: Request) -> str | None:
    """Why what is asked for cannot be done, in words for who asks or agrees; None when it can."""
    topics = topics_of(request)
    if any(topic.state != TopicState.OFFERED for topic in topics):
        return _("One of these topics is not on offer any more.")
    conveners = {topic.convener_id for topic in topics}
    if None in conveners or set(request.waiting_for) - conveners:
        return _("One of these topics has no convener who could agree. It can be adopted first.")
    if request.kind == RequestKind.MERGE:
        return _why_not_merge(request)
    if request.kind == RequestKind.SWAP:
        return _why_not_swap(request)
    return _why_not_continue(request)


def topics_of(request: Request) -> list[Topic]:
    """The topics whose conveners are asked."""
    return [request.topic] if request.other is None else [request.topic, request.other]


def helpers_after_merge(request: Request) -> set[int]:
    """Ids of those who would co-convene the topic that stays."""
    stays = request.other
    people = {topic.convener_id for topic in topics_of(request)}
    for topic in topics_of(request):
        people.update(topic.co_conveners.values_list("pk", flat=True))
    return {person for person in people if person is not None and stays and person != stays.convener_id}


def _why_not_merge(request: Request) -> str | None:
    if Placement.objects.filter(topic=request.topic, slot__ended_at__isnull=False).exists():
        return _("A topic that has had its round stays as it is.")
    if len(helpers_after_merge(request)) > CO_CONVENERS_LIMIT:
        return _("A topic may have %(limit)d co-conveners.") % {"limit": CO_CONVENERS_LIMIT}
    return None


def _why_not_swap(request: Request) -> str | None:
    one, other = _slots_of(request.topic), _slots_of(request.other)
    if request.from_slot_id not in one or request.slot_id not in other:
        return _("One of these topics does not stand there any more.")
    if one[request.from_slot_id] or other[request.slot_id]:
        return _("A round that is over stays as it was.")
    if request.from_slot_id != request.slot_id and (request.slot_id in one or request.from_slot_id in other):
        return _("One of these topics would stand twice in a round.")
    return None


def _why_not_continue(request: Request) -> str | None:
    slots = _slots_of(request.topic)
    if not slots:
        return _("This topic has no place yet. Its convener can choose one.")
    if request.slot_id in slots:
        return _("This topic stands in that round already.")
    if request.slot is None or request.slot.ended_at is not None:
        return _("This round is over. Choose one that is still to come.")
    if request.space is None or request.space.removed_at is not None:
        return _("This space has been taken off the wall.")
    return None


def _slots_of(topic: Topic | None) -> dict[int | None, bool]:
    """{slot id: whether it is over} of where the topic stands."""
    rows = Placement.objects.filter(topic=topic).values_list("slot", "slot__ended_at")
    return {slot: ended_at is not None for slot, ended_at in rows}


def _take_back(request: Request) -> RequestCard:
    request.state = RequestState.TAKEN_BACK
    request.save(update_fields=["state"])
    return request_card(request)
