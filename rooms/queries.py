"""Reads, through the person who looks: a room that one may not see cannot be in hand.

# Note [Length of a room]

A page of history costs the same in a room with a thousand messages and with a million: every
read goes down an index from a given place and stops after `limit` rows. Nothing is counted
without a limit, and nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from msgspec.structs import replace

from rooms.admission import MODERATORS, active_among, readers_of, rooms_open_to, seats_let_in
from rooms.cards import message_cards, person_card, poll_cards, room_card
from rooms.events import (
    CohortCard,
    CohortStateCard,
    ListedRoom,
    MessagePage,
    PersonCard,
    PollCard,
    Rights,
    RoomStateCard,
)
from rooms.models import Attachment, Audience, Message, MessageVersion, ReadMark, Room
from rooms.quiet import quiet_card
from rooms.rules import can_moderate, can_post, can_read, can_write_here, why_not_post
from synergy.cohorts.models import Cohort, Seat
from synergy.cohorts.queries import seat_in, seats_with_past
from synergy.cohorts.rules import can_moderate as seat_can_moderate
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.people.models import Person

PAGE = 50
PAGE_LIMIT = 200
POLLS = 20
"""How many polls a fresh state holds."""
UNREAD_LIMIT = 100
"""Where counting unread messages stops; clients write "99+"."""


def room_stream(room_id: int) -> StreamId:
    return StreamId("room", room_id)


def cohort_stream(cohort_id: int) -> StreamId:
    return StreamId("cohort", cohort_id)


def door_stream(room_id: int) -> StreamId:
    """Where the activity of a room of members is told to who may come in."""
    return StreamId("door", room_id)


def moderators_stream(cohort_id: int) -> StreamId:
    """Where the activity of all rooms of members is told to facilitators and organisers."""
    return StreamId("moderators", cohort_id)


def room_for(person: Person, pk: int) -> Room | None:
    """The room with the person's active `seat`; None when there is no such room for them. One query."""
    room = rooms_open_to(person).filter(pk=pk).first()
    if room is not None:
        room.seat = room.own_seat  # type: ignore[attr-defined]
    return room


def room_for_each(persons: Sequence[Person], pk: int) -> dict[int, Room]:
    """`room_for` for many persons at once, by their ids; who may not see the room is left out. Two queries."""
    room = Room.objects.filter(pk=pk).first()
    if room is None:
        return {}
    ids = [person.pk for person in persons]
    return {seat.person_id: _seen_from(seat, room) for seat in seats_let_in(room).filter(person_id__in=ids)}


def _seen_from(seat: Seat, room: Room) -> Room:
    """A copy with this seat. `copy()` pickles a model, which is slow for what every message needs."""
    own = Room.__new__(Room)
    own.__dict__.update(room.__dict__, seat=seat)
    return own


def rooms_for(person: Person, cohort_id: int | None = None) -> list[ListedRoom]:
    """The rooms of the person's cohorts, or of one of them, in their order. Two queries."""
    rooms = rooms_open_to(person)
    if cohort_id is not None:
        rooms = rooms.filter(cohort_id=cohort_id)
    found = list(rooms.annotate(unread=_unread(person)).order_by("-cohort_id", "position", "pk"))
    heads = log.heads(room_stream(room.pk) for room in found)
    return [
        ListedRoom(
            id=room.pk,
            name=room.name,
            title=room.title,
            language=room.language,
            kind=room.kind,
            state=room.state,
            audience=room.audience,
            head=heads[room_stream(room.pk)],
            unread=room.unread,
        )
        for room in found
    ]


def room_readers(room_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may read the room. One query."""
    return readers_of(Q(cohort__rooms=room_id), person_ids)


def people_in(room: Room) -> dict[str, PersonCard]:
    """Everybody of the cohort, now or earlier, by id; who may not come in counts as `past`. Two queries at most."""
    people = people_of(room.cohort_id)
    if room.audience == Audience.COHORT:
        return people
    here = set(seats_let_in(room).values_list("person_id", flat=True))
    return {key: card if card.id in here else replace(card, past=True) for key, card in people.items()}


def cohort_for(person: Person, pk: int) -> Cohort | None:
    """The cohort, if the person has an active seat in it."""
    seat = seat_in(person, pk)
    return Cohort.objects.get(pk=pk) if seat else None


def cohort_readers(cohort_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may read the cohort's stream. One query."""
    return set(active_among(person_ids).filter(cohort=cohort_id).values_list("person_id", flat=True))


def moderated_cohort(person: Person, pk: int) -> Cohort | None:
    """The cohort, if the person is a facilitator or organiser in it."""
    return Cohort.objects.get(pk=pk) if seat_can_moderate(seat_in(person, pk)) else None


def moderators_among(cohort_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons are facilitators or organisers of the cohort. One query."""
    seats = active_among(person_ids).filter(cohort=cohort_id, role__in=MODERATORS)
    return set(seats.values_list("person_id", flat=True))


def message_in(room: Room, seq: int) -> Message | None:
    return Message.objects.select_related("root").filter(room=room, seq=seq).first()


def versions_of(message: Message) -> QuerySet[MessageVersion]:
    """What the message said before its edits, oldest first."""
    return message.versions.order_by("until", "pk")


def people_of(cohort_id: int) -> dict[str, PersonCard]:
    """Everybody with a seat, now or earlier, by id: old messages keep their author's country. One query."""
    return {str(seat.person_id): person_card(seat) for seat in seats_with_past(cohort_id)}


def attachment_for(person: Person, pk: int) -> Attachment | None:
    """A file that the person may read: one of a message in a room of theirs, or their own upload."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None or (attachment.message_id is None and attachment.uploader_id != person.pk):
        return None
    room = room_for(person, attachment.room_id)
    return attachment if room is not None and can_read(person, room) else None


def state_of(person: Person, room: Room) -> RoomStateCard:
    """The fresh state of the room for the person. Never more queries for more messages."""
    newest, has_earlier = _page(_messages(room).order_by("-seq"), PAGE)
    pinned = list(_messages(room).filter(pinned_seq__isnull=False).order_by("pinned_seq"))
    cards = message_cards([*newest[::-1], *pinned])
    return RoomStateCard(
        room=room_card(room),
        messages=cards[: len(newest)],
        has_earlier=has_earlier,
        pinned=cards[len(newest) :],
        hands=hands_in(room),
        polls=polls_in(person, room),
        people=people_in(room),
        read=read_mark(person, room),
        me=person.pk,
        rights=rights_of(person, room),
    )


def hands_in(room: Room) -> list[int]:
    """Ids of those whose hands are up, the first first."""
    return list(room.hands.order_by("pk").values_list("person_id", flat=True))


def polls_in(person: Person, room: Room) -> list[PollCard]:
    """The newest polls, oldest first, with the person's own choices."""
    newest = list(room.polls.order_by("-pk")[:POLLS])
    return poll_cards(newest[::-1], person.pk)


def cohort_state_of(person: Person, cohort: Cohort) -> CohortStateCard:
    return CohortStateCard(
        cohort=CohortCard(id=cohort.pk, name=cohort.name),
        rooms=rooms_for(person, cohort.pk),
        people=people_of(cohort.pk),
        me=person.pk,
        moderate=seat_can_moderate(seat_in(person, cohort.pk)),
    )


def rights_of(person: Person, room: Room) -> Rights:
    return Rights(
        post=can_post(person, room),
        moderate=can_moderate(person, room),
        why_not_post=why_not_post(person, room),
        post_when_open=can_write_here(person, room),
        quiet=quiet_card(room),
    )


def read_mark(person: Person, room: Room) -> int:
    """The seq up to which the person has seen the room; 0 before their first visit."""
    return ReadMark.objects.filter(person=person, room=room).values_list("seq", flat=True).first() or 0


def page_before(room: Room, seq: int | None, limit: int = PAGE) -> MessagePage:
    """The messages before `seq`, or the newest ones."""
    head = log.head(room_stream(room.pk))
    messages = _messages(room)
    earlier = messages.filter(seq__lt=seq) if seq is not None else messages
    found, has_earlier = _page(earlier.order_by("-seq"), limit)
    has_later = seq is not None and messages.filter(seq__gte=seq).exists()
    return MessagePage(message_cards(found[::-1]), has_earlier, has_later, head)


def page_after(room: Room, seq: int, limit: int = PAGE) -> MessagePage:
    """The messages after `seq`."""
    head = log.head(room_stream(room.pk))
    messages = _messages(room)
    found, has_later = _page(messages.filter(seq__gt=seq).order_by("seq"), limit)
    return MessagePage(message_cards(found), messages.filter(seq__lte=seq).exists(), has_later, head)


def page_around(room: Room, seq: int, limit: int = PAGE) -> MessagePage:
    """Messages on both sides of `seq`, and the message itself."""
    head = log.head(room_stream(room.pk))
    messages = _messages(room)
    earlier, has_earlier = _page(messages.filter(seq__lte=seq).order_by("-seq"), limit - limit // 2)
    later, has_later = _page(messages.filter(seq__gt=seq).order_by("seq"), max(limit // 2, 1))
    return MessagePage(message_cards([*earlier[::-1], *later]), has_earlier, has_later, head)


def page_of_day(room: Room, day: date, zone: ZoneInfo, limit: int = PAGE) -> MessagePage:
    """The messages from the start of `day` in `zone` on; an empty page when there are none."""
    start = datetime.combine(day, time.min, zone)
    seqs = Message.objects.filter(room=room, at__gte=start).order_by("at").values_list("seq", flat=True)
    first = seqs.first()
    return page_after(room, log.head(room_stream(room.pk)) if first is None else first - 1, limit)


def page_of_thread(room: Room, root: Message, after: int | None, limit: int = PAGE) -> MessagePage:
    """A thread: its root and first replies, or the replies after `after`."""
    head = log.head(room_stream(room.pk))
    replies = Message.objects.select_related("root").filter(root=root)
    found, has_later = _page(replies.filter(seq__gt=after or 0).order_by("seq"), limit)
    shown = found if after else [root, *found]
    return MessagePage(message_cards(shown), bool(after), has_later, head)


def _messages(room: Room) -> QuerySet[Message]:
    return Message.objects.select_related("root").filter(room=room)


def _page(messages: QuerySet[Message], limit: int) -> tuple[list[Message], bool]:
    """The first `limit` of them, and whether there are more."""
    found = list(messages[: limit + 1])
    return found[:limit], len(found) > limit


class _CountOf(Subquery):
    """How many rows a query gives that has a limit of its own."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS limited)"
    output_field = IntegerField()


def _unread(person: Person) -> _CountOf:
    """For a query of rooms: the messages of others above the person's read marker, counted to UNREAD_LIMIT."""
    mark = ReadMark.objects.filter(person_id=person.pk, room=OuterRef(OuterRef("pk"))).values("seq")
    unread = Message.objects.filter(
        room=OuterRef("pk"), seq__gt=Coalesce(Subquery(mark), 0), removed_at__isnull=True
    ).exclude(author_id=person.pk)
    return _CountOf(unread.order_by("-seq").values("pk")[:UNREAD_LIMIT])
