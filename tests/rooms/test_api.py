import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from rooms import actions
from rooms.models import Attachment, Room
from rooms.queries import room_stream
from synergy.journal import log
from tests.factories import NOON, make_cohort, make_person, make_seat


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def say(house):
    def say(person, text="Hello", now=NOON, **fields):
        room = house.into(person)
        return actions.post_message(person=person, room=room, text=text, now=now, **fields).seq

    return say


@pytest.fixture
def stranger(house):
    return make_seat(make_cohort("Other"), make_person("Stranger"), role="organiser").person


@pytest.fixture
def get(client):
    def get(person, path, **query):
        if person:
            client.force_login(person)
        else:
            client.logout()
        return client.get(path, query)

    return get


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


def test_everything_is_for_the_people_of_the_cohort(house, say, get, stranger):
    say(house.anna)
    paths = ["messages/", "messages/1/versions/", "people/"]
    for path in (f"/api/rooms/{house.room.pk}/{path}" for path in paths):
        assert get(house.otto, path).status_code == 200
        assert get(stranger, path).status_code == 404
        assert get(None, path).status_code == 403


def test_the_list_of_rooms(house, say, get, stranger):
    say(house.boris)
    (room,) = get(house.anna, "/api/rooms/").json()["rooms"]
    assert (room["id"], room["name"], room["unread"], room["head"]) == (house.room.pk, "Amber", 1, 1)
    assert get(stranger, "/api/rooms/").json() == {"rooms": []}
    assert get(None, "/api/rooms/").status_code == 403


def test_history(house, say, get):
    root = say(house.anna, "First")
    for _ in range(4):
        say(house.boris, root=root)
    house.anna.time_zone = "Europe/Sofia"
    house.anna.save()
    late = say(house.boris, now=NOON + timedelta(hours=10, minutes=30))

    def seqs(**query):
        answer = get(house.anna, f"/api/rooms/{house.room.pk}/messages/", **query)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert page["head"] == late
        return [card["seq"] for card in page["messages"]]

    assert seqs() == [1, 2, 3, 4, 5, late]
    assert seqs(limit=2) == [5, late]
    assert seqs(before=3, limit=1) == [2]
    assert seqs(after=3) == [4, 5, late]
    assert seqs(around=3, limit=2) == [3, 4]
    assert seqs(date="2026-02-11") == [late]
    assert seqs(thread=4, limit=3) == [1, 2, 3, 4]
    assert seqs(thread=1, after=4) == [5]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"before": "x"}, "before"),
        ({"before": "-1"}, "before"),
        ({"after": str(2**64)}, "after"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"date": "yesterday"}, "date"),
        ({"before": 3, "after": 2}, "after"),
        ({"thread": 3, "before": 2}, "before"),
        ({"page": 2}, "data"),
    ],
)
def test_questions_that_make_no_sense(house, get, query, field):
    house.anna.language = "pl"
    house.anna.save()
    answer = get(house.anna, f"/api/rooms/{house.room.pk}/messages/", **query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [field]


def test_a_thread_that_is_not_there(house, get):
    assert get(house.anna, f"/api/rooms/{house.room.pk}/messages/", thread=7).json()["code"] == "not_found"


def test_versions(house, say, get):
    seq = say(house.anna, "One")
    for text in ("*Two*", "Three"):
        actions.edit_message(person=house.anna, room=house.into(house.anna), message=seq, text=text, now=NOON)
    answer = get(house.otto, f"/api/rooms/{house.room.pk}/messages/{seq}/versions/").json()
    assert [version["text"] for version in answer["versions"]] == ["One", "*Two*"]
    assert answer["versions"][1]["doc"] == [["p", ["i", "Two"]]]
    assert get(house.otto, f"/api/rooms/{house.room.pk}/messages/99/versions/").status_code == 404


# Files


@pytest.fixture
def upload(client, house):
    def upload(person, content, name="a.txt", path="rooms:api_upload"):
        client.force_login(person)
        file = SimpleUploadedFile(name, content)
        return client.post(reverse(path, args=[house.room.pk]), {"file": file})

    return upload


@pytest.mark.parametrize("path", ["rooms:upload", "rooms:api_upload"])
def test_an_upload_becomes_part_of_a_message(house, upload, get, path):
    answer = upload(house.anna, picture(), "chart.png", path)
    assert answer.status_code == 201
    card = answer.json()
    attachment = Attachment.objects.get()
    assert card == {
        "id": attachment.pk,
        "name": "chart.png",
        "content_type": "image/png",
        "size": attachment.size,
        "url": f"/files/{attachment.pk}/",
        "thumbnail": f"/files/{attachment.pk}/thumbnail/",
        "width": 40,
        "height": 30,
    }
    room = house.into(house.anna)
    actions.post_message(person=house.anna, room=room, text="Look", files=[card["id"]], now=NOON)
    (message,) = get(house.otto, f"/api/rooms/{house.room.pk}/messages/").json()["messages"]
    assert message["files"] == [card]
    (entry,) = log.since(room_stream(house.room.pk), 0, 10)
    assert json.loads(entry.wire)["data"]["files"] == [card]


def test_uploads_that_are_turned_down(house, upload, client, stranger, settings):
    assert upload(house.anna, b"MZ\x90", "a.txt").json()["fields"].keys() == {"file"}
    assert upload(house.otto, b"text").status_code == 403
    assert upload(stranger, b"text").status_code == 404
    assert client.post(reverse("rooms:upload", args=[house.room.pk])).status_code == 404
    client.force_login(house.anna)
    assert client.post(reverse("rooms:upload", args=[house.room.pk])).status_code == 400
    too_large = upload(house.anna, bytes(settings.CONFIG.upload_limit + 1))
    assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")
    Room.objects.update(state="read_only")
    refused = upload(house.anna, b"text")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert not Attachment.objects.exists()


def test_an_upload_needs_a_token(house, client):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(house.anna)
    path = reverse("rooms:upload", args=[house.room.pk])
    assert careful.post(path, {"file": SimpleUploadedFile("a.txt", b"x")}).status_code == 403


@pytest.fixture
def shared(house, upload):
    """The ids of a picture and a text in a message of Anna's."""
    ids = [upload(house.anna, *file).json()["id"] for file in ((picture(), "a.png"), (b"text", 'żó"ł.txt'))]
    room = house.into(house.anna)
    actions.post_message(person=house.anna, room=room, text="Files", files=ids, now=NOON)
    return ids


def test_files_are_private(house, upload, get, shared, stranger):
    paths = [f"/files/{shared[0]}/", f"/files/{shared[0]}/thumbnail/", f"/files/{shared[1]}/"]
    for path in paths:
        assert get(house.otto, path).status_code == 200
        assert get(stranger, path).status_code == 404
        assert get(None, path).status_code == 302
    own = upload(house.boris, b"draft").json()["url"]
    assert get(house.boris, own).content == b"draft"
    assert get(house.fiona, own).status_code == 404
    assert get(house.anna, "/files/999/").status_code == 404
    assert get(house.anna, f"/files/{shared[1]}/thumbnail/").status_code == 404


def test_files_cannot_act(house, get, shared):
    image, text = (get(house.otto, f"/files/{pk}/") for pk in shared)
    for response in (image, text):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"].startswith("private")
    assert image["Content-Disposition"] == 'inline; filename="a.png"'
    assert text["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (image["Content-Type"], text["Content-Type"]) == ("image/png", "text/plain; charset=utf-8")
    assert get(house.otto, f"/files/{shared[0]}/thumbnail/")["Content-Type"] == "image/webp"


def test_files_are_not_sent_twice(house, get, client, shared):
    path = f"/files/{shared[0]}/"
    etag = get(house.otto, path)["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path)["ETag"] == etag
    assert client.post(path).status_code == 405
    assert client.get(f"{path}thumbnail/", headers={"If-None-Match": etag}).status_code == 200


def test_a_removed_message_takes_its_files_along(house, get, shared, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_message(person=house.anna, room=house.into(house.anna), message=1, now=NOON)
    assert get(house.anna, f"/files/{shared[0]}/").status_code == 404


def test_a_file_that_the_storage_lost(house, get, shared):
    attachment = Attachment.objects.get(pk=shared[1])
    attachment.file.storage.delete(attachment.file.name)
    assert get(house.anna, f"/files/{shared[1]}/").status_code == 404
