"""Signing in with a code by e-mail, or with a password; and what strangers learn: nothing."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from synergy.live.models import AccessChange
from tests.factories import make_person
from tests.support.services import free_port

LOGIN = reverse("account_login")
CONFIRM = reverse("account_confirm_login_code")


@pytest.fixture
def ilze(db):
    return make_person("Ilze Bērziņa", email="ilze@office.example")


def code_in(letter):
    return re.search(r"^ {4}(\d{4}-\d{4})$", letter.body, re.MULTILINE)[1]


def ask_for_code(client, email, **query):
    return client.post(LOGIN, {"email": email, **query})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_code_by_mail_signs_in(client, ilze):
    assert ask_for_code(client, "Ilze@office.example").url == CONFIRM
    [letter] = mail.outbox
    assert letter.to == ["ilze@office.example"]
    response = client.post(CONFIRM, {"code": code_in(letter)})
    assert response.url == reverse("home")
    assert signed_in(client)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]}{0[3]} {0[5]}{0[6]}{0[7]}{0[8]}"])
def test_the_code_may_be_typed_loosely(client, ilze, typed):
    ask_for_code(client, ilze.email)
    client.post(CONFIRM, {"code": typed.format(code_in(mail.outbox[0]))})
    assert signed_in(client)


def test_the_way_on_is_kept(client, ilze):
    wanted = reverse("people:profile")
    response = ask_for_code(client, ilze.email, next=wanted)
    assert response.url == f"{CONFIRM}?next={wanted.replace('/', '%2F')}"
    response = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": wanted})
    assert response.url == wanted


def test_the_way_on_never_leads_off_the_site(client, ilze):
    ask_for_code(client, ilze.email)
    response = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": "https://evil.example/"})
    assert response.url == reverse("home")


def test_a_stranger_gets_the_same_answer_and_a_mail(client, ilze):
    known, unknown = Client(), Client()
    answers = [ask_for_code(known, ilze.email), ask_for_code(unknown, "nobody@office.example")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, CONFIRM)] * 2
    pages = [browser.get(CONFIRM).content.decode() for browser in (known, unknown)]
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    blank = [
        token.sub("", page).replace(email, "…")
        for page, email in zip(pages, [ilze.email, "nobody@office.example"], strict=True)
    ]
    assert blank[0] == blank[1]
    assert [letter.to[0] for letter in mail.outbox] == [ilze.email, "nobody@office.example"]
    assert "nobody@office.example" in mail.outbox[1].body
    assert not re.search(r"\d{4}-\d{4}", mail.outbox[1].body)


def test_a_stranger_and_a_person_with_a_wrong_code_get_the_same_answer(client, ilze):
    words = set()
    for email in (ilze.email, "nobody@office.example"):
        browser = Client()
        ask_for_code(browser, email)
        response = browser.post(CONFIRM, {"code": "0000-0000"})
        words.add(str(response.context["form"].errors))
        assert not signed_in(browser)
    assert len(words) == 1


def test_three_wrong_codes_and_the_code_is_gone(client, ilze):
    ask_for_code(client, ilze.email)
    for _try in range(3):
        client.post(CONFIRM, {"code": "0000-0000"})
    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    assert not signed_in(client)


def test_a_new_code_ends_the_old_one(client, ilze):
    ask_for_code(client, ilze.email)
    client.post(CONFIRM, {"action": "resend"})
    old, new = (code_in(letter) for letter in mail.outbox)
    client.post(CONFIRM, {"code": old})
    assert not signed_in(client)
    client.post(CONFIRM, {"code": new})
    assert signed_in(client)


def test_a_code_works_once_and_only_in_its_browser(client, ilze):
    ask_for_code(client, ilze.email)
    code = code_in(mail.outbox[0])
    assert Client().post(CONFIRM, {"code": code}).url == LOGIN
    client.post(CONFIRM, {"code": code})
    assert signed_in(client)
    client.logout()
    assert client.post(CONFIRM, {"code": code}).url == LOGIN


def test_one_can_go_back_and_use_another_address(client, ilze):
    ask_for_code(client, "ilse@office.example")
    assert client.get(LOGIN).url == CONFIRM
    response = client.post(reverse("account_logout"), {"next": LOGIN})
    assert response.url == LOGIN
    assert client.get(LOGIN).status_code == 200


def test_codes_for_one_address_are_limited(client, ilze):
    for _try in range(5):
        assert ask_for_code(Client(), ilze.email).status_code == 302
    response = ask_for_code(Client(), ilze.email)
    assert "Too many tries" in response.content.decode()
    assert len(mail.outbox) == 5
    assert ask_for_code(Client(), "other@office.example").status_code == 302


def test_a_closed_account_gets_no_code(client, ilze):
    ilze.is_active = False
    ilze.save()
    assert ask_for_code(client, ilze.email).url == CONFIRM
    assert not re.search(r"\d{4}-\d{4}", mail.outbox[0].body)


def test_nobody_can_sign_up(client, db):
    response = client.post(
        reverse("account_signup"), {"email": "new@office.example", "password1": "long enough one"}
    )
    assert "by invitation" in response.content.decode()
    assert not type(make_person()).objects.filter(email="new@office.example").exists()


def test_a_password_is_another_way(client, ilze):
    ilze.set_password("a quiet morning in Riga")
    ilze.save()
    page = reverse("account_login_by_password")
    wrong = client.post(page, {"login": ilze.email, "password": "a loud morning in Riga"})
    nobody = Client().post(page, {"login": "nobody@office.example", "password": "a loud morning in Riga"})
    assert wrong.context["form"].errors == nobody.context["form"].errors
    assert not signed_in(client)
    assert client.post(page, {"login": ilze.email, "password": "a quiet morning in Riga"}).url == reverse(
        "home"
    )
    assert signed_in(client)


def test_passwords_cannot_be_guessed_for_long(client, ilze):
    ilze.set_password("a quiet morning in Riga")
    ilze.save()
    page = reverse("account_login_by_password")
    for _try in range(5):
        Client().post(page, {"login": ilze.email, "password": "wrong"})
    client.post(page, {"login": ilze.email, "password": "a quiet morning in Riga"})
    assert not signed_in(client)


def test_a_person_without_password_cannot_sign_in_with_an_empty_one(client, ilze):
    client.post(reverse("account_login_by_password"), {"login": ilze.email, "password": ""})
    assert not signed_in(client)


def test_signing_out_ends_the_session_everywhere_it_counts(client, ilze):
    ask_for_code(client, ilze.email)
    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    key = client.session.session_key
    assert UserSession.objects.filter(session_key=key).exists()
    AccessChange.objects.all().delete()
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).url == LOGIN
    assert not Session.objects.filter(session_key=key).exists()
    assert not UserSession.objects.filter(session_key=key).exists()
    assert [change.person for change in AccessChange.objects.all()] == [ilze.pk]


@pytest.mark.parametrize("path", ["/", "/you/", "/you/sessions/", "/you/password/"])
def test_who_is_not_signed_in_is_sent_to_the_door(client, db, path):
    assert client.get(path).url == f"{LOGIN}?next={path}"


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/password/reset/", "/accounts/2fa/", "/accounts/signup/"]
)
def test_what_is_not_used_is_not_there(client, db, path):
    assert client.get(path).status_code == 404


@pytest.fixture
def no_mail_server(settings):
    """A mail server at whose port nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.mark.parametrize("email", ["ilze@office.example", "nobody@office.example"])
def test_without_a_mail_server_it_says_that_there_is_no_code(client, ilze, no_mail_server, email):
    response = ask_for_code(client, email)
    assert response.status_code == 503
    assert "We cannot send mail at the moment" in response.content.decode()
    assert client.get(CONFIRM).url.startswith(LOGIN)


def test_the_code_that_came_stays_good_when_another_cannot_be_sent(client, ilze, settings, request):
    ask_for_code(client, ilze.email, next="/rooms/")
    [letter] = mail.outbox
    request.getfixturevalue("no_mail_server")
    response = client.post(CONFIRM, {"action": "resend", "next": "/rooms/"}, follow=True)
    assert "We cannot send mail at the moment" in response.content.decode()
    assert client.post(CONFIRM, {"code": code_in(letter)}).url == reverse("home")
    assert signed_in(client)
