"""State = log, for gatherings and reports: who was away and reads what they missed holds the same as who comes in now.

Random histories go through the real commands, many of which are refused. Several persons open the
gathering at several moments; their states and the events since then go through the client's own stores
(`tests/client/replay_gathering.ts`) and must come out equal to the fresh states at the end.
"""

import json
import random
import uuid
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from sessions.openspace.actions.topics import propose_topic
from sessions.openspace.clock import run_clocks
from sessions.openspace.commands import GATHERING_COMMANDS, TOPIC_COMMANDS
from sessions.openspace.models import CallState, Gathering, Slot, SlotKind, Stage, TopicReport
from sessions.openspace.queries import (
    gathering_for,
    gathering_state_of,
    gathering_stream,
    report_state_of,
    topic_for,
    topic_stream,
)
from sessions.openspace.rules import can_facilitate, can_run
from synergy.journal import log
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories.openspace import FIRST_ROUND, make_slot
from tests.support.client import client_filter
from tests.support.histories import seeds
from tests.support.told import told
from tests.support.wall import by

STEPS = 400
WORDS = ["Trust", "Dzień dobry", "Заедно", "Ķ" * 30, "<b>&amp;</b>", ""]
PEOPLE = ("anna", "boris", "carla", "fiona", "olga", "otto")
COMMANDS = (*GATHERING_COMMANDS, *TOPIC_COMMANDS)
# What ends much comes seldom, what needs much else comes often.
OFTEN = {"topic.propose": 10, "topic.place": 16, "request.make": 10, "request.answer": 12, "vote.cast": 8}
SELDOM = {
    "slot.remove": 1,
    "space.remove": 1,
    "slot.shift": 1,
    "stage.set": 3,
    "topic.withdraw": 1,
    "topic.leave": 2,
    "market.set": 2,
    "circle.end": 2,
}
STAGES = {
    Stage.PREPARING: 1,
    Stage.OPENING: 2,
    Stage.MARKETPLACE: 8,
    Stage.ROUNDS: 8,
    Stage.CONVERGING: 4,
    Stage.CLOSING: 4,
    Stage.CLOSED: 1,
}


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's stores as a function: cases → states."""
    return client_filter("replay_gathering.ts", tmp_path_factory.mktemp("store"))


class History:
    """What may happen in a gathering, drawn by lot from the command table."""

    def __init__(self, wall, dice):
        self.wall, self.dice, self.now = wall, dice, FIRST_ROUND - timedelta(minutes=30)
        self.done = Counter()

    def step(self):
        self.now += timedelta(seconds=self.dice.choice([1, 20, 90, 400]))
        if self.dice.random() < 0.15:
            run_clocks([self.wall.gathering.pk], self.now)
            return
        weights = [{**OFTEN, **SELDOM}.get(command.name, 5) for command in COMMANDS]
        (command,) = self.dice.choices(COMMANDS, weights)
        person = self._who(command)
        if command in TOPIC_COMMANDS:
            stream = topic_stream(self.wall.topic.pk)
        else:
            stream = gathering_stream(self.wall.gathering.pk)
        draw = getattr(self, command.name.replace(".", "_"), dict)
        data = msgspec.json.encode(draw())
        try:
            request = request_for(person, uuid.uuid4(), str(stream), command.name, data, "en")
        except Refused:
            return
        (answer,) = execute([request], self.now)
        if isinstance(answer, Refused):
            assert answer.code != "busy", (command.name, answer)
        else:
            self.done[command.name] += 1

    def _who(self, command):
        if command.may in (can_run, can_facilitate) and self.dice.random() < 0.9:
            return self.wall.fiona
        if command.name.startswith(("topic.", "report.", "request.")) and self.dice.random() < 0.5:
            return self.wall.anna
        return getattr(self.wall, self.dice.choice(PEOPLE))

    # The data of each command.

    def gathering_change(self):
        return {"sponsor": self._word(), "theme": {"en": self._word()}}

    def space_add(self):
        return {"name": f"Space {self.dice.random()}", **self._room_for()}

    def space_change(self):
        return {"space": self._space(), "kind": "topic", **self.space_add()}

    def _room_for(self):
        return self.dice.choice(
            [{"capacity": None, "is_hard": False}, {"capacity": self.dice.choice([1, 20]), "is_hard": True}]
        )

    def space_remove(self):
        return {"space": self._space()}

    def space_order(self):
        order = list(self.wall.gathering.spaces.values_list("pk", flat=True).order_by("pk"))
        self.dice.shuffle(order)
        return {"order": order}

    def slot_add(self):
        start = FIRST_ROUND + timedelta(minutes=self.dice.randint(-120, 2_000))
        return {"starts_at": start, "ends_at": start + timedelta(minutes=20)}

    def slot_change(self):
        return {"slot": self._slot(), "kind": "round", "title": self._word(), **self.slot_add()}

    def slot_remove(self):
        return {"slot": self._slot()}

    def slot_shift(self):
        return {"slot": self._slot(), "minutes": self.dice.choice([-10, 10])}

    def _one(self, rows):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return self.dice.choice(keys or [1])

    def _topic(self):
        return self._one(self.wall.gathering.topics)

    def _slot(self):
        return self._one(self.wall.gathering.slots)

    def _space(self):
        return self._one(self.wall.gathering.spaces)

    def _person(self):
        return getattr(self.wall, self.dice.choice(PEOPLE)).pk

    def _word(self):
        return self.dice.choice(WORDS)

    def topic_propose(self):
        co = self.dice.choice([[], [self._person()]])
        return {"title": f"Topic {self.dice.random()}", "why": self._word(), "co_conveners": co}

    def topic_change(self):
        return {"topic": self._topic(), "title": self._word() or "None", "not_with": [self._topic()]}

    def topic_place(self):
        from_slot = self.dice.choice([None, self._slot()])
        return {"topic": self._topic(), "slot": self._slot(), "space": self._space(), "from_slot": from_slot}

    def topic_unplace(self):
        return {"topic": self._topic(), "slot": self._slot()}

    def _of_topic(self):
        return {"topic": self._topic()}

    topic_withdraw = topic_leave = topic_adopt = interest_mark = interest_unmark = report_remind = _of_topic

    def request_make(self):
        both = {"topic": self._topic(), "other": self._topic()}
        slots = {"from_slot": self._slot(), "slot": self._slot()}
        return self.dice.choice(
            [
                {"kind": "merge", **both},
                {"kind": "swap", **both, **slots},
                {"kind": "continue", "topic": both["topic"], "slot": slots["slot"], "space": self._space()},
            ]
        )

    def _request(self):
        return self._one(self.wall.gathering.requests.filter(state="open"))

    def request_answer(self):
        return {"request": self._request(), "accept": self.dice.random() < 0.7}

    def request_take_back(self):
        return {"request": self._request()}

    def person_move(self):
        return {"space": self.dice.choice([None, self._space()])}

    def person_invite(self):
        return {"person": self._person(), "space": self._space()}

    def topic_mark(self):
        return {"topic": self._topic(), "took_place": self.dice.random() < 0.6}

    def stage_set(self):
        # Closing would be the end of most of what follows, so it comes late.
        may_close = self.dice.random() < 0.2
        return {
            "stage": self.dice.choice([stage for stage in Stage.values if may_close or stage != "closed"])
        }

    def market_set(self):
        return {"is_open": self.dice.random() < 0.8}

    def round_start(self):
        return {"slot": self._slot()}

    round_end = round_start

    def round_extend(self):
        return {"slot": self._slot(), "minutes": self.dice.choice([1, 5, 30])}

    def clock_set(self):
        return {"runs_by_clock": self.dice.random() < 0.8}

    def news_post(self):
        return {"text": self._word(), "language": "en"}

    def news_change(self):
        return {"news": self._one(self.wall.gathering.announcements.all()), "text": self._word()}

    def call_make(self):
        return {"text": self._word()}

    def call_take(self):
        return {"call": self._one(self.wall.gathering.calls.exclude(state=CallState.CLOSED))}

    call_close = call_take

    def circle_start(self):
        return {"kind": self.dice.choice(["opening", "closing"])}

    def circle_pass(self):
        return {"to": self.dice.choice([None, None, self._person()])}

    def voting_open(self):
        return {"points_each": self.dice.choice([3, 3, 5])}

    def vote_cast(self):
        return {"points": {self._topic(): self.dice.randint(0, 2), self._topic(): 1}}

    def action_add(self):
        due = self.dice.choice([None, "2026-05-01"])
        return {"what": self._word(), "convener": self._person(), "due": due, "topic": self._topic()}

    def action_change(self):
        return {"action": self._action(), "what": self._word(), "convener": self._person()}

    def action_remove(self):
        return {"action": self._action()}

    def _action(self):
        return self._one(self.wall.gathering.actions.filter(removed_at=None))

    def word_say(self):
        return {"word": self._word()}

    def report_change(self):
        field, value = self.dice.choice(
            [
                ("summary", self._word()),
                ("participants", [self._person()]),
                ("next_steps", [{"what": self._word(), "who": "", "when": "2026-05-01"}]),
            ]
        )
        report = TopicReport.objects.filter(topic=self.wall.topic).first()
        seen = report.revisions.get(field, 0) if report else self.dice.randint(0, 1)
        return {"field": field, "value": value, "base": seen}


def fresh(wall, person):
    gathering = gathering_for(person, wall.gathering.pk)
    state = msgspec.to_builtins(gathering_state_of(person, gathering))
    return {"kind": "gathering", "state": state, "head": log.head(gathering_stream(gathering.pk))}


def fresh_report(wall, person):
    topic = topic_for(person, wall.topic.pk)
    state = msgspec.to_builtins(report_state_of(person, topic))
    return {"kind": "topic", "state": state, "head": log.head(topic_stream(topic.pk))}


def facts_of_report(state):
    """Who convenes and who may do what is told on the wall, not on the topic's stream."""
    elsewhere = ("convener", "title", "language", "may_edit", "may_confirm")
    return {key: value for key, value in state.items() if key not in elsewhere}


def wire(value):
    """As it comes out of JSON."""
    return json.loads(msgspec.json.encode(value))


@pytest.mark.parametrize("seed", seeds(4))
def test_old_state_and_missed_events_make_the_fresh_state(wall, store, seed):
    dice = random.Random(seed)
    make_slot(wall.gathering, wall.first.ends_at, 10, SlotKind.BREAK)
    make_slot(wall.gathering)
    history = History(wall, dice)
    opened = []
    for step in range(STEPS):
        if step % 80 == 0:
            person = getattr(wall, dice.choice(PEOPLE))
            opened += [(person, fresh(wall, person)), (person, fresh_report(wall, person))]
        history.step()
    cases = [
        {**wire(case), "events": told(_stream(wall, case["kind"]), case["head"])} for _person, case in opened
    ]
    for (person, case), reached in zip(opened, store(cases), strict=True):
        if case["kind"] == "topic":
            now = facts_of_report(wire(fresh_report(wall, person)["state"]))
            assert facts_of_report(reached) == now
        else:
            assert reached == wire(fresh(wall, person)["state"])
    assert sum(history.done.values()) > STEPS / 6
    assert len(history.done) > len(COMMANDS) / 2
    assert Slot.objects.filter(ended_at__isnull=True, started_at__isnull=False).count() <= 1
    assert Gathering.objects.count() == 1


def _stream(wall, kind):
    return topic_stream(wall.topic.pk) if kind == "topic" else gathering_stream(wall.gathering.pk)


def test_a_store_that_misses_something_is_noticed(wall, store):
    """The positive control: without one event the states differ."""
    old = wire(fresh(wall, wall.anna))
    for title in ("One", "Two"):
        propose_topic(**by(wall, wall.anna), title=title)
    missed = told(_stream(wall, "gathering"), old["head"])
    whole, partly = store([{**old, "events": missed}, {**old, "events": missed[1:]}])
    now = wire(fresh(wall, wall.anna)["state"])
    assert whole == now
    assert partly != now
