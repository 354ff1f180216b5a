import json
import re
import uuid
from dataclasses import replace

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rooms import actions
from rooms.events import Quote
from rooms.models import Message, ReadMark, Room
from rooms.views import json_for_script
from tests.factories import NOON, make_cohort, make_person, make_room, make_seat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def say(house):
    def say(person, text="Hello", **fields):
        room = house.into(person)
        return actions.post_message(person=person, room=room, text=text, now=NOON, **fields).seq

    return say


@pytest.fixture
def page(client, house):
    def page(person, **query):
        client.force_login(person)
        return client.get(reverse("rooms:room", args=[house.room.pk]), query)

    return page


@pytest.fixture
def post(client, house):
    def post(person, text, **fields):
        client.force_login(person)
        return client.post(reverse("rooms:post", args=[house.room.pk]), {"text": text, **fields})

    return post


def test_rooms_are_for_their_people(house, client, page):
    path = reverse("rooms:room", args=[house.room.pk])
    assert client.get(path).status_code == 302
    assert page(house.otto).status_code == 200
    stranger = make_seat(make_cohort("Other"), make_person()).person
    assert page(stranger).status_code == 404
    assert client.post(reverse("rooms:post", args=[house.room.pk]), {"text": "x"}).status_code == 404
    client.logout()
    assert client.get(reverse("rooms:list")).status_code == 302


def test_the_list(house, client, say):
    make_room(house.cohort, "Linden")
    say(house.boris)
    client.force_login(house.anna)
    response = client.get(reverse("rooms:list"))
    (group,) = response.context["groups"]
    assert group["cohort"] == house.cohort
    assert [(room.name, room.unread) for room in group["rooms"]] == [("Amber", 1), ("Linden", 0)]
    assert "Linden" in response.content.decode()


def test_the_page_shows_the_room_without_any_script(house, say, page):
    root = say(house.anna, "Ķirsis & <b>ogas</b>", lang="lv")
    say(house.boris, "Да, **така** е", root=root)
    removed = say(house.boris, "Wrong room")
    actions.remove_message(
        person=house.fiona, room=house.into(house.fiona), message=removed, reason="Off topic", now=NOON
    )
    html = page(house.anna).content.decode()
    assert "Ķirsis &amp; &lt;b&gt;ogas&lt;/b&gt;" in html
    assert "<b>така</b>" in html
    assert 'lang="bg"' in html
    assert "Off topic" in html
    assert "Wrong room" not in html


def test_the_page_carries_the_state_that_the_client_starts_from(house, say, page):
    text = "</script><script>alert(1)</script> & <!--"
    say(house.anna, text)
    response = page(house.anna)
    html = response.content.decode()
    (found,) = re.findall(r'<script type="application/json" id="room-state">(.*?)</script>', html, re.DOTALL)
    state = json.loads(found)
    assert state["messages"][0]["text"] == text
    assert response.context["head"] == 1
    assert text not in html


def test_json_for_scripts_is_still_the_same_json():
    quote = Quote(by=1, excerpt="</script><!-- & ]]> \u2028")
    written = json_for_script(quote)
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"by": 1, "excerpt": quote.excerpt}


def test_lines_know_what_stands_above_them(house, say, page):
    say(house.anna)
    first_new = say(house.boris)
    say(house.boris)
    actions.mark_read([(house.anna.pk, house.room.pk, 1)], NOON)
    lines = page(house.anna).context["lines"]
    assert [(line.card.seq, line.first_of_day, line.first_new) for line in lines] == [
        (1, True, False),
        (first_new, False, True),
        (3, False, False),
    ]
    assert lines[0].author.name == "Anna Nowak"


def test_older_pages_without_script(house, say, page):
    for number in range(60):
        say(house.anna, f"Message {number}.")
    assert "Message 59." in page(house.anna).content.decode()
    earlier = page(house.anna, before=11)
    assert [line.card.seq for line in earlier.context["lines"]] == list(range(1, 11))
    assert earlier.context["page"].has_later
    assert page(house.anna, before="x").context["lines"][-1].card.seq == 60


def test_posting_by_form(house, post):
    response = post(house.anna, "Dzień dobry")
    message = Message.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/rooms/{house.room.pk}/#m{message.seq}"
    assert (message.text, message.author) == ("Dzień dobry", house.anna)
    assert ReadMark.objects.get().seq == message.seq
    post(house.boris, "Tak", root=message.seq)
    assert Message.objects.get(root=message).text == "Tak"


def test_the_same_form_twice_posts_once(house, post):
    command = str(uuid.uuid4())
    answers = [post(house.anna, "Once", command_id=command)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(("text", "said"), [("  ", "Write something first."), ("x" * 4001, "4001")])
def test_a_text_that_cannot_be_posted_is_not_lost(house, post, text, said):
    response = post(house.anna, text)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert response.context["text"] == text
    assert not Message.objects.exists()


def test_a_form_that_came_too_late(house, post):
    Room.objects.update(state="archived")
    response = post(house.anna, "Late")
    assert response.status_code == 403
    assert "archived" in response.content.decode()
    assert "Late" in response.content.decode()


def test_who_posts_too_fast_waits(house, post, settings):
    settings.CONFIG = replace(settings.CONFIG, command_burst=2, command_rate=1)
    assert [post(house.anna, "Fast").status_code for _ in range(3)] == [302, 302, 429]
    assert post(house.boris, "Slow").status_code == 302
    response = post(house.anna, "Again")
    assert response.context["text"] == "Again"
    assert int(response["Retry-After"]) >= 1
    assert "This is very fast." in response.content.decode()
    assert Message.objects.count() == 3


def test_a_form_that_cannot_be_saved_can_be_sent_again(house, post):
    def full(execute, sql, *rest):
        if 'INSERT INTO "journal_event"' in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    command = str(uuid.uuid4())
    with connection.execute_wrapper(full):
        response = post(house.anna, "Important", command_id=command)
    assert response.status_code == 503
    assert "cannot save" in response.content.decode()
    assert (response.context["text"], str(response.context["command_id"])) == ("Important", command)
    assert post(house.anna, "Important", command_id=command).status_code == 302
    assert Message.objects.count() == 1


def test_marking_as_read_without_script(house, say, client):
    seq = say(house.boris)
    client.force_login(house.anna)
    assert client.post(reverse("rooms:read", args=[house.room.pk]), {"seq": seq}).status_code == 302
    assert ReadMark.objects.get(person=house.anna).seq == seq


def test_a_page_costs_the_same_for_more_messages(house, say, page):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(house.boris)
        return len(queries)

    say(house.anna)
    page(house.boris)
    with_one = cost()
    say(house.anna), say(house.anna)
    assert cost() == with_one
