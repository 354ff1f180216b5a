"""The talking piece, and the closing words."""

import pytest

from sessions.openspace.actions import circles, stages
from sessions.openspace.models import Gathering, Stage
from sessions.openspace.queries import gathering_stream
from synergy.cohorts.models import Role
from tests.factories import NOON
from tests.support.told import names, told
from tests.support.wall import refusal


@pytest.fixture
def by(wall):
    """The arguments of an action by this person."""
    return lambda person: {"person": person, "gathering": wall.into(person), "now": NOON}


@pytest.fixture
def stream(wall):
    return gathering_stream(wall.gathering.pk)


def circle():
    gathering = Gathering.objects.get()
    return gathering.circle_order, gathering.circle_at


def test_everybody_who_takes_part_is_in_the_order_and_facilitators_come_last(wall, by, stream):
    wall.seated("Left", ended_at=NOON)
    circles.start_circle(**by(wall.fiona), kind="opening")
    order, at = circle()
    assert set(order[:3]) == {wall.anna.pk, wall.boris.pk, wall.carla.pk}
    assert set(order[3:]) == {wall.fiona.pk, wall.olga.pk}
    assert at == 0
    ((event),) = told(stream)
    assert (event["name"], event["data"]["gathering"]["stage"]) == ("circle.started", "opening")
    assert event["data"]["gathering"]["circle"] == {"kind": "opening", "order": order, "at": 0}


def test_the_order_is_drawn_once_and_differs_between_the_circles(wall, by):
    for number in range(12):
        wall.seated(f"Guest {number}")
    orders = []
    for kind in ("opening", "opening", "closing"):
        circles.start_circle(**by(wall.fiona), kind=kind)
        orders.append(circle()[0])
        circles.end_circle(**by(wall.fiona))
    first, again, closing = orders
    assert first == again
    assert first != closing
    assert first[:15] != sorted(first[:15])


def test_those_who_are_here_can_be_named(wall, by):
    here = [wall.boris.pk, wall.otto.pk, wall.outsider.pk, wall.fiona.pk]
    circles.start_circle(**by(wall.fiona), kind="opening", people=here)
    assert circle() == ([wall.boris.pk, wall.fiona.pk], 0)


def test_a_second_circle_waits_for_the_first(wall, by, stream):
    circles.start_circle(**by(wall.fiona), kind="opening")
    circles.start_circle(**by(wall.olga), kind="opening")
    assert refusal(circles.start_circle, **by(wall.olga), kind="closing").code == "conflict"
    circles.end_circle(**by(wall.olga))
    circles.end_circle(**by(wall.fiona))
    assert names(stream) == ["circle.started", "circle.ended"]


@pytest.fixture
def sitting(wall, by):
    """A circle of Anna, Boris, Carla and Fiona, in this order."""
    circles.start_circle(**by(wall.fiona), kind="opening")
    Gathering.objects.update(
        circle_order=[wall.anna.pk, wall.boris.pk, wall.carla.pk, wall.fiona.pk], circle_at=0
    )


@pytest.mark.usefixtures("sitting")
def test_who_holds_the_piece_passes_it_or_a_facilitator(wall, by):
    assert refusal(circles.pass_piece, **by(wall.boris)).code == "forbidden"
    circles.pass_piece(**by(wall.anna))
    assert refusal(circles.pass_piece, **by(wall.anna)).code == "forbidden"
    circles.pass_piece(**by(wall.olga))
    circles.pass_piece(**by(wall.carla))
    circles.pass_piece(**by(wall.fiona))
    assert circle()[1] == 4
    circles.pass_piece(**by(wall.fiona))
    assert circle()[1] == 4


@pytest.mark.usefixtures("sitting")
def test_two_facilitators_at_once_pass_it_once(wall, by):
    circles.pass_piece(**by(wall.fiona), holder=wall.anna.pk)
    second = refusal(circles.pass_piece, **by(wall.olga), holder=wall.anna.pk)
    assert (second.code, second.present.at) == ("conflict", 1)


@pytest.mark.usefixtures("sitting")
def test_giving_it_to_who_holds_it_leaves_it_there(wall, by):
    before = circle()
    circles.pass_piece(**by(wall.fiona), to=wall.anna.pk)
    assert circle() == before
    circles.pass_piece(**by(wall.fiona), to=wall.boris.pk)
    assert circle() != before


@pytest.mark.usefixtures("sitting")
def test_the_piece_goes_to_whom_one_names(wall, by):
    anna, boris, carla, fiona = wall.anna.pk, wall.boris.pk, wall.carla.pk, wall.fiona.pk
    circles.pass_piece(**by(wall.anna), to=carla)
    assert circle() == ([anna, carla, boris, fiona], 1)
    circles.pass_piece(**by(wall.carla), to=anna)
    assert circle() == ([carla, anna, boris, fiona], 1)
    newcomer = wall.seated("Newcomer").pk
    circles.pass_piece(**by(wall.anna), to=newcomer)
    assert circle() == ([carla, anna, newcomer, boris, fiona], 2)
    observer = refusal(circles.pass_piece, **by(wall.fiona), to=wall.otto.pk)
    assert (observer.code, list(observer.fields)) == ("invalid", ["to"])
    circles.pass_piece(**by(wall.fiona), to=boris)
    circles.pass_piece(**by(wall.boris))
    circles.pass_piece(**by(wall.fiona))
    assert circle()[1] == 5
    circles.pass_piece(**by(wall.fiona), to=anna)
    assert circle() == ([carla, newcomer, boris, fiona, anna], 4)


@pytest.mark.usefixtures("sitting")
def test_leaving_the_stage_ends_the_circle(wall, by):
    stages.set_stage(**by(wall.fiona), stage="marketplace")
    assert Gathering.objects.get().circle_kind == ""
    assert refusal(circles.pass_piece, **by(wall.fiona)).code == "conflict"


def test_one_word_each_changed_until_the_end(wall, by, stream):
    assert refusal(circles.say_word, **by(wall.anna), word="courage").code == "conflict"
    Gathering.objects.update(stage=Stage.CLOSING)
    circles.say_word(**by(wall.anna), word=" courage\n")
    circles.say_word(**by(wall.anna), word="courage")
    circles.say_word(**by(wall.boris), word="заедно")
    circles.say_word(**by(wall.anna), word="patience")
    said = [(event["name"], event["data"]["words"][0]["word"]) for event in told(stream)]
    assert said == [("word.said", "courage"), ("word.said", "заедно"), ("word.said", "patience")]
    assert dict(wall.gathering.words.values_list("person", "word")) == {
        wall.anna.pk: "patience",
        wall.boris.pk: "заедно",
    }
    for word in ("", "\u200b", "w" * 41):
        wrong = refusal(circles.say_word, **by(wall.anna), word=word)
        assert (wrong.code, list(wrong.fields)) == ("invalid", ["word"])
    Gathering.objects.update(stage=Stage.CLOSED)
    assert refusal(circles.say_word, **by(wall.anna), word="late").code == "forbidden"


def test_an_organiser_speaks_with_the_facilitators(wall, by):
    second = wall.seated("Second", Role.FACILITATOR)
    circles.start_circle(**by(second), kind="closing")
    assert set(circle()[0][3:]) == {wall.fiona.pk, wall.olga.pk, second.pk}
    assert Gathering.objects.get().stage == Stage.CLOSING
