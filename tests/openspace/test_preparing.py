"""Preparing a gathering: from a plan to a wall with spaces and slots, and every change of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rooms.models import Room, RoomKind
from sessions.openspace.actions import preparing
from sessions.openspace.actions.moving import move_person
from sessions.openspace.actions.requests import make_request
from sessions.openspace.models import Gathering, Slot, Stay
from sessions.openspace.queries import gathering_for
from synergy.cohorts.models import Role
from tests.factories import NOON, make_cohort, make_person, make_room, make_seat, make_training_session
from tests.factories.openspace import FIRST_ROUND, make_placement, make_slot, make_topic
from tests.support.wall import by, events, refusal

DAY = date(2026, 2, 10)


@pytest.fixture
def house(db):
    """A cohort with a plenary room, a training session, and Fiona, who facilitates in Warsaw."""
    session = make_training_session(make_cohort())
    fiona = make_seat(session.cohort, make_person("Fiona Facilitator"), role=Role.FACILITATOR).person
    return session, fiona


def create(house, **fields):
    session, fiona = house
    given = {"person": fiona, "training_session": session, "on": DAY, "theme": "How?", "now": NOON}
    return preparing.create_gathering(**{**given, **fields})


def times(gathering, zone="Europe/Warsaw"):
    local = [
        (slot, slot.starts_at.astimezone(ZoneInfo(zone))) for slot in gathering.slots.order_by("starts_at")
    ]
    return [
        (slot.kind, start.strftime("%d %H:%M"), (slot.ends_at - slot.starts_at) // timedelta(minutes=1))
        for slot, start in local
    ]


class TestCreate:
    def test_one_day(self, house):
        gathering = create(house)
        assert times(gathering) == [
            ("round", "10 10:15", 45),
            ("round", "10 11:15", 45),
            ("break", "10 12:00", 60),
            ("round", "10 13:00", 45),
        ]
        assert (gathering.stage, gathering.is_market_open, gathering.theme) == (
            "preparing",
            False,
            {"en": "How?"},
        )

    @pytest.mark.parametrize(("plan", "rounds"), [("half_day", 2), ("long_rounds", 3), ("empty", 0)])
    def test_other_plans(self, house, plan, rounds):
        gathering = create(house, plan=plan)
        assert gathering.slots.filter(kind="round").count() == rounds
        assert plan in dict(preparing.plan_choices())

    def test_spaces_by_the_size_of_the_cohort(self, house):
        session, _fiona = house
        plenary = make_room(session.cohort, "Plenary", kind=RoomKind.PLENARY)
        make_room(session.cohort, "Amber")
        for _ in range(30):
            make_seat(session.cohort)
        spaces = list(create(house).spaces.select_related("room").order_by("position"))
        assert [(space.kind, space.room.name) for space in spaces] == [
            ("topic", "Linden"),
            ("topic", "Rose"),
            ("topic", "Birch"),
            ("topic", "Maple"),
            ("plenary", "Plenary"),
            ("lounge", "Lounge"),
            ("quiet_room", "Quiet room"),
            ("help_desk", "Help desk"),
        ]
        assert spaces[4].room == plenary

    def test_a_second_day_has_rooms_of_its_own(self, house):
        one, two = create(house), create(house, on=DAY - timedelta(days=1))
        rooms = [{space.room_id for space in gathering.spaces.all()} for gathering in (one, two)]
        assert not rooms[0] & rooms[1]
        assert Room.objects.filter(name="Lounge, 9 February").exists()

    def test_as_many_spaces_as_wished_with_names_for_all(self, house):
        gathering = create(house, topic_spaces=25)
        assert gathering.spaces.filter(kind="topic").count() == 25
        assert gathering.spaces.filter(room__name="Room 2").exists()

    def test_the_log_begins_with_everything(self, house):
        _session, fiona = house
        gathering = create(house)
        ((name, data),) = [(each["name"], each["data"]) for each in events_of(gathering)]
        assert name == "gathering.changed"
        assert len(data["slots"]) == 4
        assert len(data["spaces"]) == gathering.spaces.count()
        assert gathering_for(fiona, gathering.pk)

    def test_only_who_facilitates(self, house):
        session, _fiona = house
        assert refusal(create, house, person=make_seat(session.cohort).person).code == "forbidden"
        assert refusal(create, house, person=make_seat(role=Role.ORGANISER).person).code == "forbidden"
        assert create(house, person=make_seat(session.cohort, role=Role.ORGANISER).person)

    def test_one_a_day_and_on_days_of_the_session(self, house):
        create(house)
        assert refusal(create, house).fields == {"on": "There is an Open Space on this day already."}
        assert "on" in refusal(create, house, on=DAY + timedelta(days=1)).fields
        assert "plan" in refusal(create, house, plan="sunny").fields

    def test_a_day_on_which_the_clocks_change(self, house):
        """The opening at nine in Warsaw is an hour earlier in UTC once it is summer there."""
        session, _fiona = house
        session.starts_on, session.ends_on = date(2026, 3, 28), date(2026, 3, 29)
        session.save()
        saturday, sunday = (create(house, on=date(2026, 3, day)) for day in (28, 29))
        first = [gathering.slots.order_by("starts_at")[0].starts_at for gathering in (saturday, sunday)]
        assert first == [datetime(2026, 3, 28, 9, 15, tzinfo=UTC), datetime(2026, 3, 29, 8, 15, tzinfo=UTC)]
        assert times(sunday)[0] == ("round", "29 10:15", 45)

    def test_a_night_through_the_change_of_the_clocks(self, house):
        """Rounds last as long as they last, whatever the clocks on the wall do at three."""
        session, _fiona = house
        session.starts_on, session.ends_on = date(2026, 3, 28), date(2026, 3, 29)
        session.save()
        zone = ZoneInfo("Europe/Warsaw")
        start = datetime(2026, 3, 28, 23, 30, tzinfo=zone)
        gathering = create(house, on=date(2026, 3, 28), starts_at=start)
        assert times(gathering) == [
            ("round", "29 00:45", 45),
            ("round", "29 01:45", 45),
            ("break", "29 03:30", 60),
            ("round", "29 04:30", 45),
        ]

    @pytest.mark.parametrize(
        ("zone", "first"),
        [("Europe/Riga", 8), ("Europe/Budapest", 9), ("Europe/Sofia", 8), ("Europe/Lisbon", 10)],
    )
    def test_the_hour_is_the_one_on_the_clock_of_who_prepares(self, house, zone, first):
        session, _fiona = house
        person = make_person(time_zone=zone)
        make_seat(session.cohort, person, role=Role.FACILITATOR)
        gathering = create(house, person=person)
        assert gathering.slots.order_by("starts_at")[0].starts_at == datetime(
            2026, 2, 10, first, 15, tzinfo=UTC
        )


def events_of(gathering):
    from types import SimpleNamespace

    return events(SimpleNamespace(gathering=gathering))


class TestWords:
    def test_what_is_given_is_changed(self, wall):
        fiona = by(wall, wall.fiona)
        preparing.change_gathering(
            **fiona,
            theme={"pl": "Jak?", "en": "How?", "hu": " "},
            givens={"en": "No new\nmoney"},
            sponsor=" Dr  A ",
        )
        preparing.change_gathering(**fiona, points_each=3)
        preparing.change_gathering(**fiona, points_each=3)
        assert len(events(wall, "gathering.changed")) == 2
        card = events(wall)[-1]["data"]["gathering"]
        assert (card["theme"], card["givens"]) == ({"en": "How?", "pl": "Jak?"}, {"en": "No new\nmoney"})
        assert (card["sponsor"], card["points_each"]) == ("Dr A", 3)

    def test_only_who_facilitates_and_until_it_is_closed(self, wall):
        assert refusal(preparing.change_gathering, **by(wall, wall.anna), sponsor="A").code == "forbidden"
        Gathering.objects.update(stage="closed")
        assert refusal(preparing.change_gathering, **by(wall, wall.fiona), sponsor="A").code == "forbidden"

    @pytest.mark.parametrize("theme", [{"en": "x" * 201}, {"xx": "?"}])
    def test_texts_that_do_not_do(self, wall, theme):
        assert list(refusal(preparing.change_gathering, **by(wall, wall.fiona), theme=theme).fields) == [
            "theme"
        ]


class TestSpaces:
    def test_one_more(self, wall):
        space = preparing.add_space(
            **by(wall, wall.fiona), name=" Cedar ", kind="topic", capacity=8, is_hard=True
        )
        (card,) = events(wall, "space.set")[0]["data"]["spaces"]
        assert card == {
            "id": space.pk,
            "room": space.room_id,
            "name": "Cedar",
            "kind": "topic",
            "capacity": 8,
            "is_hard": True,
            "position": 4,
            "is_removed": False,
        }

    def test_another_name_is_the_rooms_name(self, wall):
        change = {"kind": "topic", "capacity": 9, "is_hard": False}
        preparing.change_space(**by(wall, wall.fiona), space=wall.amber, name="Cedar", **change)
        wall.amber.room.refresh_from_db()
        assert wall.amber.room.name == "Cedar"
        assert events(wall)[0]["data"]["spaces"][0]["capacity"] == 9
        refused = refusal(
            preparing.change_space, **by(wall, wall.fiona), space=wall.amber, name="birch", **change
        )
        assert list(refused.fields) == ["name"]

    def test_a_hard_capacity_says_how_many(self, wall):
        refused = refusal(preparing.add_space, **by(wall, wall.fiona), name="Cedar", is_hard=True)
        assert list(refused.fields) == ["capacity"]

    def test_their_order(self, wall):
        order = [wall.lounge.pk, wall.birch.pk, wall.amber.pk]
        for _ in range(2):
            preparing.order_spaces(**by(wall, wall.fiona), order=order)
        (event,) = events(wall)
        assert [(card["id"], card["position"]) for card in event["data"]["spaces"]] == [
            (wall.lounge.pk, 1),
            (wall.amber.pk, 3),
        ]

    def test_off_the_wall(self, wall):
        """Topics to come wait again, what is over stays, who was there is nowhere, and the room stays."""
        over = make_slot(wall.gathering, NOON, started_at=NOON, ended_at=NOON)
        make_placement(wall.topic, over, wall.amber)
        make_placement(wall.topic, wall.first, wall.amber)
        other = make_topic(wall.gathering, wall.boris)
        make_placement(other, wall.first, wall.birch)
        move_person(**by(wall, wall.carla), space=wall.amber.pk)
        asked = make_request(
            **by(wall, wall.carla), kind="continue", topic=other.pk, slot=wall.second.pk, space=wall.amber.pk
        )
        preparing.remove_space(**by(wall, wall.fiona), space=wall.amber)
        event, moved = events(wall)[-2:]
        assert event["data"]["spaces"][0]["is_removed"]
        assert [card["places"] for card in event["data"]["topics"]] == [
            [{"slot": over.pk, "space": wall.amber.pk}]
        ]
        assert [(card["id"], card["state"]) for card in event["data"]["requests"]] == [
            (asked.pk, "taken_back")
        ]
        assert moved["data"] == {"person": wall.carla.pk, "space": None}
        assert not Stay.objects.filter(until=None).exists()
        assert Room.objects.filter(pk=wall.amber.room_id, state="open").exists()

    def test_not_while_people_talk_there(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON)
        assert refusal(preparing.remove_space, **by(wall, wall.fiona), space=wall.amber).code == "conflict"
        preparing.remove_space(**by(wall, wall.fiona), space=wall.birch)

    def test_only_who_facilitates(self, wall):
        for act, fields in (
            (preparing.add_space, {"name": "Cedar"}),
            (preparing.remove_space, {"space": wall.amber}),
            (preparing.order_spaces, {"order": []}),
        ):
            assert refusal(act, **by(wall, wall.anna), **fields).code == "forbidden"


class TestSlots:
    def test_one_more(self, wall):
        slot = preparing.add_slot(
            **by(wall, wall.fiona),
            kind="break",
            title="Lunch",
            starts_at=datetime(2026, 2, 10, 17, tzinfo=ZoneInfo("Europe/Sofia")),
            ends_at=datetime(2026, 2, 10, 17, tzinfo=UTC),
        )
        (card,) = events(wall, "slot.set")[0]["data"]["slots"]
        assert (card["id"], card["title"]) == (slot.pk, "Lunch")
        assert (card["starts_at"], card["ends_at"]) == ("2026-02-10T15:00:00Z", "2026-02-10T17:00:00Z")

    def test_a_slot_across_midnight(self, wall):
        start = datetime(2026, 2, 10, 23, 30, tzinfo=ZoneInfo("Europe/Budapest"))
        slot = preparing.add_slot(
            **by(wall, wall.fiona), starts_at=start, ends_at=start.replace(day=11, hour=0, minute=15)
        )
        assert slot.ends_at - slot.starts_at == timedelta(minutes=45)

    @pytest.mark.parametrize(
        ("start", "minutes", "field"),
        [
            (FIRST_ROUND, 45, "starts_at"),
            (FIRST_ROUND - timedelta(minutes=10), 11, "starts_at"),
            (FIRST_ROUND + timedelta(hours=5), 0, "ends_at"),
            (FIRST_ROUND + timedelta(hours=5), 13 * 60, "ends_at"),
            (FIRST_ROUND + timedelta(days=30), 45, "starts_at"),
        ],
    )
    def test_times_that_do_not_do(self, wall, start, minutes, field):
        end = start + timedelta(minutes=minutes)
        refused = refusal(preparing.add_slot, **by(wall, wall.fiona), starts_at=start, ends_at=end)
        assert list(refused.fields) == [field]

    def test_one_right_after_the_other(self, wall):
        end = FIRST_ROUND
        preparing.add_slot(**by(wall, wall.fiona), starts_at=end - timedelta(minutes=10), ends_at=end)
        assert events(wall)

    def test_other_times(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        make_placement(wall.topic, wall.second, wall.amber)
        later = FIRST_ROUND + timedelta(hours=4)
        fields = {
            "kind": "round",
            "title": "Late",
            "starts_at": later,
            "ends_at": later + timedelta(minutes=45),
        }
        preparing.change_slot(**by(wall, wall.fiona), slot=wall.first, **fields)
        preparing.change_slot(**by(wall, wall.fiona), slot=wall.first, **fields)
        (event,) = events(wall)
        places = event["data"]["topics"][0]["places"]
        assert [place["slot"] for place in places] == [wall.second.pk, wall.first.pk]

    def test_later_by_some_minutes(self, wall):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON)
        before = wall.second.starts_at
        preparing.shift_slots(**by(wall, wall.fiona), slot=wall.second, minutes=10)
        wall.second.refresh_from_db()
        assert wall.second.starts_at == before + timedelta(minutes=10)
        refused = refusal(preparing.shift_slots, **by(wall, wall.fiona), slot=wall.second, minutes=-30)
        assert refused.code == "invalid"
        assert (
            refusal(preparing.shift_slots, **by(wall, wall.fiona), slot=wall.first, minutes=5).code
            == "conflict"
        )

    def test_all_that_follow_move_together(self, wall):
        preparing.shift_slots(**by(wall, wall.fiona), slot=wall.first, minutes=30)
        (event,) = events(wall)
        assert [card["starts_at"] for card in event["data"]["slots"]] == [
            "2026-02-10T13:30:00Z",
            "2026-02-10T14:30:00Z",
        ]

    def test_off_the_wall(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        other = make_topic(wall.gathering, wall.boris)
        make_placement(other, wall.second, wall.amber)
        asked = make_request(
            **by(wall, wall.carla),
            kind="swap",
            topic=wall.topic.pk,
            from_slot=wall.first.pk,
            other=other.pk,
            slot=wall.second.pk,
        )
        preparing.remove_slot(**by(wall, wall.fiona), slot=wall.first)
        data = events(wall)[-1]["data"]
        assert data["slots"][0]["is_removed"]
        assert data["topics"][0]["places"] == []
        assert [(card["id"], card["state"]) for card in data["requests"]] == [(asked.pk, "taken_back")]

    def test_what_has_begun_stays(self, wall):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON)
        assert refusal(preparing.remove_slot, **by(wall, wall.fiona), slot=wall.first).code == "conflict"

    def test_only_who_facilitates(self, wall):
        refused = refusal(preparing.shift_slots, **by(wall, wall.anna), slot=wall.first, minutes=5)
        assert refused.code == "forbidden"
