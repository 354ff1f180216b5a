"""The organiser's page: who may do what there, whole, and what it does."""

import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from synergy.cohorts.models import Invitation, Role, Seat
from synergy.cohorts.queries import invitation_with
from synergy.people.models import Institution
from tests.factories import NOON, make_institution, make_invitation, make_person, make_seat
from tests.support.mail import Counted
from tests.support.services import free_port

TABLE = """
                 look  invite  send_waiting  invite_many  add_institution  change_institution  remove_institution  send_again  revoke  change_seat  end_seat  give_seat_back
organiser        yes   yes     yes           yes          yes              yes                 yes                 yes         yes     yes          yes       yes
facilitator      no    no      no            no           no               no                  no                  no          no      no           no        no
participant      no    no      no            no           no               no                  no                  no          no      no           no        no
observer         no    no      no            no           no               no                  no                  no          no      no           no        no
former           no    no      no            no           no               no                  no                  no          no      no           no        no
elsewhere        no    no      no            no           no               no                  no                  no          no      no           no        no
stranger         door  door    door          door         door             door                door                door        door    door         door      door
"""


@pytest.fixture
def house(db):
    organiser = make_seat(role=Role.ORGANISER)
    cohort = organiser.cohort
    return SimpleNamespace(
        cohort=cohort,
        organiser=organiser,
        seat=make_seat(cohort),
        ended=make_seat(cohort, ended_at=NOON),
        unused=make_institution(),
        invitation=make_invitation(cohort, organiser.person, created_at=timezone.now()),
        people={
            "organiser": organiser.person,
            "facilitator": make_seat(cohort, role=Role.FACILITATOR).person,
            "participant": make_seat(cohort).person,
            "observer": make_seat(cohort, role=Role.OBSERVER).person,
            "former": make_seat(cohort, role=Role.ORGANISER, ended_at=NOON).person,
            "elsewhere": make_seat(role=Role.ORGANISER).person,
        },
    )


def invitation_form(house, **fields):
    form = {
        "name": "Anna Nowak",
        "email": "anna@office.example",
        "institution": house.seat.institution_id,
        "role": "participant",
        "language": "pl",
        **fields,
    }
    return {f"one-{name}": value for name, value in form.items()}


def many_form(house, guests, **fields):
    form = {"institution": house.seat.institution_id, "role": "participant", "language": "en", **fields}
    return {"many-guests": guests, **{f"many-{name}": value for name, value in form.items()}}


INSTITUTION = {"institution-name": "Harbour Office", "institution-country": "LV", "institution-tier": "field"}


def attempt(client, house, what):
    url = {
        "look": lambda: client.get(reverse("cohorts:people", args=[house.cohort.pk])),
        "invite": lambda: client.post(
            reverse("cohorts:invite", args=[house.cohort.pk]), invitation_form(house)
        ),
        "invite_many": lambda: client.post(
            reverse("cohorts:invite_many", args=[house.cohort.pk]),
            many_form(house, "Ina, ina@office.example"),
        ),
        "add_institution": lambda: client.post(
            reverse("cohorts:add_institution", args=[house.cohort.pk]), INSTITUTION
        ),
        "change_institution": lambda: client.post(
            reverse("cohorts:change_institution", args=[house.cohort.pk, house.seat.institution_id]),
            {"name": "Harbour and Port Office", "country": "LV", "tier": "field"},
        ),
        "remove_institution": lambda: client.post(
            reverse("cohorts:remove_institution", args=[house.cohort.pk, house.unused.pk])
        ),
        "send_again": lambda: client.post(
            reverse("cohorts:send_again", args=[house.cohort.pk, house.invitation.pk])
        ),
        "revoke": lambda: client.post(reverse("cohorts:revoke", args=[house.cohort.pk, house.invitation.pk])),
        "change_seat": lambda: client.post(
            reverse("cohorts:change_seat", args=[house.cohort.pk, house.seat.pk]), {"role": "observer"}
        ),
        "end_seat": lambda: client.post(reverse("cohorts:end_seat", args=[house.cohort.pk, house.seat.pk])),
        "give_seat_back": lambda: client.post(
            reverse("cohorts:give_seat_back", args=[house.cohort.pk, house.ended.pk])
        ),
        "send_waiting": lambda: client.post(reverse("cohorts:send_waiting", args=[house.cohort.pk])),
    }
    return url[what]()


def picture_of(house):
    """All that these pages can change."""
    return (
        sorted(Invitation.objects.values_list("pk", "email", "token_hash", "revoked_at")),
        sorted(Seat.objects.values_list("pk", "role", "ended_at")),
        sorted(Institution.objects.values_list("pk", "name")),
    )


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_may_do_what(client, house, line):
    columns = TABLE.strip("\n").splitlines()[0].split()
    who, *expected = line.split()
    if who != "stranger":
        client.force_login(house.people[who])
    for what, answer in zip(columns, expected, strict=True):
        before = picture_of(house)
        response = attempt(client, house, what)
        if answer == "yes":
            assert response.status_code == (200 if what == "look" else 302), what
            assert what == "look" or picture_of(house) != before, what
        else:
            assert response.status_code == (302 if answer == "door" else 404), what
            assert answer != "door" or response.url.startswith(reverse("account_login")), what
            assert picture_of(house) == before, what


def test_things_of_another_cohort_cannot_be_reached_through_ones_own(client, house):
    client.force_login(house.people["organiser"])
    theirs = make_invitation(make_seat(role=Role.ORGANISER).cohort)
    seat = make_seat()
    before = picture_of(house)
    for name, pk in (
        ("send_again", theirs.pk),
        ("revoke", theirs.pk),
        ("change_seat", seat.pk),
        ("end_seat", seat.pk),
        ("give_seat_back", seat.pk),
    ):
        response = client.post(reverse(f"cohorts:{name}", args=[house.cohort.pk, pk]), {"role": "organiser"})
        assert response.status_code == 404
    assert picture_of(house) == before


@pytest.mark.parametrize("method", ["invite", "invite_many", "add_institution"])
def test_what_changes_something_is_not_a_link(client, house, method):
    client.force_login(house.people["organiser"])
    before = Invitation.objects.count(), Institution.objects.count()
    answer = client.get(reverse(f"cohorts:{method}", args=[house.cohort.pk]))
    assert answer.url == reverse("cohorts:people", args=[house.cohort.pk])
    assert (Invitation.objects.count(), Institution.objects.count()) == before


@pytest.fixture
def organiser(client, house):
    client.force_login(house.people["organiser"])
    return client


def test_an_invitation_carries_a_link_to_this_site(organiser, house, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        attempt(organiser, house, "invite")
    assert "http://testserver/invitations/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "wrong", [{"email": "anna"}, {"name": "a@b"}, {"institution": 0}, {"role": "king"}, {"language": "xx"}]
)
def test_an_invitation_that_is_wrong_comes_back_with_what_was_typed(organiser, house, wrong):
    form = invitation_form(house, **wrong)
    response = organiser.post(reverse("cohorts:invite", args=[house.cohort.pk]), form)
    assert response.status_code == 422
    assert list(response.context["invitation_form"].errors) == list(wrong)
    assert 'aria-invalid="true"' in response.content.decode()


def test_inviting_a_member_says_so(organiser, house):
    form = invitation_form(house, email=house.seat.person.email)
    response = organiser.post(reverse("cohorts:invite", args=[house.cohort.pk]), form)
    assert "in the cohort already" in response.content.decode()


def paste(organiser, house, guests):
    return organiser.post(
        reverse("cohorts:invite_many", args=[house.cohort.pk]), many_form(house, guests), follow=True
    )


def test_many_at_once_in_every_spelling_people_paste(organiser, house):
    Invitation.objects.update(sent_at=NOON)
    response = paste(
        organiser,
        house,
        "Ilze Bērziņa <Ilze@office.example>\r\n"
        "Йорданка Стоянова, yordanka@office.example\n"
        "\n"
        "boros@office.example; Boros Péterné\n"
        'Tomasz Wójcik\ttomasz@office.example\n"Šimko, Marek" <marek@office.example>;\n'
        f"Member, {house.seat.person.email}\n",
    )
    found = Invitation.objects.exclude(pk=house.invitation.pk).order_by("pk").values_list("name", "email")
    assert list(found) == [
        ("Ilze Bērziņa", "ilze@office.example"),
        ("Йорданка Стоянова", "yordanka@office.example"),
        ("Boros Péterné", "boros@office.example"),
        ("Tomasz Wójcik", "tomasz@office.example"),
        ("Šimko Marek", "marek@office.example"),
    ]
    page = response.content.decode()
    assert "5 invitations sent" in page
    assert "in the cohort already" in page


GUESTS = "\n".join(f"Guest {letter}, {letter}@office.example" for letter in "abcde")


def test_what_cannot_be_sent_in_time_is_kept_and_sent_later(organiser, house, monkeypatch):
    Invitation.objects.update(sent_at=NOON)
    slow = iter([0, 1, 2, 30])
    clock = SimpleNamespace(monotonic=lambda: next(slow))
    monkeypatch.setattr("synergy.cohorts.actions.invitations.time", clock)
    page = paste(organiser, house, GUESTS).content.decode()
    monkeypatch.undo()
    assert "2 invitations sent" in page
    assert "3 invitations are saved, but not sent yet" in page
    assert reverse("cohorts:send_waiting", args=[house.cohort.pk]) in page

    page = organiser.post(reverse("cohorts:send_waiting", args=[house.cohort.pk]), follow=True)
    assert "3 invitations sent" in page.content.decode()
    assert [letter.to[0][0] for letter in mail.outbox] == list("abcde")
    for letter in mail.outbox:
        [token] = re.findall(r"/invitations/([^/]+)/", letter.body)
        assert invitation_with(token).email == letter.to[0]


def test_many_mails_go_over_one_connection(organiser, house, settings):
    settings.EMAIL_BACKEND = "tests.support.mail.Counted"
    Counted.opened.clear()
    paste(organiser, house, GUESTS)
    assert len(Counted.opened) == 1
    assert len(mail.outbox) == 6


def test_a_mail_server_that_is_away_is_no_error(organiser, house, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    page = paste(organiser, house, GUESTS).content.decode()
    assert "6 invitations are saved, but not sent yet" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["invite", "send_again"])
def test_one_mail_that_does_not_go_out_is_not_called_sent(organiser, house, settings, name):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    attempt(organiser, house, name)
    page = organiser.get(reverse("cohorts:people", args=[house.cohort.pk])).content.decode()
    assert "did not go out" in page


@pytest.mark.parametrize(
    ("line", "words"),
    [("Ilze Bērziņa", "Line 2: there is no e-mail"), ("x@office.example", "Line 2: there is no name")],
)
def test_one_bad_line_and_nobody_is_invited(organiser, house, line, words):
    response = paste(organiser, house, f"Anna, anna@office.example\n{line}")
    assert words in response.content.decode()
    assert Invitation.objects.count() == 1


def test_an_institution_is_added_once(organiser, house):
    url = reverse("cohorts:add_institution", args=[house.cohort.pk])
    organiser.post(url, INSTITUTION)
    response = organiser.post(url, INSTITUTION)
    assert response.status_code == 422
    assert Institution.objects.filter(name="Harbour Office").count() == 1


def test_the_last_organiser_is_told_why_they_must_stay(organiser, house):
    response = organiser.post(
        reverse("cohorts:end_seat", args=[house.cohort.pk, house.organiser.pk]), follow=True
    )
    assert "needs an organiser" in response.content.decode()
    house.organiser.refresh_from_db()
    assert house.organiser.ended_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_is_read_at_once(organiser, house, rows, django_assert_num_queries):
    Seat.objects.exclude(role=Role.ORGANISER).delete()
    office = make_institution()
    for _row in range(rows):
        make_seat(house.cohort, institution=office)
        make_invitation(house.cohort, house.organiser.person)
    with django_assert_num_queries(14):
        organiser.get(reverse("cohorts:people", args=[house.cohort.pk]))


def test_a_picture_is_seen_by_those_who_share_a_cohort(client, house):
    person = house.people["participant"]
    person.picture.save("face.webp", ContentFile(b"RIFF"))
    answers = {}
    for who in ("participant", "observer", "elsewhere", "former"):
        client.force_login(house.people[who])
        answers[who] = client.get(person.picture.url).status_code
    assert answers == {"participant": 200, "observer": 200, "elsewhere": 404, "former": 404}
    client.logout()
    assert client.get(person.picture.url).status_code == 302
    client.force_login(make_person())
    assert client.get("/pictures/people/nobody.webp").status_code == 404
