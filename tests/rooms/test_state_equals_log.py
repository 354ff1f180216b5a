"""State = log: who was away and reads what they missed holds the same as who comes in now.

Random histories go through the real actions. Several persons open the room at several moments;
their states and the events since then go through the client's own store (`tests/client/replay.ts`)
and must come out equal to the fresh states at the end.
"""

import json
import random
from datetime import timedelta

import msgspec
import pytest

from rooms import actions, quiet
from rooms.models import Hand, Message, Poll, Reaction, Room, RoomMember
from rooms.queries import PAGE, room_stream, state_of
from rooms.quiet import Quiet, quieten
from rooms.streams import ROOM
from synergy.journal import log
from tests.factories import NOON
from tests.support.client import client_filter
from tests.support.histories import seeds

STEPS = 120
TEXTS = [
    "Short",
    "Dzień dobry, *wszystkim*",
    "@Борис Петров, виж https://example.org/a_b",
    "- one\n- two",
    "Long " * 60,
    "Ķ" * 200,
    "<b>&amp;</b> \\o/",
]


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's store as a function: cases → states."""
    return client_filter("replay.ts", tmp_path_factory.mktemp("store"))


class History:
    """What may happen in a room, drawn by lot. Most of it is about few messages, so that they meet."""

    def __init__(self, house, dice, monkeypatch):
        self.house, self.dice, self.now = house, dice, NOON
        self.members = [house.anna, house.boris, house.otto]
        self.others = [house.seated("Karol Lis"), house.seated("Zsófia Tóth")]
        Room.objects.filter(pk=house.room.pk).update(audience="members")
        RoomMember.objects.bulk_create(RoomMember(room=house.room, person=person) for person in self.members)
        self.people = [house.anna, house.boris, house.fiona, house.olga]
        self.moderators = [house.fiona, house.olga]
        self.quiet = None
        monkeypatch.setattr(quiet, "_tellers", [lambda room: self.quiet])

    def step(self):
        # Facts of one batch have one time.
        self.now += timedelta(seconds=self.dice.choice([0, 0, 1, 90]))
        chances = {"post": 9, "reply": 6, "edit": 5, "react": 6, "unreact": 4, "pin": 3, "unpin": 3}
        chances |= {"remove": 2, "set_language": 2, "close_and_open": 1, "rename": 2}
        chances |= {"set_members": 4, "raise_hand": 4, "lower_hand": 3, "ask": 3, "vote": 8, "close_poll": 2}
        chances |= {"quieten": 2}
        kind = self.dice.choices(list(chances), list(chances.values()))[0]
        getattr(self, kind)()

    def by(self, person):
        return {"person": person, "room": self.house.into(person), "now": self.now}

    def somebody(self):
        return self.by(self.dice.choice(self.people))

    def moderator(self):
        return self.by(self.dice.choice(self.moderators))

    def message(self):
        standing = Message.objects.filter(removed_at=None).order_by("-seq")
        return self.dice.choice(list(standing[:8]) + list(standing.reverse()[:8]) or [None])

    def text(self):
        return {"text": self.dice.choice(TEXTS), "mentions": self.dice.choice([[], [self.house.boris.pk]])}

    def post(self):
        somebody = self.somebody()
        content = f"{self.dice.random()}".encode()
        files = (
            [actions.add_attachment(**somebody, name="a.txt", content=content).pk]
            if self.dice.random() < 0.1
            else []
        )
        actions.post_message(**somebody, **self.text(), files=files)

    def reply(self):
        if message := self.message():
            actions.post_message(**self.somebody(), **self.text(), root=message.seq)

    def edit(self):
        if message := self.message():
            actions.edit_message(**self.by(message.author), message=message.seq, **self.text())

    def remove(self):
        if message := self.message():
            actions.remove_message(**self.moderator(), message=message.seq, reason="Off topic")

    def react(self):
        if message := self.message():
            actions.add_reaction(**self.somebody(), message=message.seq, kind=self.kind())

    def unreact(self):
        reactions = list(Reaction.objects.select_related("person", "message").order_by("pk"))
        if reactions:
            reaction = self.dice.choice(reactions)
            mine = self.by(reaction.person)
            actions.remove_reaction(**mine, message=reaction.message.seq, kind=reaction.kind)

    def kind(self):
        return self.dice.choice(["agree", "useful", "tell_me_more"])

    def pin(self):
        message = self.message()
        if message and Message.objects.filter(pinned_seq__isnull=False).count() < 20:
            actions.pin_message(**self.moderator(), message=message.seq)

    def unpin(self):
        pinned = list(Message.objects.filter(pinned_seq__isnull=False))
        if pinned:
            actions.unpin_message(**self.moderator(), message=self.dice.choice(pinned).seq)

    def set_language(self):
        if message := self.message():
            lang = self.dice.choice(["pl", "hu", "sk"])
            actions.set_message_language(**self.moderator(), message=message.seq, lang=lang)

    def raise_hand(self):
        actions.raise_hand(**self.somebody())

    def lower_hand(self):
        if hand := Hand.objects.first():
            actions.lower_hand(**self.moderator(), whose=hand.person_id)

    def ask(self):
        if not Poll.objects.filter(closed_at=None).exists():
            multiple = self.dice.random() < 0.5
            actions.open_poll(
                **self.somebody(), question="Which?", options=["A", "B", "C"], multiple=multiple
            )

    def vote(self):
        if poll := Poll.objects.filter(closed_at=None).first():
            most = 2 if poll.is_multiple else 1
            options = self.dice.sample(range(3), k=self.dice.randint(0, most))
            actions.vote(**self.somebody(), poll=poll.pk, options=options)

    def close_poll(self):
        if poll := Poll.objects.filter(closed_at=None).first():
            actions.close_poll(**self.moderator(), poll=poll.pk)

    def rename(self):
        actions.rename_room(**self.moderator(), name=f"Amber {self.dice.random()}")

    def set_members(self):
        some = self.dice.sample(self.others, k=self.dice.randint(0, 2))
        members = [*self.members, *some]
        actions.set_members(room=self.moderator()["room"], members=members, now=self.now)

    def quieten(self, *who):
        """As an app above says it; in the histories of those who only read."""
        people = who or self.dice.sample([self.house.otto, *self.others], k=self.dice.randint(0, 2))
        kind = self.dice.choice(["listen", "silence"])
        self.quiet = Quiet(frozenset(person.pk for person in people), kind, None) if people else None
        quieten(room=self.house.room, quiet=self.quiet, by=None, now=self.now)

    def close_and_open(self):
        for state in (self.dice.choice(["read_only", "archived"]), "open"):
            actions.set_room_state(**self.moderator(), state=state)


def fresh(house, person):
    state = msgspec.to_builtins(state_of(person, house.into(person)))
    return {"state": state, "head": log.head(room_stream(house.room.pk)), "person": person}


def events_since(house, head):
    return [json.loads(entry.wire) for entry in log.since(room_stream(house.room.pk), head, 10_000)]


def newest(state):
    """What a fresh state would hold of it: a client that stayed keeps more.

    What the person chose in polls is left out: it is theirs alone, so the log does not tell it.
    """
    cut = len(state["messages"]) > PAGE
    state = {**state, "polls": [{**poll, "mine": None} for poll in state["polls"]]}
    return {**state, "messages": state["messages"][-PAGE:], "has_earlier": state["has_earlier"] or cut}


@pytest.mark.parametrize("seed", seeds(6, on_both=2))
def test_old_state_and_missed_events_make_the_fresh_state(
    house, store, settings, tmp_path, monkeypatch, seed
):
    settings.MEDIA_ROOT = tmp_path
    dice = random.Random(seed)
    history = History(house, dice, monkeypatch)
    opened = [fresh(house, house.anna)]
    for number in range(STEPS):
        history.step()
        if number % 15 == 0:
            opened.append(fresh(house, dice.choice([house.anna, house.fiona, house.otto])))
    if seed % 3 == 0:
        history.quieten(house.anna, house.fiona)
    if seed % 2:
        actions.set_room_state(**history.moderator(), state=dice.choice(["read_only", "archived"]))
    reached = store(
        {"state": old["state"], "head": old["head"], "events": events_since(house, old["head"])}
        for old in opened
    )
    assert [newest(state) for state in reached] == [
        newest(fresh(house, old["person"])["state"]) for old in opened
    ]


def test_the_histories_hold_everything_that_can_happen(house, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    history = History(house, random.Random(0), monkeypatch)
    for _ in range(STEPS):
        history.step()
    names = {event["name"] for event in events_since(house, 0)}
    assert names == {fact.name for fact in ROOM.events}


def test_a_store_that_misses_something_is_noticed(house, store):
    """The positive control: without one event the states differ."""
    anna = {"person": house.anna, "room": house.into(house.anna), "now": NOON}
    old = fresh(house, house.anna)
    for text in ("One", "Two"):
        actions.post_message(**anna, text=text)
    (reached,) = store([{"state": old["state"], "head": old["head"], "events": events_since(house, 0)[1:]}])
    assert newest(reached) != newest(fresh(house, house.anna)["state"])
