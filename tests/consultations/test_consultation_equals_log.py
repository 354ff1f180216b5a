"""State = log, for consultations: who was away and reads what they missed holds the same as who comes in now.

Random histories go through the real commands, many of which are refused. One's own hidden entries and one's
private note are told by the answers to commands and by no event, so they are left out here.
"""

import json
import random
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from challenges.consultations.commands import CONSULTATION_COMMANDS
from challenges.consultations.models import CheckIn, Commitment, Entry, Recommendation
from challenges.consultations.queries import consultation_for, consultation_state_of, consultation_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.support.client import client_filter
from tests.support.consultations import do
from tests.support.told import told

STEPS = 110
COMMANDS = [command.name for command in CONSULTATION_COMMANDS if command.name != "note.write"]
RARE = {"consultation.finish": 0.1, "consultation.back": 3, "consultation.pause": 2}
PEOPLE = ("case_giver", "peer", "second", "facilitator", "colleague")
WORDS = ["Ask them.", "Питайте хората.", "<b>&amp;</b>", "Ķ" * 30]


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's store as a function: cases → cards."""
    return client_filter("replay_consultation.ts", tmp_path_factory.mktemp("consultation"))


class History:
    """What may happen in a consultation, drawn by lot from the command table."""

    def __init__(self, run, dice):
        self.run, self.dice, self.now = run, dice, NOON
        self.done = Counter()

    def step(self):
        self.now += timedelta(seconds=self.dice.choice([1, 20, 90]))
        (name,) = self.dice.choices(COMMANDS, [RARE.get(each, 6) for each in COMMANDS])
        who = "facilitator" if name.startswith("consultation.") else self.dice.choice(PEOPLE)
        area, _dot, verb = name.partition(".")
        answer = do(self.run, self.run.people[who], name, self.now, **getattr(self, area)(verb, who))
        self.done[name] += not isinstance(answer, Refused)

    def consultation(self, verb, _who):
        if verb == "start":
            return {}
        phase = self.run.row().phase + (self.dice.random() < 0.1)
        return {"phase": phase, **({"minutes": 2} if verb == "extend" else {})}

    def part(self, _verb, _who):
        who = self.run.people[self.dice.choice(PEOPLE)]
        row = self.run.row().parts.filter(person=who).first()
        part = self.dice.choice(["peer", "timekeeper", "scribe", "facilitator", "case_giver"])
        return {"who": who.pk, "part": part, "seen": row.part if row else None}

    def entry(self, verb, who):
        row = self.run.row()
        kinds = ["questions", "hypotheses", "suggestions"]
        if verb == "add":
            kind = row.protocol["phases"][row.phase]["writes"]
            kind = kind if kind in kinds and self.dice.random() < 0.9 else self.dice.choice(kinds)
            return {"phase": row.phase, "kind": kind, "text": self._word()}
        found = self._one(Entry) if verb == "judge" else self._one(Entry, by=self.run.people[who])
        if verb == "change":
            return {"entry": found.pk, "text": self._word(), "base": found.revision}
        if verb == "remove":
            return {"entry": found.pk}
        verdict = self.dice.choice(["take", "think", "leave", ""])
        return {"entry": found.pk, "verdict": verdict, "base": found.revision, "note": verdict and "Soon"}

    def commitment(self, verb, _who):
        if verb == "make":
            return {"text": self._word(), "due": "2027-03-01"}
        return {"commitment": self._one(Commitment).pk}

    def check_in(self, _verb, _who):
        return {"check_in": self._one(CheckIn).pk, "outcome": "partly", "text": self._word()}

    def recommendation(self, verb, _who):
        found = self._one(Recommendation)
        if verb == "write":
            return {"text": f"{self._word()} {self.dice.random()}"}
        named = {"recommendation": found.pk, "base": found.revision}
        if verb == "change":
            return {**named, "text": self._word()}
        return named if verb == "withdraw" else {**named, "state": "adapted", "why": self._word()}

    def _one(self, model, **fields):
        rows = list(model.objects.filter(**fields))
        return self.dice.choice(rows) if rows else model(pk=1)

    def _word(self):
        return self.dice.choice(WORDS)


def fresh(run, person):
    consultation = consultation_for(person, run.pk)
    return {
        "state": json.loads(msgspec.json.encode(consultation_state_of(person, consultation))),
        "head": log.head(consultation_stream(run.pk)),
    }


def told_to_all(card):
    """Without what no event tells."""
    return {name: value for name, value in card.items() if name not in ("mine", "note")}


@pytest.mark.parametrize("seed", range(2))
def test_old_state_and_missed_events_make_the_fresh_state(db, store, seed):
    dice = random.Random(seed)
    run = make_consultation()
    history = History(run, dice)
    opened = []
    for step in range(STEPS):
        if step % 20 == 0:
            person = run.people[dice.choice(PEOPLE)]
            opened.append((person, fresh(run, person)))
        history.step()
    stream = consultation_stream(run.pk)
    reached = store([{**old, "events": told(stream, old["head"])} for _person, old in opened])
    assert [told_to_all(card) for card in reached] == [
        told_to_all(fresh(run, person)["state"]) for person, _old in opened
    ]
    assert len([name for name, count in history.done.items() if count]) >= 8, history.done


def test_a_store_that_misses_something_is_noticed(run, store):
    """The positive control: without one event the states differ."""
    old = fresh(run, run.peer)
    for text in ("One", "Two"):
        do(run, run.peer, "recommendation.write", text=text)
    missed = told(consultation_stream(run.pk), old["head"])
    now = told_to_all(fresh(run, run.peer)["state"])
    whole, partly = store([{**old, "events": missed}, {**old, "events": missed[:1]}])
    assert told_to_all(whole) == now
    assert told_to_all(partly) != now
