"""The page behind the link in the mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from synergy.cohorts.models import Role, Seat
from synergy.keys.secrets import hash_of
from synergy.people.models import Person
from tests.factories import make_invitation, make_person, make_seat

TOKEN = "token-of-the-newest-mail"
URL = reverse("cohorts:invitation", args=[TOKEN])
FORM = {"name": "Anna Nowak", "time_zone": "Europe/Riga"}


@pytest.fixture
def invitation(db):
    organiser = make_seat(role=Role.ORGANISER)
    return make_invitation(
        organiser.cohort,
        organiser.person,
        email="anna@office.example",
        name="Anna Nowak",
        language="pl",
        token_hash=hash_of(TOKEN),
        created_at=timezone.now(),
    )


def signed_in_as(client):
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk).email if pk else None


def test_opening_the_page_changes_nothing_however_often(client, invitation):
    for _scanner in range(3):
        response = client.get(URL)
        assert response.status_code == 200
    page = response.content.decode()
    assert '<html lang="pl"' in page
    assert "anna@office.example" in page
    assert not Seat.objects.filter(person__email="anna@office.example").exists()
    assert signed_in_as(client) is None


def test_the_button_gives_the_seat_and_signs_in(client, invitation):
    assert client.post(URL, FORM).url == reverse("home")
    assert signed_in_as(client) == "anna@office.example"
    assert Seat.objects.get(person__email="anna@office.example").cohort == invitation.cohort


def test_pressing_twice_is_pressing_once(client, invitation):
    client.post(URL, FORM)
    assert client.post(URL, FORM).url == reverse("home")
    assert client.get(URL).url == reverse("home")
    stranger = Client()
    response = stranger.post(URL, FORM)
    assert response.status_code == 200
    assert signed_in_as(stranger) is None
    assert Seat.objects.filter(person__email="anna@office.example").count() == 1


def test_a_used_link_says_how_to_go_on(client, invitation):
    client.post(URL, FORM)
    response = Client().get(URL)
    assert response.status_code == 200
    assert "anna@office.example" in response.content.decode()


def test_the_name_can_be_put_right(client, invitation):
    response = client.post(URL, {**FORM, "name": ""})
    assert (response.status_code, signed_in_as(client)) == (422, None)
    client.post(URL, {**FORM, "name": "Anna Nowak-Ozola"})
    assert Person.objects.get(email="anna@office.example").name == "Anna Nowak-Ozola"


@pytest.mark.parametrize("closed", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_a_closed_link_says_whom_to_ask(client, invitation, closed):
    type(invitation).objects.update(created_at=timezone.now() - timedelta(days=30), **closed)
    for response in (client.get(URL), client.post(URL, FORM)):
        assert response.status_code == 410
        assert invitation.invited_by.email in response.content.decode()
    assert signed_in_as(client) is None
    assert not Person.objects.filter(email="anna@office.example").exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_never_was_gets_an_answer_too(client, db, method):
    response = getattr(client, method)(reverse("cohorts:invitation", args=["guess"]))
    assert response.status_code == 404
    assert "newest" in response.content.decode()


def test_who_has_an_account_must_sign_in_to_it(client, invitation):
    make_person("Anna Nowak", email="anna@office.example", last_login=timezone.now())
    response = client.post(URL, FORM)
    assert response.url.startswith(reverse("account_confirm_login_code"))
    assert signed_in_as(client) is None
    code = re.search(r"\d{4}-\d{4}", mail.outbox[0].body)[0]
    response = client.post(response.url, {"code": code})
    assert response.url == URL
    assert not Seat.objects.filter(person__email="anna@office.example").exists()
    assert client.get(URL).status_code == 200
    assert client.post(URL).url == reverse("home")
    assert Seat.objects.filter(person__email="anna@office.example").exists()


def test_somebody_else_who_is_signed_in_is_told_and_signed_out(client, invitation):
    boris = make_person("Борис", email="boris@office.example")
    client.force_login(boris)
    assert "Борис" in client.get(URL).content.decode()
    client.post(URL, FORM)
    assert signed_in_as(client) == "anna@office.example"
    assert not Seat.objects.filter(person=boris).exists()
