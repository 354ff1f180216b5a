"""Taking a message back, for good: its words are deleted wherever they stand, the log included."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec.structs import replace

from rooms.actions.attachments import delete_attachments
from rooms.actions.permission import require
from rooms.events import MessageEdited, MessagePinned, MessagePosted, MessageRemoved, Quote
from rooms.models import Message, Retelling, Room
from rooms.queries import message_in, room_stream
from rooms.rules import can_remove
from rooms.text import REASON_LIMIT, clean_line
from synergy.journal import log
from synergy.journal.facts import Entry, Fact, StreamId
from synergy.live.refusals import Refused
from synergy.people.models import Person


def remove_message(*, person: Person, room: Room, message: int, now: datetime, reason: str = "") -> None:
    """Leaves a tombstone that says who removed it, when and why.

    Who removes what somebody else wrote must say why. Removing it twice changes nothing. The files
    leave the storage after commit. Raises Refused.
    """
    reason = clean_line(reason, REASON_LIMIT)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = message_in(room, message)
        if row is None:
            raise Refused("not_found", _("There is no such message in this room."))
        require(can_remove(person, room, row), person, room)
        if row.removed_at is not None:
            return
        if not reason and row.author_id != person.pk:
            detail = _("Say why you remove it. The author and all others will read it.")
            raise Refused("invalid", detail, fields={"reason": detail})
        take_back(row, person=person, reason=reason, now=now)


def take_back(row: Message, *, person: Person, now: datetime, reason: str = "") -> None:
    """The same without asking whether it may. The room is locked, and the message stands there still."""
    stream = room_stream(row.room_id)
    _unsay(stream, row)
    _empty(row)
    row.removed_at, row.removed_by, row.removal_reason = now, person, reason
    row.save()
    log.append(stream, MessageRemoved(message=row.seq, reason=reason), by=person.pk, at=now)


def _empty(row: Message) -> None:
    row.text, row.doc, row.edited_at = "", None, None
    row.pinned_seq, row.pinned_at, row.pinned_by = None, None, None
    row.versions.all().delete()
    row.mentions.all().delete()
    row.reactions.all().delete()
    row.retellings.all().delete()
    delete_attachments(row.attachments.all())


def _unsay(stream: StreamId, row: Message) -> None:
    """Rewrites the facts that hold the words of the message, and those that quote it."""
    own = [row.seq, *row.retellings.values_list("seq", flat=True)]
    quotes = [
        *row.replies.values_list("seq", flat=True),
        *Retelling.objects.filter(message__root=row).values_list("seq", flat=True),
    ]
    changes = dict.fromkeys(quotes, _without_quote) | dict.fromkeys(own, _without_words)
    entries = log.recall(stream, changes.keys())
    log.rewrite_the_past(stream, {entry.seq: changes[entry.seq](_fact_of(entry)) for entry in entries})


def _fact_of(entry: Entry) -> Fact:
    return msgspec.json.decode(msgspec.json.decode(entry.wire, type=_Wire).data, type=_FACTS[entry.name])


def _without_words(fact: Fact) -> Fact:
    match fact:
        case MessagePosted():
            return replace(fact, text="", doc=None, mentions=[], files=[])
        case MessageEdited():
            return replace(fact, text="", doc=None, mentions=[], excerpt="")
        case MessagePinned():
            return replace(fact, card=None)
    raise TypeError(f"{fact.name} holds no words of a message")


def _without_quote(fact: Fact) -> Fact:
    match fact:
        case MessagePosted(quote=Quote(by=by)):
            return replace(fact, quote=Quote(by=by, excerpt=None))
        case MessagePinned(card=card) if card and card.quote:
            return replace(fact, card=replace(card, quote=replace(card.quote, excerpt=None)))
    return fact


class _Wire(msgspec.Struct):
    data: msgspec.Raw


_FACTS: dict[str, type[Fact]] = {fact.name: fact for fact in (MessagePosted, MessageEdited, MessagePinned)}
