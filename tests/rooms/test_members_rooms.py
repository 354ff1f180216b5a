"""Rooms of members: the whole table of who comes in, at every door, beside a room of the cohort."""

import json
from types import SimpleNamespace
from uuid import uuid4

import msgspec
import pytest
from django.urls import reverse

from rooms import actions
from rooms.actions import add_attachment, open_poll, open_room, post_message, set_members
from rooms.knocking import register
from rooms.models import Hand, Message, Room, RoomMember
from rooms.notes.actions import open_notes
from rooms.notes.queries import notes_for, notes_for_each, notes_readers
from rooms.queries import (
    cohort_stream,
    people_in,
    room_for,
    room_for_each,
    room_readers,
    room_stream,
    rooms_for,
)
from rooms.streams import MODERATORS, ROOM
from synergy.cohorts.models import Role, Seat
from synergy.journal import log
from synergy.live.commands import execute, request_for
from synergy.live.models import AccessChange
from synergy.live.refusals import Refused
from tests.factories import NOON, make_cohort, make_institution, make_person, make_seat

LETS_IN = {
    # who                 a room of the cohort, of members, of members and an institution
    "member":            "CMI",
    "observing member":  "CMI",
    "teammate":          "C-I",
    "observing teammate": "C-I",
    "participant":       "C--",
    "coordinator":       "C--",
    "observer":          "C--",
    "facilitator":       "CMI",
    "organiser":         "CMI",
    "ended member":      "---",
    "ended teammate":    "---",
    "ended facilitator": "---",
    "member elsewhere":  "---",
    "elsewhere":         "---",
}  # fmt: skip


@pytest.fixture
def doors(house, settings, tmp_path):
    """Three rooms with the same things in them, and `people` by what they are."""
    settings.MEDIA_ROOT = tmp_path
    office = make_institution("Municipality of Plovdiv", country="BG")
    other = make_cohort("Other")
    people = {
        name: house.seated(
            name.title(),
            next(
                (role for role in Role if role in name),
                Role.OBSERVER if "observing" in name else Role.PARTICIPANT,
            ),
            is_coordinator=name == "coordinator",
            ended_at=NOON if "ended" in name else None,
        )
        for name in LETS_IN
        if "elsewhere" not in name
    }
    people |= {
        name: make_seat(other, make_person(name), office, Role.ORGANISER).person
        for name in LETS_IN
        if "elsewhere" in name
    }
    team = [people[name].pk for name in people if "teammate" in name]
    Seat.objects.filter(person__in=team).update(institution=office)
    members = [people[name] for name in people if "member" in name]
    common = {"person": house.fiona, "cohort": house.cohort, "title": "", "now": NOON}
    rooms = {
        "C": open_room(**common, name="Linden"),
        "M": open_room(**common, name="Group 1", audience="members", members=members),
        "I": open_room(**common, name="Plan", audience="members", members=members, institution=office),
    }
    return SimpleNamespace(
        people=people, rooms=rooms, things={letter: _furnish(house, room) for letter, room in rooms.items()}
    )


def _furnish(house, room):
    """A message, a file, notes and a poll."""
    fiona = {"person": house.fiona, "room": room_for(house.fiona, room.pk), "now": NOON}
    file = add_attachment(**fiona, name="a.txt", content=b"text")
    message = post_message(**fiona, text="Hello", files=[file.pk])
    poll = open_poll(**fiona, question="When?", options=["Now", "Later"])
    notes = open_notes(room=room, title="Notes", now=NOON)
    return SimpleNamespace(file=file, message=message, poll=poll, notes=notes)


def ways_in(client, person, room, things):
    """{door: whether it opens}. Whoever may not come in hears that there is nothing."""
    client.force_login(person)
    pages = {
        "page": reverse("rooms:room", args=[room.pk]),
        "messages": reverse("rooms:api_messages", args=[room.pk]),
        "people": reverse("rooms:api_people", args=[room.pk]),
        "notes": reverse("rooms:notes", args=[room.pk, things.notes.pk]),
        "notes list": reverse("rooms:notes_list", args=[room.pk]),
        "file": reverse("rooms:file", args=[things.file.pk]),
    }
    found = {door: client.get(address).status_code for door, address in pages.items()}
    assert set(found.values()) <= {200, 404}
    return {door: status == 200 for door, status in found.items()} | {
        "stream": room_readers(room.pk, [person.pk]) == {person.pk},
        "find": room_for(person, room.pk) is not None,
        "find each": person.pk in room_for_each([person], room.pk),
        "notes stream": notes_readers(things.notes.pk, [person.pk]) == {person.pk},
        "find notes": notes_for(person, things.notes.pk) is not None,
        "find notes of each": person.pk in notes_for_each([person], things.notes.pk),
        "list": room.pk in {listed.id for listed in rooms_for(person)},
        "list page": f"/rooms/{room.pk}/" in client.get(reverse("rooms:list")).content.decode(),
        "list api": f'"id":{room.pk},' in client.get(reverse("rooms:api_list")).content.decode(),
        "first page": f"/rooms/{room.pk}/" in client.get("/").content.decode(),
        "poll": command(person, room, "poll.vote", {"poll": things.poll.pk, "options": [1]}) != "not_found",
        "post": command(person, room, "message.post", {"text": "Me too"}) != "not_found",
    }


def command(person, room, name, data):
    """The code of the refusal, or None."""
    request = request_for(person, uuid4(), f"room:{room.pk}", name, msgspec.json.encode(data), "en")
    (answer,) = execute([request], NOON)
    return answer.code if isinstance(answer, Refused) else None


@pytest.mark.once
@pytest.mark.parametrize("who", LETS_IN)
def test_every_door(client, doors, who):
    for letter, room in doors.rooms.items():
        ways = ways_in(client, doors.people[who], room, doors.things[letter])
        expected = letter in LETS_IN[who]
        assert ways == dict.fromkeys(ways, expected), (who, letter)


def test_the_list_marks_rooms_of_members(client, doors):
    client.force_login(doors.people["member"])
    page = client.get(reverse("rooms:list")).content.decode()
    assert page.count("Only for its members") == 2
    assert [room.audience for room in rooms_for(doors.people["participant"])] == ["cohort", "cohort"]


def test_the_people_of_the_room_are_those_who_may_come_in(doors):
    def here(letter):
        return {card.name for card in people_in(doors.rooms[letter]).values() if not card.past}

    comes_in = {name.title() for name, letters in LETS_IN.items() if "M" in letters}
    moderators = {"Fiona Facilitator", "Olga Organiser"}
    assert here("M") == comes_in | moderators
    assert here("I") == comes_in | moderators | {"Teammate", "Observing Teammate"}
    assert {"Participant", "Ended Member"} <= here("C") | {
        card.name for card in people_in(doors.rooms["M"]).values()
    }


def test_only_who_may_come_in_is_mentioned(doors):
    author = doors.people["member"]
    names = ["facilitator", "participant", "teammate"]
    post_message(
        person=author,
        room=room_for(author, doors.rooms["M"].pk),
        text="@Facilitator @Participant @Teammate",
        mentions=[doors.people[name].pk for name in names],
        now=NOON,
    )
    mentioned = Message.objects.latest("pk").mentions.values_list("person", flat=True)
    assert list(mentioned) == [doors.people["facilitator"].pk]


def test_queries_stay_the_same(doors, django_assert_num_queries):
    people = [doors.people["member"], doors.people["participant"], doors.people["facilitator"]]
    for letter, found in (("C", 3), ("M", 2)):
        with django_assert_num_queries(1):
            room_for(people[0], doors.rooms[letter].pk)
        with django_assert_num_queries(2):
            assert len(room_for_each(people, doors.rooms[letter].pk)) == found
        with django_assert_num_queries(1):
            room_readers(doors.rooms[letter].pk, [person.pk for person in people])
        with django_assert_num_queries(2):
            notes_for_each(people, doors.things[letter].notes.pk)
    with django_assert_num_queries(2):
        assert len(rooms_for(people[0])) == 4


class TestWhatEverybodyHears:
    """The cohort's stream says nothing of a room of members."""

    def told(self, cohort, after=0):
        entries = log.since(cohort_stream(cohort.pk), after, 1_000)
        return [(entry.name, entry.by, json.loads(entry.body)) for entry in entries]

    def test_opening_changing_and_members(self, house, doors):
        head = log.head(cohort_stream(house.cohort.pk))
        room = room_for(house.fiona, doors.rooms["M"].pk)
        actions.set_room_state(person=house.fiona, room=room, state="read_only", now=NOON)
        actions.rename_room(person=house.fiona, room=room, name="Group of secrets", now=NOON)
        set_members(room=room, members=[house.anna], now=NOON)
        assert self.told(house.cohort, head) == [("rooms.changed", None, {})] * 3
        everything = json.dumps(self.told(house.cohort))
        assert "Linden" in everything
        assert "Group" not in everything
        assert "Plan" not in everything

    def test_activity(self, house, doors):
        assert [str(each) for each in ROOM.parents(doors.rooms["C"].pk)] == [f"cohort:{house.cohort.pk}"]
        for letter in "MI":
            room = doors.rooms[letter].pk
            assert [str(each) for each in ROOM.parents(room)] == [
                f"door:{room}",
                f"moderators:{house.cohort.pk}",
            ]
        everybody = [person.pk for person in doors.people.values()]
        heard = MODERATORS.readers(house.cohort.pk, everybody)
        assert heard == {doors.people["facilitator"].pk, doors.people["organiser"].pk}
        for name, person in doors.people.items():
            found = MODERATORS.find(person, house.cohort.pk)
            assert (found is not None) == (name in ("facilitator", "organiser"))


class TestSetMembers:
    def test_who_is_taken_out_and_who_comes(self, house, doors):
        room, taken, kept = doors.rooms["M"], doors.people["member"], doors.people["observing member"]
        actions.raise_hand(person=taken, room=room_for(taken, room.pk), now=NOON)
        head = log.head(room_stream(room.pk))
        set_members(room=room, members=[kept, house.anna], now=NOON)
        assert set(AccessChange.objects.values_list("person", flat=True)) == {taken.pk}
        assert room_readers(room.pk, [taken.pk, kept.pk, house.anna.pk]) == {kept.pk, house.anna.pk}
        assert not Hand.objects.exists()
        facts = [(entry.name, json.loads(entry.body)) for entry in log.since(room_stream(room.pk), head, 10)]
        here = sorted(card.id for card in people_in(room).values() if not card.past)
        assert facts == [("hand.lowered", {"person": taken.pk}), ("room.members_set", {"people": here})]

    def test_the_same_again_changes_nothing(self, doors):
        room = doors.rooms["M"]
        members = [row.person for row in room.members.select_related("person")]
        head = log.head(room_stream(room.pk))
        set_members(room=room, members=members, now=NOON)
        assert log.head(room_stream(room.pk)) == head

    def test_who_comes_in_anyway_keeps_their_streams(self, doors):
        room, teammate = doors.rooms["I"], doors.people["teammate"]
        set_members(room=room, members=[teammate], now=NOON)
        AccessChange.objects.all().delete()
        set_members(room=room, members=[], now=NOON)
        assert not AccessChange.objects.exists()
        assert room_for(teammate, room.pk) is not None

    def test_a_room_of_the_cohort_has_no_members(self, house):
        with pytest.raises(ValueError, match="cohort"):
            set_members(room=house.room, members=[house.anna], now=NOON)
        assert not RoomMember.objects.exists()


def test_who_opens_rooms_of_members(house):
    def opened(person, **fields):
        try:
            open_room(
                person=person, cohort=house.cohort, name=f"Room {uuid4()}"[:50], title="", now=NOON, **fields
            )
        except Refused as refusal:
            return refusal.code
        return "opened"

    office = Seat.objects.get(person=house.anna).institution
    own = {"audience": "members", "members": [house.anna]}
    team = {"audience": "members", "institution": office}
    assert opened(house.fiona, **own) == opened(house.anna, **own) == opened(house.boris, **team) == "opened"
    assert opened(house.boris, **own) == opened(house.otto, **team) == opened(house.anna) == "forbidden"
    assert opened(house.anna, audience="members", institution=make_institution("Other")) == "forbidden"


def test_words_at_the_door(client, house, doors, monkeypatch):
    """Only where an app above says that the room is no secret; its notes and files are as if they were not there."""
    monkeypatch.setattr("rooms.knocking._tellers", [])
    register(lambda person, room: "Ask Fiona." if room.name == "Group 1" else None)

    def knock(name, room):
        client.force_login(doors.people[name])
        return client.get(reverse("rooms:room", args=[room.pk]))

    answer = knock("participant", doors.rooms["M"])
    assert (answer.status_code, "Ask Fiona." in answer.content.decode()) == (403, True)
    assert "Group 1" not in answer.content.decode()
    assert knock("participant", doors.rooms["I"]).status_code == 404
    assert knock("ended member", doors.rooms["M"]).status_code == 404
    assert knock("member elsewhere", doors.rooms["M"]).status_code == 404
    assert knock("member", doors.rooms["M"]).status_code == 200
    assert Room.objects.filter(audience="members").count() == 2
