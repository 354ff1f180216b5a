"""Spaces of a gathering: the columns of the wall, each with a room behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from rooms.actions import open_room
from rooms.actions.renaming import rename_room
from rooms.models import Room, RoomKind
from sessions.openspace.actions.consent import take_back_requests, void_requests
from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.actions.permission import space_in
from sessions.openspace.cards import space_card, topic_cards
from sessions.openspace.events import PersonMoved, SpaceSet
from sessions.openspace.models import Gathering, Placement, Slot, Space, SpaceKind, Stay, Topic
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.live.refusals import Refused
from synergy.people.models import Person

CAPACITY_LIMIT = 2_000
SPACES_LIMIT = 100
"""Most spaces of one gathering, removed ones included."""
ROOM_KINDS = {SpaceKind.TOPIC: RoomKind.TOPIC, SpaceKind.PLENARY: RoomKind.PLENARY}


def add_space(
    *,
    person: Person,
    gathering: Gathering,
    name: str,
    now: datetime,
    kind: str = SpaceKind.TOPIC,
    capacity: int | None = None,
    is_hard: bool = False,
) -> Space:
    """A space at the end of the wall, with a new room of that name. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        _require_capacity(capacity, is_hard=is_hard)
        space = make_space(
            person=person,
            gathering=gathering,
            name=name,
            kind=kind,
            capacity=capacity,
            is_hard=is_hard,
            now=now,
        )
        log.append(stream, SpaceSet(spaces=[space_card(space)]), by=person.pk, at=now)
    return space


def change_space(
    *,
    person: Person,
    gathering: Gathering,
    space: Space,
    now: datetime,
    name: str,
    kind: str,
    capacity: int | None,
    is_hard: bool,
) -> None:
    """Raises Refused. Who is in a space that becomes too small stays there."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = space_in(gathering, space.pk)
        before = space_card(row)
        _require_capacity(capacity, is_hard=is_hard)
        rename_room(person=person, room=row.room, name=name, now=now)
        row.kind, row.capacity, row.is_hard = kind, capacity, is_hard
        row.save(update_fields=["kind", "capacity", "is_hard"])
        card = space_card(row)
        if card != before:
            log.append(stream, SpaceSet(spaces=[card]), by=person.pk, at=now)


def order_spaces(*, person: Person, gathering: Gathering, order: Sequence[int], now: datetime) -> None:
    """`order`: the ids of spaces as they should stand; those that it leaves out follow. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        places = {pk: place for place, pk in enumerate(order)}
        rows = gathering.spaces.filter(removed_at=None).select_related("room").order_by("position", "pk")
        changed = []
        for position, row in enumerate(
            sorted(rows, key=lambda row: places.get(row.pk, len(places))), start=1
        ):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])
                changed.append(space_card(row))
        if changed:
            log.append(stream, SpaceSet(spaces=changed), by=person.pk, at=now)


def remove_space(*, person: Person, gathering: Gathering, space: Space, now: datetime) -> None:
    """Takes a space off the wall; its room, and all that was said there, stays. Raises Refused.

    A broken room must be closed even when a convener is away, so its topics go back to those that wait and
    their conveners choose again. Rounds that are over stay as they were. Who was there is nowhere.
    """
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = space_in(gathering, space.pk)
        running = Slot.objects.filter(gathering=gathering, started_at__isnull=False, ended_at=None)
        if row.placements.filter(slot__in=running).exists():
            detail = _("People talk about a topic there at the moment. Wait for the end of the round.")
            raise Refused("conflict", detail)
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        topics = put_back(gathering, Q(space=row, slot__ended_at=None))
        requests = [*take_back_requests(gathering, Q(space=row)), *void_requests(gathering, topics)]
        fact = SpaceSet(spaces=[space_card(row)], topics=topic_cards(topics), requests=requests)
        log.append(stream, fact, by=person.pk, at=now)
        _send_nowhere(row, stream, by=person, now=now)


def make_space(
    *,
    person: Person,
    gathering: Gathering,
    name: str,
    kind: str,
    now: datetime,
    capacity: int | None = None,
    is_hard: bool = False,
    room: Room | None = None,
) -> Space:
    """The row alone, with `room` or a new one behind it. Raises Refused."""
    if gathering.spaces.count() >= SPACES_LIMIT:
        raise Refused("conflict", _("There are too many spaces."))
    room = room or open_room(
        person=person,
        cohort=gathering.training_session.cohort,
        name=name,
        title=str(SpaceKind(kind).label),
        kind=ROOM_KINDS.get(SpaceKind(kind), RoomKind.LOUNGE),
        now=now,
    )
    last = gathering.spaces.aggregate(last=Max("position"))["last"] or 0
    return Space.objects.create(
        gathering=gathering, room=room, kind=kind, capacity=capacity, is_hard=is_hard, position=last + 1
    )


def put_back(gathering: Gathering, which: Q) -> list[Topic]:
    """Takes the topics out of these placements, back to those that wait; the topics, by number."""
    placements = Placement.objects.filter(which, topic__gathering=gathering)
    topics = gathering.topics.filter(pk__in=placements.values("topic")).order_by("number")
    found = list(topics)
    placements.delete()
    return found


def _require_capacity(capacity: int | None, *, is_hard: bool) -> None:
    if capacity is None and is_hard:
        detail = _("Say for how many there is room, or let everybody in.")
    elif capacity is not None and not 1 <= capacity <= CAPACITY_LIMIT:
        detail = _("A space may have room for 1 to %(limit)d people.") % {"limit": CAPACITY_LIMIT}
    else:
        return
    raise Refused("invalid", detail, fields={"capacity": detail})


def _send_nowhere(space: Space, stream: StreamId, *, by: Person, now: datetime) -> None:
    stays = Stay.objects.filter(space=space, until__isnull=True).order_by("pk")
    people = list(stays.values_list("person", flat=True))
    stays.update(until=now)
    for person in people:
        log.append(stream, PersonMoved(person=person, space=None), by=by.pk, at=now)
