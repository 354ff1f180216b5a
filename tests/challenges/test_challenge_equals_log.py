"""State = log, for challenges: who was away and reads what they missed holds the same as who comes in now.

Random histories go through the real commands, many of which are refused. What was emptied in the log
meanwhile (Note [What was never submitted]) must not show in what the client reaches.
"""

import json
import random
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from challenges.actions import attach_file
from challenges.commands import CHALLENGE_COMMANDS
from challenges.models import Confidentiality, State
from challenges.queries import challenge_for, challenge_state_of, challenge_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.challenges import make_case
from tests.support.challenges import do
from tests.support.client import client_filter
from tests.support.histories import seeds
from tests.support.told import told

STEPS = 150
WORDS = ["Trust", "Dzień dobry", "Заедно", "Ķ" * 30, "<b>&amp;</b>", ""]
PEOPLE = ("author", "colleague", "facilitator", "organiser", "peer", "observer")
COMMANDS = [command.name.removeprefix("challenge.") for command in CHALLENGE_COMMANDS]
WEIGHTS = {"change": 40, "close": 0.3, "withdraw": 5, "accept": 2}


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's store as a function: cases → cards."""
    return client_filter("replay_challenge.ts", tmp_path_factory.mktemp("challenge"))


class History:
    """What may happen to a challenge, drawn by lot from the command table."""

    def __init__(self, case, dice):
        self.case, self.dice, self.now = case, dice, NOON
        self.done = Counter()

    def step(self):
        self.now += timedelta(seconds=self.dice.choice([1, 20, 90]))
        (name,) = self.dice.choices(COMMANDS, [WEIGHTS.get(each, 6) for each in COMMANDS])
        who = "facilitator" if name in ("return", "accept", "tag") else "author"
        person = self.case.people[who if self.dice.random() < 0.8 else self.dice.choice(PEOPLE)]
        answer = do(self.case.challenge, person, name, self.now, **getattr(self, name, dict)())
        self.done[name] += not isinstance(answer, Refused)

    def change(self):
        field, value = self.dice.choice(
            [
                ("title", self._word()),
                ("situation", self._word()),
                ("tried", self._word()),
                ("language", self.dice.choice(["en", "pl"])),
                ("confidentiality", self.dice.choice(Confidentiality.values)),
            ]
        )
        self.case.challenge.refresh_from_db(fields=["revisions"])
        return {"field": field, "value": value, "base": self.case.challenge.revisions.get(field, 0)}

    def _word(self):
        return self.dice.choice(WORDS)

    def _why(self):
        return {"why": self.dice.choice(["Why?", ""])}

    close = _why

    def tag(self):
        return {"tags": self.dice.sample(WORDS, 2)}

    def detach(self):
        person = self.case.colleague
        try:
            file = attach_file(
                person=person,
                challenge=self.case.seen_by(person),
                name="list.txt",
                content=f"List {self.dice.choice('abcdef')}".encode(),
                now=self.now,
            ).pk
        except Refused:
            file = 1
        return {"file": file if self.dice.random() < 0.5 else 1}


setattr(History, "return", History._why)


def fresh(case, person):
    challenge = challenge_for(person, case.challenge.pk)
    return challenge and {
        "state": json.loads(msgspec.json.encode(challenge_state_of(person, challenge))),
        "head": log.head(challenge_stream(challenge.pk)),
    }


@pytest.mark.parametrize("seed", seeds(4))
def test_old_state_and_missed_events_make_the_fresh_state(db, store, seed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    dice = random.Random(seed)
    case = make_case(State.DRAFT)
    history = History(case, dice)
    opened = []
    for step in range(STEPS):
        if step % 15 == 0:
            person = case.people[dice.choice(PEOPLE)]
            opened.append((person, fresh(case, person)))
        history.step()
    seen = [(person, old, fresh(case, person)) for person, old in opened]
    both = [(old, now) for _person, old, now in seen if old and now]
    stream = challenge_stream(case.challenge.pk)
    reached = store([{**old, "events": told(stream, old["head"])} for old, _now in both])
    assert reached == [now["state"] for _old, now in both]
    assert both
    assert len(history.done) >= 5


def test_a_store_that_misses_something_is_noticed(draft, store):
    """The positive control: without one event the states differ."""
    old = fresh(draft, draft.author)
    for base, value in enumerate(["One", "Two"]):
        do(draft.challenge, draft.author, "change", field="title", value=value, base=base)
    missed = told(challenge_stream(draft.challenge.pk))
    now = fresh(draft, draft.author)["state"]
    whole, partly = store([{**old, "events": missed}, {**old, "events": missed[:1]}])
    assert whole == now
    assert partly != now
