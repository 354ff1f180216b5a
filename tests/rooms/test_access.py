"""The access table, whole: who may do what in a room, and in which states of the room.

Every cell is tried through the real command. O open, R read-only, A archived.
"""

import uuid

import msgspec
import pytest
from django.db import transaction

from rooms.actions import add_attachment, post_message
from rooms.models import Message, Poll, Room, RoomState
from rooms.queries import room_for
from synergy.cohorts.models import Role, Seat
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON, make_cohort, make_person, make_seat

TABLE = """
                participant  facilitator  organiser  observer  coordinator  ended  elsewhere
read            ORA          ORA          ORA        ORA       ORA          -      -
post            O            O            O          -         O            -      -
reply           O            O            O          -         O            -      -
react           O            O            O          -         O            -      -
unreact         O            O            O          -         O            -      -
upload          O            O            O          -         O            -      -
edit_own        O            O            O          -         O            -      -
edit_other      -            -            -          -         -            -      -
language_own    O            OR           OR         -         O            -      -
language_other  -            OR           OR         -         -            -      -
remove_own      O            OR           OR         -         O            -      -
remove_other    -            OR           OR         -         -            -      -
pin             -            OR           OR         -         -            -      -
unpin           -            OR           OR         -         -            -      -
raise           O            O            O          -         O            -      -
lower_own       ORA          ORA          ORA        ORA       ORA          -      -
lower_other     -            OR           OR         -         -            -      -
ask             O            O            O          -         O            -      -
vote            O            O            O          -         O            -      -
close_own       O            OR           OR         -         O            -      -
close_other     -            OR           OR         -         -            -      -
close           -            ORA          ORA        -         -            -      -
"""
STATES = {"O": RoomState.OPEN, "R": RoomState.READ_ONLY, "A": RoomState.ARCHIVED}
COMMANDS = {
    "post": ("message.post", {"text": "New"}),
    "reply": ("message.post", {"text": "New", "root": "other"}),
    "react": ("reaction.add", {"message": "other", "kind": "agree"}),
    "unreact": ("reaction.remove", {"message": "other", "kind": "agree"}),
    "edit_own": ("message.edit", {"message": "own", "text": "Better"}),
    "edit_other": ("message.edit", {"message": "other", "text": "Better"}),
    "language_own": ("message.set_language", {"message": "own", "lang": "hu"}),
    "language_other": ("message.set_language", {"message": "other", "lang": "hu"}),
    "remove_own": ("message.remove", {"message": "own", "reason": "why"}),
    "remove_other": ("message.remove", {"message": "other", "reason": "why"}),
    "pin": ("message.pin", {"message": "other"}),
    "unpin": ("message.unpin", {"message": "other"}),
    "raise": ("hand.raise", {}),
    "lower_own": ("hand.lower", {}),
    "lower_other": ("hand.lower", {"person": "somebody"}),
    "ask": ("poll.open", {"question": "When?", "options": ["Now", "Later"]}),
    "vote": ("poll.vote", {"poll": "theirs", "options": [1]}),
    "close_own": ("poll.close", {"poll": "mine"}),
    "close_other": ("poll.close", {"poll": "theirs"}),
    "close": ("room.set_state", {"state": "read_only"}),
}


ROWS = [line.split() for line in TABLE.strip().splitlines()]
COLUMNS = ROWS[0]


@pytest.fixture
def people(house):
    """Persons by column, each with a message of their own in the room, where that can be."""
    fields = {
        "facilitator": {"role": Role.FACILITATOR},
        "organiser": {"role": Role.ORGANISER},
        "coordinator": {"is_coordinator": True},
    }
    columns = ("participant", "facilitator", "organiser", "observer", "coordinator", "ended")
    found = {column: house.seated(column, **fields.get(column, {})) for column in columns}
    own = {
        column: post_message(person=person, room=house.into(person), text="Mine", now=NOON).seq
        for column, person in found.items()
    }
    Seat.objects.filter(person=found["observer"]).update(role=Role.OBSERVER)
    Seat.objects.filter(person=found["ended"]).update(ended_at=NOON)
    found["elsewhere"] = make_seat(make_cohort("Other"), make_person(), role=Role.ORGANISER).person
    return found, own


def attempt(action, person, room, own, other):
    """Whether the person may. All refusals that are not about rights are failures of the test."""
    if action == "read":
        return room_for(person, room.pk) is not None
    if action == "upload":
        seen = room_for(person, room.pk)
        try:
            return seen is not None and bool(
                add_attachment(person=person, room=seen, name="a.txt", content=b"text", now=NOON)
            )
        except Refused as refusal:
            return refusal.code != "forbidden"
    name, data = COMMANDS[action]
    known = {"own": own, "other": other, "somebody": Message.objects.get(seq=other).author_id}
    known |= {"mine": person.pk, "theirs": known["somebody"]}
    data = {key: known.get(value, value) if isinstance(value, str) else value for key, value in data.items()}
    if "poll" in data:
        fields = {"question": "When?", "options": ["Now", "Later"], "at": NOON}
        data["poll"] = Poll.objects.create(room=room, author_id=data["poll"], **fields).pk
    request = request_for(person, uuid.uuid4(), f"room:{room.pk}", name, msgspec.json.encode(data), "en")
    (answer,) = execute([request], NOON)
    if isinstance(answer, Refused):
        assert answer.code in ("forbidden", "not_found")
        assert answer.detail
    return not isinstance(answer, Refused)


@pytest.mark.parametrize("letter", list(STATES))
@pytest.mark.parametrize("who", COLUMNS)
def test_access(house, people, settings, tmp_path, who, letter):
    settings.MEDIA_ROOT = tmp_path
    found, own = people
    other = post_message(person=house.anna, room=house.into(house.anna), text="Theirs", now=NOON).seq
    Room.objects.filter(pk=house.room.pk).update(state=STATES[letter])
    allowed = {}
    for action, *_cells in ROWS[1:]:
        with transaction.atomic():
            allowed[action] = attempt(action, found[who], house.room, own.get(who, other), other)
            transaction.set_rollback(True)
    column = 1 + COLUMNS.index(who)
    assert allowed == {row[0]: letter in row[column] for row in ROWS[1:]}
