"""The page that a facilitator puts on the screen."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from sessions.letters import show_letters
from sessions.models import JoinCode
from synergy.cohorts.models import Role
from tests.factories import NOON, make_cohort, make_seat, make_training_session

TABLE = """
                 look  make  grant  stop
organiser        yes   yes   yes    yes
facilitator      yes   yes   no     yes
participant      no    no    no     no
observer         no    no    no     no
former           no    no    no     no
elsewhere        no    no    no     no
"""


@pytest.fixture
def house(db):
    cohort = make_cohort()

    def person(role, **fields):
        return make_seat(fields.pop("cohort", cohort), role=role, **fields).person

    return SimpleNamespace(
        session=make_training_session(cohort),
        people={
            "organiser": person(Role.ORGANISER),
            "facilitator": person(Role.FACILITATOR),
            "participant": person(Role.PARTICIPANT),
            "observer": person(Role.OBSERVER),
            "former": person(Role.ORGANISER, ended_at=NOON),
            "elsewhere": person(Role.ORGANISER, cohort=make_cohort()),
        },
    )


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_may_show_make_and_stop_a_code(client, house, line):
    who, *expected = line.split()
    client.force_login(house.people[who])
    page = reverse("training:join_code", args=[house.session.pk])
    looked = client.get(page).status_code == 200
    made = client.post(page, {"hours": "8"}).status_code == 302
    client.post(page, {"hours": "8", "grants_seats": "on"})
    granted = JoinCode.objects.filter(grants_seats=True).exists()
    stopped = client.post(reverse("training:revoke_join_code", args=[house.session.pk])).status_code == 302
    assert ["yes" if may else "no" for may in (looked, made, granted, stopped)] == expected
    assert JoinCode.objects.exists() == made
    assert not JoinCode.objects.filter(revoked_at=None).exists()


def test_the_letters_are_on_the_page_until_they_are_stopped(client, house):
    client.force_login(house.people["facilitator"])
    page = reverse("training:join_code", args=[house.session.pk])
    client.post(page, {"hours": "1"})
    letters = show_letters(JoinCode.objects.get().letters)
    shown = client.get(page).content.decode()
    assert letters in shown
    assert "testserver/join/" in shown
    client.post(reverse("training:revoke_join_code", args=[house.session.pk]))
    assert letters not in client.get(page).content.decode()
