from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from rooms import actions, queries
from rooms.models import Message, Room
from synergy.cohorts.models import Seat
from tests.factories import NOON, make_cohort, make_person, make_room, make_seat


@pytest.fixture
def say(house):
    def say(person, text="Hello", now=NOON, **fields):
        room = house.into(person)
        return actions.post_message(person=person, room=room, text=text, now=now, **fields).seq

    return say


@pytest.fixture
def elsewhere(house):
    """An organiser of another cohort."""
    return make_seat(make_cohort("Other"), make_person("Stranger"), role="organiser").person


def seqs(page):
    return [card.seq for card in page.messages], page.has_earlier, page.has_later


def test_a_room_comes_with_the_seat_of_who_looks(house, elsewhere, django_assert_num_queries):
    with django_assert_num_queries(1):
        room = queries.room_for(house.fiona, house.room.pk)
        assert (room, room.seat.role, room.seat.person_id) == (house.room, "facilitator", house.fiona.pk)
    assert queries.room_for(elsewhere, house.room.pk) is None
    Seat.objects.filter(person=house.fiona).update(ended_at=NOON)
    assert queries.room_for(house.fiona, house.room.pk) is None


def test_a_room_for_many_at_once(house, elsewhere, django_assert_num_queries):
    Seat.objects.filter(person=house.boris).update(ended_at=NOON)
    with django_assert_num_queries(2):
        found = queries.room_for_each([house.anna, house.boris, house.otto, elsewhere], house.room.pk)
    assert {person: room.seat.role for person, room in found.items()} == {
        house.anna.pk: "participant",
        house.otto.pk: "observer",
    }
    assert queries.room_for_each([house.anna], 99) == {}


def test_readers(house, elsewhere):
    Seat.objects.filter(person=house.boris).update(ended_at=NOON)
    house.olga.is_active = False
    house.olga.save()
    everybody = [house.anna.pk, house.boris.pk, house.olga.pk, house.otto.pk, elsewhere.pk]
    assert queries.room_readers(house.room.pk, everybody) == {house.anna.pk, house.otto.pk}
    assert queries.cohort_readers(house.cohort.pk, everybody) == {house.anna.pk, house.otto.pk}
    assert queries.room_readers(house.room.pk, []) == set()


def test_a_cohort_is_for_its_people(house, elsewhere):
    assert queries.cohort_for(house.otto, house.cohort.pk) == house.cohort
    assert queries.cohort_for(elsewhere, house.cohort.pk) is None


def test_unread_is_what_others_wrote_since(house, say, django_assert_num_queries):
    def unread(person):
        return {room.name: room.unread for room in queries.rooms_for(person)}

    second = make_room(house.cohort, "Linden", position=1)
    say(house.anna), say(house.boris)
    removed = say(house.boris)
    last = say(house.boris)
    actions.remove_message(person=house.boris, room=house.into(house.boris), message=removed, now=NOON)
    assert unread(house.anna) == {"Amber": 2, "Linden": 0}
    assert unread(house.boris) == {"Amber": 1, "Linden": 0}
    actions.mark_read([(house.anna.pk, house.room.pk, last - 1)], NOON)
    assert unread(house.anna) == {"Amber": 1, "Linden": 0}
    with django_assert_num_queries(2):
        rooms = queries.rooms_for(house.anna)
    assert [(room.id, room.head) for room in rooms] == [(house.room.pk, last + 1), (second.pk, 0)]


def test_counting_unread_has_an_end(house):
    rows = [
        Message(room=house.room, seq=n, author=house.boris, at=NOON, text="x", lang="en")
        for n in range(1, 131)
    ]
    Message.objects.bulk_create(rows)
    assert [room.unread for room in queries.rooms_for(house.anna)] == [queries.UNREAD_LIMIT]


def test_rooms_of_several_cohorts_stand_apart(house):
    other = make_cohort("Other")
    make_seat(other, house.anna)
    make_room(other, "Rose")
    assert [room.name for room in queries.rooms_for(house.anna)] == ["Rose", "Amber"]
    assert [room.name for room in queries.rooms_for(house.anna, house.cohort.pk)] == ["Amber"]
    assert queries.rooms_for(house.anna, 99) == []


def furnish(house, say, count):
    """Messages with all that may hang on them."""
    for number in range(count):
        seq = say(house.anna, f"@Борис Петров *{number}*", mentions=[house.boris.pk])
        say(house.boris, "Answer", root=seq)
        fiona = {"person": house.fiona, "room": house.into(house.fiona), "message": seq, "now": NOON}
        actions.add_reaction(**fiona, kind="agree")
        actions.pin_message(**fiona)


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_state_costs_the_same_for_more_messages(house, say, django_assert_num_queries, count):
    furnish(house, say, count)
    room = house.into(house.anna)
    # Messages, pinned, mentions, files, reactions, hands, polls, people, read mark.
    with django_assert_num_queries(9):
        state = queries.state_of(house.anna, room)
    assert (len(state.messages), len(state.pinned)) == (2 * count, count)


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_page_costs_the_same_for_more_messages(house, say, django_assert_num_queries, count):
    furnish(house, say, count)
    room = house.into(house.anna)
    # Head, messages, are there more, mentions, files, reactions.
    with django_assert_num_queries(6):
        assert len(queries.page_after(room, 0).messages) == 2 * count


def test_the_state_of_a_room(house, say):
    root = say(house.anna, "Question")
    reply = say(house.boris, "Answer", root=root)
    actions.mark_read([(house.otto.pk, house.room.pk, root)], NOON)
    state = queries.state_of(house.otto, house.into(house.otto))
    assert (state.room.name, state.me, state.read, state.has_earlier) == ("Amber", house.otto.pk, root, False)
    assert [(card.seq, card.root, card.replies) for card in state.messages] == [
        (root, None, 1),
        (reply, root, 0),
    ]
    assert state.messages[1].quote.excerpt == "Question"
    assert (state.rights.post, state.rights.moderate, state.rights.post_when_open) == (False, False, False)
    assert "observer" in state.rights.why_not_post
    anna = state.people[str(house.anna.pk)]
    assert (anna.name, anna.country, anna.institution, anna.role) == (
        "Anna Nowak", "PL", "Voivodeship Office", "participant",
    )  # fmt: skip


def test_who_has_left_keeps_name_and_country(house, say):
    say(house.boris)
    Seat.objects.filter(person=house.boris).update(ended_at=NOON)
    assert queries.state_of(house.anna, house.into(house.anna)).people[str(house.boris.pk)].country == "PL"


def test_the_state_holds_the_newest_messages_oldest_first(house, say):
    for _ in range(queries.PAGE + 5):
        say(house.anna)
    state = queries.state_of(house.anna, house.into(house.anna))
    assert [card.seq for card in state.messages] == list(range(6, queries.PAGE + 6))
    assert state.has_earlier


def test_why_one_may_not_write(house):
    def why(person, state):
        Room.objects.update(state=state)
        return queries.rights_of(person, house.into(person)).why_not_post

    assert why(house.anna, "open") is None
    texts = [why(house.anna, "read_only"), why(house.anna, "archived"), why(house.otto, "open")]
    assert len(set(texts)) == 3
    assert all(texts)


def test_pages_of_history(house, say):
    for _ in range(9):
        say(house.anna)
    room = house.into(house.anna)
    assert seqs(queries.page_before(room, None, 3)) == ([7, 8, 9], True, False)
    assert seqs(queries.page_before(room, 7, 3)) == ([4, 5, 6], True, True)
    assert seqs(queries.page_before(room, 3, 3)) == ([1, 2], False, True)
    assert seqs(queries.page_before(room, 1, 3)) == ([], False, True)
    assert seqs(queries.page_after(room, 0, 3)) == ([1, 2, 3], False, True)
    assert seqs(queries.page_after(room, 7, 3)) == ([8, 9], True, False)
    assert seqs(queries.page_around(room, 5, 4)) == ([4, 5, 6, 7], True, True)
    assert seqs(queries.page_around(room, 1, 4)) == ([1, 2, 3], False, True)
    assert seqs(queries.page_around(room, 99, 4)) == ([8, 9], True, False)
    assert queries.page_before(room, None).head == 9


def test_a_day_begins_in_the_zone_of_who_asks(house, say):
    evening = datetime(2026, 2, 10, 22, 30, tzinfo=UTC)
    say(house.anna, now=evening - timedelta(hours=2))
    in_sofia = say(house.anna, now=evening)
    in_warsaw = say(house.anna, now=evening + timedelta(hours=1))
    room = house.into(house.anna)
    day = date(2026, 2, 11)
    assert seqs(queries.page_of_day(room, day, ZoneInfo("Europe/Sofia"))) == (
        [in_sofia, in_warsaw],
        True,
        False,
    )
    assert seqs(queries.page_of_day(room, day, ZoneInfo("Europe/Warsaw"))) == ([in_warsaw], True, False)
    assert seqs(queries.page_of_day(room, day + timedelta(days=1), ZoneInfo("UTC"))) == ([], True, False)


def test_a_thread(house, say):
    say(house.anna)
    root = say(house.anna)
    replies = [say(house.boris, root=root) for _ in range(5)]
    room = house.into(house.anna)
    message = queries.message_in(room, root)
    assert seqs(queries.page_of_thread(room, message, None, 3)) == ([root, *replies[:3]], False, True)
    assert seqs(queries.page_of_thread(room, message, replies[2], 3)) == (replies[3:], True, False)


def plan(rows):
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            return " / ".join(row[3] for row in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return " / ".join(row[0] for row in cursor.fetchall())


def test_history_goes_down_an_index(house):
    """See the Note [Length of a room]."""
    room = house.into(house.anna)
    messages = queries._messages(room)
    for rows in (
        messages.order_by("-seq")[:51],
        messages.filter(seq__lt=1000).order_by("-seq")[:51],
        messages.filter(seq__gt=1000).order_by("seq")[:51],
        messages.filter(pinned_seq__isnull=False).order_by("pinned_seq"),
        Message.objects.filter(room=room, at__gte=NOON).order_by("at").values("seq")[:1],
        Message.objects.filter(root=7, seq__gt=0).order_by("seq")[:51],
    ):
        steps = plan(rows)
        assert "message_" in steps, steps
        assert "TEMP B-TREE FOR ORDER BY" not in steps, steps
        assert "Sort" not in steps, steps
