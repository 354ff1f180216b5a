"""State = log for notes: whoever writes what, and in whatever order it comes, all end with the same text."""

import json
from dataclasses import replace
from uuid import uuid4

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rooms.models import Notes
from rooms.notes import actions
from rooms.notes.actions import compaction
from rooms.notes.queries import notes_for, notes_stream, state_of, text_of
from synergy.journal import log
from synergy.live.commands import execute, request_for
from tests.factories import NOON, make_cohort, make_person, make_room, make_seat
from tests.support.notes import Writer

WRITERS = 4
LETTERS = ["a", "zażółć ", "ő", "\n", "Ķ" * 30, "😀"]

steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "insert", "delete", "gather", "gather", "send", "send", "hear", "open"]),
        st.integers(0, WRITERS - 1),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
    ),
    min_size=60,
    max_size=150,
)


class Meeting:
    """Writers who send late, in any order and sometimes twice, and hear of each other now and then."""

    def __init__(self):
        cohort = make_cohort()
        self.person = make_person("Anna Nowak")
        make_seat(cohort, self.person)
        notes = actions.open_notes(room=make_room(cohort), title="Notes", now=NOON)
        self.notes = notes_for(self.person, notes.pk)
        self.writers = [Writer(number=number + 1) for number in range(WRITERS)]
        self.unsent = [[] for _ in range(WRITERS)]
        self.heard = [0] * WRITERS
        self.opened = []

    def step(self, kind, who, one, other):
        writer = self.writers[who]
        length = len(writer.text)
        if kind == "insert":
            writer.insert(one % (length + 1), LETTERS[other % len(LETTERS)])
        elif kind == "delete" and length:
            start = one % length
            writer.delete(start, min(1 + other % 8, length - start))
        elif kind == "gather":
            self.gather(who)
        elif kind == "send":
            self.send(who, one, twice=other % 5 == 0)
        elif kind == "hear":
            self.hear(who)
        elif kind == "open":
            self.opened.append((state_of(self.person, self.notes).document, self.head))

    def gather(self, who):
        update = self.writers[who].take_merged()
        if update:
            self.unsent[who].append(update)

    def send(self, who, chosen, *, twice=False):
        """One of what is unsent, not always the oldest."""
        self.gather(who)
        waiting = self.unsent[who]
        if waiting:
            update = waiting.pop(chosen % len(waiting))
            for _ in range(1 + twice):
                actions.update_notes(person=self.person, notes=self.notes, update=update, now=NOON)

    def hear(self, who):
        self.writers[who].apply(*self.since(self.heard[who]))
        self.heard[who] = self.head

    def since(self, after):
        wires = [json.loads(entry.wire) for entry in log.since(notes_stream(self.notes.pk), after, 10_000)]
        return [msgspec.convert(wire["data"]["update"], bytes) for wire in wires]

    @property
    def head(self):
        return log.head(notes_stream(self.notes.pk))

    def end(self):
        for who in range(WRITERS):
            self.gather(who)
            while self.unsent[who]:
                self.send(who, 0)
        for who in range(WRITERS):
            self.hear(who)


@pytest.mark.once
class TestStateIsLog(TestCase):
    # Without shrinking, which takes minutes with so many steps and a database: a failure shows at once.
    @settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(steps=steps, at_most=st.integers(1, 12), past=st.integers(1, 10))
    def test_everybody_ends_with_the_same(self, steps, at_most, past):
        with pytest.MonkeyPatch.context() as patch:
            from django.conf import settings as site

            patch.setattr(compaction, "UPDATES_AT_MOST", at_most)
            patch.setattr(site, "CONFIG", replace(site.CONFIG, replay_limit=past))
            meeting = Meeting()
            for step in steps:
                meeting.step(*step)
            meeting.end()
            fresh = Writer(state_of(meeting.person, meeting.notes).document)

        text = fresh.text
        assert text_of(meeting.notes) == text
        assert [writer.text for writer in meeting.writers] == [text] * WRITERS
        assert Writer(*meeting.since(0)).text == text
        for document, head in meeting.opened:
            assert Writer(document, *meeting.since(head)).text == text


@pytest.mark.django_db(transaction=True)
def test_a_batch_of_commands_with_a_bad_one_in_the_middle(monkeypatch):
    """Through the command table, in one transaction, with the document put together in the middle of it."""
    monkeypatch.setattr(compaction, "UPDATES_AT_MOST", 3)
    meeting = Meeting()
    anna = meeting.writers[0]
    for word in ("one ", "two ", "three ", "four ", "five "):
        anna.insert(len(anna.text), word)
    written = [msgspec.json.encode({"update": update}) for update in anna.take()]
    bodies = [*written[:2], b'{"update": "AAAAAAA="}', b'{"update": "AAA="}', *written[2:]]
    stream = str(notes_stream(meeting.notes.pk))
    requests = [request_for(meeting.person, uuid4(), stream, "notes.update", body, "en") for body in bodies]
    answers = execute(requests, NOON)

    assert [getattr(answer, "code", "done") for answer in answers] == ["done"] * 2 + ["invalid"] + [
        "done"
    ] * 4
    assert text_of(meeting.notes) == "one two three four five "
    assert Notes.objects.get().document_seq == 6
    assert execute(requests[:1], NOON)[0].seq == answers[0].seq
    assert meeting.head == 6
