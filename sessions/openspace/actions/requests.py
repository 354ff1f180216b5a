"""Merging, swapping and continuing topics: done when the conveners of all topics concerned agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sessions.openspace.actions.consent import helpers_after_merge, topics_of, void_requests, why_not
from sessions.openspace.actions.held import vote_without
from sessions.openspace.actions.permission import (
    offered_topic,
    require,
    require_market,
    require_part,
    slot_in,
    space_in,
)
from sessions.openspace.actions.placing import put
from sessions.openspace.cards import request_card, topic_cards
from sessions.openspace.events import RequestAnswered, RequestMade
from sessions.openspace.models import (
    Gathering,
    Interest,
    Placement,
    Request,
    RequestKind,
    RequestState,
    Topic,
    TopicState,
)
from sessions.openspace.queries import gathering_stream
from sessions.openspace.rules import can_convene
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

OPEN_LIMIT = 200
"""Most requests of one gathering that wait for an answer: they all stand in its state."""


def make_request(
    *,
    person: Person,
    gathering: Gathering,
    kind: str,
    topic: int,
    now: datetime,
    other: int | None = None,
    from_slot: int | None = None,
    slot: int | None = None,
    space: int | None = None,
) -> Request:
    """Asks the conveners of the topics concerned; of one's own topics one agrees at once. Raises Refused.

    merge: `topic` goes into `other`. swap: `topic`, in `from_slot`, and `other`, in `slot`, change places.
    continue: `topic` goes on in `slot` and `space`. When nobody is left to ask, it is done at once.
    """
    require_market(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        request = Request(
            gathering=gathering,
            kind=kind,
            by=person,
            topic=offered_topic(gathering, topic),
            other=offered_topic(gathering, other) if other is not None else None,
            from_slot=slot_in(gathering, from_slot) if from_slot is not None else None,
            slot=slot_in(gathering, slot) if slot is not None else None,
            space=space_in(gathering, space) if space is not None else None,
            created_at=now,
        )
        _require_whole(request)
        _require_new(request)
        if (detail := why_not(request)) is not None:
            raise Refused("conflict", detail)
        request.waiting_for = _conveners_to_ask(person, request)
        request.save(force_insert=True)
        changed = _carry_out(request, now) if not request.waiting_for else []
        fact = RequestMade(**_cards(gathering, request, changed))
        log.append(stream, fact, by=person.pk, at=now)
    return request


def answer_request(
    *, person: Person, gathering: Gathering, request: int, accept: bool, now: datetime
) -> Request:
    """Agrees or declines for the topics that the person convenes or co-convenes. Raises Refused.

    One who declines ends it; when all have agreed it is done. A request that cannot be done any more is
    taken back instead; its `state` tells.
    """
    require_part(person, gathering)
    if accept:
        require_market(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = _open_request(gathering, request)
        speaks_for = {topic.convener_id for topic in topics_of(row) if can_convene(person, topic)}
        waiting = [each for each in row.waiting_for if each not in speaks_for]
        require(waiting != row.waiting_for, _("Only the conveners who were asked can answer."))
        changed: list[Topic] = []
        row.waiting_for = waiting if accept else row.waiting_for
        if not accept:
            row.state = RequestState.REFUSED
        elif why_not(row) is not None:
            row.state = RequestState.TAKEN_BACK
        elif not waiting:
            changed = _carry_out(row, now)
        row.save(update_fields=["waiting_for", "state"])
        fact = RequestAnswered(**_cards(gathering, row, changed))
        log.append(stream, fact, by=person.pk, at=now)
    return row


def take_back_request(*, person: Person, gathering: Gathering, request: int, now: datetime) -> None:
    """Takes back what one has asked for. Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = _open_request(gathering, request)
        require(row.by_id == person.pk, _("Only who asked can take it back."))
        row.state = RequestState.TAKEN_BACK
        row.save(update_fields=["state"])
        log.append(stream, RequestAnswered(requests=[request_card(row)]), by=person.pk, at=now)


def _require_whole(request: Request) -> None:
    """Raises Refused (`invalid`) unless the request says what its kind needs, and nothing else."""
    needed = {
        RequestKind.MERGE.value: {"other"},
        RequestKind.SWAP.value: {"other", "from_slot", "slot"},
        RequestKind.CONTINUE.value: {"slot", "space"},
    }[request.kind]
    given = {name for name in ("other", "from_slot", "slot", "space") if getattr(request, name) is not None}
    if given != needed:
        raise Refused("invalid", _("This request is not complete."))
    if request.topic_id == request.other_id:
        raise Refused("invalid", _("Choose another topic than this one."))


def _require_new(request: Request) -> None:
    waiting = request.gathering.requests.filter(state=RequestState.OPEN)
    same = waiting.filter(
        kind=request.kind, topic=request.topic, other=request.other, slot=request.slot, space=request.space
    )
    if same.exists():
        raise Refused("conflict", _("This has been asked already. The conveners have not answered yet."))
    if waiting.count() >= OPEN_LIMIT:
        raise Refused("conflict", _("Too many requests wait for an answer. Try again later."))


def _conveners_to_ask(person: Person, request: Request) -> list[int]:
    ids = [topic.convener_id for topic in topics_of(request) if not can_convene(person, topic)]
    return list(dict.fromkeys(each for each in ids if each is not None))


def _open_request(gathering: Gathering, pk: int) -> Request:
    requests = gathering.requests.select_related("topic", "other", "from_slot", "slot", "space__room")
    request = requests.filter(pk=pk).first()
    if request is None:
        raise Refused("not_found", _("There is no such request on this wall."))
    if request.state != RequestState.OPEN:
        raise Refused("conflict", _("This request is settled already."))
    return request


def _carry_out(request: Request, now: datetime) -> list[Topic]:
    """Does what all have agreed to; the topics that changed. `why_not` has been asked."""
    request.state = RequestState.ACCEPTED
    request.save(update_fields=["state"])
    if request.kind == RequestKind.MERGE:
        _merge(request)
    elif request.kind == RequestKind.SWAP:
        _swap(request)
    elif request.slot and request.space:
        put(request.topic, request.slot, request.space, now)
    return topics_of(request)


def _merge(request: Request) -> None:
    """The one topic goes into the other, whose words stay: it brings its people, its place becomes free."""
    topic, other = request.topic, request.other
    if other is None:
        return
    helpers = helpers_after_merge(request)
    topic.placements.all().delete()
    topic.state, topic.merged_into = TopicState.MERGED, other
    topic.save(update_fields=["state", "merged_into"])
    known = set(other.interests.values_list("person", flat=True))
    coming = topic.interests.exclude(person__in=known).order_by("pk").values_list("person", flat=True)
    Interest.objects.bulk_create(Interest(topic=other, person_id=person) for person in coming)
    other.co_conveners.add(*helpers)


def _swap(request: Request) -> None:
    one = Placement.objects.get(topic=request.topic, slot=request.from_slot)
    two = Placement.objects.get(topic=request.other, slot=request.slot)
    one.delete()
    two.delete()
    Placement.objects.create(topic_id=one.topic_id, slot_id=two.slot_id, space_id=two.space_id)
    Placement.objects.create(topic_id=two.topic_id, slot_id=one.slot_id, space_id=one.space_id)


def _cards(gathering: Gathering, request: Request, changed: list[Topic]) -> dict[str, Any]:
    """What a fact says of the request, of the topics it changed, and of other requests that fell with them."""
    others = void_requests(gathering, changed) if changed else []
    is_merged = bool(changed) and request.kind == RequestKind.MERGE
    return {
        "gathering": vote_without(gathering) if is_merged else None,
        "requests": [request_card(request), *others],
        "topics": topic_cards(changed) if changed else [],
    }
