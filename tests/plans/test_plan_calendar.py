"""Deadlines in a calendar: read with a real parser, through the address that the page gives."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.plans.models import Item
from synergy.cohorts.actions import end_seat
from synergy.cohorts.models import Seat
from synergy.keys.actions import make_token
from synergy.keys.models import AccessToken
from tests.support.plans import made


def address_of(client, person, **form):
    """The path of the feed, as the page gives it; nobody is signed in afterwards."""
    client.force_login(person)
    page = client.post(reverse("plans:add_calendar"), form)
    client.logout()
    return urlsplit(page.context["address"]).path


def events(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_what_one_answers_for(client, agreed):
    path = address_of(client, agreed.item_owner)

    (event,) = events(client, path).values()

    day = Item.objects.get(pk=agreed.first.pk).due_until
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.decoded("DTSTART") == day
    assert event.decoded("DTEND") == day + timedelta(days=1)
    assert agreed.first.title in event["SUMMARY"]
    assert agreed.plan.time_zone in event["DESCRIPTION"]
    assert event["URL"].endswith(reverse("plans:item", args=[agreed.plan.pk, agreed.first.pk]))
    assert event["URL"].startswith("http")


def test_a_whole_plan_in_order(client, agreed):
    found = events(client, address_of(client, agreed.member, plan=agreed.plan.pk))

    titles = [str(event["SUMMARY"]) for event in found.values()]
    assert len(titles) == 2
    assert events(client, address_of(client, agreed.member)) == {}


def test_a_date_that_moves_is_the_same_event(client, agreed):
    path = address_of(client, agreed.item_owner)
    (before,) = events(client, path).items()
    asked = made(
        agreed.plan,
        agreed.item_owner,
        "request.ask",
        item=agreed.first.pk,
        field="due",
        value="2026-12-24",
        why="The law comes later.",
    )
    request = asked["request"] if isinstance(asked, dict) else asked.request
    made(
        agreed.plan,
        agreed.facilitator,
        "request.answer",
        request=request,
        accept=True,
        why="Agreed.",
    )

    (after,) = events(client, path).items()

    assert after[0] == before[0]
    assert after[1].decoded("DTSTART") == date(2026, 12, 24)
    assert int(after[1]["SEQUENCE"]) > int(before[1]["SEQUENCE"])


def test_titles_of_any_kind_come_through(client, agreed):
    title = "Žiadosti; občanov, do 10 dní\\ – „rýchlo“ " + "ľ" * 80
    Item.objects.filter(pk=agreed.first.pk).update(title=title)

    (event,) = events(client, address_of(client, agreed.item_owner)).values()

    assert title in str(event["SUMMARY"])


@pytest.mark.parametrize("how", ["revoked", "expired", "seat"])
def test_an_address_that_ended_opens_nothing(client, agreed, how):
    path = address_of(client, agreed.member, plan=agreed.plan.pk)
    assert client.get(path).status_code == 200

    tokens = AccessToken.objects.filter(person=agreed.member)
    now = timezone.now()
    if how == "revoked":
        tokens.update(revoked_at=now)
    elif how == "expired":
        tokens.update(created_at=now - timedelta(days=9), expires_at=now - timedelta(days=1))
    else:
        end_seat(seat=Seat.objects.get(person=agreed.member), now=now)

    assert client.get(path).status_code == 404


def test_a_calendar_address_opens_nothing_else_and_nothing_else_opens_it(client, agreed):
    path = address_of(client, agreed.member, plan=agreed.plan.pk)
    secret = path.split("/")[2]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/plans/", headers=bearer).status_code == 403

    _token, wide = make_token(
        person=agreed.member,
        name="Tool",
        scopes=["plans:read", "calendar:read"],
        days=30,
        now=timezone.now(),
    )

    assert client.get(path).status_code == 200
    assert client.get(path.replace(secret, wide)).status_code == 404


def test_no_plan_that_one_may_not_see(client, agreed):
    path = address_of(client, agreed.peer)

    assert client.get(path.replace("due.ics", f"plan-{agreed.plan.pk}.ics")).status_code == 404
    own = address_of(client, agreed.member).replace("due.ics", f"plan-{agreed.plan.pk}.ics")
    assert client.get(own).status_code == 200


def test_the_way_there(client, agreed):
    client.force_login(agreed.member)

    assert reverse("plans:add_calendar") in client.get(reverse("plans:due")).text
    page = client.get(reverse("plans:add_calendar")).text
    assert agreed.plan.title in page


def test_a_calendar_that_asks_too_often_waits(client, agreed, monkeypatch):
    from challenges.plans import calendar_views
    from synergy.live.limits import Rate

    monkeypatch.setattr(calendar_views, "FEED_RATE", Rate(per_second=0.01, burst=2))
    path = address_of(client, agreed.member)

    answers = [client.get(path) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
