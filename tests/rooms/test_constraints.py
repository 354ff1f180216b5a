"""The database refuses what must not be, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from rooms.models import (
    Attachment,
    Choice,
    Hand,
    Mention,
    Message,
    Poll,
    Reaction,
    ReadMark,
    Room,
    RoomMember,
)
from tests.factories import NOON, make_institution


@pytest.fixture
def rows(house):
    room, anna = house.room, house.anna
    message = Message.objects.create(room=room, seq=1, author=anna, at=NOON, text="Hello", lang="en")
    return {"room": room, "person": anna, "message": message}


def message(rows, **fields):
    common = {"room": rows["room"], "author": rows["person"], "seq": 2, "at": NOON, "text": "", "lang": "en"}
    Message.objects.create(**{**common, **fields})


def poll(rows, **fields):
    common = {"room": rows["room"], "author": rows["person"], "question": "?", "options": [], "at": NOON}
    return Poll.objects.create(**{**common, **fields})


def attachment(rows, **fields):
    Attachment.objects.create(room=rows["room"], uploader=rows["person"], at=NOON, size=1, **fields)


BROKEN = {
    "room_cohort_name": lambda rows: Room.objects.create(cohort=rows["room"].cohort, name="Amber"),
    "room_state_known": lambda rows: Room.objects.update(state="ajar"),
    "room_kind_known": lambda rows: Room.objects.update(kind="kitchen"),
    "room_audience_known": lambda rows: Room.objects.update(audience="nobody"),
    "room_institution_of_members": lambda rows: Room.objects.update(institution=make_institution()),
    "room_member_once": lambda rows: RoomMember.objects.bulk_create(
        [RoomMember(room=rows["room"], person=rows["person"]) for _ in range(2)]
    ),
    "room_language_known": lambda rows: Room.objects.update(language="xx"),
    "message_room_seq": lambda rows: message(rows, seq=1),
    "message_seq_positive": lambda rows: message(rows, seq=0),
    "message_language_known": lambda rows: message(rows, lang="xx"),
    "message_removed_is_empty": lambda rows: message(
        rows, text="x", removed_at=NOON, removed_by=rows["person"]
    ),
    "message_removed_by_somebody": lambda rows: message(rows, removed_at=NOON),
    "message_pinned_by_somebody": lambda rows: message(rows, pinned_at=NOON),
    "mention_message_person": lambda rows: Mention.objects.bulk_create(
        [Mention(message=rows["message"], person=rows["person"]) for _ in range(2)]
    ),
    "reaction_message_person_kind": lambda rows: Reaction.objects.bulk_create(
        [Reaction(message=rows["message"], person=rows["person"], kind="agree", at=NOON) for _ in range(2)]
    ),
    "reaction_kind_known": lambda rows: Reaction.objects.create(
        message=rows["message"], person=rows["person"], kind="dislike", at=NOON
    ),
    "attachment_width_and_height": lambda rows: attachment(rows, width=3),
    "hand_room_person": lambda rows: Hand.objects.bulk_create(
        [Hand(room=rows["room"], person=rows["person"], at=NOON) for _ in range(2)]
    ),
    "poll_one_open_per_room": lambda rows: [poll(rows) for _ in range(2)],
    "poll_closed_at_and_seq": lambda rows: poll(rows, closed_at=NOON),
    "choice_poll_person_option": lambda rows: Choice.objects.bulk_create(
        [Choice(poll=asked, person=rows["person"], option=0) for asked in [poll(rows)] * 2]
    ),
    "read_mark_person_room": lambda rows: ReadMark.objects.bulk_create(
        [ReadMark(person=rows["person"], room=rows["room"], seq=1, at=NOON) for _ in range(2)]
    ),
    "read_mark_seq_not_negative": lambda rows: ReadMark.objects.create(
        person=rows["person"], room=rows["room"], seq=-1, at=NOON
    ),
}
ALLOWED = [
    lambda rows: message(rows, text="x", lang="hu", pinned_seq=3, pinned_at=NOON, pinned_by=rows["person"]),
    lambda rows: message(rows, removed_at=NOON, removed_by=rows["person"]),
    lambda rows: [poll(rows, closed_at=NOON, closed_seq=2), poll(rows)],
    lambda rows: Room.objects.update(audience="members", institution=make_institution()),
    lambda rows: attachment(rows),
    lambda rows: attachment(rows, width=3, height=4),
]


@pytest.mark.parametrize("name", BROKEN)
def test_refused(rows, name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](rows)


@pytest.mark.parametrize("write", ALLOWED)
def test_allowed(rows, write):
    write(rows)


def test_every_constraint_is_tried():
    models = (Room, RoomMember, Message, Mention, Reaction, Attachment, Hand, Poll, Choice, ReadMark)
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(BROKEN)
