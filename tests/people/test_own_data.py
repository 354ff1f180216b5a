"""A person gets what is kept of them, and no kind of it is forgotten."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from rooms.actions import post_message
from rooms.models import Attachment
from rooms.queries import room_for
from synergy.audit.models import Act, AuditEvent
from synergy.cohorts.models import Role
from synergy.notices.kinds import words_of
from synergy.notices.models import Notice
from synergy.people.models import Person
from synergy.people.own_data import all_rows, data_of
from tests.factories.cohorts import make_seat
from tests.factories.people import make_person
from tests.factories.rooms import make_room

LEFT_OUT: dict[tuple[str, str], str] = {}
"""(model, foreign key): the reason why a person is not told of it."""
SECRETS = {"password", "token_hash", "salt", "session_key", "session_data", "data"}


@pytest.mark.once
def test_every_foreign_key_to_a_person_is_told_or_has_a_reason():
    keys = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    told = {(rows.model._meta.label, key) for rows in all_rows() for key in rows.own}
    assert len(keys) > 50
    assert told | LEFT_OUT.keys() == keys
    assert not told & LEFT_OUT.keys()
    assert not {field.split("__")[-1] for rows in all_rows() for field in rows.fields} & SECRETS


@pytest.mark.django_db
def test_one_press_gives_own_words_and_files_and_nobody_elses(client):
    ann, ben = make_person("Ann Berzina"), make_person("Ben Kowalski")
    room = make_room()
    for person in (ann, ben):
        make_seat(cohort=room.cohort, person=person)
        post_message(
            person=person,
            room=room_for(person, room.pk),
            text=f"words of {person.name}",
            lang="en",
            now=timezone.now(),
        )
        Attachment.objects.create(
            room=room,
            uploader=person,
            at=timezone.now(),
            name="a.txt",
            content_type="text/plain",
            size=1,
            sha256="0",
            file=ContentFile(f"file of {person.name}".encode(), name="a.txt"),
        )
    client.force_login(ann)
    assert client.get("/you/data/").status_code == 200
    answer = client.post("/you/data/download/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    data = json.loads(archive.read("data.json"))
    assert data["person"]["email"] == ann.email
    assert [row["text"] for row in data["data"]["messages_written"]] == ["words of Ann Berzina"]
    assert data["data"]["cohorts.Seat"][0]["role"] == "participant"
    files = [archive.read(name) for name in archive.namelist() if name.startswith("files/")]
    assert files == [b"file of Ann Berzina"]
    assert "Kowalski" not in archive.read("data.json").decode()
    assert data["data"].keys() == data_of(ann, timezone.now())["data"].keys()


@pytest.mark.once
@pytest.mark.django_db
def test_nobody_else_gets_it(client):
    assert b"Download" not in client.get("/you/data/").content
    assert client.post("/you/data/download/").status_code == 302
    client.force_login(make_person())
    assert client.get("/you/data/download/").status_code == 405


@pytest.mark.once
@pytest.mark.django_db
def test_asking_for_erasure_tells_the_organisers_once_a_day(client):
    ann, olga = make_person("Ann Berzina"), make_person("Olga Organiser")
    seat = make_seat(person=ann)
    client.force_login(ann)
    assert b"Ask once more" not in client.get("/you/data/").content
    assert (
        b"whoever invited you" in client.post("/you/data/erase/", {"wish": "All of it"}, follow=True).content
    )
    make_seat(cohort=seat.cohort, person=olga, role=Role.ORGANISER)
    for _time in range(2):
        answer = client.post("/you/data/erase/", {"wish": "All of it"}, follow=True)
        assert b"Your organisers are told" in answer.content
        assert b"Ask once more" in answer.content
    assert AuditEvent.objects.filter(act=Act.ERASURE_ASKED).count() == 1
    notice = Notice.objects.get()
    assert notice.person == olga
    assert words_of(notice) == (
        "Ann Berzina asks for erasure",
        f"Answer within a month. Whoever runs this site can erase {ann.email}; ask them to.",
        "All of it",
    )
