"""What all pages share: the frame, the error pages, and nothing inline."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults
from django.views.csrf import csrf_failure

from tests.factories import make_cohort, make_person, make_room, make_seat

pytestmark = pytest.mark.django_db(transaction=True)

# No style, no handler, no script without an address; data in a script is data.
INLINE = re.compile(
    r"""<[^>]+\s(?:style|on\w+)=["']|<style|<script(?![^>]*\s(?:src=|type="application/json"))"""
)


@pytest.fixture
def seat():
    return make_seat(cohort=make_cohort(), person=make_person("Anna Nowak"))


def test_a_page_that_is_not_there_says_so_to_everybody(client, seat):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "There is nothing at this address" in page.content.decode()
    assert "Your account" not in page.content.decode()
    client.force_login(seat.person)
    assert "Your account, Anna Nowak" in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize(
    ("path", "heading", "leads_to"),
    [
        ("/challenges/9/", "There is no such challenge for you", "/challenges/"),
        ("/groups/9/2026-02-10/", "There are no such task groups for you", "/groups/"),
        ("/consultations/9/", "There is no such consultation for you", "/challenges/"),
        ("/plans/9/", "There is no such plan or report for you", "/plans/"),
        ("/rooms/9999/", "There is nothing at this address", "/rooms/"),
    ],
)
def test_what_is_not_there_is_named_and_leads_on(client, seat, path, heading, leads_to):
    client.force_login(seat.person)
    page = client.get(path)
    assert page.status_code == 404
    assert f"<h1>{heading}</h1>" in page.content.decode()
    assert f'class="btn main" href="{leads_to}"' in page.content.decode()


def test_an_error_of_ours_needs_neither_request_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = defaults.server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "This did not work, and it is our fault" in page.content.decode()


def test_a_request_without_a_person_gets_its_error_page():
    page = defaults.bad_request(RequestFactory().get("/"), Exception("of no interest"))
    assert "This request cannot be read" in page.content.decode()
    assert "of no interest" not in page.content.decode()


def test_a_form_from_an_old_page_is_explained(seat):
    client = Client(enforce_csrf_checks=True)
    client.force_login(seat.person)
    page = client.post(reverse("people:language"), {"language": "pl"})
    assert page.status_code == 403
    assert "This page was open for too long" in page.content.decode()
    assert csrf_failure(RequestFactory().get("/")).status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/rooms/", "/rooms/1/", "/you/", "/you/sessions/", "/connection/", "/nowhere/"]
)
def test_nothing_inline_stands_in_a_page(client, seat, path):
    assert INLINE.search('<p style="color: red">')
    assert INLINE.search("<script>alert(1)</script>")
    room = make_room(seat.cohort)
    client.force_login(seat.person)
    page = client.get(path.replace("1", str(room.pk)))
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert not INLINE.search(page.content.decode())


def test_the_theme_is_written_into_the_page(client):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/accounts/login/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/accounts/login/").content.decode()


def test_the_frame_is_in_the_language_and_zone_of_the_reader(client, seat):
    seat.person.language, seat.person.time_zone = "pl", "Europe/Warsaw"
    seat.person.save()
    client.force_login(seat.person)
    page = client.get("/rooms/").content.decode()
    assert '<html lang="pl" data-zone="Europe/Warsaw"' in page


def test_the_address_of_a_form_is_no_blank_page(client, db):
    client.force_login(make_person())
    answer = client.get("/you/sessions/end/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Go back to the form" in answer.content.decode()
    assert not client.delete("/you/sessions/end/").content
