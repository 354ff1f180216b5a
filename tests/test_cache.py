"""Redis goes away: pages open, people sign in, and guessing stays limited."""

import logging
import socket
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from synergy import cache as lenient
from tests.factories import make_person
from tests.support.services import free_port

LOGIN = reverse("account_login")
ADDRESS = "redis://127.0.0.1"


def use(settings, address):
    settings.CACHES = {"default": {"BACKEND": "synergy.cache.LenientRedisCache", "LOCATION": address}}


@pytest.fixture
def away(settings):
    """Nobody listens there."""
    address = f"{ADDRESS}:{free_port()}"
    use(settings, address)
    return address


def test_pages_open_and_people_sign_in(client, db, away):
    person = make_person()
    assert client.post(LOGIN, {"email": person.email}).url == reverse("account_confirm_login_code")
    client.force_login(person)
    assert client.get("/").status_code == 200


def test_codes_for_one_address_are_limited_still(db, away):
    answers = [Client().post(LOGIN, {"email": "ilze@office.example"}).status_code for _try in range(6)]
    assert answers == [302] * 5 + [200]


def test_an_outage_is_logged_once(away, monkeypatch, caplog):
    with caplog.at_level(logging.INFO, "synergy.cache"):
        monkeypatch.setattr(lenient, "PAUSE", 0)
        for _time in range(3):
            cache.set("key", 1)
        assert cache.get("key") == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("scheme", ["redis", "unix"])
def test_a_redis_that_hangs_holds_up_one_request_for_a_moment(settings, tmp_path, scheme):
    family = socket.AF_UNIX if scheme == "unix" else socket.AF_INET
    with socket.socket(family) as silent:
        silent.bind(str(tmp_path / "redis") if scheme == "unix" else ("127.0.0.1", 0))
        silent.listen()
        where = tmp_path / "redis" if scheme == "unix" else f"127.0.0.1:{silent.getsockname()[1]}"
        use(settings, f"{scheme}://{where}")
        begin = time.monotonic()
        for number in range(20):
            cache.add(f"key-{number}", 1)
        assert time.monotonic() - begin < 10
