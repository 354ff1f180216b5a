"""Guarantee 7: the state that a fresh client gets is the state that an old client reaches by the events it missed.

Random histories go through the command table; the old client is the browser's own store.
"""

import json
import random
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
from django.db import transaction

from rooms.commands import ROOM_COMMANDS
from rooms.models import Message, Reaction
from rooms.queries import room_stream, state_of
from rooms.streams import ROOM
from synergy.journal import log
from synergy.live.kinds import Call
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.support.client_store import reached

TABLE = {command.name: command for command in ROOM_COMMANDS}
WORDS = [
    "Zażółć gęślą",
    "**jaźń**",
    "трудно",
    "\n\n- ein",
    "  spaces \t between  ",
    "@Anna Nowak",
    "ő" * 130,
    "<b>",
]


class Talk:
    """People who do anything at all in a room, by chance, allowed or not."""

    def __init__(self, house, seed):
        self.house = house
        self.chance = random.Random(seed)
        self.people = [house.anna, house.boris, house.fiona, house.olga, house.otto]
        self.now = NOON

    def go_on(self, steps):
        for _step in range(steps):
            self.now += timedelta(seconds=self.chance.choice([0, 1, 90]))
            if self.house.into(self.house.fiona).state != "open" and self.chance.random() < 0.3:
                self.do(self.house.fiona, "room.set_state", {"state": "open"})
            self.do(*self.something())

    def something(self):
        """(person, command, data), often one that is allowed and changes something."""
        room, moderator = self.house.room, self.house.fiona
        message = self.one_of(Message.objects.filter(room=room).order_by("-seq")[:80]) or Message(seq=1)
        pinned = self.one_of(Message.objects.filter(room=room, pinned_at__isnull=False)) or message
        given = self.one_of(Reaction.objects.filter(message__room=room).order_by("-pk")[:20])
        person = self.chance.choice(self.people)
        target = {"message": message.seq}
        said = {"text": " ".join(self.chance.choices(WORDS, k=4)), "mentions": [self.house.anna.pk]}
        reaction = {**target, "kind": self.chance.choice(["agree", "useful", "tell_me_more"])}
        taken_back = {"message": given.message.seq, "kind": given.kind} if given else reaction
        state = {"state": self.chance.choice(["open", "read_only", "archived"])}
        choices = [
            (14, person, "message.post", said),
            (8, person, "message.post", {**said, "root": message.seq}),
            (4, message.author if message.pk else person, "message.edit", {**said, **target}),
            (2, moderator, "message.remove", {**target, "reason": "Twice"}),
            (2, moderator, "message.set_language", {**target, "lang": self.chance.choice(["hu", "bg"])}),
            (3, moderator, "message.pin", target),
            (2, moderator, "message.unpin", {"message": pinned.seq}),
            (10, person, "reaction.add", reaction),
            (4, given.person if given else person, "reaction.remove", taken_back),
            (1, moderator, "room.set_state", state),
        ]
        return self.chance.choices(choices, [choice[0] for choice in choices])[0][1:]

    def one_of(self, rows):
        rows = list(rows)
        return self.chance.choice(rows) if rows else None

    def do(self, person, name, data):
        command, room = TABLE[name], self.house.into(person)
        if not command.may(person, room):
            return
        value = msgspec.convert(data, command.schema)
        try:
            with transaction.atomic():
                command.run(Call(person, room, value, self.now, UUID(int=self.chance.getrandbits(128))))
        except Refused:
            return

    def seen_by(self, person):
        return json.loads(msgspec.json.encode(state_of(person, self.house.into(person))))

    def events_after(self, seq):
        return [json.loads(entry.wire) for entry in log.since(room_stream(self.house.room.pk), seq, 10_000)]


def on_common_window(state, fresh):
    """An old client holds more of the past than a fresh one gets."""
    messages = state["messages"][-len(fresh["messages"]) :] if fresh["messages"] else []
    held_more = len(state["messages"]) > len(messages)
    return {**state, "messages": messages, "has_earlier": held_more or state["has_earlier"]}


@pytest.mark.parametrize("seed", range(3))
def test_7_state_is_log(house, seed):
    talk = Talk(house, seed)
    stream = room_stream(house.room.pk)
    clients = []
    for before in (0, 40, 110):
        talk.go_on(before)
        clients += [(person, talk.seen_by(person), log.head(stream)) for person in talk.people]
    talk.go_on(60)
    cases = [
        {"state": state, "head": head, "events": talk.events_after(head)} for _person, state, head in clients
    ]
    assert len(cases[0]["events"]) > 100
    happened = {event["name"] for event in cases[0]["events"]}
    assert happened == {fact.name for fact in ROOM.events}
    for (person, _state, _head), state in zip(clients, reached(cases), strict=True):
        fresh = talk.seen_by(person)
        assert on_common_window(state, fresh) == fresh
