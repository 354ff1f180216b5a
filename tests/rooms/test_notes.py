"""Notes: who may write, what is an update, what is too much, and what they say in the end."""

import json
from dataclasses import replace

import msgspec
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from rooms import actions as room_actions
from rooms.models import Notes
from rooms.notes import actions
from rooms.notes.actions import compaction, writing
from rooms.notes.document import EMPTY, check_update, merge
from rooms.notes.queries import (
    notes_for,
    notes_for_each,
    notes_in,
    notes_readers,
    notes_stream,
    state_of,
    text_of,
)
from synergy.cohorts.models import Role
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON, make_person
from tests.support.notes import Writer


@pytest.fixture
def notes(house):
    return actions.open_notes(room=house.room, title="  What  should we stop doing?", now=NOON)


@pytest.fixture
def write(house, notes):
    """`write(person, writer)` saves what the writer has written since."""

    def write(person, writer):
        for update in writer.take():
            actions.update_notes(person=person, notes=notes_for(person, notes.pk), update=update, now=NOON)

    return write


def refusal(call, **arguments):
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**arguments)
    return caught.value


def test_what_two_people_write_is_there_for_a_third(house, notes, write):
    anna, boris = Writer(), Writer()
    anna.insert(0, "Fewer forms. ")
    write(house.anna, anna)
    boris.insert(0, "Кратки срещи. ")
    write(house.boris, boris)
    state = state_of(house.otto, notes_for(house.otto, notes.pk))

    assert notes.title == "What should we stop doing?"
    assert Writer(state.document).text == text_of(notes)
    assert text_of(notes) in ("Fewer forms. Кратки срещи. ", "Кратки срещи. Fewer forms. ")
    assert not state.rights.post
    assert state.rights.why_not_post
    assert state.people[str(house.anna.pk)].name == "Anna Nowak"


@pytest.mark.parametrize("state", ["read_only", "archived"])
def test_closed_rooms_have_closed_notes(house, notes, write, state):
    room_actions.set_room_state(person=house.fiona, room=house.into(house.fiona), state=state, now=NOON)
    anna = Writer()
    anna.insert(0, "Too late")
    (update,) = anna.take()
    stale = notes_for(house.anna, notes.pk)
    stale.room.state = "open"  # as it was loaded before the room was closed
    for seen in (notes_for(house.anna, notes.pk), stale):
        assert (
            refusal(actions.update_notes, person=house.anna, notes=seen, update=update, now=NOON).code
            == "forbidden"
        )
    assert [event["data"] for event in events(notes)] == [{"state": state}]
    assert state_of(house.anna, notes_for(house.anna, notes.pk)).notes.state == state

    room_actions.set_room_state(person=house.fiona, room=house.into(house.fiona), state="open", now=NOON)
    actions.update_notes(person=house.anna, notes=notes_for(house.anna, notes.pk), update=update, now=NOON)
    assert text_of(notes) == "Too late"


def test_observers_read(house, notes):
    otto = Writer()
    otto.insert(0, "I only watch")
    (update,) = otto.take()
    seen = notes_for(house.otto, notes.pk)
    assert refusal(actions.update_notes, person=house.otto, notes=seen, update=update, now=NOON).code == (
        "forbidden"
    )
    assert text_of(notes) == ""


def test_who_has_no_seat_sees_nothing(house, notes):
    stranger = make_person("Stranger")
    left = house.seated("Lena Left", ended_at=NOON)
    both = {house.anna.pk, stranger.pk, left.pk}
    assert notes_for(stranger, notes.pk) is None
    assert notes_for(left, notes.pk) is None
    assert notes_for(house.anna, notes.pk + 1) is None
    assert notes_for_each([house.anna, stranger, left], notes.pk).keys() == {house.anna.pk}
    assert notes_for_each([house.anna], notes.pk + 1) == {}
    assert notes_readers(notes.pk, both) == {house.anna.pk}
    assert [each.pk for each in notes_in(house.room)] == [notes.pk]


def test_the_name_can_change(house, notes):
    for _twice in range(2):
        actions.rename_notes(person=house.olga, notes=notes, title="What should we begin?", now=NOON)
    assert notes_for(house.anna, notes.pk).title == "What should we begin?"
    assert [event["name"] for event in events(notes)] == ["notes.renamed"]


# ---- what is an update ----


def not_text():
    documents = [Doc({"other": Text("hidden")}), Doc({"text": Map({"a": 1})}), Doc({"text": Array([1, "b"])})]
    nested = Doc({"text": Array()})
    nested["text"].append(Text("hidden"))
    bold = Doc({"text": Text("bold")})
    bold["text"].format(0, 4, {"bold": True})
    return [document.get_update() for document in [*documents, nested, bold]]


# Yjs numbers its documents at random, so the cases have names of their own.
NO_TEXT = [b"", b"\0", b"\0\0\0", b"\x01\x01", b"\xff" * 40, b"hello", *not_text()]


@pytest.mark.parametrize("update", NO_TEXT, ids=[f"case {number}" for number in range(len(NO_TEXT))])
def test_what_is_no_update_of_the_text_is_refused(house, notes, update):
    seen = notes_for(house.anna, notes.pk)
    refused = refusal(actions.update_notes, person=house.anna, notes=seen, update=update, now=NOON)
    assert refused.code == "invalid"
    assert "update" in refused.fields
    assert events(notes) == []


def test_letters_that_are_none_are_refused():
    writer = Writer()
    writer.insert(0, "žž")
    (update,) = writer.take()
    check_update(update)
    with pytest.raises(ValueError, match="utf-8"):
        check_update(update.replace("ž".encode(), b"\xc5\xc5", 1))


@given(st.data())
def test_bytes_that_were_spoiled_are_refused_or_harmless(data):
    writer = Writer(number=1)
    for word in ("one ", "ķirbis ", "😀 "):
        writer.insert(0, word)
    writer.delete(2, 3)
    spoiled = bytearray(data.draw(st.sampled_from(writer.updates)))
    for _ in range(data.draw(st.integers(1, 3))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    try:
        check_update(bytes(spoiled))
    except ValueError:
        return
    document = merge(writer.document, [bytes(spoiled)])
    assert merge(document.update, []).text == document.text


# ---- what is too much ----


def test_one_update_has_a_limit(house, notes):
    anna = Writer()
    anna.insert(0, "a" * (writing.UPDATE_LIMIT + 1))
    (update,) = anna.take()
    seen = notes_for(house.anna, notes.pk)
    refused = refusal(actions.update_notes, person=house.anna, notes=seen, update=update, now=NOON)
    assert refused.code == "too_large"


def test_the_text_has_a_limit_to_the_letter(house, notes, write, monkeypatch):
    monkeypatch.setattr(writing, "TEXT_LIMIT", 5_000)
    anna = Writer()
    for _ in range(5):
        anna.insert(0, "ő" * 1_000)
    write(house.anna, anna)
    assert len(text_of(notes)) == 5_000
    anna.insert(5_000, "!")
    (one_more,) = anna.take()
    seen = notes_for(house.anna, notes.pk)
    refused = refusal(actions.update_notes, person=house.anna, notes=seen, update=one_more, now=NOON)
    assert refused.code == "too_large"
    assert "5000" in refused.detail
    anna.delete(0, 10)
    write(house.anna, anna)
    actions.update_notes(person=house.anna, notes=seen, update=one_more, now=NOON)
    assert len(text_of(notes)) == 4_991


def test_the_document_has_a_limit(house, notes, write, monkeypatch):
    monkeypatch.setattr(writing, "DOCUMENT_LIMIT", 3_000)
    anna = Writer()
    with pytest.raises(Refused) as caught:
        for number in range(1_000):
            anna.insert(0, f"{number}")
            with transaction.atomic():
                write(house.anna, anna)
    assert caught.value.code == "too_large"
    before = len(text_of(notes))
    assert len(Notes.objects.get(pk=notes.pk).document) > 1_000
    anna = Writer(state_of(house.anna, notes_for(house.anna, notes.pk)).document)
    anna.delete(0, 5)
    write(house.anna, anna)
    assert len(text_of(notes)) == before - 5


# ---- long notes ----


def test_updates_are_put_together_now_and_then(house, notes, write, settings, monkeypatch):
    monkeypatch.setattr(compaction, "UPDATES_AT_MOST", 60)
    settings.CONFIG = replace(settings.CONFIG, replay_limit=75)
    anna = Writer()
    for number in range(300):
        anna.insert(0, f"{number % 10}")
        write(house.anna, anna)
        if number == 195:
            old = state_of(house.anna, notes_for(house.anna, notes.pk)).document
    row = Notes.objects.get(pk=notes.pk)
    assert row.document_seq == 300
    assert row.text == text_of(notes) == anna.text

    log_of = events(notes)
    assert [event["seq"] for event in log_of] == list(range(1, 301))
    emptied = [event["seq"] for event in log_of if msgspec.convert(event["data"]["update"], bytes) == EMPTY]
    assert emptied == list(range(1, 225))
    for after in (0, 1, 150, 224, 225):
        known = Writer(*anna.updates[:after]).document
        assert Writer(known, *updates_after(notes, after)).text == anna.text
    assert Writer(old, *updates_after(notes, 196)).text == anna.text


def test_reading_costs_the_same_however_much_was_written(house, notes, write):
    def cost():
        seen = notes_for(house.anna, notes.pk)
        with CaptureQueriesContext(connection) as queries:
            state_of(house.anna, seen)
        return len(queries), sum(len(row[0]) for row in stored_after_document(notes))

    anna = Writer()
    anna.insert(0, "One")
    write(house.anna, anna)
    few, _bytes = cost()
    for _ in range(450):
        anna.insert(0, "More ")
    write(house.anna, anna)
    many, waiting = cost()
    assert many == few
    assert waiting < compaction.UPDATES_AT_MOST * 100


def test_what_came_too_early_is_kept(house, notes, write, monkeypatch):
    """A later update may be there before the one it builds on, even when the document is put together between."""
    monkeypatch.setattr(compaction, "UPDATES_AT_MOST", 1)
    anna = Writer()
    for word in ("One ", "two ", "three"):
        anna.insert(len(anna.text), word)
    anna.delete(8, 2)
    seen = notes_for(house.anna, notes.pk)
    first, second, third, fourth = anna.take()
    for update, text in ((fourth, ""), (third, ""), (first, "One "), (second, "One two ree")):
        actions.update_notes(person=house.anna, notes=seen, update=update, now=NOON)
        assert text_of(notes) == text
        assert Notes.objects.get(pk=notes.pk).text == text


def test_text_that_a_database_cannot_keep(house, notes, write, monkeypatch):
    monkeypatch.setattr(compaction, "UPDATES_AT_MOST", 1)
    anna = Writer()
    anna.insert(0, "a\0b")
    write(house.anna, anna)
    assert text_of(notes) == "ab"


def test_facilitators_write_too(house, notes, write):
    fiona = Writer()
    fiona.insert(0, "Welcome")
    write(house.fiona, fiona)
    assert text_of(notes) == "Welcome"
    assert notes_for(house.fiona, notes.pk).seat.role == Role.FACILITATOR


def events(notes, after=0):
    return [json.loads(entry.wire) for entry in log.since(notes_stream(notes.pk), after, 10_000)]


def updates_after(notes, after):
    return [msgspec.convert(event["data"]["update"], bytes) for event in events(notes, after)]


def stored_after_document(notes):
    seq = Notes.objects.values_list("document_seq", flat=True).get(pk=notes.pk)
    return [(entry.wire,) for entry in log.since(notes_stream(notes.pk), seq, 10_000)]
