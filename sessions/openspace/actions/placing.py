"""Choosing where and when a topic is talked about. Only its conveners do, and they see whom they stand beside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rooms.notes.actions import open_notes
from sessions.openspace.actions.consent import void_requests
from sessions.openspace.actions.permission import own_topic, require_market, slot_in, space_in
from sessions.openspace.cards import topic_card
from sessions.openspace.events import TopicPlaced, TopicUnplaced
from sessions.openspace.models import Gathering, Placement, Slot, Space, Topic, TopicState
from sessions.openspace.queries import gathering_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def place_topic(
    *,
    person: Person,
    gathering: Gathering,
    topic: int,
    slot: int,
    space: int,
    now: datetime,
    from_slot: int | None = None,
    beside: Collection[int] = (),
) -> None:
    """Places one's own topic that waits, or moves it from `from_slot`. Raises Refused.

    `beside` are the ids of the topics that the person saw in that slot and space. When another one stands
    there by now, nothing is changed: `conflict`, with the ids of the topics there as `present`. The same
    goes for a topic that does not stand where the person saw it. To stand in one more slot a topic is
    continued, see `actions.requests`.
    """
    require_market(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = own_topic(person, gathering, topic)
        to_slot, to_space = slot_in(gathering, slot), space_in(gathering, space)
        there = topics_in(to_slot, to_space, besides=row)
        present = [other.pk for other in there]
        standing = {each.slot_id: each for each in row.placements.select_related("slot")}
        old = _seen_placement(standing, from_slot, present)
        if old and (old.slot_id, old.space_id) == (to_slot.pk, to_space.pk):
            return
        if to_slot.ended_at is not None:
            raise Refused(
                "conflict", _("This round is over. Choose one that is still to come."), present=present
            )
        if to_slot.pk != from_slot and to_slot.pk in standing:
            raise Refused("conflict", _("This topic stands in that round already."), present=present)
        _require_seen(there, beside, present)
        if old:
            old.delete()
        put(row, to_slot, to_space, now)
        fact = TopicPlaced(topics=[topic_card(row)], requests=void_requests(gathering, [row]))
        log.append(stream, fact, by=person.pk, at=now)


def unplace_topic(*, person: Person, gathering: Gathering, topic: int, slot: int, now: datetime) -> None:
    """Takes one's own topic out of a slot; without a place it waits again. Raises Refused."""
    require_market(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = own_topic(person, gathering, topic)
        placement = row.placements.select_related("slot").filter(slot=slot).first()
        if placement is None:
            return
        _require_to_come(placement.slot)
        placement.delete()
        fact = TopicUnplaced(topics=[topic_card(row)], requests=void_requests(gathering, [row]))
        log.append(stream, fact, by=person.pk, at=now)


def put(topic: Topic, slot: Slot, space: Space, now: datetime) -> None:
    """The topic stands there, and has notes in that space's room from its first place on."""
    Placement.objects.create(topic=topic, slot=slot, space=space)
    if topic.notes_id is None:
        topic.notes = open_notes(room=space.room, title=topic.title, now=now)
        topic.save(update_fields=["notes"])


def topics_in(slot: Slot, space: Space, besides: Topic) -> list[Topic]:
    """The topics on offer that stand in this slot and space, in the order in which they came."""
    there = Placement.objects.filter(slot=slot, space=space, topic__state=TopicState.OFFERED)
    return [each.topic for each in there.exclude(topic=besides).select_related("topic").order_by("pk")]


def _seen_placement(standing: dict[int, Placement], seen: int | None, present: list[int]) -> Placement | None:
    """Where the topic stands now, if that is where the person saw it: None for a topic that waits."""
    if seen is None and not standing:
        return None
    if seen is None or seen not in standing:
        detail = _("This topic was moved a moment ago. Look where it stands now, and choose again.")
        raise Refused("conflict", detail, present=present)
    _require_to_come(standing[seen].slot)
    return standing[seen]


def _require_to_come(slot: Slot) -> None:
    if slot.ended_at is not None:
        raise Refused(
            "conflict", _("A round that is over stays as it was: the topic cannot be moved out of it.")
        )


def _require_seen(there: list[Topic], beside: Collection[int], present: list[int]) -> None:
    """Two topics in one cell are no error, but nobody should come to stand beside one they did not see."""
    unseen = [topic for topic in there if topic.pk not in beside]
    if not unseen:
        return
    names = ", ".join(f"{topic.number} “{topic.title}”" for topic in unseen)
    detail = _("Somebody was faster. Here stands now: %(topics)s. Choose another place, or stand beside it.")
    raise Refused("conflict", detail % {"topics": names}, present=present)
