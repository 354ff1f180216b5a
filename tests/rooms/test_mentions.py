"""Who is named in a message is told of it once, until they have read the room so far."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rooms import actions
from rooms.notices import MENTIONED
from synergy.notices.models import Notice
from synergy.notices.queries import unread_of
from tests.factories import NOON, make_cohort, make_room

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def say(house):
    """`say("@Boris, ...", boris)` is Anna's message that names him."""

    def say(text, *named, by=None):
        by = by or house.anna
        mentions = [person.pk for person in named]
        return actions.post_message(person=by, room=house.into(by), text=text, mentions=mentions, now=NOON)

    return say


def told_of(person):
    return list(Notice.objects.filter(person=person, kind=MENTIONED).order_by("pk"))


def test_who_is_named_is_told_where(house, say):
    seq = say("@Борис Петров, what do you think?", house.boris).seq
    [notice] = told_of(house.boris)
    assert notice.values == {"who": "Anna Nowak", "room": "Amber"}
    assert notice.address == f"/rooms/{house.room.pk}/?around={seq}#m{seq}"
    assert Notice.objects.count() == 1


def test_oneself_is_not_told(house, say):
    say("@Anna Nowak and @Борис Петров", house.anna, house.boris)
    assert not told_of(house.anna)
    assert told_of(house.boris)


def test_an_edit_tells_only_who_was_not_named_before(house, say):
    message = say("@Борис Петров?", house.boris)
    actions.edit_message(
        person=house.anna,
        room=house.into(house.anna),
        message=message.seq,
        text="@Борис Петров and @Fiona Facilitator?",
        mentions=[house.boris.pk, house.fiona.pk],
        now=LATER,
    )
    assert len(told_of(house.boris)) == len(told_of(house.fiona)) == 1


def test_it_is_read_with_the_room_and_not_before(house, say):
    first, second = (say("@Борис Петров!", house.boris).seq for _ in range(2))
    say("@Fiona Facilitator!", house.fiona)

    def read(person, seq, room=house.room):
        actions.mark_read([(person.pk, room.pk, seq)], LATER)
        return unread_of(house.boris.pk), unread_of(house.fiona.pk)

    assert read(house.boris, first - 1) == (2, 1)
    assert read(house.fiona, first) == (2, 1)
    assert read(house.boris, second, make_room(make_cohort(), "Elsewhere")) == (2, 1)
    assert read(house.boris, first) == (1, 1)
    assert read(house.boris, second) == (0, 1)


def test_reading_costs_the_same_for_many_whom_nobody_named(house, say):
    seq = say("Hello").seq
    say("@Борис Петров!", house.boris)

    def cost(*readers):
        with CaptureQueriesContext(connection) as queries:
            actions.mark_read([(person.pk, house.room.pk, seq) for person in readers], LATER)
        return [query["sql"].split()[0] for query in queries].count("SELECT")

    assert cost(house.anna) == cost(house.anna, house.boris, house.fiona, house.otto)
