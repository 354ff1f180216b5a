"""Quick polls: one at a time, counts for all, the own choice for oneself."""

import json

import pytest
from django.db import transaction

from rooms.actions import close_poll, open_poll, vote
from rooms.queries import POLLS, polls_in, room_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON


def by(house, person):
    return {"person": person, "room": house.into(person), "now": NOON}


@pytest.fixture
def asked(house):
    """A poll of Anna's with the answers A, B and C."""

    def ask(**fields):
        return open_poll(**by(house, house.anna), question="Which?", options=["A", "B", "C"], **fields)

    return ask


def seen(house, person):
    return polls_in(person, house.into(person))[-1]


def test_counts_for_all_and_the_own_choice_for_oneself(house, asked):
    poll = asked()
    vote(**by(house, house.anna), poll=poll.pk, options=[0])
    vote(**by(house, house.boris), poll=poll.pk, options=[0])
    vote(**by(house, house.fiona), poll=poll.pk, options=[2])
    card = seen(house, house.boris)
    assert (card.counts, card.voters, card.mine) == ([2, 0, 1], 3, [0])
    assert seen(house, house.otto).mine == []


def test_a_choice_is_changed_and_taken_back(house, asked):
    poll = asked()
    for options, counts, voters in ([[0], [1, 0, 0], 1], [[1], [0, 1, 0], 1], [[], [0, 0, 0], 0]):
        assert vote(**by(house, house.boris), poll=poll.pk, options=options) == options
        card = seen(house, house.boris)
        assert (card.counts, card.voters, card.mine) == (counts, voters, options)


def test_several_answers_count_one_voter(house, asked):
    poll = asked(multiple=True)
    assert vote(**by(house, house.boris), poll=poll.pk, options=[2, 0, 2]) == [0, 2]
    assert seen(house, house.anna).counts == [1, 0, 1]
    assert seen(house, house.anna).voters == 1


def test_the_log_names_nobody_who_votes(house, asked):
    poll = asked()
    vote(**by(house, house.boris), poll=poll.pk, options=[1])
    vote(**by(house, house.boris), poll=poll.pk, options=[1])
    opened, voted = [json.loads(each.wire) for each in log.since(room_stream(house.room.pk), 0, 10)]
    assert (opened["name"], opened["by"]) == ("poll.opened", house.anna.pk)
    assert (voted["name"], voted["by"]) == ("poll.voted", None)
    assert voted["data"] == {"poll": poll.pk, "counts": [0, 1, 0], "voters": 1}


def test_one_poll_at_a_time(house, asked):
    poll = asked()
    with pytest.raises(Refused, match="already") as refused, transaction.atomic():
        asked()
    assert refused.value.code == "conflict"
    close_poll(**by(house, house.anna), poll=poll.pk)
    assert asked().pk != poll.pk


def test_closed_is_closed(house, asked):
    poll = asked()
    with pytest.raises(Refused) as refused, transaction.atomic():
        close_poll(**by(house, house.boris), poll=poll.pk)
    assert refused.value.code == "forbidden"
    close_poll(**by(house, house.fiona), poll=poll.pk)
    close_poll(**by(house, house.fiona), poll=poll.pk)
    with pytest.raises(Refused, match="closed"), transaction.atomic():
        vote(**by(house, house.boris), poll=poll.pk, options=[1])
    card = seen(house, house.boris)
    assert card.closed_seq == log.head(room_stream(house.room.pk)) == 2


@pytest.mark.parametrize(
    ("question", "options", "field"),
    [
        (" ", ["A", "B"], "question"),
        ("Which?", ["A"], "options"),
        ("Which?", ["A", " "], "options"),
        ("Which?", list("ABCDEFG"), "options"),
        ("Which?", ["Yes", "yes "], "options"),
    ],
)
def test_what_cannot_be_asked(house, question, options, field):
    with pytest.raises(Refused) as refused:
        open_poll(**by(house, house.anna), question=question, options=options)
    assert refused.value.code == "invalid"
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("options", [[0, 1], [3]])
def test_what_cannot_be_chosen(house, asked, options):
    poll = asked()
    with pytest.raises(Refused) as refused:
        vote(**by(house, house.boris), poll=poll.pk, options=options)
    assert refused.value.code == "invalid"


def test_a_fresh_state_holds_the_newest_polls_for_few_queries(house, asked, django_assert_num_queries):
    room = house.into(house.anna)
    with django_assert_num_queries(1):
        polls_in(house.anna, room)
    made = []
    for _ in range(POLLS + 1):
        made.append(asked().pk)
        close_poll(**by(house, house.anna), poll=made[-1])
    with django_assert_num_queries(4):
        assert [card.id for card in polls_in(house.anna, room)] == made[1:]
