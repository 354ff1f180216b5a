"""The pages of notes without scripts, and who may see them."""

import json
import re

import pytest
from django.urls import reverse

from rooms.notes.actions import open_notes, update_notes
from rooms.notes.queries import notes_for
from tests.factories import NOON, make_person, make_room
from tests.support.notes import Writer

TEXT = "Fewer <b>forms</b> & shorter meetings\nIn one office first"


@pytest.fixture
def notes(house):
    notes = open_notes(room=house.room, title="What to stop & begin", now=NOON)
    writer = Writer()
    writer.insert(0, TEXT)
    (update,) = writer.take()
    update_notes(person=house.anna, notes=notes_for(house.anna, notes.pk), update=update, now=NOON)
    return notes


def test_the_text_can_be_read_and_the_client_gets_its_state(house, notes, client):
    client.force_login(house.otto)
    page = client.get(reverse("rooms:notes", args=[house.room.pk, notes.pk])).content.decode()

    assert "Fewer &lt;b&gt;forms&lt;/b&gt; &amp; shorter meetings\nIn one office first" in page
    data = re.search(r'id="notes-state">(.*?)</script>', page, re.S).group(1)
    state = json.loads(data)
    assert state["notes"]["title"] == "What to stop & begin"
    assert state["rights"]["post"] is False
    assert "<" not in data


def test_the_list_of_a_room(house, notes, client, django_assert_num_queries):
    client.force_login(house.anna)
    address = reverse("rooms:notes_list", args=[house.room.pk])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    for number in range(2):
        open_notes(room=house.room, title=f"More {number}", now=NOON)
    with django_assert_num_queries(7):
        page = client.get(address).content.decode()
    found = re.findall(r"<bdi>(.*?)</bdi></a>", page)
    assert found[-3:] == ["More 1", "More 0", "What to stop &amp; begin"]


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_others_see_nothing(house, notes, client, who):
    if who == "stranger":
        client.force_login(make_person("Stranger"))
    for address in (
        reverse("rooms:notes", args=[house.room.pk, notes.pk]),
        reverse("rooms:notes_list", args=[house.room.pk]),
    ):
        assert client.get(address).status_code == (404 if who == "stranger" else 302)


def test_notes_of_another_room_are_not_here(house, notes, client):
    other = make_room(house.cohort, "Linden")
    client.force_login(house.anna)
    assert client.get(reverse("rooms:notes", args=[other.pk, notes.pk])).status_code == 404
    assert client.get(reverse("rooms:notes", args=[house.room.pk, notes.pk])).status_code == 200
