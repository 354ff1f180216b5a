"""What the documented settings of a public site give: nothing that `check --deploy` finds, headers, cookies, limits."""

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from synergy.cohorts.models import Role
from synergy.conf import BASE_DIR
from synergy.live.sign_in import _person_of
from tests.factories import make_cohort, make_person, make_seat

LOOK = """
import json, django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="DEBUG")
from django.conf import settings
from django.test import Client
site = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="synergy.example")
page = site.get("/join/")
plain = Client(HTTP_HOST="synergy.example").get("/join/")
from django.http import HttpResponse
cookies = {name: {key: getattr(settings, f"{kind}_COOKIE_{key}") for key in ("SECURE", "HTTPONLY", "SAMESITE")}
           for name, kind in (("sessionid", "SESSION"), ("csrftoken", "CSRF"))}
print(json.dumps([page.status_code, dict(page.headers), cookies, plain.headers.get("Location")]))
"""

HEADERS = [
    ("Content-Security-Policy", "default-src 'self'"),
    ("Content-Security-Policy", "object-src 'none'"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Content-Security-Policy", "form-action 'self'"),
    ("Content-Security-Policy", "base-uri 'none'"),
    ("Permissions-Policy", "camera=()"),
    ("Permissions-Policy", "publickey-credentials-get=(self)"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]


def documented_settings():
    page = (BASE_DIR / "docs" / "operations.md").read_text()
    block = re.search(r"# /etc/synergy\.env\n(.*?)```", page, re.DOTALL)[1]
    return dict(word.split("=", 1) for word in shlex.split(block, comments=True))


@pytest.mark.once
def test_the_documented_settings_are_sound(tmp_path):
    environment = {**documented_settings(), "DATA_DIR": str(tmp_path), "LOG_LEVEL": "error"}
    assert environment["HTTPS"] == "1"
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text(
        json.dumps({"version": "1.1", "paths": _files(), "hash": ""})
    )
    run = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "synergy.settings", **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    status, headers, cookies, moved_to = json.loads(run.stdout.splitlines()[-1])
    assert status == 200
    assert [row for row in HEADERS if row[1] not in headers.get(row[0], "")] == []
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert moved_to == "https://synergy.example/join/"
    assert cookies["sessionid"] == {"SECURE": True, "HTTPONLY": True, "SAMESITE": "Lax"}
    # The page's script reads the token for what it sends.
    assert cookies["csrftoken"] == {"SECURE": True, "HTTPONLY": False, "SAMESITE": "Lax"}


def _files():
    dist = BASE_DIR / "static" / "dist"
    names = (path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file())
    return {name: name for name in names}


@pytest.mark.once
def test_every_door_has_its_limit():
    doors = {"login", "login_failed", "request_login_code", "join_code_failed", "reauthenticate"}
    assert doors <= settings.ACCOUNT_RATE_LIMITS.keys()
    assert "webauthn_login" in settings.MFA_RATE_LIMITS


def test_passkeys_are_not_tried_without_end(db, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "2/m/ip"}
    door = reverse("mfa_login_webauthn")
    answers = [Client().post(door, {"credential": "{}"}).status_code for _try in range(3)]
    assert answers == [302, 302, 429]


def test_organisers_may_be_asked_for_a_second_step(db, settings):
    cohort = make_cohort()
    organiser = make_seat(cohort=cohort, person=make_person(), role=Role.ORGANISER).person
    member = make_seat(cohort=cohort, person=make_person()).person
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "synergy.cohorts.two_steps.asked_of_organisers"]
    index = reverse("mfa_index")
    for person, path, answer in [
        (organiser, "/rooms/", (302, index)),
        (organiser, "/api/schema/", (403, "")),
        (organiser, index, (200, "")),
        (organiser, reverse("mfa_activate_totp"), (403, "")),
        (member, "/rooms/", (200, "")),
    ]:
        client = Client()
        client.force_login(person)
        response = client.get(path)
        assert (response.status_code, getattr(response, "url", "")) == answer, path
        if response.status_code == 302:
            assert "Organisers need" in str(next(iter(get_messages(response.wsgi_request))))


@pytest.mark.parametrize("setting", ["organisers", "own"])
def test_the_live_doors_ask_organisers_for_it_too(db, settings, setting):
    settings.CONFIG = replace(settings.CONFIG, two_steps=setting)
    cohort = make_cohort()
    organiser = make_seat(cohort=cohort, person=make_person(), role=Role.ORGANISER).person
    member = make_seat(cohort=cohort, person=make_person()).person
    for person in (organiser, member):
        client = Client()
        client.force_login(person)
        found = _person_of(SessionStore(client.session.session_key))
        assert found.is_authenticated == (person == member or setting != "organisers")
