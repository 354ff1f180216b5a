"""The pages on which a gathering is prepared: who may, what the forms do, what they say when something is wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.openspace.forms import NewGatheringForm
from sessions.openspace.models import Gathering, Placement, Slot, Space, Stage
from sessions.openspace.plans import PLANS
from tests.factories import openspace as make

pytestmark = pytest.mark.once

THEME = {
    "theme_en": "How do we lead change?",
    "theme_pl": "Jak prowadzimy zmianę?",
    "sponsor": "Anna, Office",
}
SPACE = {"name": "Cedar", "kind": "topic", "capacity": "8"}
SLOT = {"kind": "round", "title": "", "on": "2026-02-10", "start": "16:00", "end": "16:45"}

TABLE = """
               new   make  page  words add   space up    rid   slot  edit  shift gone
organiser      yes   yes   yes   yes   yes   yes   yes   yes   yes   yes   yes   yes
facilitator    yes   yes   yes   yes   yes   yes   yes   yes   yes   yes   yes   yes
participant    no    no    no    no    no    no    no    no    no    no    no    no
observer       no    no    no    no    no    no    no    no    no    no    no    no
outsider       no    no    no    no    no    no    no    no    no    no    no    no
"""
WHO = {
    "organiser": "olga",
    "facilitator": "fiona",
    "participant": "anna",
    "observer": "otto",
    "outsider": "outsider",
}


@pytest.fixture
def post(wall, client):
    """`post(name, data, *ids)` as Fiona, who facilitates in Warsaw."""

    def post(name, data=None, *ids, by=wall.fiona):
        client.force_login(by)
        return client.post(reverse(f"openspace:{name}", args=[wall.gathering.pk, *ids]), data or {})

    return post


def attempt(client, wall, what):
    session, pk = wall.gathering.training_session_id, wall.gathering.pk
    more = {"on": "2026-02-09", "plan": PLANS[0].key, "start": "09:00", "theme": "Why?"}

    def post(name, data, *ids):
        return client.post(reverse(f"openspace:{name}", args=[pk, *ids]), data)

    asks = {
        "new": lambda: client.get(reverse("openspace:new", args=[session])),
        "make": lambda: client.post(reverse("openspace:new", args=[session]), more),
        "page": lambda: client.get(reverse("openspace:prepare", args=[pk])),
        "words": lambda: post("prepare_words", THEME),
        "add": lambda: post("add_space", SPACE),
        "space": lambda: post("change_space", {**SPACE, "name": "Oak"}, wall.amber.pk),
        "up": lambda: post("move_space", {"up": "1"}, wall.birch.pk),
        "rid": lambda: post("remove_space", {}, wall.lounge.pk),
        "slot": lambda: post("add_slot", SLOT),
        "edit": lambda: post("change_slot", {**SLOT, "start": "18:00", "end": "18:30"}, wall.second.pk),
        "shift": lambda: post("shift_slots", {"slot": wall.first.pk, "minutes": "5", "direction": "earlier"}),
        "gone": lambda: post("remove_slot", {}, wall.first.pk),
    }
    return asks[what]()


def picture():
    """All that preparation may change."""
    return [
        list(Gathering.objects.order_by("pk").values_list("on", "theme", "sponsor")),
        list(Space.objects.order_by("pk").values_list("room__name", "position", "removed_at")),
        list(Slot.objects.order_by("pk").values_list("starts_at", "ends_at")),
    ]


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_may_do_what(client, wall, line):
    who, *expected = line.split()
    client.force_login(getattr(wall, WHO[who]))
    for what, answer in zip(TABLE.strip().splitlines()[0].split(), expected, strict=True):
        before = picture()
        status = attempt(client, wall, what).status_code
        if answer == "yes":
            assert status in (200, 302), what
            assert (picture() != before) == (what not in ("new", "page")), what
        else:
            assert (status, picture()) == (404, before), what


def test_who_is_not_signed_in_is_asked_to(client, wall):
    assert attempt(client, wall, "page").status_code == 302
    assert "login" in attempt(client, wall, "add").url


def test_from_nothing_to_a_page_to_prepare(client, wall):
    client.force_login(wall.fiona)
    address = reverse("openspace:new", args=[wall.gathering.training_session_id])
    form = client.get(address).context["form"]
    free = [value for value, _words in form.fields["on"].choices]
    assert free == ["2026-02-09"]
    plan = form.fields["plan"].choices[0][0]
    answer = client.post(address, {"on": free[0], "plan": plan, "start": "08:30", "theme": "What next?"})
    made = Gathering.objects.get(on=free[0])
    assert answer.url == reverse("openspace:prepare", args=[made.pk])
    assert (made.theme, made.stage) == ({"en": "What next?"}, Stage.PREPARING)
    assert made.slots.exists()
    assert made.spaces.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"theme": ""}, "theme"),
        ({"on": "2026-02-10"}, "on"),
        ({"on": "2026-03-01"}, "on"),
        ({"plan": "none of them"}, "plan"),
        ({"start": "25:00"}, "start"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, wall, fields, wrong):
    client.force_login(wall.fiona)
    address = reverse("openspace:new", args=[wall.gathering.training_session_id])
    plan = client.get(address).context["form"].fields["plan"].choices[0][0]
    given = {"on": "2026-02-09", "plan": plan, "start": "09:00", "theme": "Why?", **fields}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize(
    ("today", "offered", "is_over"),
    [
        (date(2026, 2, 1), ["2026-02-08", "2026-02-09"], False),
        (date(2026, 2, 9), ["2026-02-09"], False),
        (date(2026, 2, 10), [], False),
        (date(2026, 2, 11), ["2026-02-09"], True),
    ],
)
def test_only_days_to_come_are_offered(wall, today, offered, is_over):
    session = wall.gathering.training_session
    form = NewGatheringForm(
        training_session=session, plans=[("one", "One")], taken={wall.gathering.on}, today=today
    )
    assert [value for value, _words in form.fields["on"].choices] == offered
    assert form.is_over == is_over


def test_who_opens_the_form_after_the_session_is_told(wall, client):
    client.force_login(wall.fiona)
    page = client.get(reverse("openspace:new", args=[wall.gathering.training_session_id]))
    assert "This session is over." in page.content.decode()


@pytest.mark.parametrize(("stage", "asks"), [("preparing", False), ("marketplace", True)])
def test_a_space_is_removed_at_once_only_before_it_begins(wall, client, stage, asks):
    Gathering.objects.update(stage=stage)
    client.force_login(wall.fiona)
    page = client.get(reverse("openspace:prepare", args=[wall.gathering.pk])).content.decode()
    assert ("The Open Space has begun." in page) == asks


def test_words_are_kept_by_language(wall, post):
    assert post("prepare_words", {**THEME, "givens_en": "No new money."}).status_code == 302
    wall.gathering.refresh_from_db()
    assert wall.gathering.theme == {"en": "How do we lead change?", "pl": "Jak prowadzimy zmianę?"}
    assert (wall.gathering.givens, wall.gathering.sponsor) == ({"en": "No new money."}, "Anna, Office")
    answer = post("prepare_words", {**THEME, "theme_en": ""})
    assert answer.status_code == 422
    assert list(answer.context["words_form"].errors) == ["theme_en"]


def test_a_space_is_changed_moved_and_removed(wall, post):
    post(
        "change_space", {"name": "Oak", "kind": "quiet_room", "capacity": "6", "is_hard": "on"}, wall.amber.pk
    )
    oak = Space.objects.select_related("room").get(pk=wall.amber.pk)
    assert (oak.room.name, oak.kind, oak.capacity, oak.is_hard) == ("Oak", "quiet_room", 6, True)

    def order():
        return list(
            wall.gathering.spaces.filter(removed_at=None).order_by("position").values_list("pk", flat=True)
        )

    post("move_space", {"down": "1"}, wall.amber.pk)
    assert order() == [wall.birch.pk, wall.amber.pk, wall.lounge.pk]
    post("move_space", {"up": "1"}, wall.birch.pk)
    assert order() == [wall.birch.pk, wall.amber.pk, wall.lounge.pk]
    post("remove_space", {}, wall.birch.pk)
    assert order() == [wall.amber.pk, wall.lounge.pk]
    assert post("change_space", SPACE, wall.birch.pk).status_code == 404


def test_a_space_that_is_closed_at_a_number_needs_the_number(wall, post):
    answer = post("add_space", {**SPACE, "capacity": "", "is_hard": "on"})
    assert answer.status_code == 422
    assert list(answer.context["new_space"].errors) == ["capacity"]
    taken = post("change_space", {**SPACE, "name": "Birch"}, wall.amber.pk)
    (row,) = (row for row in taken.context["spaces"] if row.form.is_bound)
    assert (row.space, list(row.form.errors)) == (wall.amber, ["name"])


def test_times_are_those_of_who_writes_them(wall, post, client):
    wall.fiona.time_zone = "Europe/Riga"
    wall.fiona.save()
    post("add_slot", SLOT)
    made = Slot.objects.get(gathering=wall.gathering, starts_at=datetime(2026, 2, 10, 14, tzinfo=UTC))
    assert made.ends_at - made.starts_at == timedelta(minutes=45)
    form = client.get(reverse("openspace:prepare", args=[wall.gathering.pk])).context["slots"][-1].form
    assert (form.initial["start"].hour, form.initial["end"].minute) == (16, 45)


def test_a_slot_across_midnight_ends_on_the_next_day(wall, post):
    post("add_slot", {**SLOT, "start": "23:30", "end": "00:15"})
    made = wall.gathering.slots.order_by("starts_at").last()
    assert made.ends_at - made.starts_at == timedelta(minutes=45)
    answer = post("add_slot", {**SLOT, "start": "18:00", "end": "17:00"})
    assert list(answer.context["new_slot"].errors) == ["end"]


def test_two_slots_do_not_lie_beside_each_other(wall, post):
    start = (wall.first.starts_at + timedelta(hours=1)).strftime("%H:%M")
    answer = post("change_slot", {**SLOT, "start": start, "end": "23:00"}, wall.second.pk)
    assert answer.status_code == 422
    (row,) = (row for row in answer.context["slots"] if row.form.is_bound)
    assert (row.slot, list(row.form.errors)) == (wall.second, ["start"])


def test_a_slot_and_what_follows_move_together(wall, post):
    before = [wall.first.starts_at, wall.second.starts_at]
    post("shift_slots", {"slot": wall.second.pk, "minutes": "15", "direction": "later"})
    after = list(wall.gathering.slots.order_by("starts_at").values_list("starts_at", flat=True))
    assert after == [before[0], before[1] + timedelta(minutes=15)]
    post("shift_slots", {"slot": wall.first.pk, "minutes": "5", "direction": "earlier"})
    after = list(wall.gathering.slots.order_by("starts_at").values_list("starts_at", flat=True))
    assert after == [before[0] - timedelta(minutes=5), before[1] + timedelta(minutes=10)]


def test_removing_asks_first_where_topics_stand(wall, post, client):
    make.make_placement(wall.topic, wall.first, wall.amber)
    client.force_login(wall.fiona)
    page = client.get(reverse("openspace:prepare", args=[wall.gathering.pk]))
    assert {row.space.pk: row.topics for row in page.context["spaces"]} == {
        wall.amber.pk: 1,
        wall.birch.pk: 0,
        wall.lounge.pk: 0,
    }
    assert "It goes back to those that wait" in page.content.decode()
    post("remove_space", {}, wall.amber.pk)
    assert not Placement.objects.exists()


def test_a_refusal_without_a_field_is_said_on_the_page(wall, post, client):
    make.make_placement(wall.topic, wall.first, wall.amber)
    Slot.objects.filter(pk=wall.first.pk).update(started_at=wall.first.starts_at)
    answer = post("remove_space", {}, wall.amber.pk)
    assert "Wait for the end of the round" in client.get(answer.url).content.decode()
    assert Space.objects.get(pk=wall.amber.pk).removed_at is None


def test_what_is_missing_is_on_the_checklist(wall, client):
    client.force_login(wall.fiona)

    def missing():
        page = client.get(reverse("openspace:prepare", args=[wall.gathering.pk]))
        return [check.what for check in page.context["checks"] if not check.is_met]

    assert missing() == [
        "The theme is there in all languages",
        "The sponsor is named and has said what is settled already",
        "A plenary, where the circles sit",
        "A lounge for pauses and a help desk for questions",
        "Three to five rounds",
    ]
    make.make_space(wall.gathering, "Hall", "plenary")
    make.make_space(wall.gathering, "Help", "help_desk")
    texts = dict.fromkeys(["en", "pl", "bg", "lv", "hu", "sk"], "How?")
    Gathering.objects.update(theme=texts, givens=texts, sponsor="Olga")
    make.make_slot(wall.gathering, wall.second.starts_at + timedelta(minutes=90), minutes=20)
    assert missing() == ["Rounds of 40 to 60 minutes"]


def test_the_programme_leads_there(wall, client):
    address = reverse("training:programme", args=[wall.gathering.training_session_id])
    client.force_login(wall.fiona)
    facilitators = client.get(address).content.decode()
    client.force_login(wall.anna)
    participants = client.get(address).content.decode()
    desk, the_wall = (reverse(f"openspace:{name}", args=[wall.gathering.pk]) for name in ("desk", "wall"))
    assert (desk in facilitators, the_wall in facilitators) == (True, True)
    assert (desk in participants, the_wall in participants) == (False, True)


def test_more_spaces_and_slots_cost_no_more_queries(wall, client):
    client.force_login(wall.fiona)
    address = reverse("openspace:prepare", args=[wall.gathering.pk])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for _ in range(3):
        make.make_space(wall.gathering)
        make.make_slot(wall.gathering)
    assert queries() == few
