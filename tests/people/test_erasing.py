"""After an erasure a person's name, address and words are found nowhere, and the log still gives the state."""

import json

import msgspec
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from challenges.consultations.cards import commitment_card
from challenges.consultations.events import CommitmentSet
from challenges.consultations.models import CheckIn, Commitment, PrivateNote
from challenges.consultations.queries import consultation_stream
from rooms import actions
from rooms.models import Message, Notes
from rooms.notes.actions import open_notes, update_notes
from rooms.notes.document import merge
from rooms.notes.queries import notes_for, notes_stream, text_of, updates_in
from rooms.queries import room_for, room_stream, state_of
from sessions.openspace.cards import word_card
from sessions.openspace.events import WordSaid
from sessions.openspace.models import ClosingWord
from synergy.cohorts.models import Role
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.keys.models import AccessToken
from synergy.notices import kinds
from synergy.people.models import Person
from synergy.people.own_data import data_of
from tests.factories import NOON
from tests.factories.cohorts import make_invitation, make_seat
from tests.factories.consultations import make_consultation
from tests.factories.notices import make_kind, tell
from tests.factories.openspace import make_gathering
from tests.factories.people import make_person
from tests.factories.rooms import make_room
from tests.support.client import client_filter
from tests.support.notes import Writer

NAME, EMAIL, WORD = "Zuzanna Wrzesińska", "z.wrzesinska@office.example", "kwiatuszek"
TRACES = (NAME, NAME.upper(), EMAIL, WORD, "wrzesinska", json.dumps(NAME)[1:-1])


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    return client_filter("replay.ts", tmp_path_factory.mktemp("store"))


OTHER_NAMES = ["Łukasz Żak", "Žanis Ābols", "Иван Петров", "Őze Ödön"]


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_in_any_alphabet_is_found_in_any_case(db, tmp_path, name):
    room = make_room()
    person, ben = make_person(name, email="one@office.example"), make_person("Ben Kowalski")
    for each in (person, ben):
        make_seat(room.cohort, each)
    his = {"person": ben, "room": room_for(ben, room.pk), "now": NOON}
    for said in (name, name.upper(), name.lower()):
        actions.post_message(**his, text=f"Dear {said}, thanks")
    assert everything(tmp_path).count(name.casefold()) > 6
    call_command("erase_person", person.email)
    assert name.casefold() not in everything(tmp_path)
    assert json.dumps(name)[1:-1].casefold() not in everything(tmp_path)


def test_notices_of_others_that_only_hold_its_letters_stay(db, monkeypatch):
    monkeypatch.setattr("synergy.notices.kinds._kinds", dict(kinds._kinds))
    make_kind()
    eva, ben = make_person("Eva"), make_person("Ben Kowalski")
    with transaction.atomic():
        tell(ben, who="Ann", title="Evaluation of the year")
        tell(ben, who="Eva", title="A list")
    call_command("erase_person", eva.email)
    assert [notice.values["title"] for notice in ben.notices.all()] == ["Evaluation of the year"]


def everything(media):
    """All that the database's own tables hold, and all files with their names."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [_text(value) for value in row]
    for path in media.rglob("*"):
        found += [path.name, path.read_text(errors="ignore") if path.is_file() else ""]
    return "\n".join(found).casefold()


def _text(value):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode(errors="ignore")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def left_in(media):
    text = everything(media)
    for stream in Notes.objects.all():  # base64 in the log
        updates = updates_in(log.since(notes_stream(stream.pk), 0, 1000))
        text += b"".join(updates).decode(errors="ignore").casefold()
    return {trace for trace in TRACES if trace.casefold() in text}


@pytest.fixture
def lived(db, settings, tmp_path, client, monkeypatch):
    """A person with traces wherever they can leave some; gives the room and who is left."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("synergy.notices.kinds._kinds", dict(kinds._kinds))
    room = make_room()
    zuza, ben = make_person(NAME, email=EMAIL), make_person("Ben Kowalski")
    olga = make_person("Olga Organiser")
    for person, role in ((zuza, Role.PARTICIPANT), (ben, Role.PARTICIPANT), (olga, Role.ORGANISER)):
        make_seat(room.cohort, person, role=role)
    begin = msgspec.to_builtins(state_of(ben, room_for(ben, room.pk)))
    make_invitation(room.cohort, olga, email=EMAIL, name=NAME)
    _say(zuza, ben, room)
    _write_notes(zuza, ben, room)
    make_kind()
    with transaction.atomic():
        tell(ben, who=NAME, title=WORD)
        tell(zuza, who="Ben")
    AccessToken.objects.create(
        person=zuza, name=WORD, scopes=[], token_hash="0", created_at=NOON, expires_at=NOON.replace(year=2030)
    )
    client.force_login(zuza)
    return room, zuza, ben, begin


def _say(zuza, ben, room):
    hers = {"person": zuza, "room": room_for(zuza, room.pk), "now": NOON}
    his = {"person": ben, "room": room_for(ben, room.pk), "now": NOON}
    file = actions.add_attachment(**hers, name=f"{WORD}.txt", content=WORD.encode())
    seq = actions.post_message(**hers, text=f"*{WORD}*", files=[file.pk]).seq
    actions.post_message(**his, text=f"Well,\n@{NAME}, mail {EMAIL}", root=seq, mentions=[zuza.pk])
    actions.edit_message(**hers, message=seq, text=f"again {WORD}")
    actions.open_poll(**hers, question=f"{WORD}?", options=[WORD, "no"], multiple=False)
    actions.raise_hand(**hers)


def _write_notes(zuza, ben, room):
    notes = open_notes(room=room, title=f"With {NAME}", now=NOON)
    writer = Writer(number=1)
    writer.insert(0, f"Ķekava: {NAME} asks, {EMAIL}. Jauki.")
    writer.insert(0, NAME)
    writer.delete(0, len(NAME))
    for update in writer.take():
        update_notes(person=zuza, notes=notes_for(zuza, notes.pk), update=update, now=NOON)


def test_name_address_and_words_are_found_nowhere(lived, store, tmp_path, django_capture_on_commit_callbacks):
    room, zuza, ben, begin = lived
    assert left_in(tmp_path) >= {NAME, EMAIL, WORD, "wrzesinska"}
    before = Message.objects.filter(removed_at=None).count()
    call_command("erase_person", EMAIL, "--dry-run")
    assert left_in(tmp_path) >= {NAME, EMAIL, WORD}
    assert Message.objects.filter(removed_at=None).count() == before
    old = list(updates_in(log.since(notes_stream(Notes.objects.get().pk), 0, 1000)))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_person", EMAIL)
    assert left_in(tmp_path) == set()
    assert Message.objects.get(removed_at=None).text.startswith("Well,\n@A former participant, mail former-")

    state = msgspec.to_builtins(state_of(ben, room_for(ben, room.pk)))
    events = [json.loads(entry.wire) for entry in log.since(room_stream(room.pk), 0, 1000)]
    assert {card["name"] for card in state["people"].values() if card["id"] == zuza.pk} == {
        "A former participant"
    }
    (replayed,) = store([{"state": begin, "head": 0, "events": events}])
    for part in ("messages", "pinned", "hands", "polls"):
        assert replayed[part] == state[part], part

    notes = Notes.objects.get()
    updates = updates_in(log.since(notes_stream(notes.pk), 0, 1000))
    said = "Ķekava: A former participant asks, former-"
    assert text_of(notes).startswith(said)
    assert merge(b"", updates).text == text_of(notes)
    # A page that was open hears the change alone.
    assert merge(b"", [*old, *updates]).text == text_of(notes)


def test_the_account_opens_nothing_and_others_stay(lived, client):
    _room, zuza, ben, _begin = lived
    assert client.get("/you/").status_code == 200
    call_command("erase_person", EMAIL)
    assert client.get("/you/").status_code == 302
    zuza.refresh_from_db()
    assert not zuza.is_active
    assert not zuza.has_usable_password()
    assert not AccessToken.objects.filter(person=zuza).exists()
    assert Person.objects.get(pk=ben.pk).name == "Ben Kowalski"
    assert data_of(ben, NOON)["data"]["messages_written"]


@pytest.mark.once
def test_who_is_not_there_and_a_name_that_two_have(lived):
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("erase_person", "nobody@office.example")
    make_person(NAME, email="other@office.example")
    call_command("erase_person", EMAIL)
    assert Person.objects.get(name=NAME).email == "other@office.example"
    assert NAME in Message.objects.get(removed_at=None).text
    assert EMAIL not in Message.objects.get(removed_at=None).text
    assert apps.get_model("cohorts", "Invitation").objects.get().name == "A former participant"


def test_closing_words_and_answers_go_from_rows_and_log_alike(db, tmp_path):
    run = make_consultation()
    peer = run.peer
    row = Commitment.objects.create(
        consultation=run.consultation, by=peer, text="I call them", language="en", due=NOON.date(), at=NOON
    )
    CheckIn.objects.create(
        commitment=row, asked="days_30", due=NOON.date(), outcome="done", answer=WORD, answered_at=NOON
    )
    PrivateNote.objects.create(consultation=run.consultation, person=peer, text=WORD)
    word = ClosingWord.objects.create(gathering=make_gathering(), person=peer, word=WORD, at=NOON)
    streams = consultation_stream(run.pk), StreamId("gathering", word.gathering_id)
    with transaction.atomic():
        log.append(streams[0], CommitmentSet(commitment_card(row)), by=peer.pk, at=NOON)
        log.append(streams[1], WordSaid(words=[word_card(word)]), by=peer.pk, at=NOON)
    assert everything(tmp_path).count(WORD) >= 5
    call_command("erase_person", peer.email)
    assert WORD not in everything(tmp_path)
    told = [json.loads(log.since(stream, log.head(stream) - 1, 1)[0].body) for stream in streams]
    assert told[0]["commitment"] == msgspec.to_builtins(commitment_card(Commitment.objects.get()))
    assert told[0]["commitment"]["text"] == "I call them"
    assert told[1]["words"] == [msgspec.to_builtins(word_card(ClosingWord.objects.get()))]
