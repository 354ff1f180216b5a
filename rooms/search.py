"""Rooms and what is said in them, as the search finds them: for those who may come in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time

import msgspec
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rooms.admission import rooms_open_to
from rooms.events import MessageEdited, MessageLanguageSet, MessagePosted, MessageRemoved, RoomRenamed
from rooms.models import Message, Room
from synergy.cohorts.models import Seat
from synergy.journal.facts import Entry
from synergy.people.models import Person
from synergy.search.kinds import Changes, Draft, Kind, Shown

SEQ_BITS = 32
_CHANGES = {MessageEdited.name, MessageLanguageSet.name, MessageRemoved.name}


class _Posted(msgspec.Struct):
    text: str
    lang: str


class _Changed(msgspec.Struct):
    message: int


def message_id(room: int, seq: int) -> int:
    """A message by its room and number, which are known before its row has a key."""
    return room << SEQ_BITS | seq


def room_of(key: int) -> int:
    return key >> SEQ_BITS


def note_room_facts(entries: Sequence[Entry]) -> Changes:
    """A message that is posted costs no query: all of it stands in its fact."""
    changes = Changes()
    for entry in entries:
        room = entry.stream.key
        if entry.name == MessagePosted.name:
            said = msgspec.json.decode(entry.body, type=_Posted)
            if said.text:
                key = message_id(room, entry.seq)
                changes.new.append(("message", Draft(key, "", said.text, said.lang, entry.at, room)))
        elif entry.name in _CHANGES:
            seq = msgspec.json.decode(entry.body, type=_Changed).message
            changes.touched.append(("message", message_id(room, seq)))
        elif entry.name == RoomRenamed.name:
            changes.touched.append(("room", room))
    # What was posted and taken back in one transaction is not there.
    gone = {key for _kind, key in changes.touched}
    changes.new = [(kind, draft) for kind, draft in changes.new if draft.id not in gone]
    return changes


def _room_drafts(ids: Collection[int]) -> Iterable[Draft]:
    for room in Room.objects.filter(pk__in=ids).select_related("cohort__edition"):
        at = room.cohort.edition.starts_on
        yield Draft(room.pk, room.name, room.title, room.language, _midnight(at), room.cohort_id)


def _rooms_visible(person: Person, ids: Collection[int]) -> Collection[int]:
    return set(rooms_open_to(person).filter(pk__in=ids).values_list("pk", flat=True))


def _rooms_shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    rooms = Room.objects.filter(pk__in=ids).select_related("cohort")
    return {
        room.pk: Shown(address=reverse("rooms:room", args=[room.pk]), where=room.cohort.name)
        for room in rooms
    }


def _message_keys() -> Iterable[int]:
    said = Message.objects.filter(removed_at__isnull=True).order_by("pk").values_list("room_id", "seq")
    return (message_id(room, seq) for room, seq in said.iterator())


def _among(ids: Collection[int]) -> Q:
    by_room: dict[int, list[int]] = {}
    for key in ids:
        by_room.setdefault(room_of(key), []).append(key - message_id(room_of(key), 0))
    found = Q(pk__in=[])
    for room, seqs in by_room.items():
        found |= Q(room=room, seq__in=seqs)
    return found


def _message_drafts(ids: Collection[int]) -> Iterable[Draft]:
    said = Message.objects.filter(_among(ids), removed_at__isnull=True).exclude(text="")
    for room, seq, text, lang, at in said.values_list("room_id", "seq", "text", "lang", "at"):
        yield Draft(message_id(room, seq), "", text, lang, at, room)


def _own_rooms(person: Person) -> Collection[int]:
    return list(rooms_open_to(person).values_list("pk", flat=True))


def _messages_visible(person: Person, ids: Collection[int]) -> Collection[int]:
    rooms = _rooms_visible(person, {room_of(key) for key in ids})
    return [key for key in ids if room_of(key) in rooms]


def _messages_shown(person: Person, ids: Collection[int]) -> Mapping[int, Shown]:
    said = Message.objects.filter(_among(ids), removed_at__isnull=True).select_related("author", "room")
    found = list(said)
    here = Seat.objects.filter(
        person__in={each.author_id for each in found}, cohort__in={each.room.cohort_id for each in found}
    )
    seats = {(seat.person_id, seat.cohort_id): seat for seat in here.select_related("person", "institution")}
    return {
        message_id(each.room_id, each.seq): Shown(
            address=f"{reverse('rooms:room', args=[each.room_id])}?around={each.seq}#m{each.seq}",
            where=each.room.name,
            title=each.author.name,
            person=seats.get((each.author_id, each.room.cohort_id), each.author),
            at=each.at,
        )
        for each in found
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


ROOMS = Kind(
    name="room",
    label=_("Rooms"),
    icon="door-open",
    keys=lambda: Room.objects.order_by("pk").values_list("pk", flat=True),
    drafts=_room_drafts,
    visible=_rooms_visible,
    shown=_rooms_shown,
)
MESSAGES = Kind(
    name="message",
    label=_("Messages"),
    icon="message-square",
    keys=_message_keys,
    drafts=_message_drafts,
    visible=_messages_visible,
    shown=_messages_shown,
    scopes=_own_rooms,
)
