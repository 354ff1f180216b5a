"""State = log, for consultations: who was away and reads what they missed holds the same as who comes in now.

Random histories go through the real commands, many of which are refused. One's own hidden entries come with
the answers to commands, not with events, so they are left out; what a silent round hides must not show.
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

STEPS = 160
WORDS = ["Trust", "Dzień dobry", "Заедно", "Ķ" * 30, "<b>&amp;</b>", ""]
PEOPLE = ("case_giver", "peer", "second", "colleague", "facilitator", "organiser", "own_observer")
WEIGHTS = {
    "consultation.next": 12,
    "consultation.finish": 0.4,
    "consultation.pause": 2,
    "consultation.resume": 12,
    "entry.add": 30,
    "entry.change": 8,
}


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's store as a function: cases → cards."""
    return client_filter("replay_consultation.ts", tmp_path_factory.mktemp("consultation"))


class History:
    """What may happen in a consultation, drawn by lot from the command table."""

    def __init__(self, run, dice):
        self.run, self.dice, self.now, self.done = run, dice, NOON, Counter()

    def step(self):
        self.now += timedelta(seconds=self.dice.choice([1, 20, 90]))
        commands = [command.name for command in CONSULTATION_COMMANDS]
        (name,) = self.dice.choices(commands, [WEIGHTS.get(each, 4) for each in commands])
        who = self.dice.choice(PEOPLE)
        if name.startswith("consultation.") and self.dice.random() < 0.8:
            who = "facilitator"
        self.row = self.run.row()
        answer = do(self.run, self.run.people[who], name, self.now, **self.fields(name))
        self.done[name] += not isinstance(answer, Refused)

    def fields(self, name):
        thing, _dot, what = name.partition(".")
        if thing == "consultation":
            phase = {} if what == "start" else {"phase": self.row.phase}
            return {**phase, "minutes": 2} if what == "extend" else phase
        return getattr(self, f"{thing}_{what}")()

    def part_set(self):
        who = self.run.people[self.dice.choice(PEOPLE[:5])].pk
        row = self.row.parts.filter(person=who).first()
        part = self.dice.choice(["case_giver", "peer", "scribe", "facilitator", "observer"])
        return {"who": who, "part": part, "seen": row.part if row else None}

    def entry_add(self):
        phase = self.row.protocol["phases"][self.row.phase]
        kind = (
            phase["writes"]
            if phase["writes"] in ("agreed", "questions", "hypotheses", "suggestions")
            else "summary"
        )
        return {"phase": self.row.phase, "kind": kind, "text": self._word()}

    def entry_change(self):
        entry = self._any(Entry)
        return {"entry": entry.pk, "text": self._word(), "base": entry.revision}

    def entry_remove(self):
        return {"entry": self._any(Entry).pk}

    def entry_judge(self):
        entry = self._any(Entry)
        verdict = self.dice.choice(["take", "think", "leave", ""])
        return {"entry": entry.pk, "verdict": verdict, "note": self._word(), "base": entry.revision}

    def commitment_make(self):
        return {"text": self._word(), "due": "2026-03-01"}

    def commitment_remove(self):
        return {"commitment": self._any(Commitment).pk}

    def check_in_answer(self):
        return {"check_in": self._any(CheckIn).pk, "outcome": "partly", "text": self._word()}

    def recommendation_write(self):
        entry = Entry.objects.order_by("?").first() if self.dice.random() < 0.3 else None
        return {"text": self._word(), "suggestion": entry.pk if entry else None}

    def recommendation_change(self):
        row = self._any(Recommendation)
        return {"recommendation": row.pk, "text": self._word(), "base": row.revision}

    def recommendation_withdraw(self):
        row = self._any(Recommendation)
        return {"recommendation": row.pk, "base": row.revision}

    def recommendation_answer(self):
        row = self._any(Recommendation)
        state = self.dice.choice(["accepted", "adapted", "declined"])
        return {"recommendation": row.pk, "state": state, "why": self._word(), "base": row.revision}

    def note_write(self):
        return {"text": self._word(), "base": 0}

    def _any(self, model):
        """One that is there, or one that never was."""
        rows = list(model.objects.order_by("pk"))
        return self.dice.choice(rows) if rows else model(pk=1)

    def _word(self):
        return self.dice.choice(WORDS)


def fresh(run, person):
    consultation = consultation_for(person, run.pk)
    state = json.loads(msgspec.json.encode(consultation_state_of(person, consultation)))
    return {"state": state, "head": log.head(consultation_stream(run.pk))}


def shared(state):
    """Without what is the person's alone."""
    return {**state, "mine": None, "note": None, "people": None}


@pytest.mark.parametrize(
    ("seed", "protocol"),
    [
        (0, "kollegiale_beratung_jena"),
        pytest.param(1, "kollegiale_beratung_jena", marks=pytest.mark.once),
        (2, "peer_assist"),
        (3, "in_writing"),
    ],
)
def test_old_state_and_missed_events_make_the_fresh_state(db, store, seed, protocol):
    dice = random.Random(seed)
    run = make_consultation(protocol, start=False)
    history = History(run, dice)
    opened = []
    for step in range(STEPS):
        if step % 20 == 0:
            person = run.people[dice.choice(PEOPLE)]
            opened.append((person, fresh(run, person)))
        history.step()
    stream = consultation_stream(run.pk)
    reached = store([{**old, "events": told(stream, old["head"])} for _person, old in opened])
    now = [fresh(run, person)["state"] for person, _old in opened]
    assert [shared(state) for state in reached] == [shared(state) for state in now]
    assert sum(count > 0 for count in history.done.values()) >= 8


def test_a_store_that_misses_something_is_noticed(run, store):
    """The positive control: without one event the states differ."""
    old = fresh(run, run.peer)
    for text in ("One", "Two"):
        do(run, run.peer, "recommendation.write", text=text)
    missed = told(consultation_stream(run.pk), old["head"])
    now = shared(fresh(run, run.peer)["state"])
    whole, partly = store([{**old, "events": missed}, {**old, "events": missed[:1]}])
    assert shared(whole) == now
    assert shared(partly) != now
