"""The pages about oneself."""

import io
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from synergy.live.models import AccessChange
from synergy.people.actions import delete_stray_pictures, end_sessions
from synergy.people.zones import ZONE_OF_COUNTRY
from synergy.queue.worker import work_off
from tests.factories import make_person
from tests.support.services import free_port
from tests.support.signed_in import has_shown


@pytest.fixture
def ilze(db):
    return make_person("Ilze Bērziņa", email="ilze@office.example")


@pytest.fixture
def client(ilze):
    return browser_of(ilze)


def browser_of(person, user_agent="Firefox on Linux", *, minutes_ago=0):
    """A browser that is signed in since a while, and listed so."""
    client = Client()
    client.force_login(person)
    has_shown(client.session, person, minutes_ago=minutes_ago)
    UserSession.objects.create(
        user=person, session_key=client.session.session_key, ip="127.0.0.1", user_agent=user_agent
    )
    return client


def profile(**fields):
    return {"name": "Ilze Bērziņa", "language": "lv", "time_zone": "Europe/Riga", **fields}


def test_changing_what_others_see(client, ilze):
    assert client.post(reverse("people:profile"), profile(name="  Ilze   Ozola ")).url == reverse(
        "people:profile"
    )
    ilze.refresh_from_db()
    assert (ilze.name, ilze.language, ilze.time_zone) == ("Ilze Ozola", "lv", "Europe/Riga")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "a\u202eb"}, {"language": "xx"}, {"time_zone": "Mars/North"}]
)
def test_what_cannot_be_saved_is_said_at_its_field(client, ilze, wrong):
    response = client.post(reverse("people:profile"), profile(**wrong))
    assert list(response.context["form"].errors) == list(wrong)
    ilze.refresh_from_db()
    assert ilze.name == "Ilze Bērziņa"


def test_pages_speak_the_persons_language_and_tell_their_time(client, ilze):
    ilze.language, ilze.time_zone = "pl", "Europe/Riga"
    ilze.save()
    page = client.get(reverse("people:profile")).content.decode()
    assert '<html lang="pl" data-zone="Europe/Riga"' in page
    assert (
        '<html lang="bg" data-zone="UTC"'
        in Client(headers={"accept-language": "bg"}).get("/join/").content.decode()
    )


@pytest.mark.parametrize("zone", ["Mars/North", "Europe", "", "../etc"])
def test_a_zone_that_is_not_known_here_is_utc(client, zone):
    type(make_person()).objects.update(time_zone=zone)
    for page in ("/you/", "/"):
        assert client.get(page).status_code == 200
    assert 'data-zone="UTC"' in client.get("/you/").content.decode()


def test_cities_have_the_names_of_the_readers_language(client, ilze):
    cities = []
    for language in ("en", "pl", "en"):
        ilze.language = language
        ilze.save()
        page = client.get("/you/").content.decode()
        cities.append([city for city in ("Riga", "Ryga") if f'"Europe/Riga">{city}<' in page])
    assert cities == [["Riga"], ["Ryga"], ["Riga"]]


def test_zones_near_and_one_s_own_come_first(client, ilze):
    ilze.time_zone = "America/New_York"
    ilze.save()
    (often, near), (others, far) = client.get("/you/").context["form"].fields["time_zone"].choices
    assert (str(often), str(others)) == ("Often used here", "Other time zones")
    assert near[0] == ("America/New_York", "New York")
    assert [zone for zone, _label in near[1:]] == [*sorted(ZONE_OF_COUNTRY.values()), "UTC"]
    assert ("Africa/Abidjan", "Abidjan (Africa)") in far
    assert not {zone for zone, _label in near} & {zone for zone, _label in far}


def test_switching_the_language(client, ilze):
    response = client.post(reverse("people:language"), {"language": "hu", "next": "/you/"})
    ilze.refresh_from_db()
    assert (response.url, ilze.language) == ("/you/", "hu")
    stranger = Client()
    stranger.post(reverse("people:language"), {"language": "hu", "next": "/join/"})
    assert '<html lang="hu"' in stranger.get("/join/").content.decode()


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_switching_the_language_never_leads_off_the_site(client, wanted):
    assert client.post(reverse("people:language"), {"language": "hu", "next": wanted}).url == "/"


def test_a_language_that_we_do_not_speak_changes_nothing(client, ilze):
    client.post(reverse("people:language"), {"language": "xx", "next": "/you/"})
    ilze.refresh_from_db()
    assert ilze.language == "en"


def picture_file():
    out = io.BytesIO()
    Image.new("RGB", (300, 500), "teal").save(out, "PNG")
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


def test_a_picture_comes_and_goes(client, ilze, django_capture_on_commit_callbacks):
    client.post(reverse("people:picture"), {"picture": picture_file()})
    ilze.refresh_from_db()
    first = ilze.picture.name
    assert ilze.picture.url == f"/pictures/{first}"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:picture"), {"picture": picture_file()})
    ilze.refresh_from_db()
    storage = ilze.picture.storage
    assert not storage.exists(first)
    assert storage.exists(ilze.picture.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:picture"), {"remove": "1"})
    ilze.refresh_from_db()
    assert not ilze.picture


def test_a_text_is_not_a_picture(client, ilze):
    response = client.post(
        reverse("people:picture"),
        {"picture": SimpleUploadedFile("me.png", b"<script>", "image/png")},
        follow=True,
    )
    assert "not a picture" in response.content.decode()
    ilze.refresh_from_db()
    assert not ilze.picture


@pytest.mark.django_db(transaction=True)
def test_a_first_password(client, ilze):
    elsewhere = browser_of(ilze)
    client.post(reverse("people:password"), {"password": "a quiet morning in Riga"})
    ilze.refresh_from_db()
    assert ilze.check_password("a quiet morning in Riga")
    assert client.get(reverse("people:profile")).status_code == 200
    assert elsewhere.get(reverse("people:profile")).status_code == 302
    assert AccessChange.objects.get().person == ilze.pk
    # A row until it is out: a process that is killed here takes nothing with it.
    assert mail.outbox == []
    assert work_off() == 1
    assert mail.outbox[0].to == [ilze.email]


@pytest.mark.parametrize("what", ["password", "remove_password"])
def test_the_session_that_changed_the_password_can_be_seen_and_ended(client, ilze, what):
    old = client.session.session_key
    client.post(reverse(f"people:{what}"), {"password": "a quiet morning in Riga"})
    key = client.session.session_key
    assert key != old
    assert [row["is_this_one"] for row in listed(client)] == [True]
    assert UserSession.objects.get().session_key == key
    assert AccessChange.objects.get().person == ilze.pk
    AccessChange.objects.all().delete()
    client.post(reverse("account_logout"))
    assert AccessChange.objects.get().person == ilze.pk


def test_signing_out_of_a_session_that_is_not_listed_reaches_the_sockets_too(client, ilze):
    UserSession.objects.all().delete()
    client.post(reverse("account_logout"))
    assert AccessChange.objects.get().person == ilze.pk


@pytest.mark.django_db(transaction=True)
def test_a_password_is_saved_although_the_mail_about_it_does_not_go_out(client, ilze, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    answer = client.post(reverse("people:password"), {"password": "a quiet morning in Riga"})
    assert answer.url == reverse("people:profile")
    ilze.refresh_from_db()
    assert ilze.check_password("a quiet morning in Riga")


def test_a_new_password_needs_the_old_one(client, ilze):
    ilze.set_password("a quiet morning in Riga")
    ilze.save()
    client = browser_of(ilze)
    new = {"password": "a long evening in Sofia"}
    client.post(reverse("people:password"), {**new, "present": "wrong"})
    ilze.refresh_from_db()
    assert ilze.check_password("a quiet morning in Riga")
    client.post(reverse("people:password"), {**new, "present": "a quiet morning in Riga"})
    ilze.refresh_from_db()
    assert ilze.check_password("a long evening in Sofia")


@pytest.mark.parametrize("weak", ["short", "1234567890", "ilze@office.example"])
def test_weak_passwords_are_refused(client, ilze, weak):
    response = client.post(reverse("people:password"), {"password": weak})
    assert "password" in response.context["form"].errors


def test_a_password_can_be_removed(client, ilze):
    ilze.set_password("a quiet morning in Riga")
    ilze.save()
    client = browser_of(ilze)
    client.post(reverse("people:remove_password"))
    ilze.refresh_from_db()
    assert not ilze.has_usable_password()
    assert client.get(reverse("people:profile")).status_code == 200


def test_a_browser_that_was_left_open_sets_and_removes_no_password(client, ilze):
    left_open = browser_of(ilze, minutes_ago=20)
    answer = left_open.post(reverse("people:password"), {"password": "a quiet morning in Riga"})
    assert "Sign in again first" in answer.content.decode()
    ilze.refresh_from_db()
    assert (answer.status_code, ilze.has_usable_password()) == (403, False)
    client.post(reverse("people:password"), {"password": "a quiet morning in Riga"})
    ilze.refresh_from_db()
    left_open = browser_of(ilze, minutes_ago=20)
    answer = left_open.post(reverse("people:remove_password"))
    assert f"?next={reverse('people:password')}" in answer.content.decode()
    ilze.refresh_from_db()
    assert (answer.status_code, ilze.has_usable_password()) == (403, True)


def listed(client):
    return client.get(reverse("people:sessions")).context["rows"]


def test_sessions_are_listed_and_one_can_be_ended(client, ilze):
    elsewhere, third = browser_of(ilze, "Chrome on Windows"), browser_of(ilze, "Safari on iPhone")
    assert [row["is_this_one"] for row in listed(client)].count(True) == 1
    assert {row["browser"] for row in listed(client)} == {
        "Firefox, Linux",
        "Chrome, Windows",
        "Safari, iPhone",
    }
    row = UserSession.objects.get(session_key=elsewhere.session.session_key)
    client.post(reverse("people:end_sessions"), {"session": row.pk})
    assert elsewhere.get(reverse("people:profile")).status_code == 302
    assert third.get(reverse("people:profile")).status_code == 200
    assert client.get(reverse("people:profile")).status_code == 200
    assert AccessChange.objects.get().person == ilze.pk


def test_all_others_can_be_ended_at_once(client, ilze):
    others = [browser_of(ilze), browser_of(ilze)]
    client.post(reverse("people:end_sessions"), {"others": "1"})
    assert [browser.get("/you/").status_code for browser in others] == [302, 302]
    assert client.get("/you/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(client, ilze):
    boris = make_person()
    other = browser_of(boris)
    row = UserSession.objects.get(user=boris)
    client.post(reverse("people:end_sessions"), {"session": row.pk})
    assert end_sessions(person=ilze, keys=[row.session_key], now=timezone.now()) == 0
    assert other.get("/you/").status_code == 200
    assert not AccessChange.objects.exists()
    assert end_sessions(person=boris, keys=[row.session_key], now=timezone.now()) == 1
    assert not Session.objects.filter(session_key=row.session_key).exists()


def test_a_session_that_is_used_shows_it(client, ilze):
    UserSession.objects.update(last_seen_at="2026-01-01T00:00Z")
    client.get("/you/")
    seen = UserSession.objects.get().last_seen_at
    assert (timezone.now() - seen).total_seconds() < 60


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_list_of_sessions_is_read_at_once(client, ilze, sessions, django_assert_num_queries):
    for _session in range(sessions - 1):
        browser_of(ilze)
    client.get(reverse("people:sessions"))
    with django_assert_num_queries(8):
        assert len(listed(client)) == sessions


def test_a_session_that_has_run_out_is_not_listed(client, ilze):
    gone = browser_of(ilze)
    Session.objects.filter(session_key=gone.session.session_key).update(expire_date="2026-01-01T00:00Z")
    assert len(listed(client)) == 1


def test_the_inbox_is_only_for_a_demonstration(client, settings):
    assert client.get(reverse("people:inbox")).status_code == 404
    settings.CONFIG = demo_config()
    assert client.get(reverse("people:inbox")).status_code == 200


def demo_config():
    from dataclasses import replace

    return replace(settings.CONFIG, demo=True)


def test_a_picture_that_a_killed_process_left_behind_goes_the_day_after(client, ilze, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = io.BytesIO()
    Image.new("RGB", (300, 300), "green").save(content, "PNG")
    client.post(
        reverse("people:picture"), {"picture": SimpleUploadedFile("me.png", content.getvalue(), "image/png")}
    )
    (tmp_path / "people" / "left.webp").write_bytes(b"left behind")
    now = timezone.now()
    assert (delete_stray_pictures(now), delete_stray_pictures(now + timedelta(days=2))) == (0, 1)
    ilze.refresh_from_db()
    assert [path.name for path in (tmp_path / "people").iterdir()] == [
        ilze.picture.name.removeprefix("people/")
    ]
