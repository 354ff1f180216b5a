"""What is removed is gone: from the page, from the log, from the storage."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rooms import actions
from rooms.models import Attachment, Mention, Message, MessageVersion, Reaction, Retelling
from rooms.queries import room_stream, state_of
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON

SECRET = "Zażółć-gęślą"
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(tmp_path):
    return [path for path in Path(tmp_path).rglob("*") if path.is_file()]


def everything_in_the_log(house):
    return "".join(entry.wire.decode() for entry in log.since(room_stream(house.room.pk), 0, 1000))


@pytest.fixture
def told(house):
    """A secret in every place where the words of a message can stand; gives its seq."""
    anna = {"person": house.anna, "room": house.into(house.anna), "now": NOON}
    fiona = {"person": house.fiona, "room": house.into(house.fiona), "now": NOON}
    file = actions.add_attachment(**anna, name=f"{SECRET}.txt", content=b"text")
    text = f"*{SECRET}* @Борис Петров"
    seq = actions.post_message(**anna, text=text, mentions=[house.boris.pk], files=[file.pk]).seq
    reply = actions.post_message(
        person=house.boris, room=house.into(house.boris), text="Yes?", root=seq, now=NOON
    )
    actions.edit_message(**anna, message=seq, text=f"Again **{SECRET}**")
    actions.add_reaction(**fiona, message=seq, kind="agree")
    actions.pin_message(**fiona, message=seq)
    actions.unpin_message(**fiona, message=seq)
    actions.edit_message(**anna, message=seq, text=f"Third {SECRET}")
    actions.pin_message(**fiona, message=seq)
    actions.pin_message(**fiona, message=reply.seq)
    return seq


def test_nothing_is_left_of_the_words(house, told, tmp_path, django_capture_on_commit_callbacks):
    assert everything_in_the_log(house).count(SECRET) >= 8
    assert len(stored(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_message(
            person=house.fiona, room=house.into(house.fiona), message=told, reason="Personal data", now=LATER
        )
    message = Message.objects.get(seq=told)
    assert (message.text, message.doc, message.edited_at, message.pinned_at) == ("", None, None, None)
    assert (message.removed_at, message.removed_by, message.removal_reason) == (
        LATER,
        house.fiona,
        "Personal data",
    )
    for model in (MessageVersion, Mention, Reaction, Attachment):
        assert not model.objects.exists()
    assert SECRET not in everything_in_the_log(house)
    assert SECRET not in json.dumps(list(Message.objects.values_list("text", "doc")), ensure_ascii=False)
    assert stored(tmp_path) == []


def test_the_log_keeps_its_numbers_and_the_words_of_others(house, told):
    before = log.since(room_stream(house.room.pk), 0, 1000)
    actions.remove_message(person=house.anna, room=house.into(house.anna), message=told, now=LATER)
    after = log.since(room_stream(house.room.pk), 0, 1000)
    assert [(entry.seq, entry.name, entry.by) for entry in after[:-1]] == [
        (entry.seq, entry.name, entry.by) for entry in before
    ]
    assert (after[-1].name, after[-1].by) == ("message.removed", house.anna.pk)
    reply = json.loads(after[1].wire)["data"]
    assert (reply["text"], reply["quote"]) == ("Yes?", {"by": house.anna.pk, "excerpt": None})
    assert Retelling.objects.get().message.text == "Yes?"


def test_a_tombstone_stays_with_its_thread(house, told):
    actions.remove_message(person=house.anna, room=house.into(house.anna), message=told, now=LATER)
    stone, reply = state_of(house.anna, house.into(house.anna)).messages
    assert (stone.removed.by, stone.removed.at, stone.removed.reason) == (house.anna.pk, LATER, "")
    assert (stone.text, stone.doc, stone.files, stone.reactions, stone.replies) == ("", None, [], {}, 1)
    assert (reply.text, reply.quote.excerpt) == ("Yes?", None)


def test_removed_in_the_transaction_that_posted_it(house):
    """As when post and removal come in one batch: the events are not written yet."""
    anna = {"person": house.anna, "room": house.into(house.anna), "now": NOON}
    with transaction.atomic(), log.ledger():
        root = actions.post_message(**anna, text=SECRET).seq
        actions.post_message(**anna, text="Answer", root=root)
        actions.edit_message(**anna, message=root, text=f"{SECRET}!")
        actions.remove_message(**anna, message=root)
    assert SECRET not in everything_in_the_log(house)
    assert [entry.name for entry in log.since(room_stream(house.room.pk), 0, 10)] == [
        "message.posted",
        "message.posted",
        "message.edited",
        "message.removed",
    ]


def test_removing_twice_changes_nothing(house, told):
    mine = {"person": house.anna, "room": house.into(house.anna), "message": told}
    actions.remove_message(**mine, now=NOON)
    head = log.head(room_stream(house.room.pk))
    actions.remove_message(**mine, reason="Again", now=LATER)
    assert log.head(room_stream(house.room.pk)) == head
    assert Message.objects.get(seq=told).removed_at == NOON


def test_who_removes_the_words_of_others_says_why(house, told):
    fiona = {"person": house.fiona, "room": house.into(house.fiona), "message": told, "now": NOON}
    with pytest.raises(Refused) as refusal, transaction.atomic():
        actions.remove_message(**fiona, reason=" \n")
    assert set(refusal.value.fields) == {"reason"}
    assert SECRET in everything_in_the_log(house)
    actions.remove_message(**fiona, reason="  Off\ntopic ")
    assert Message.objects.get(seq=told).removal_reason == "Off topic"


def test_files_stay_when_the_removal_is_rolled_back(
    house, told, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        actions.remove_message(person=house.anna, room=house.into(house.anna), message=told, now=NOON)
        raise RuntimeError
    assert len(stored(tmp_path)) == 1
    assert SECRET in everything_in_the_log(house)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_deleted_keeps_no_event_back(house, told, tmp_path, monkeypatch, caplog):
    heard = []
    monkeypatch.setattr(log, "_listeners", [heard.extend])
    (file,) = stored(tmp_path)
    # A directory that is not empty: the storage cannot delete it, whoever runs the test.
    content = file.read_bytes()
    file.unlink()
    file.mkdir()
    (file / "stuck").write_bytes(content)
    with transaction.atomic(), log.ledger():
        actions.remove_message(person=house.anna, room=house.into(house.anna), message=told, now=LATER)
    assert [entry.name for entry in heard] == ["message.removed"]
    assert not Attachment.objects.exists()
    assert "_delete_files" in caplog.text


def test_a_long_thread_costs_no_more_than_a_short_one(house):
    anna = {"person": house.anna, "room": house.into(house.anna), "now": NOON}

    def cost(replies):
        root = actions.post_message(**anna, text=SECRET).seq
        for _ in range(replies):
            actions.post_message(**anna, text="Answer", root=root)
        with CaptureQueriesContext(connection) as queries:
            actions.remove_message(**anna, message=root)
        return len(queries)

    assert cost(30) == cost(3)
    assert SECRET not in everything_in_the_log(house)
