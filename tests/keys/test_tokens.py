"""Tokens: shown once, good for what they say, ended at once, and never more than their person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from synergy.cohorts.actions import end_seat, give_seat_back
from synergy.keys import actions
from synergy.keys.actions import make_token, revoke_token
from synergy.keys.models import AccessToken
from synergy.live.refusals import Refused
from synergy.people.models import Person
from tests.factories import make_person, make_seat
from tests.support.together import second_of_two

ALL = ["challenges:read", "plans:read", "plans:write", "calendar:read"]


@pytest.fixture
def seat(db):
    return make_seat()


def ask(client, secret, address="/api/plans/"):
    return client.get(address, headers={"Authorization": f"Bearer {secret}"})


def make(person, scopes=ALL, days=30, now=None):
    return make_token(person=person, name="Tool", scopes=scopes, days=days, now=now or timezone.now())


def test_a_person_makes_one_sees_it_once_and_ends_it(client, seat):
    client.force_login(seat.person)
    page = reverse("keys:tokens")

    made = client.post(page, {"name": "Our reporting tool", "scopes": ["plans:read"], "days": "90"})
    secret = made.context["secret"]
    later = client.get(page)

    assert secret.startswith("syn_")
    assert secret in made.text
    assert secret not in later.text
    assert "Our reporting tool" in later.text
    assert "Not used yet" in later.text
    token = AccessToken.objects.get()
    assert secret not in str(vars(token))
    client.logout()
    assert ask(client, secret).status_code == 200
    client.force_login(seat.person)
    assert "Not used yet" not in client.get(page).text
    client.post(reverse("keys:revoke", args=[token.pk]))
    client.logout()
    assert ask(client, secret).status_code == 401


def test_the_answer_to_the_form_loaded_again_makes_no_second_one(client, seat):
    client.force_login(seat.person)
    page = reverse("keys:tokens")
    form = {
        "name": "Our tool",
        "scopes": ["plans:read"],
        "days": "90",
        "once": client.get(page).context["once"],
    }
    assert client.post(page, form).context["secret"]
    again = client.post(page, form, follow=True)
    assert "made already" in again.text
    assert AccessToken.objects.count() == 1
    client.post(page, {**form, "once": again.context["once"]})
    assert AccessToken.objects.count() == 2


def test_a_form_without_what_it_needs_says_so(client, seat):
    client.force_login(seat.person)

    answer = client.post(reverse("keys:tokens"), {"name": "", "days": "7"})

    assert answer.status_code == 400
    errors = answer.context["form"].errors
    assert set(errors) == {"name", "scopes", "days"}
    assert errors["scopes"] == ["Choose at least one thing."]
    assert not AccessToken.objects.exists()


def test_what_opens_and_what_does_not(client, seat):
    now = timezone.now()
    _good, good = make(seat.person)
    _narrow, narrow = make(seat.person, ["challenges:read"])
    _old, old = make(seat.person, now=now - timedelta(days=31))

    answers = {
        "good": ask(client, good).status_code,
        "narrow": ask(client, narrow).status_code,
        "narrow, where it is good": ask(client, narrow, "/api/challenges/").status_code,
        "expired": ask(client, old).status_code,
        "unknown": ask(client, "syn_nothing").status_code,
        "empty": ask(client, "").status_code,
        "none": client.get("/api/plans/").status_code,
    }

    assert answers == {
        "good": 200,
        "narrow": 403,
        "narrow, where it is good": 200,
        "expired": 401,
        "unknown": 401,
        "empty": 401,
        "none": 401,
    }


def test_refusals_say_what_to_do(client, seat):
    _token, secret = make(seat.person, ["challenges:read"])

    narrow, none = ask(client, secret), client.get("/api/plans/")

    assert narrow.json()["op"] == "refused"
    assert "plans:read" in narrow.json()["detail"]
    assert none.json() == {"op": "refused", "id": None, "code": "forbidden", "detail": "Sign in first."}
    assert none["WWW-Authenticate"].startswith("Bearer")


def test_a_token_opens_no_page_and_no_room(client, seat):
    """Only what says that it takes tokens; the same person signed in gets all three."""
    _token, secret = make(seat.person)
    addresses = ["/api/rooms/", "/you/", reverse("keys:tokens")]

    assert [ask(client, secret, address).status_code for address in addresses] == [403, 302, 302]
    client.force_login(seat.person)
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_a_wrong_token_is_not_made_good_by_a_session(client, seat):
    client.force_login(seat.person)

    assert ask(client, "syn_wrong").status_code == 401
    assert client.get("/api/plans/").status_code == 200


def test_it_ends_with_the_last_seat_and_does_not_come_back(client, seat):
    other = make_seat(person=seat.person)
    _token, secret = make(seat.person)

    end_seat(seat=other, now=timezone.now())
    assert ask(client, secret).status_code == 200
    end_seat(seat=seat, now=timezone.now())
    assert ask(client, secret).status_code == 401
    give_seat_back(seat=seat, now=timezone.now())
    assert ask(client, secret).status_code == 401


def test_it_ends_with_the_account(client, seat):
    _token, secret = make(seat.person)
    assert ask(client, secret).status_code == 200

    Person.objects.filter(pk=seat.person_id).update(is_active=False)

    assert ask(client, secret).status_code == 401


def test_nobody_ends_somebody_elses(client, seat):
    token, secret = make(seat.person)

    assert not revoke_token(person=make_person(), pk=token.pk, now=timezone.now())
    assert ask(client, secret).status_code == 200
    assert revoke_token(person=seat.person, pk=token.pk, now=timezone.now())
    assert ask(client, secret).status_code == 401


def test_nothing_is_made_that_does_nothing_or_lasts_for_ever(seat):
    for scopes, days in ([], 30), (["all:write"], 30), (["plans:read"], 3650):
        with pytest.raises(Refused) as refused:
            make(seat.person, scopes, days)
        assert refused.value.code == "invalid"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_the_limit(monkeypatch):
    monkeypatch.setattr(actions, "TOKENS_LIMIT", 2)
    person = make_person()
    make(person)

    second = second_of_two(lambda: make(person))

    assert isinstance(second, Refused)
    assert AccessToken.objects.count() == 2


def test_a_program_that_asks_too_much_waits(client, seat, monkeypatch):
    from synergy.keys import doors
    from synergy.live.limits import Rate

    monkeypatch.setattr(doors, "TOKEN_RATE", Rate(per_second=0.01, burst=2))
    _token, secret = make(seat.person)

    answers = [ask(client, secret) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
