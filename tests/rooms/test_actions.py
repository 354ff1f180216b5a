import json
from datetime import timedelta

import pytest
from django.db import transaction

from rooms import actions
from rooms.actions.marks import PINS_LIMIT
from rooms.actions.messages import VERSIONS_LIMIT
from rooms.models import Mention, Message, MessageVersion, Reaction, Room
from rooms.queries import cohort_stream, room_stream, rooms_for
from synergy.cohorts.models import Role, Seat
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON, make_person, make_room

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def say(house):
    def say(person, text="Hello", **fields):
        return actions.post_message(person=person, room=house.into(person), text=text, now=NOON, **fields).seq

    return say


@pytest.fixture
def told(house):
    """What the log says from an event on: (name, data without what is empty)."""

    def told(after=0, stream=None):
        entries = [
            json.loads(entry.wire) for entry in log.since(stream or room_stream(house.room.pk), after, 1000)
        ]
        return [
            (
                entry["name"],
                {key: value for key, value in entry["data"].items() if value not in (None, [], "")},
            )
            for entry in entries
        ]

    return told


def refusal(action, **arguments):
    with pytest.raises(Refused) as raised, transaction.atomic():
        action(now=NOON, **arguments)
    return raised.value


def test_posting(house, say, told):
    seq = say(house.anna, "Dzień **dobry**\r\n", lang=None)
    message = Message.objects.get(seq=seq)
    assert (message.text, message.lang, message.author) == ("Dzień **dobry**", "pl", house.anna)
    doc = [["p", "Dzień ", ["b", "dobry"]]]
    assert message.doc == doc
    assert told() == [("message.posted", {"text": "Dzień **dobry**", "lang": "pl", "doc": doc})]


def test_ten_messages_in_one_batch_cost_as_many_queries_as_one(house, django_assert_num_queries):
    room = house.into(house.anna)
    actions.post_message(person=house.anna, room=room, text="First", now=NOON)
    for count in (1, 10):
        # Savepoint, lock, messages, events, head, what the search keeps, release.
        with django_assert_num_queries(7), transaction.atomic(), log.ledger() as book:
            book.lock_existing([room_stream(room.pk)])
            for number in range(count):
                actions.post_message(person=house.anna, room=room, text=f"{number}", now=NOON)
    assert Message.objects.count() == 12


def test_the_language_can_be_said(house, say):
    assert Message.objects.get(seq=say(house.anna, "OK", lang="lv")).lang == "lv"
    assert Message.objects.get(seq=say(house.anna, "OK")).lang == house.anna.language


def test_a_reply_joins_the_thread(house, say, told):
    root = say(house.anna, "What makes people *share*?")
    first = say(house.boris, "Trust", root=root)
    second = say(house.anna, "Yes", root=first)
    replies = Message.objects.filter(root__seq=root).order_by("seq")
    assert [reply.seq for reply in replies] == [first, second]
    message = Message.objects.get(seq=root)
    assert (message.reply_count, message.last_reply_at) == (2, NOON)
    quote = {"by": house.anna.pk, "excerpt": "What makes people share?"}
    assert [data["quote"] for _name, data in told(after=root)] == [quote, quote]


def test_an_answer_needs_a_question_in_the_same_room(house, say):
    elsewhere = make_room(house.cohort)
    there = house.into(house.anna, elsewhere)
    actions.post_message(person=house.anna, room=there, text="There", now=NOON)
    assert (
        refusal(actions.post_message, person=house.anna, room=house.into(house.anna), text="?", root=1).code
        == "not_found"
    )
    assert actions.post_message(person=house.anna, room=there, text="!", root=1, now=NOON).root.seq == 1


def test_mentions_are_kept_of_those_who_are_named_and_have_a_seat(house, say, told):
    stranger = make_person("Stranger")
    left = house.seated("Left", ended_at=NOON)
    asked = [house.boris.pk, house.fiona.pk, stranger.pk, left.pk]
    seq = say(house.anna, "@Борис Петров and @Stranger, @Left", mentions=asked)
    assert list(Mention.objects.values_list("message__seq", "person")) == [(seq, house.boris.pk)]
    assert told()[0][1]["mentions"] == [house.boris.pk]


def test_editing_keeps_what_was_said(house, say, told):
    seq = say(house.anna, "Dzień dobry")
    edit = {"person": house.anna, "room": house.into(house.anna), "message": seq}
    actions.edit_message(**edit, text="Good morning, @Борис Петров", mentions=[house.boris.pk], now=LATER)
    message = Message.objects.get(seq=seq)
    assert (message.text, message.lang, message.edited_at) == ("Good morning, @Борис Петров", "en", LATER)
    assert list(MessageVersion.objects.values_list("text", "lang", "until")) == [("Dzień dobry", "pl", LATER)]
    assert list(Mention.objects.values_list("person", flat=True)) == [house.boris.pk]
    ((name, data),) = told(after=seq)
    assert name == "message.edited"
    assert data["excerpt"] == data["text"] == message.text

    actions.edit_message(**edit, text="Good morning", now=LATER)
    assert not Mention.objects.exists()


def test_editing_keeps_a_language_that_was_corrected(house, say):
    seq = say(house.anna, "OK")
    mine = {"person": house.anna, "room": house.into(house.anna), "message": seq}
    actions.set_message_language(**mine, lang="hu", now=NOON)
    actions.edit_message(**mine, text="OK then, this is English", now=NOON)
    assert Message.objects.get(seq=seq).lang == "hu"


def test_what_changes_nothing_says_nothing(house, say, told):
    seq = say(house.fiona, "Same")
    mine = {"person": house.fiona, "room": house.into(house.fiona), "message": seq, "now": NOON}
    actions.add_reaction(**mine, kind="agree")
    actions.pin_message(**mine)
    head = log.head(room_stream(house.room.pk))
    actions.edit_message(**mine, text=" Same\n".lstrip())
    actions.set_message_language(**mine, lang="en")
    actions.add_reaction(**mine, kind="agree")
    actions.remove_reaction(**mine, kind="useful")
    actions.pin_message(**mine)
    actions.set_room_state(person=house.fiona, room=mine["room"], state="open", now=NOON)
    assert told(after=head) == []
    actions.unpin_message(**mine)
    actions.remove_reaction(**mine, kind="agree")
    actions.unpin_message(**mine)
    actions.remove_reaction(**mine, kind="agree")
    assert [name for name, _data in told(after=head)] == ["message.unpinned", "reaction.removed"]


def test_reactions_are_counted_per_person_and_kind(house, say, told):
    seq = say(house.anna)
    for person, kind in ((house.anna, "agree"), (house.boris, "agree"), (house.boris, "useful")):
        actions.add_reaction(person=person, room=house.into(person), message=seq, kind=kind, now=NOON)
    assert Reaction.objects.count() == 3
    assert told(after=seq)[-1] == ("reaction.added", {"message": seq, "kind": "useful"})


def test_there_is_an_end_to_pins_and_edits(house, say):
    fiona = {"person": house.fiona, "room": house.into(house.fiona)}
    for number in range(PINS_LIMIT):
        actions.pin_message(**fiona, message=say(house.anna, f"Message {number}"), now=NOON)
    last = say(house.fiona)
    assert refusal(actions.pin_message, **fiona, message=last).code == "conflict"
    actions.unpin_message(**fiona, message=1, now=NOON)
    actions.pin_message(**fiona, message=last, now=NOON)
    for number in range(VERSIONS_LIMIT):
        actions.edit_message(**fiona, message=last, text=f"Version {number}", now=NOON)
    assert refusal(actions.edit_message, **fiona, message=last, text="Once more").code == "conflict"


def test_what_is_not_there_or_was_removed_takes_nothing_more(house, say):
    seq = say(house.fiona)
    fiona = {"person": house.fiona, "room": house.into(house.fiona)}
    several = [
        (actions.edit_message, {"text": "x"}),
        (actions.set_message_language, {"lang": "pl"}),
        (actions.add_reaction, {"kind": "agree"}),
        (actions.remove_reaction, {"kind": "agree"}),
        (actions.pin_message, {}),
        (actions.unpin_message, {}),
    ]
    assert {refusal(action, **fiona, message=99, **more).code for action, more in several} == {"not_found"}
    actions.remove_message(**fiona, message=seq, now=NOON)
    assert {refusal(action, **fiona, message=seq, **more).code for action, more in several} == {"conflict"}


def test_the_state_of_a_room_is_told_in_both_streams(house, told):
    actions.set_room_state(person=house.olga, room=house.into(house.olga), state="archived", now=NOON)
    assert Room.objects.get().state == "archived"
    assert told() == [("room.state_set", {"state": "archived"})]
    ((name, data),) = told(stream=cohort_stream(house.cohort.pk))
    assert (name, data["room"]["state"]) == ("room.listed", "archived")


def test_opening_a_room(house, told):
    room = actions.open_room(
        person=house.fiona, cohort=house.cohort, name=" Linden\n", title="Feedback", language="hu", now=NOON
    )
    assert [(each.name, each.language) for each in rooms_for(house.anna)] == [
        ("Amber", "en"),
        ("Linden", "hu"),
    ]
    ((name, data),) = told(stream=cohort_stream(house.cohort.pk))
    assert (name, data["room"]["id"], data["room"]["name"]) == ("room.opened", room.pk, "Linden")


def test_a_room_gets_another_name(house, told):
    make_room(house.cohort, "Linden")

    def by(person):
        return {"person": person, "room": house.into(person)}

    assert refusal(actions.rename_room, **by(house.fiona), name="linden").code == "conflict"
    assert refusal(actions.rename_room, **by(house.anna), name="Birch").code == "forbidden"
    for name in ("Birch", " Birch "):
        actions.rename_room(**by(house.fiona), name=name, now=NOON)
    for stream, fact in ((None, "room.renamed"), (cohort_stream(house.cohort.pk), "room.listed")):
        ((name, data),) = told(stream=stream)
        assert (name, data["room"]["name"]) == (fact, "Birch")


def test_only_moderators_open_rooms_and_names_are_taken_once(house):
    def code(person, name):
        return refusal(actions.open_room, person=person, cohort=house.cohort, name=name, title="").code

    assert code(house.anna, "New") == "forbidden"
    assert code(house.otto, "New") == "forbidden"
    assert code(house.fiona, " amber ") == "conflict"
    assert code(house.fiona, "\u200b") == "invalid"
    Seat.objects.filter(person=house.fiona).update(role=Role.PARTICIPANT)
    assert code(house.fiona, "New") == "forbidden"
    assert Room.objects.count() == 1


def test_read_marks_never_move_backwards_nor_past_the_head(house, say):
    say(house.anna), say(house.anna), say(house.anna)

    def marks():
        return {
            mark.person.name: (mark.seq, mark.at)
            for mark in house.room.read_marks.select_related("person").order_by("pk")
        }

    room = house.room.pk
    actions.mark_read([(house.anna.pk, room, 2), (house.boris.pk, room, 1)], NOON)
    assert marks() == {"Anna Nowak": (2, NOON), "Борис Петров": (1, NOON)}
    actions.mark_read([(house.anna.pk, room, 1), (house.boris.pk, room, 99)], LATER)
    assert marks() == {"Anna Nowak": (2, NOON), "Борис Петров": (3, LATER)}
    actions.mark_read([], LATER)


@pytest.mark.django_db(transaction=True)
def test_a_read_mark_of_somebody_who_is_gone_keeps_nobody_waiting(house, say):
    say(house.anna)
    gone = (somebody := make_person()).pk
    somebody.delete()
    room = house.room.pk
    actions.mark_read([(gone, room, 1), (house.anna.pk, room, 1), (house.anna.pk, room + 1_000, 1)], NOON)
    assert list(house.room.read_marks.values_list("person", "seq")) == [(house.anna.pk, 1)]
