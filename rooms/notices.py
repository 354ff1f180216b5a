"""What people are told about rooms: that somebody named them in a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rooms.models import Message
from synergy.notices.actions import mark_read, notify
from synergy.notices.kinds import NoticeKind, register
from synergy.notices.models import Mail
from synergy.notices.queries import unread_of_kind
from synergy.people.models import Person

MENTIONED = "mentioned"


def register_notices() -> None:
    register(
        NoticeKind(
            name=MENTIONED,
            group=_("Rooms"),
            label=_("Somebody mentions you in a message"),
            title=_("%(who)s mentions you in the room %(room)s"),
            mail=Mail.DIGEST,
        )
    )


def tell_of_mention(message: Message, people: Collection[int], now: datetime) -> None:
    """Tells these persons, by id, that the message names them; in the open transaction, once for each message.

    The notice leads to the words and does not hold them: they may be taken back.
    """
    room = message.room
    notify(
        people=Person.objects.filter(pk__in=people).exclude(pk=message.author_id),
        kind=MENTIONED,
        key=_key(room.pk, message.seq),
        values={"who": message.author.name, "room": room.name},
        address=f"{reverse('rooms:room', args=[room.pk])}?around={message.seq}#m{message.seq}",
        now=now,
    )


def read_mentions(marks: Sequence[tuple[int, int, int]], now: datetime) -> None:
    """Who has read a room up to a message, given as (person id, room id, seq), has read that it names them.

    One query, and a few more for each person of whom that is true.
    """
    read = {(reader, room): seq for reader, room, seq in sorted(marks)}
    seen: dict[int, list[int]] = defaultdict(list)
    for notice, reader, key in unread_of_kind(MENTIONED, {reader for reader, _room in read}):
        room, seq = (int(part) for part in key.split(":"))
        if seq <= read.get((reader, room), 0):
            seen[reader].append(notice)
    for pk, person in Person.objects.in_bulk(seen).items():
        mark_read(person=person, ids=seen[pk], now=now)


def _key(room: int, seq: int) -> str:
    return f"{room}:{seq}"
