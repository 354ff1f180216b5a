"""The programme of a day on the first page, as the rounds of its Open Space went."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from sessions.models import Activity
from sessions.openspace.actions import rounds, stages
from sessions.openspace.models import Gathering, Slot, SpaceKind
from tests.factories import make_activity
from tests.factories.openspace import FIRST_ROUND, make_slot, make_space

MINUTE = timedelta(minutes=1)
PARTS = (("Round 1", 0, 45), ("Time to move", 45, 15), ("Round 2", 60, 45), ("Closing circle", 120, 60))


@pytest.fixture
def day(wall):
    """What the first page shows of the programme so many minutes after the planned start of round 1."""
    Slot.objects.all().delete()
    Gathering.objects.update(runs_by_clock=False)
    session = wall.gathering.training_session
    for title, after, minutes in PARTS:
        room = None if title == "Time to move" else wall.amber.room
        make_activity(session, FIRST_ROUND + after * MINUTE, minutes, title=title, room=room)
    wall.one, wall.two = make_slot(wall.gathering), make_slot(wall.gathering)
    return wall


@pytest.fixture
def shown(day, client):
    client.force_login(day.anna)

    def shown(after):
        with time_machine.travel(FIRST_ROUND + after * MINUTE, tick=False):
            page = client.get(reverse("home")).context
        times = [
            (entry.title, *((at - FIRST_ROUND) // MINUTE for at in (entry.starts_at, entry.ends_at)))
            for entry in page["plan"].activities
        ]
        return page.get("activity") and page["activity"].title, times

    return shown


def fiona(day, after):
    return {"person": day.fiona, "gathering": day.into(day.fiona), "now": FIRST_ROUND + after * MINUTE}


def test_as_planned_nothing_changes(day, shown):
    assert shown(5) == ("Round 1", [(title, after, after + long) for title, after, long in PARTS])


def test_a_round_that_ended_early_is_over(day, shown):
    rounds.start_round(**fiona(day, 0), slot=day.one.pk)
    rounds.end_round(**fiona(day, 20), slot=day.one.pk)
    activity, times = shown(25)
    assert (activity, times[0]) == ("Round 2", ("Round 1", 0, 20))


def test_a_round_that_goes_on_after_its_time_is_still_now(day, shown):
    rounds.start_round(**fiona(day, 0), slot=day.one.pk)
    assert shown(50)[0] == "Round 1"


def test_what_is_late_moves_along(day, shown):
    rounds.start_round(**fiona(day, 42), slot=day.one.pk)
    _now, times = shown(45)
    assert {("Round 1", 42, 87), ("Round 2", 87, 132)} <= set(times)


def test_rounds_that_were_not_held_are_left_out_when_it_closes(day, shown):
    rounds.start_round(**fiona(day, 0), slot=day.one.pk)
    stages.set_stage(**fiona(day, 30), stage="closing")
    activity, times = shown(31)
    assert (activity, [title for title, *_times in times]) == (
        "Closing circle",
        ["Round 1", "Time to move", "Closing circle"],
    )
    stages.set_stage(**fiona(day, 130), stage="closed")
    assert shown(131)[0] is None


def test_a_round_is_not_ahead_while_one_chooses_what_matters(day, shown):
    rounds.start_round(**fiona(day, 0), slot=day.one.pk)
    stages.set_stage(**fiona(day, 30), stage="converging")
    assert "Round 2" not in [title for title, *_times in shown(31)[1]]


def test_closed_early_it_has_no_closing_circle_any_more(day, shown):
    rounds.start_round(**fiona(day, 0), slot=day.one.pk)
    stages.set_stage(**fiona(day, 30), stage="closed")
    activity, times = shown(61)  # in a room for topics it is something else
    assert (activity, times[-1][0]) == ("Closing circle", "Closing circle")
    plenary = make_space(day.gathering, "Plenary", SpaceKind.PLENARY)
    Activity.objects.filter(title="Closing circle").update(room=plenary.room)
    activity, times = shown(61)
    assert (activity, [title for title, *_times in times]) == (None, ["Round 1", "Time to move"])


def test_the_whole_programme_goes_with_it(day, client):
    rounds.start_round(**fiona(day, 0), slot=day.one.pk)
    rounds.end_round(**fiona(day, 20), slot=day.one.pk)
    client.force_login(day.anna)
    session = day.gathering.training_session
    with time_machine.travel(FIRST_ROUND + 25 * MINUTE, tick=False):
        days = client.get(reverse("training:programme", args=[session.pk])).context["days"]
    activities = next(each.activities for each in days if each.on == day.gathering.on)
    assert (activities[0].title, activities[0].ends_at) == ("Round 1", FIRST_ROUND + 20 * MINUTE)
