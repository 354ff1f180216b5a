"""What is pushed: readable by the one browser, signed, to whom wants it, once, and no longer than they are signed in."""

import hashlib
import json
import threading
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from synergy.notices.actions import mark_read, stop_mail
from synergy.notices.models import Browser, Choice, Mail, Notice
from synergy.notices.push_actions import MOST
from synergy.notices.webpush import encoded, raw_public
from synergy.people.models import Person
from tests.factories import NOON, make_person
from tests.factories.notices import tell
from tests.support.mail import post_goes_out

CHOICES, ON, OFF = (reverse(f"notices:{name}") for name in ("choices", "push_on", "push_off"))
KEY = encoded(hashlib.sha256(b"site").digest())
EVENING = NOON + timedelta(hours=8)
BROWSER = ec.generate_private_key(ec.SECP256R1())
AUTH = bytes(range(16))


class _Service(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers, body, self.path))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def service(settings):
    """A push service on this machine, and a site that has a key."""
    settings.HOOKS_REACH_LOOPBACK = True
    settings.CONFIG = replace(settings.CONFIG, push_key=KEY)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    server.taken, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/send/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def switched_on(person, service, name="a"):
    client = Client()
    client.force_login(person)
    request = RequestFactory().get("/")
    request.user, request.session = person, client.session
    UserSession.objects.create_from_request(request)
    answer = client.post(ON, subscription(f"{service.url}{name}"))
    assert answer.url == CHOICES
    # They have left since.
    Person.objects.filter(pk=person.pk).update(seen_at=NOON - timedelta(hours=1))
    return client


def subscription(endpoint):
    return {"endpoint": endpoint, "p256dh": encoded(raw_public(BROWSER)), "auth": encoded(AUTH)}


def read_by_browser(body):
    """RFC 8291 from the other side, with the browser's private key."""
    salt, length = body[:16], body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    shared = BROWSER.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(BROWSER.curve, sender))
    info = b"WebPush: info\0" + raw_public(BROWSER) + sender
    secret = HKDF(hashes.SHA256(), 32, AUTH, info).derive(shared)
    key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
    plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert plain.endswith(b"\2")
    return json.loads(plain[:-1])


def raw(text):
    return urlsafe_b64decode(text + "==")


def claims_of(header, now):
    """The claims of a VAPID header whose signature holds."""
    token, key = (part.partition("=")[2] for part in header.removeprefix("vapid ").split(", "))
    head, claims, proof = token.split(".")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    halves = (int.from_bytes(half, "big") for half in (raw(proof)[:32], raw(proof)[32:]))
    public.verify(encode_dss_signature(*halves), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(raw(head)) == {"typ": "JWT", "alg": "ES256"}
    said = json.loads(raw(claims))
    assert now < datetime.fromtimestamp(said["exp"], now.tzinfo) <= now + timedelta(hours=24)
    return said, raw(key)


def test_the_browser_alone_reads_it_and_the_service_knows_who_sends(anna, service, mailoutbox):
    switched_on(anna, service)
    anna.language = "sk"
    anna.save(update_fields=["language"])
    tell(anna, title="Listy & <ľudia> " + "x" * 300, address="/rooms/#a")
    post_goes_out()
    ((headers, body, path),) = service.taken
    said = read_by_browser(body)
    notice = Notice.objects.get()
    assert said["title"].startswith("Questions on your plan: Listy & <ľudia> x")
    assert (len(said["title"]), said["language"]) == (120, "sk")
    assert (said["address"], said["tag"]) == (f"/rooms/?notice={notice.pk}#a", f"notice-{notice.pk}")
    assert (path, headers["Content-Encoding"], headers["TTL"]) == ("/send/a", "aes128gcm", "86400")
    claims, key = claims_of(headers["Authorization"], NOON)
    assert claims["aud"] == service.url.removesuffix("/send/")
    assert claims["sub"].startswith("mailto:")
    page = Client()
    page.force_login(anna)
    assert encoded(key) in page.get(CHOICES).content.decode()
    assert not mailoutbox
    # A press opens this page, and what was read by it is not mailed.
    page.get(f"/notices/?notice={notice.pk}")
    post_goes_out(NOON + timedelta(minutes=11))
    assert not mailoutbox
    tell(anna)
    post_goes_out(NOON + timedelta(minutes=30))
    post_goes_out(NOON + timedelta(minutes=41))
    assert len(mailoutbox) == 1


def test_no_push_at_night_when_read_when_here_or_not_wanted(anna, service):
    switched_on(anna, service)
    tell(anna, now=EVENING)
    post_goes_out(EVENING)
    assert not service.taken
    post_goes_out(NOON + timedelta(days=1))
    assert len(service.taken) == 1
    Person.objects.update(seen_at=NOON - timedelta(minutes=1))
    tell(anna)
    tell(anna)
    post_goes_out()
    assert len(service.taken) == 1
    mark_read(person=anna, ids=[Notice.objects.latest("pk").pk], now=NOON)
    post_goes_out(NOON + timedelta(minutes=4))
    assert len(service.taken) == 2
    Choice.objects.create(person=anna, kind="plan_returned", mail=Mail.NOW, push=False)
    tell(anna)
    stop_mail(person=anna.pk, kinds=["plan_returned"])
    tell(anna)
    post_goes_out(NOON + timedelta(hours=2))
    assert len(service.taken) == 2


def test_after_a_quiet_night_the_mail_still_waits_for_the_push(anna, service, mailoutbox):
    switched_on(anna, service)
    tell(anna, now=EVENING)
    post_goes_out(EVENING)
    morning = NOON.replace(hour=6) + timedelta(days=1)
    post_goes_out(morning)
    assert (len(service.taken), len(mailoutbox)) == (1, 0)
    post_goes_out(morning + timedelta(minutes=9))
    assert not mailoutbox
    post_goes_out(morning + timedelta(minutes=10))
    assert len(mailoutbox) == 1


def test_what_failed_is_not_tried_again_while_its_person_is_here(anna, service):
    switched_on(anna, service)
    service.answers += [503]
    tell(anna)
    post_goes_out()
    Person.objects.update(seen_at=NOON + timedelta(seconds=59))
    post_goes_out(NOON + timedelta(minutes=1))
    assert len(service.taken) == 1
    post_goes_out(NOON + timedelta(minutes=30))
    assert len(service.taken) == 2


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_service_no_longer_knows_goes_and_what_fails_is_tried_again(anna, service, status):
    switched_on(anna, service)
    service.answers += [503, status]
    tell(anna)
    post_goes_out()
    assert Browser.objects.exists()
    post_goes_out(NOON + timedelta(minutes=1))
    assert not Browser.objects.exists()
    assert post_goes_out(NOON + timedelta(minutes=5)) == 0
    assert len(service.taken) == 2


def test_it_goes_with_the_sign_in(anna, service):
    client = switched_on(anna, service)
    other = switched_on(anna, service, "b")
    assert Browser.objects.count() == 2
    other.post(reverse("account_logout"))
    assert Browser.objects.get().endpoint.endswith("/a")
    boris = make_person("Boris")
    stranger = switched_on(boris, service, "c")
    stranger.post(OFF, {"browser": Browser.objects.get(person=anna).pk})
    assert Browser.objects.filter(person=anna).exists()
    # Boris sits down at Anna's browser: what is pushed there is his.
    switched_on(boris, service, "a")
    assert not Browser.objects.filter(person=anna).exists()
    tell(anna)
    assert post_goes_out() >= 1
    assert not service.taken
    switched_on(anna, service, "d")
    client.post(OFF, {"browser": Browser.objects.get(person=anna).pk})
    assert not Browser.objects.filter(person=anna).exists()


def test_what_is_no_subscription_or_too_many_is_refused(anna, service, settings):
    client = switched_on(anna, service, "0")
    good = subscription(f"{service.url}x")
    for wrong in (
        {"endpoint": "ftp://push.example/"},
        {"endpoint": "https://me:you@push.example/"},
        {"p256dh": encoded(b"\4" + bytes(64))},
        {"auth": "short"},
    ):
        client.post(ON, {**good, **wrong})
    assert Browser.objects.get().endpoint.endswith("/0")
    with CaptureQueriesContext(connection) as one:
        client.get(CHOICES)
    for number in range(1, MOST + 1):
        switched_on(anna, service, number)
    assert Browser.objects.count() == MOST
    # One whose sign-in has run out does not count, as it is not in the list.
    Session.objects.filter(session_key=Browser.objects.latest("pk").session.session_key).delete()
    switched_on(anna, service, "one more")
    assert Browser.objects.filter(endpoint__endswith="one more").exists()
    with CaptureQueriesContext(connection) as many:
        assert client.get(CHOICES).content.decode().count('form="push-off"') == MOST
    assert len(many) <= len(one)
    settings.CONFIG = replace(settings.CONFIG, push_key="")
    page = client.get(CHOICES).content.decode()
    assert "has not set this up" in page
    assert "data-push" not in page
    assert client.post(ON, good).status_code == 404
    assert Client().post(ON, good).status_code == 302


@pytest.mark.once
def test_a_new_key_is_printed(capsys):
    call_command("push_keys")
    assert len(capsys.readouterr().out.strip().removeprefix("PUSH_KEY=")) == 43
