"""The programme of a cohort: who may read and write it, and what comes of it."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Activity, Day, TrainingSession
from synergy.cohorts.models import Role
from tests.factories import NOON, make_activity, make_cohort, make_room, make_seat, make_training_session

TABLE = """
                 list  look  plan  change  name  add  move  remove
organiser        yes   yes   yes   yes     yes   yes  yes   yes
facilitator      yes   yes   yes   yes     yes   yes  yes   yes
participant      yes   yes   no    no      no    no   no    no
observer         yes   yes   no    no      no    no   no    no
former           no    no    no    no      no    no   no    no
elsewhere        no    no    no    no      no    no   no    no
"""


@pytest.fixture
def house(db):
    cohort = make_cohort()
    session = make_training_session(cohort, number=5)

    def person(role, **fields):
        return make_seat(fields.pop("cohort", cohort), role=role, **fields).person

    return SimpleNamespace(
        cohort=cohort,
        session=session,
        activity=make_activity(session),
        room=make_room(cohort, "Amber"),
        people={
            "organiser": person(Role.ORGANISER),
            "facilitator": person(Role.FACILITATOR),
            "participant": person(Role.PARTICIPANT),
            "observer": person(Role.OBSERVER),
            "former": person(Role.ORGANISER, ended_at=NOON),
            "elsewhere": person(Role.ORGANISER, cohort=make_cohort()),
        },
    )


SESSION = {"number": 6, "title": "Next", "starts_on": "2026-03-08", "ends_on": "2026-03-10", "mode": "online"}
ACTIVITY = {"on": "2026-02-09", "title": "Round 1", "start": "10:15", "end": "11:00"}


def attempt(client, house, what):
    session = house.session.pk
    ask = {
        "list": lambda: client.get(reverse("training:sessions", args=[house.cohort.pk])),
        "look": lambda: client.get(reverse("training:programme", args=[session])),
        "plan": lambda: client.post(reverse("training:sessions", args=[house.cohort.pk]), SESSION),
        "change": lambda: client.post(
            reverse("training:change", args=[session]),
            {**SESSION, "number": 5, "starts_on": "2026-02-08", "ends_on": "2026-02-14"},
        ),
        "name": lambda: client.post(
            reverse("training:name_day", args=[session]), {"on": "2026-02-10", "title": "Open Space"}
        ),
        "add": lambda: client.post(reverse("training:add_activity", args=[session]), ACTIVITY),
        "move": lambda: client.post(
            reverse("training:change_activity", args=[session, house.activity.pk]),
            {**ACTIVITY, "title": "Later"},
        ),
        "remove": lambda: client.post(reverse("training:remove_activity", args=[session, house.activity.pk])),
    }
    return ask[what]()


def picture():
    return [
        sorted(TrainingSession.objects.values_list("number", "title", "ends_on")),
        sorted(Day.objects.values_list("on", "title")),
        sorted(Activity.objects.values_list("title", flat=True)),
    ]


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_may_do_what(client, house, line):
    who, *expected = line.split()
    client.force_login(house.people[who])
    for what, answer in zip(TABLE.split("\n")[1].split(), expected, strict=True):
        before = picture()
        response = attempt(client, house, what)
        if what in ("list", "look"):
            assert response.status_code == (200 if answer == "yes" else 404), what
        else:
            assert response.status_code == (302 if answer == "yes" else 404), what
            assert (picture() != before) == (answer == "yes"), what


def test_a_session_keeps_the_days_on_which_something_is_planned(client, house):
    client.force_login(house.people["organiser"])
    make_training_session(house.cohort, number=6)
    on = timezone.localdate(house.activity.starts_at)
    page = reverse("training:change", args=[house.session.pk])
    assert house.session.title in client.get(page).content.decode()
    for wrong, words in (
        ({"number": 6}, "a session with this number"),
        ({"starts_on": on + timedelta(days=1), "ends_on": on + timedelta(days=3)}, "Something is planned on"),
        ({"starts_on": on - timedelta(days=3), "ends_on": on - timedelta(days=1)}, "Something is planned on"),
    ):
        form = {**SESSION, "number": 5, "starts_on": on, "ends_on": on, **wrong}
        answer = client.post(page, form)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    house.session.refresh_from_db()
    assert house.session.number == 5
    assert client.post(page, {**SESSION, "number": 5, "starts_on": on, "ends_on": on}).status_code == 302
    house.session.refresh_from_db()
    assert (house.session.title, house.session.ends_on) == ("Next", on)


@pytest.fixture
def planner(client, house):
    person = house.people["facilitator"]
    person.time_zone = "Europe/Riga"
    person.save()
    client.force_login(person)
    return client


def test_times_are_those_of_the_planners_clock(planner, house):
    planner.post(
        reverse("training:add_activity", args=[house.session.pk]), {**ACTIVITY, "room": house.room.pk}
    )
    added = Activity.objects.get(title="Round 1")
    assert (added.starts_at, added.ends_at, added.room) == (
        datetime(2026, 2, 9, 8, 15, tzinfo=UTC),
        datetime(2026, 2, 9, 9, 0, tzinfo=UTC),
        house.room,
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": "2026-02-11"}, "on"),
        ({"on": "31 February"}, "on"),
        ({"end": "10:15"}, "end"),
        ({"start": "25:00"}, "start"),
        ({"title": ""}, "title"),
        ({"room": "elsewhere"}, "room"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(planner, house, wrong, field):
    if wrong == {"room": "elsewhere"}:
        wrong = {"room": make_room().pk}
    response = planner.post(reverse("training:add_activity", args=[house.session.pk]), {**ACTIVITY, **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": 5}, "number"),
        ({"ends_on": "2026-03-07"}, "ends_on"),
        ({"ends_on": "2026-03-22"}, "ends_on"),
    ],
)
def test_a_session_that_cannot_be(planner, house, wrong, field):
    response = planner.post(reverse("training:sessions", args=[house.cohort.pk]), {**SESSION, **wrong})
    assert list(response.context["form"].errors) == [field]
    assert TrainingSession.objects.count() == 1


def test_a_day_gets_a_name_another_one_and_none(planner, house):
    url = reverse("training:name_day", args=[house.session.pk])
    for title, kept in (("Open Space", ["Open Space"]), ("Market", ["Market"]), ("", [])):
        planner.post(url, {"on": "2026-02-10", "title": title})
        assert [day.title for day in Day.objects.all()] == kept
    planner.post(url, {"on": "2026-02-11", "title": "Not a day of it"})
    assert not Day.objects.exists()


def test_an_activity_is_changed_on_the_clock_of_who_plans(planner, house):
    planner.post(
        reverse("training:add_activity", args=[house.session.pk]), {**ACTIVITY, "room": house.room.pk}
    )
    activity = Activity.objects.get(title="Round 1")
    page = reverse("training:change_activity", args=[house.session.pk, activity.pk])
    shown = {field.name: str(field.value()) for field in planner.get(page).context["form"]}
    assert shown == {
        "on": "2026-02-09",
        "title": "Round 1",
        "start": "10:15:00",
        "end": "11:00:00",
        "room": str(house.room.pk),
    }
    wrong = planner.post(page, {**ACTIVITY, "end": "10:00"})
    assert (wrong.status_code, "It ends after it starts." in wrong.content.decode()) == (422, True)
    assert planner.post(page, {**ACTIVITY, "start": "10:30", "title": "Round one"}).status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.room) == ("Round one", None)
    assert activity.starts_at == datetime(2026, 2, 9, 8, 30, tzinfo=UTC)
    assert (
        reverse("training:remove_activity", args=[house.session.pk, activity.pk])
        in planner.get(page).content.decode()
    )


def test_what_another_clock_puts_outside_the_days_stays_where_it_is(planner, house):
    """0:30 to 1:15 after the last day, and 23:30 to 0:30, on the clock of Riga."""
    night = datetime(2026, 2, 10, 22, 30, tzinfo=UTC)
    for starts_at in (night, datetime(2026, 2, 8, 21, 30, tzinfo=UTC)):
        activity = make_activity(house.session, title="Late", starts_at=starts_at, minutes=60)
        page = reverse("training:change_activity", args=[house.session.pk, activity.pk])
        form = planner.get(page).context["form"]
        shown = {field.name: field.value() for field in form}
        assert shown["on"] in dict(form.fields["on"].choices)
        sent = {**shown, "room": "", "title": "Later", "start": f"{shown['start']:%H:%M}"}
        assert planner.post(page, {**sent, "end": f"{shown['end']:%H:%M}"}).status_code == 302
        before = activity.starts_at, activity.ends_at
        activity.refresh_from_db()
        assert (activity.title, activity.starts_at, activity.ends_at) == ("Later", *before)


def test_an_activity_of_another_session_stays(planner, house):
    other = make_activity()
    planner.post(reverse("training:remove_activity", args=[house.session.pk, other.pk]))
    page = reverse("training:change_activity", args=[house.session.pk, other.pk])
    assert planner.post(page, ACTIVITY).status_code == 404
    assert Activity.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_are_read_at_once(planner, house, rows, django_assert_num_queries):
    for row in range(rows):
        make_activity(house.session, datetime(2026, 2, 8 + row, 9, tzinfo=UTC), room=make_room(house.cohort))
        make_training_session(house.cohort, starts_on=date(2026, 4 + row, 1))
    with django_assert_num_queries(13):
        planner.get(reverse("training:programme", args=[house.session.pk]))
    with django_assert_num_queries(8):
        planner.get(reverse("training:sessions", args=[house.cohort.pk]))


def test_what_falls_outside_the_days_in_the_viewers_zone_is_shown_with_its_date(client, house):
    """Planned at 23:30 in Lisbon on the last day, and at 0:30 in Riga on the first."""
    late = make_activity(house.session, title="Late", starts_at=datetime(2026, 2, 10, 23, 30, tzinfo=UTC))
    early = make_activity(house.session, title="Early", starts_at=datetime(2026, 2, 7, 22, 30, tzinfo=UTC))
    viewer = house.people["organiser"]
    client.force_login(viewer)
    for zone, stray, day in [("Europe/Riga", late, -1), ("Europe/Lisbon", early, 0)]:
        viewer.time_zone = zone
        viewer.save()
        response = client.get(reverse("training:programme", args=[house.session.pk]))
        assert stray in response.context["days"][day].activities
        page = response.content.decode()
        assert reverse("training:change_activity", args=[house.session.pk, stray.pk]) in page
        assert page.count('<span class="badge">') == 1


@pytest.mark.parametrize(
    ("last", "words"),
    [("2026-03-07", "cannot be before the first"), ("2026-03-22", "at most 14 days")],
)
def test_days_that_cannot_be(client, house, last, words):
    client.force_login(house.people["organiser"])
    form = {**SESSION, "ends_on": last}
    response = client.post(reverse("training:sessions", args=[house.cohort.pk]), form)
    assert words in response.content.decode()


@pytest.mark.parametrize("last", ["2026-03-08", "2026-03-21"])
def test_one_day_and_two_weeks_can_be(client, house, last):
    client.force_login(house.people["organiser"])
    form = {**SESSION, "ends_on": last}
    assert client.post(reverse("training:sessions", args=[house.cohort.pk]), form).status_code == 302
