"""Coming into a live session by the letters on its screen."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rooms.models import RoomKind
from sessions.actions import open_join_code, take_seat
from sessions.models import JoinCode
from synergy.cohorts.models import Role, Seat
from synergy.live.refusals import Refused
from synergy.people.models import Person
from tests.factories import (
    NOON,
    make_cohort,
    make_institution,
    make_join_code,
    make_person,
    make_room,
    make_seat,
    make_training_session,
)

JOIN = reverse("training:join")
CONFIRM = reverse("account_confirm_login_code")


@pytest.fixture
def house(db):
    cohort = make_cohort()
    session = make_training_session(cohort)
    make_room(cohort, "Amber")
    now = timezone.now()

    def code(**fields):
        times = {
            "valid_from": now - timedelta(hours=1),
            "valid_until": now + timedelta(hours=1),
            "created_at": now,
        }
        return make_join_code(session, **{**times, **fields})

    return SimpleNamespace(
        cohort=cohort,
        session=session,
        plenary=make_room(cohort, "Plenary", kind=RoomKind.PLENARY),
        member=make_seat(cohort).person,
        stranger=make_person("Stranger", email="stranger@office.example"),
        office=make_institution(),
        code=code,
        now=now,
    )


def plenary(house):
    return reverse("rooms:room", args=[house.plenary.pk])


def mailed_code():
    found = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)
    return found[0] if found else None


def test_a_member_types_the_letters_and_is_in_the_plenary(client, house):
    client.force_login(house.member)
    code = house.code(letters="KTMRXC")
    response = client.post(JOIN, {"code": "ktm-rxc"})
    assert response.url == reverse("training:enter", args=[code.letters])
    assert client.get(response.url).url == plenary(house)


def test_without_plenary_one_comes_home(client, house):
    house.plenary.delete()
    client.force_login(house.member)
    assert client.get(reverse("training:enter", args=[house.code().letters])).url == reverse("home")


def test_a_member_who_is_not_signed_in_gets_a_mail_first(client, house):
    code = house.code()
    response = client.post(JOIN, {"code": code.letters, "email": house.member.email})
    assert response.url.startswith(CONFIRM)
    response = client.post(response.url, {"code": mailed_code()}, follow=False)
    assert response.url == reverse("training:enter", args=[code.letters])
    assert client.get(response.url).url == plenary(house)


CLOSED = {
    "wrong": lambda house: "BBBBBB",
    "too old": lambda house: house.code(valid_until=house.now - timedelta(seconds=1)).letters,
    "too early": lambda house: house.code(valid_from=house.now + timedelta(minutes=10)).letters,
    "withdrawn": lambda house: house.code(revoked_at=house.now).letters,
}


def answer_to(client, letters, email=None):
    response = client.post(JOIN, {"code": letters, "email": email or "anna@office.example"})
    if response.status_code == 302:
        return 302, response.url
    return response.status_code, str(response.context["form"].errors)


def test_codes_that_do_not_open_get_one_and_the_same_answer(client, house):
    client.force_login(house.member)
    assert answer_to(client, house.code().letters)[0] == 302
    answers = {answer_to(client, letters(house)) for letters in CLOSED.values()}
    client.force_login(house.stranger)
    answers.add(answer_to(client, house.code().letters))
    assert len(answers) == 1
    assert answers.pop()[0] == 422


@pytest.mark.parametrize("closed", CLOSED)
def test_the_page_behind_the_letters_is_closed_with_them(client, house, closed):
    letters = CLOSED[closed](house)
    client.force_login(house.member)
    assert client.get(reverse("training:enter", args=[letters])).url == JOIN
    client.force_login(house.stranger)
    client.post(reverse("training:enter", args=[letters]), {"name": "X", "institution": house.office.pk})
    assert not Seat.objects.filter(person=house.stranger).exists()


def test_the_page_behind_the_letters_asks_a_visitor_to_sign_in(client, house):
    letters = house.code().letters
    assert client.get(reverse("training:enter", args=[letters])).url == f"{JOIN}?code={letters}"


def test_known_and_unknown_addresses_get_the_same_answer(client, house):
    letters = house.code().letters
    answers = {answer_to(Client(), letters, email) for email in (house.member.email, "nobody@office.example")}
    assert len(answers) == 1
    assert [letter.to[0] for letter in mail.outbox] == [house.member.email, "nobody@office.example"]
    assert mailed_code() is None
    assert not Person.objects.filter(email="nobody@office.example").exists()


SEAT = {"name": "Anna Nowak", "time_zone": "Europe/Riga"}


def test_a_code_that_gives_seats_lets_in_somebody_new(client, house):
    code = house.code(grants_seats=True)
    response = client.post(JOIN, {"code": code.letters, "email": "Anna.Nowak@office.example"})
    response = client.post(response.url, {"code": mailed_code()})
    assert response.url == reverse("training:enter", args=[code.letters])
    page = client.get(response.url)
    assert page.status_code == 200
    assert page.context["form"].initial["name"] == "Anna Nowak"
    assert client.post(response.url, {**SEAT, "institution": ""}).status_code == 422
    assert client.post(response.url, {**SEAT, "institution": house.office.pk}).url == plenary(house)
    seat = Seat.objects.get(person__email="anna.nowak@office.example")
    assert (seat.cohort, seat.role, seat.institution) == (house.cohort, Role.PARTICIPANT, house.office)
    assert (seat.person.name, seat.person.time_zone) == ("Anna Nowak", "Europe/Riga")


def test_a_person_without_seat_is_let_in_only_by_a_code_that_gives_seats(client, house):
    client.force_login(house.stranger)
    seat = {**SEAT, "institution": house.office.pk}
    client.post(reverse("training:enter", args=[house.code().letters]), seat)
    assert not Seat.objects.filter(person=house.stranger).exists()
    client.post(reverse("training:enter", args=[house.code(grants_seats=True).letters]), seat)
    assert Seat.objects.filter(person=house.stranger).exists()


def test_the_action_itself_refuses_too(house):
    for code in (house.code(), house.code(grants_seats=True, revoked_at=house.now)):
        with pytest.raises(Refused) as refused:
            take_seat(code=code, person=house.stranger, institution=house.office, now=house.now, **SEAT)
        assert refused.value.code == "forbidden"


def test_a_seat_that_was_ended_is_not_taken_back_by_the_letters(client, house):
    ended = make_seat(house.cohort, house.stranger, ended_at=NOON)
    make_seat(person=house.stranger, ended_at=NOON)
    client.force_login(house.stranger)
    page = reverse("training:enter", args=[house.code(grants_seats=True).letters])
    response = client.post(page, {**SEAT, "institution": house.office.pk}, follow=True)
    assert "Ask the organiser" in response.content.decode()
    ended.refresh_from_db()
    assert ended.ended_at == NOON


def test_strangers_make_no_more_accounts_than_codes_they_may_ask_for(house):
    letters = house.code(grants_seats=True).letters
    before = Person.objects.count()
    answers = [answer_to(Client(), letters, f"nobody{number}@office.example")[0] for number in range(62)]
    assert answers == [302] * 60 + [422] * 2
    assert Person.objects.count() == before + 60


LONG = "a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".example"


@pytest.mark.parametrize("email", [LONG, "a" * 200 + "@office.example", '"+"@office.example'])
def test_an_address_of_any_kind_gets_an_answer(client, house, email):
    assert answer_to(client, house.code(grants_seats=True).letters, email)[0] == (
        422 if email == LONG else 302
    )


def test_a_closed_account_stays_closed(client, house):
    Person.objects.filter(pk=house.stranger.pk).update(is_active=False)
    assert answer_to(client, house.code(grants_seats=True).letters, house.stranger.email)[0] == 302
    assert mailed_code() is None


def test_who_has_another_seat_keeps_their_name(house):
    make_seat(person=house.stranger)
    code = house.code(grants_seats=True)
    take_seat(code=code, person=house.stranger, institution=house.office, now=house.now, **SEAT)
    house.stranger.refresh_from_db()
    assert house.stranger.name == "Stranger"


@pytest.mark.parametrize("by_page", [True, False], ids=["form", "address"])
def test_letters_cannot_be_guessed_for_long(client, house, by_page):
    client.force_login(house.member)
    good = house.code().letters

    def attempt(letters):
        if by_page:
            return client.post(JOIN, {"code": letters}).status_code == 302
        return client.get(reverse("training:enter", args=[letters])).url == plenary(house)

    assert attempt(good)
    for _guess in range(30):
        assert not attempt("BBBBBB")
    assert not attempt(good)


def test_a_new_code_ends_the_earlier_ones(house):
    other = make_join_code(make_training_session(house.cohort))
    codes = [
        open_join_code(
            training_session=house.session,
            by=house.member,
            grants_seats=False,
            valid_until=NOON + timedelta(hours=hours),
            now=NOON,
        )
        for hours in (1, 2)
    ]
    assert [
        code.revoked_at for code in JoinCode.objects.filter(pk__in=[code.pk for code in codes]).order_by("pk")
    ] == [
        NOON,
        None,
    ]
    other.refresh_from_db()
    assert other.revoked_at is None
