"""A second step at sign-in: by an app, by recovery codes; set up and taken away by who shows who they are."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from synergy.people.two_steps import passkeys_work_at
from synergy.queue.worker import work_off
from tests.factories import make_person
from tests.support.signed_in import has_shown

INDEX, APP = reverse("mfa_index"), reverse("mfa_activate_totp")
REMOVE, AGAIN = reverse("mfa_deactivate_totp"), reverse("mfa_reauthenticate")
CODES, FILE = reverse("mfa_view_recovery_codes"), reverse("mfa_download_recovery_codes")
SECOND = reverse("mfa_authenticate")


@pytest.fixture
def ilze(db):
    return make_person("Ilze Bērziņa", email="ilze@office.example")


@pytest.fixture
def client(ilze):
    return signed_in(ilze)


def signed_in(person, *, minutes_ago=0):
    client = Client()
    client.force_login(person)
    has_shown(client.session, person, minutes_ago=minutes_ago)
    return client


def code_of(secret, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client):
    """Sets up an app; the key and the recovery codes, as they were shown."""
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7]+)<', client.get(APP).content.decode())[1]
    assert client.post(APP, {"code": code_of(secret)}).url == CODES
    client.codes = codes_on(client.get(CODES))
    return secret


def codes_on(page):
    return re.findall(r"<code[^>]*>(\d{8})</code>", page.content.decode())


def sign_in(person):
    """A browser that has typed the code of the mail."""
    mail.outbox.clear()
    client = Client()
    client.post(reverse("account_login"), {"email": person.email})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[0].body)[0]
    return client, client.post(reverse("account_confirm_login_code"), {"code": code}).url


def is_in(client):
    return "_auth_user_id" in client.session


def test_an_app_is_set_up_asked_for_and_removed(client, ilze, django_capture_on_commit_callbacks):
    page = client.get(APP).content.decode()
    assert '<svg class="qr"' in page
    assert not re.search("data:image|style=", page)
    assert (
        "This is not the code that the app shows now" in client.post(APP, {"code": "000000"}).content.decode()
    )
    assert not Authenticator.objects.exists()
    assert sign_in(ilze)[1] == reverse("home")
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(client)
    mail.outbox.clear()
    work_off()
    assert "An authenticator app was just set up" in mail.outbox[0].body
    other, way = sign_in(ilze)
    assert way == SECOND
    assert not is_in(other)
    assert "Code of your app" in other.get(SECOND).content.decode()
    other.post(SECOND, {"code": "000000"})
    assert not is_in(other)
    assert other.post(SECOND, {"code": code_of(secret, steps=1)}).url == reverse("home")
    assert is_in(other)
    codes, client = client.codes, other
    assert client.get(REMOVE).url.startswith(AGAIN)
    assert client.post(REMOVE).url.startswith(AGAIN)
    client.post(f"{AGAIN}?next={REMOVE}", {"code": "000000"})
    assert client.post(REMOVE).url.startswith(AGAIN)
    assert client.get(INDEX).context["steps"].is_on
    # What was confirmed before is done as soon as it is clear who did so.
    assert client.post(AGAIN, {"code": codes[0], "next": REMOVE}).url == INDEX
    assert not Authenticator.objects.exists()
    mail.outbox.clear()
    work_off()
    assert "was just removed" in mail.outbox[-1].body
    assert sign_in(ilze)[1] == reverse("home")


def test_recovery_codes_are_shown_once_and_work_once(client, ilze, settings):
    set_up(client)
    codes = client.codes
    assert len(codes) == settings.MFA_RECOVERY_CODE_COUNT
    assert [line for line in client.get(FILE).content.decode().split() if line.isdecimal()] == codes
    other, _way = sign_in(ilze)
    other.post(SECOND, {"code": codes[0]})
    again = client.get(CODES)
    assert codes_on(again) == []
    assert "9 codes are left" in again.content.decode()
    assert client.get(INDEX).context["steps"].codes_left == 9
    stored = Authenticator.objects.get(type="recovery_codes")
    stored.data["viewed_at"] -= 11 * 60
    stored.save()
    assert client.get(FILE).status_code == 404
    for code, is_let_in in [(codes[0], False), (codes[1], True), (codes[1], False), (codes[2], True)]:
        other, _way = sign_in(ilze)
        other.post(SECOND, {"code": code})
        assert is_in(other) is is_let_in


def test_a_password_alone_does_not_take_the_second_step_away(client, ilze):
    ilze.set_password("a quiet morning in Riga")
    ilze.save()
    client = signed_in(ilze)
    assert client.get(APP).url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong", "next": APP})
    assert wrong.status_code == 200
    right = {"password": "a quiet morning in Riga", "next": APP}
    assert client.post(reverse("account_reauthenticate"), right).url == APP
    set_up(client)
    other = Client()
    other.force_login(ilze)
    other.post(reverse("account_reauthenticate"), right)
    assert other.get(REMOVE).url.startswith(AGAIN)


def test_a_browser_that_was_left_open_gives_nobody_a_way_in(client, ilze):
    left_open = signed_in(ilze, minutes_ago=20)
    for page in (APP, reverse("mfa_add_webauthn")):
        assert client.get(page).status_code == 200
        for answer in (left_open.get(page), left_open.post(page, {"code": "000000"})):
            assert answer.status_code == 403
            assert "Sign in again first" in answer.content.decode()
    way = {"next": f"{reverse('account_login')}?next={APP}"}
    assert left_open.post(reverse("account_logout"), way).url == way["next"]


def test_guessing_the_second_step_is_limited(client, ilze):
    secret = set_up(client)
    other, _way = sign_in(ilze)
    for _try in range(5):
        other.post(SECOND, {"code": "000000"})
    assert "Too many tries" in other.post(SECOND, {"code": code_of(secret, steps=1)}).content.decode()
    assert not is_in(other)


@pytest.mark.once
def test_what_only_the_signed_in_person_sees(client, ilze):
    set_up(client)
    stranger = Client()
    for page in (
        INDEX,
        FILE,
        REMOVE,
        CODES,
        reverse("mfa_add_webauthn"),
        reverse("mfa_generate_recovery_codes"),
    ):
        assert stranger.get(page).url.startswith(reverse("account_login"))
    assert stranger.get(SECOND).url.startswith(reverse("account_login"))
    assert client.get(INDEX).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize(
    ("host", "works"),
    [
        ("localhost:8000", True),
        ("synergy.example", True),
        ("127.0.0.1:8000", False),
        ("127.0.0.1", False),
        ("[::1]:8000", False),
        ("[::1]", False),
    ],
)
def test_passkeys_need_a_name(host, works):
    assert passkeys_work_at(host) is works
