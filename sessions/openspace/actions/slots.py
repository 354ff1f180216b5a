"""Slots of a gathering: the rows of the wall, rounds and breaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from msgspec import structs

from rooms.text import clean_line
from sessions.openspace.actions.consent import take_back_requests, void_requests
from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.actions.permission import slot_in
from sessions.openspace.actions.spaces import put_back
from sessions.openspace.cards import slot_card, topic_cards
from sessions.openspace.events import SlotSet, TopicCard
from sessions.openspace.models import Gathering, Slot, SlotKind
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

TITLE_LIMIT = 60
SLOTS_LIMIT = 50
LONGEST = timedelta(hours=12)
# Somewhere on earth it is the gathering's day from half a day before to two days after its start in UTC.
EARLIEST, LATEST = timedelta(hours=-14), timedelta(hours=48)


def add_slot(
    *,
    person: Person,
    gathering: Gathering,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    kind: str = SlotKind.ROUND,
    title: str = "",
) -> Slot:
    """A round or a break, beside no other. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if gathering.slots.count() >= SLOTS_LIMIT:
            raise Refused("conflict", _("There are too many slots."))
        slot = Slot(
            gathering=gathering,
            kind=kind,
            title=clean_line(title, TITLE_LIMIT),
            starts_at=starts_at.astimezone(UTC),
            ends_at=ends_at.astimezone(UTC),
        )
        _require_times(slot, _others(gathering, [slot]))
        slot.save(force_insert=True)
        log.append(stream, SlotSet(slots=[slot_card(slot)]), by=person.pk, at=now)
    return slot


def change_slot(
    *,
    person: Person,
    gathering: Gathering,
    slot: Slot,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> None:
    """Changes a slot that has not started; what stands in it stays. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = slot_in(gathering, slot.pk)
        before = slot_card(row)
        row.kind, row.title = kind, clean_line(title, TITLE_LIMIT)
        row.starts_at, row.ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
        card = slot_card(row)
        if card == before:
            return
        _require_to_come(row)
        _require_times(row, _others(gathering, [row]))
        row.save(update_fields=["kind", "title", "starts_at", "ends_at"])
        fact = SlotSet(slots=[card], topics=topics_in_new_order(gathering, [row]))
        log.append(stream, fact, by=person.pk, at=now)


def shift_slots(*, person: Person, gathering: Gathering, slot: Slot, minutes: int, now: datetime) -> None:
    """Moves a slot and all that follow it by some minutes, negative for earlier. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        first = slot_in(gathering, slot.pk)
        _require_to_come(first)
        if minutes == 0:
            return
        to_come = gathering.slots.filter(starts_at__gte=first.starts_at, started_at=None)
        moved = list(to_come.order_by("starts_at", "pk"))
        for row in moved:
            row.starts_at += timedelta(minutes=minutes)
            row.ends_at += timedelta(minutes=minutes)
        others = _others(gathering, moved)
        for row in moved:
            _require_times(row, others)
        Slot.objects.bulk_update(moved, ["starts_at", "ends_at"])
        fact = SlotSet(slots=[slot_card(row) for row in moved], topics=topics_in_new_order(gathering, moved))
        log.append(stream, fact, by=person.pk, at=now)


def remove_slot(*, person: Person, gathering: Gathering, slot: Slot, now: datetime) -> None:
    """Takes a slot that has not started off the wall; topics in it go back to those that wait. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = slot_in(gathering, slot.pk)
        _require_to_come(row)
        topics = put_back(gathering, Q(slot=row))
        named = take_back_requests(gathering, Q(slot=row) | Q(from_slot=row))
        requests = [*named, *void_requests(gathering, topics)]
        card = structs.replace(slot_card(row), is_removed=True)
        row.delete()
        fact = SlotSet(slots=[card], topics=topic_cards(topics), requests=requests)
        log.append(stream, fact, by=person.pk, at=now)


def _require_to_come(slot: Slot) -> None:
    if slot.started_at is not None:
        raise Refused("conflict", _("This has begun already. What is over stays as it was."))


def _others(gathering: Gathering, slots: Sequence[Slot]) -> list[Slot]:
    return list(gathering.slots.exclude(pk__in=[slot.pk for slot in slots if slot.pk]))


def _require_times(slot: Slot, others: Sequence[Slot]) -> None:
    """Raises Refused unless the slot has a sensible length, lies about the gathering's day, and beside no other."""
    midnight = datetime.combine(slot.gathering.on, time(), UTC)
    if not timedelta() < slot.ends_at - slot.starts_at <= LONGEST:
        raise _refused("ends_at", _("It ends after it starts, and within twelve hours."))
    if not midnight + EARLIEST <= slot.starts_at <= midnight + LATEST:
        raise _refused("starts_at", _("This is not on the day of the gathering."))
    if any(slot.starts_at < other.ends_at and other.starts_at < slot.ends_at for other in others):
        raise _refused("starts_at", _("Another round or break lies at this time."))


def _refused(field: str, detail: str) -> Refused:
    return Refused("invalid", detail, fields={field: detail})


def topics_in_new_order(gathering: Gathering, slots: Sequence[Slot]) -> list[TopicCard]:
    """The cards of topics with several places, which stand in the order of their times."""
    several = gathering.topics.annotate(places=Count("placements")).filter(places__gt=1)
    return topic_cards(list(several.filter(placements__slot__in=slots).distinct().order_by("number")))
