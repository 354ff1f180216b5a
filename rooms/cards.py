"""Rows made into the cards that clients hold; a fixed number of queries for any number of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from rooms.events import FileCard, MessageCard, PersonCard, PollCard, Quote, Removal, RoomCard
from rooms.models import Attachment, Choice, Mention, Message, Poll, Reaction, Room
from rooms.richtext import plain_words
from rooms.text import excerpt_of
from synergy.cohorts.models import Seat


def room_card(room: Room) -> RoomCard:
    return RoomCard(
        id=room.pk,
        name=room.name,
        title=room.title,
        language=room.language,
        kind=room.kind,
        state=room.state,
        audience=room.audience,
    )


def message_cards(messages: Sequence[Message]) -> list[MessageCard]:
    """The cards of messages that were loaded with their `root`; three queries, or none without messages."""
    keys = [message.pk for message in messages if message.removed_at is None]
    mentions = _mentions(keys)
    files = _files(keys)
    reactions = _reactions(keys)
    return [
        MessageCard(
            seq=message.seq,
            by=message.author_id,
            at=message.at,
            text=message.text,
            lang=message.lang,
            doc=message.doc,
            root=message.root.seq if message.root else None,
            quote=quote_of(message.root) if message.root else None,
            mentions=mentions[message.pk],
            files=files[message.pk],
            reactions=reactions[message.pk],
            edited_at=message.edited_at,
            removed=_removal(message),
            pinned=message.pinned_seq is not None,
            replies=message.reply_count,
            last_reply_at=message.last_reply_at,
        )
        for message in messages
    ]


def quote_of(root: Message) -> Quote:
    return Quote(by=root.author_id, excerpt=None if root.removed_at else excerpt(root.text, root.doc))


def excerpt(text: str, doc: list[Any] | None) -> str:
    """The first words of a message, without markup."""
    return excerpt_of(text if doc is None else plain_words(doc))


def file_card(attachment: Attachment) -> FileCard:
    thumbnail = reverse("rooms:thumbnail", args=[attachment.pk]) if attachment.thumbnail else None
    return FileCard(
        id=attachment.pk,
        name=attachment.name,
        content_type=attachment.content_type,
        size=attachment.size,
        url=reverse("rooms:file", args=[attachment.pk]),
        thumbnail=thumbnail,
        width=attachment.width,
        height=attachment.height,
    )


def poll_cards(polls: Sequence[Poll], viewer: int) -> list[PollCard]:
    """The cards of the polls for one person; three queries, or none without polls."""
    if not polls:
        return []
    choices = Choice.objects.filter(poll__in=[poll.pk for poll in polls])
    counts = Counter(
        {
            (poll, option): n
            for poll, option, n in choices.values_list("poll", "option").annotate(n=Count("pk"))
        }
    )
    voters = dict(choices.values_list("poll").annotate(n=Count("person", distinct=True)))
    mine: dict[int, list[int]] = defaultdict(list)
    own = choices.filter(person_id=viewer).order_by("option")
    for poll, option in own.values_list("poll", "option"):
        mine[poll].append(option)
    return [
        PollCard(
            id=poll.pk,
            by=poll.author_id,
            at=poll.at,
            question=poll.question,
            options=poll.options,
            multiple=poll.is_multiple,
            counts=[counts[poll.pk, index] for index in range(len(poll.options))],
            voters=voters.get(poll.pk, 0),
            mine=mine[poll.pk],
            closed_at=poll.closed_at,
            closed_seq=poll.closed_seq,
        )
        for poll in polls
    ]


def person_card(seat: Seat) -> PersonCard:
    """The card of a seat that was loaded with its person and institution."""
    picture = seat.person.picture.name
    return PersonCard(
        id=seat.person_id,
        name=seat.person.name,
        country=seat.institution.country,
        institution=seat.institution.name,
        role=seat.role,
        language=seat.person.language,
        picture=reverse("cohorts:picture", args=[picture.rpartition("/")[2]]) if picture else None,
        past=seat.ended_at is not None,
    )


def _removal(message: Message) -> Removal | None:
    if message.removed_at is None or message.removed_by_id is None:
        return None
    return Removal(by=message.removed_by_id, at=message.removed_at, reason=message.removal_reason)


def _mentions(keys: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Mention.objects.filter(message__in=keys).order_by("pk")
    for message, person in rows.values_list("message_id", "person_id"):
        found[message].append(person)
    return found


def _files(keys: Iterable[int]) -> dict[int, list[FileCard]]:
    found: dict[int, list[FileCard]] = defaultdict(list)
    for attachment in Attachment.objects.filter(message__in=keys).order_by("pk"):
        if attachment.message_id is not None:
            found[attachment.message_id].append(file_card(attachment))
    return found


def _reactions(keys: Iterable[int]) -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = defaultdict(dict)
    rows = Reaction.objects.filter(message__in=keys).order_by("pk")
    for message, kind, person in rows.values_list("message_id", "kind", "person_id"):
        found[message].setdefault(kind, []).append(person)
    return found
