"""Going from space to space, and being asked in."""

import pytest
from django.utils import timezone

from sessions.openspace.actions.moving import invite_person, move_person
from sessions.openspace.models import Gathering, Space, SpaceKind, Stay
from sessions.openspace.queries import gathering_state_of
from synergy.cohorts.models import Seat
from tests.factories import NOON
from tests.factories.openspace import make_gathering, make_space
from tests.support.wall import by, events, refusal


def move(wall, person, space):
    move_person(**by(wall, person), space=space.pk if space else None)


def where(wall):
    return gathering_state_of(wall.anna, wall.into(wall.anna)).where


def test_everybody_moves_freely(wall):
    for person in (wall.anna, wall.otto, wall.fiona):
        move(wall, person, wall.amber)
        move(wall, person, wall.birch)
    move(wall, wall.anna, None)
    assert where(wall) == {str(wall.otto.pk): wall.birch.pk, str(wall.fiona.pk): wall.birch.pk}
    stays = Stay.objects.filter(person=wall.anna).order_by("pk").values_list("space", "until")
    assert list(stays) == [(wall.amber.pk, NOON), (wall.birch.pk, NOON)]
    assert events(wall)[0]["data"] == {"person": wall.anna.pk, "space": wall.amber.pk}


@pytest.mark.parametrize("there", [True, False])
def test_who_is_there_already_stays(wall, there):
    space = wall.amber if there else None
    for _ in range(2):
        move(wall, wall.anna, space)
    assert len(events(wall)) == int(there)


class TestFull:
    @pytest.fixture(autouse=True)
    def small(self, wall):
        """Amber has two places, and Boris and Carla are there; Birch is full of Olga."""
        Space.objects.filter(pk=wall.amber.pk).update(capacity=2, is_hard=True)
        Space.objects.filter(pk=wall.birch.pk).update(capacity=1, is_hard=True)
        for person, space in ((wall.boris, wall.amber), (wall.carla, wall.amber), (wall.olga, wall.birch)):
            move(wall, person, space)
        make_space(wall.gathering, "Help desk", SpaceKind.HELP_DESK)
        make_space(wall.gathering, "Gone", removed_at=NOON)

    def test_nobody_else_comes_in_and_hears_where_there_is_room(self, wall):
        quiet = make_space(wall.gathering, "Quiet room", SpaceKind.QUIET_ROOM)
        move(wall, wall.otto, wall.lounge)
        refused = refusal(move, wall, wall.anna, wall.amber)
        assert (refused.code, refused.present) == ("conflict", [quiet.pk, wall.lounge.pk])
        assert "Amber is full: it has 2 places. Other spaces have room." in refused.detail
        assert str(wall.anna.pk) not in where(wall)

    def test_who_does_not_get_in_stays_where_they_are(self, wall):
        move(wall, wall.anna, wall.lounge)
        refusal(move, wall, wall.anna, wall.amber)
        assert where(wall)[str(wall.anna.pk)] == wall.lounge.pk

    def test_facilitators_always_come_in(self, wall):
        move(wall, wall.fiona, wall.amber)
        assert where(wall)[str(wall.fiona.pk)] == wall.amber.pk

    def test_a_place_that_becomes_free(self, wall):
        move(wall, wall.boris, None)
        move(wall, wall.anna, wall.amber)
        assert where(wall)[str(wall.anna.pk)] == wall.amber.pk

    def test_who_left_the_cohort_takes_no_place(self, wall):
        Seat.objects.filter(person=wall.boris).update(ended_at=timezone.now())
        move(wall, wall.anna, wall.amber)
        assert where(wall)[str(wall.anna.pk)] == wall.amber.pk

    def test_nor_elsewhere(self, wall):
        Seat.objects.filter(person=wall.olga).update(ended_at=timezone.now())
        assert str(wall.olga.pk) not in where(wall)
        assert str(wall.boris.pk) in where(wall)
        assert refusal(move, wall, wall.anna, wall.amber).present == [wall.birch.pk, wall.lounge.pk]

    def test_a_wish_keeps_nobody_out(self, wall):
        Space.objects.filter(pk=wall.amber.pk).update(is_hard=False)
        move(wall, wall.anna, wall.amber)


def test_not_to_another_gathering_and_not_to_what_is_gone(wall):
    elsewhere = make_space(make_gathering())
    assert refusal(move, wall, wall.anna, elsewhere).code == "not_found"
    gone = make_space(wall.gathering, removed_at=NOON)
    assert refusal(move, wall, wall.anna, gone).code == "conflict"


def test_a_closed_gathering_moves_nobody(wall):
    Gathering.objects.update(stage="closed")
    assert refusal(move, wall, wall.anna, wall.amber).code == "forbidden"


class TestInvite:
    def test_a_facilitator_asks_somebody_in(self, wall):
        invite_person(**by(wall, wall.fiona), guest=wall.anna.pk, space=wall.amber.pk)
        (event,) = events(wall)
        assert (event["name"], event["data"]) == (
            "person.invited",
            {"person": wall.anna.pk, "space": wall.amber.pk},
        )
        assert not where(wall)

    def test_nobody_else_does(self, wall):
        refused = refusal(invite_person, **by(wall, wall.boris), guest=wall.anna.pk, space=wall.amber.pk)
        assert refused.code == "forbidden"

    def test_only_people_of_the_cohort(self, wall):
        refused = refusal(invite_person, **by(wall, wall.fiona), guest=wall.outsider.pk, space=wall.amber.pk)
        assert refused.code == "not_found"
