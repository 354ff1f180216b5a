"""Saying something, and saying it better."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rooms.actions.attachments import waiting_uploads
from rooms.actions.permission import living_message, require
from rooms.admission import seats_let_in
from rooms.cards import excerpt, file_card, quote_of
from rooms.events import MessageEdited, MessageLanguageSet, MessagePosted
from rooms.language import guess_language
from rooms.models import Attachment, Mention, Message, MessageVersion, Retelling, Room
from rooms.notices import tell_of_mention
from rooms.queries import message_in, room_stream
from rooms.richtext import RichText, parse_rich_text
from rooms.rules import can_edit, can_post, can_set_language
from rooms.text import checked_text
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

FILES_LIMIT = 10
MENTION_LIMIT = 20
VERSIONS_LIMIT = 50
"""Most edits of one message."""


def post_message(
    *,
    person: Person,
    room: Room,
    text: str,
    now: datetime,
    root: int | None = None,
    lang: str | None = None,
    mentions: Sequence[int] = (),
    files: Sequence[int] = (),
) -> Message:
    """Adds a message. `root` is the seq of the message it answers; an answer to an answer joins its thread.

    Without `lang` the language is guessed. Of `mentions` those are kept who have a seat and whose
    `@Name` is in the text. Raises Refused. What refers to nothing is inserted together with other
    messages of the same moment, so the message returned may have no `pk` yet.
    """
    require(can_post(person, room), person, room)
    text = checked_text(text, may_be_blank=bool(files))
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        refers = root is not None or bool(mentions) or bool(files)
        if refers:
            log.lock(stream)
        thread = _thread_of(room, root) if root is not None else None
        attachments = _own_uploads(person, room, files, now) if files else []
        rich = parse_rich_text(text, _mentionable(room, mentions) if mentions else None)
        lang = lang or guess_language(text, person.language)
        fact = MessagePosted(
            text=text,
            lang=lang,
            doc=rich.doc,
            root=thread.seq if thread else None,
            mentions=rich.mentions,
            files=[file_card(attachment) for attachment in attachments],
            quote=quote_of(thread) if thread else None,
        )
        seq = log.append(stream, fact, by=person.pk, at=now)
        message = Message(
            room=room, seq=seq, author=person, at=now, text=text, doc=rich.doc, lang=lang, root=thread
        )
        if not refers:
            log.insert_later(message)
            return message
        message.save(force_insert=True)
        _mention(message, rich, now)
        if attachments:
            Attachment.objects.filter(pk__in=[each.pk for each in attachments]).update(message=message)
        if thread:
            Message.objects.filter(pk=thread.pk).update(reply_count=F("reply_count") + 1, last_reply_at=now)
    return message


def edit_message(
    *, person: Person, room: Room, message: int, text: str, now: datetime, mentions: Sequence[int] = ()
) -> None:
    """Gives one's own message another text; what it said before can still be read. Raises Refused.

    The language is guessed anew, unless somebody had corrected the guess.
    """
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = living_message(room, message)
        require(can_edit(person, room, row), person, room)
        text = checked_text(text, may_be_blank=row.attachments.exists())
        if text == row.text:
            return
        if row.versions.count() >= VERSIONS_LIMIT:
            raise Refused("conflict", _("This message has been edited very often. Write a new one."))
        rich = parse_rich_text(text, _mentionable(room, mentions) if mentions else None)
        guessed = guess_language(row.text, person.language) == row.lang
        lang = guess_language(text, person.language) if guessed else row.lang
        fact = MessageEdited(
            message=row.seq,
            text=text,
            lang=lang,
            doc=rich.doc,
            mentions=rich.mentions,
            excerpt=excerpt(text, rich.doc),
        )
        MessageVersion.objects.create(message=row, text=row.text, doc=row.doc, lang=row.lang, until=now)
        row.text, row.doc, row.lang, row.edited_at = text, rich.doc, lang, now
        row.save(update_fields=["text", "doc", "lang", "edited_at"])
        row.mentions.all().delete()
        _mention(row, rich, now)
        seq = log.append(stream, fact, by=person.pk, at=now)
        Retelling.objects.create(message=row, seq=seq)


def set_message_language(*, person: Person, room: Room, message: int, lang: str, now: datetime) -> None:
    """Corrects the language that was guessed. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = living_message(room, message)
        require(can_set_language(person, room, row), person, room)
        if row.lang == lang:
            return
        Message.objects.filter(pk=row.pk).update(lang=lang)
        log.append(stream, MessageLanguageSet(message=row.seq, lang=lang), by=person.pk, at=now)


def _thread_of(room: Room, root: int) -> Message:
    """The message that stands at the top of the thread of `root`. It may have been removed meanwhile."""
    message = message_in(room, root)
    if message is None:
        raise Refused("not_found", _("The message that you answer is not in this room."))
    return message.root or message


def _mentionable(room: Room, person_ids: Sequence[int]) -> dict[int, str]:
    """Those of the persons who may come in, with their names, in the order asked for."""
    seats = seats_let_in(room).filter(person_id__in=person_ids)
    names = dict(seats.values_list("person_id", "person__name"))
    return {person: names[person] for person in person_ids if person in names}


def _mention(message: Message, rich: RichText, now: datetime) -> None:
    if rich.mentions:
        tell_of_mention(message, rich.mentions, now)
        Mention.objects.bulk_create(Mention(message=message, person_id=person) for person in rich.mentions)


def _own_uploads(person: Person, room: Room, files: Sequence[int], now: datetime) -> list[Attachment]:
    found = list(waiting_uploads(person, room, now).filter(pk__in=files).order_by("pk"))
    if len(found) != len(set(files)):
        detail = _("A file is no longer there. Attach it again.")
        raise Refused("invalid", detail, fields={"files": detail})
    return found
