"""The wall without scripts: what stands where, for whom, at what cost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sessions.openspace.models import Stay, TopicState
from sessions.openspace.templatetags.wall import softened
from tests.factories import openspace as make
from tests.factories.cohorts import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def wall():
    return make.make_wall()


@pytest.fixture
def page(wall, client):
    def page(person, name="wall", **headers):
        client.force_login(person)
        return client.get(reverse(f"openspace:{name}", args=[wall.gathering.pk]), headers=headers)

    return page


@pytest.mark.parametrize("name", ["wall", "projector", "principles"])
def test_who_has_a_seat_sees_it_and_nobody_else(wall, page, client, name):
    for person in (wall.anna, wall.fiona, wall.olga, wall.otto):
        assert page(person, name).status_code == 200
    assert page(wall.outsider, name).status_code == 404
    client.logout()
    assert client.get(reverse(f"openspace:{name}", args=[wall.gathering.pk])).status_code == 302


def test_the_first_page_leads_those_who_run_it_to_the_desk(wall, client):
    desk = reverse("openspace:desk", args=[wall.gathering.pk])
    wall_path = reverse("openspace:wall", args=[wall.gathering.pk])
    for person, runs_it in ((wall.fiona, True), (wall.olga, True), (wall.anna, False), (wall.otto, False)):
        client.force_login(person)
        with time_machine.travel(NOON, tick=False):
            home = client.get(reverse("home")).content.decode()
        assert (desk in home, wall_path in home) == (runs_it, True), person


def test_a_placed_topic_stands_in_its_cell_and_another_one_waits(wall, page):
    make.make_placement(wall.topic, wall.first, wall.amber)
    waits = make.make_topic(wall.gathering, wall.boris, "Who decides?")
    board = page(wall.carla).context["board"]
    cells = {(row.slot.id, cell.space.id): cell.sheets for row in board.rows for cell in row.cells}
    assert [sheet.card.id for sheet in cells[wall.first.pk, wall.amber.pk]] == [wall.topic.pk]
    assert cells[wall.second.pk, wall.amber.pk] == []
    assert [sheet.card.id for sheet in board.waiting] == [waits.pk]


def test_topics_that_went_together_stand_on_one_sheet(wall, page):
    make.make_placement(wall.topic, wall.first, wall.amber)
    stays, further = wall.topic, None
    for title in ("Who listens?", "Who is heard?"):
        further = make.make_topic(wall.gathering, wall.boris, title)
        further.state, further.merged_into = TopicState.MERGED, stays
        further.save()
        stays = further
    response = page(wall.carla)
    (row, *_), waiting = response.context["board"].rows, response.context["board"].waiting
    (sheet,) = row.cells[0].sheets
    assert [topic.title for topic in sheet.merged] == ["Who listens?", "Who is heard?"]
    assert waiting == []
    assert "Who is heard?" in response.content.decode()


def test_the_running_round_tells_where_i_am_and_how_many_are_there(wall, page):
    make.make_placement(wall.topic, wall.first, wall.amber)
    type(wall.first).objects.filter(pk=wall.first.pk).update(started_at=NOON)
    for person in (wall.anna, wall.carla):
        Stay.objects.create(gathering=wall.gathering, person=person, space=wall.amber, since=NOON)
    html = page(wall.carla).content.decode()
    assert "<b>2</b> in the room" in html
    assert "You are here" in html
    assert "You are here" not in page(wall.boris).content.decode()


def test_a_round_that_was_held_tells_when(wall, page):
    wall.first.started_at = wall.first.starts_at + timedelta(minutes=7)
    wall.first.ended_at = wall.first.started_at + timedelta(minutes=12)
    wall.first.save()
    times = re.findall(
        r"<time[^>]*>([^<]+)</time>–<time[^>]*>([^<]+)</time>", page(wall.anna).content.decode()
    )
    minutes = [(start[-2:], end[-2:]) for start, end in times]
    assert minutes == [("07", "19"), ("00", "45")]


def test_a_round_that_was_left_out_is_called_so_once_the_rounds_are_left(wall, page, client):
    make.make_placement(wall.topic, wall.second, wall.amber)
    type(wall.first).objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)
    topic = reverse("openspace:topic", args=[wall.gathering.pk, wall.topic.number])

    def said():
        html = page(wall.anna).content.decode()
        return (
            "Not held" in html,
            "Did not take place" in html,
            "Not held" in client.get(topic).content.decode(),
        )

    assert said() == (False, False, False)
    type(wall.gathering).objects.update(stage="converging")
    assert said() == (True, True, True)
    type(wall.first).objects.update(started_at=None, ended_at=None)
    assert said() == (False, False, False)  # where none is started, nobody knows


def test_a_closed_wall_leads_to_its_book_without_scripts(wall, page):
    book = reverse("openspace:proceedings", args=[wall.gathering.pk])
    assert book not in page(wall.anna).content.decode()
    type(wall.gathering).objects.update(stage="closed")
    assert f'href="{book}"' in page(wall.anna).content.decode()


def test_rounds_are_counted_without_breaks_and_titles_win(wall, page):
    start = wall.second.starts_at
    make.make_slot(wall.gathering, start + timedelta(hours=1), kind="break")
    make.make_slot(wall.gathering, start + timedelta(hours=2), title="Late round")
    make.make_slot(wall.gathering, start + timedelta(hours=3))
    names = [row.name for row in page(wall.anna).context["board"].rows]
    assert names == ["Round 1", "Round 2", "Break", "Late round", "Round 4"]


def test_a_space_that_is_gone_stays_a_column_while_a_topic_stands_there(wall, page):
    make.make_placement(wall.topic, wall.first, wall.amber)
    for space in (wall.amber, wall.birch):
        type(space).objects.filter(pk=space.pk).update(removed_at=NOON)
    assert [space.id for space in page(wall.anna).context["board"].spaces] == [wall.amber.pk]


def test_an_empty_wall_says_how_it_begins(wall, page):
    wall.topic.delete()
    assert "The wall is still empty." in page(wall.anna).content.decode()


def test_the_principles_are_in_the_language_of_the_reader(wall, page):
    assert "Whoever comes are the right people." in page(wall.anna, "principles").content.decode()


def test_what_people_wrote_is_text_and_never_markup(wall, page):
    make.make_topic(wall.gathering, wall.anna, "</script><b>bold</b>")
    html = page(wall.carla).content.decode()
    assert "</script><b>" not in html
    assert "&lt;/script&gt;&lt;b&gt;bold" in html


@pytest.mark.parametrize("name", ["wall", "projector"])
def test_more_topics_cost_no_more_queries(wall, page, name):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert page(wall.carla, name).status_code == 200
        return len(captured)

    make.make_placement(wall.topic, wall.first, wall.amber)
    page(wall.carla, name)
    one = queries()
    for _ in range(3):
        make.make_placement(make.make_topic(wall.gathering), wall.second, wall.birch)
    assert queries() == one


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (-5, True), (5, True), (-40, False), (40, False)])
def test_every_page_leads_to_the_open_space_of_the_days_around(wall, client, days, is_shown):
    today = timezone.localdate()
    session = wall.gathering.training_session
    session.starts_on = session.ends_on = today + timedelta(days=days)
    session.save()
    type(wall.gathering).objects.update(on=session.starts_on)
    for person, sees in ((wall.carla, is_shown), (wall.outsider, False)):
        client.force_login(person)
        html = client.get(reverse("rooms:list")).content.decode()
        assert (f'href="/gatherings/{wall.gathering.pk}/"' in html) is sees


def test_today_and_the_programme_lead_to_the_wall(wall, client):
    today = timezone.localdate()
    session = wall.gathering.training_session
    session.starts_on = session.ends_on = today
    session.save()
    type(wall.gathering).objects.update(on=today)
    client.force_login(wall.carla)
    for address in (reverse("home"), reverse("training:programme", args=[session.pk])):
        assert (
            f'/gatherings/{wall.gathering.pk}/"' in client.get(address).content.decode().partition("<main")[2]
        )


def test_only_long_words_get_places_to_break():
    shown = softened("Междуведомствено сътрудничество без нови комисии").replace("\u00ad", "|")
    assert shown == "Между|ве|домствено сътрудничество без нови комисии"


@pytest.mark.parametrize(("minutes", "is_shown"), [(5, True), (25, False)])
def test_news_stand_above_the_wall_while_they_are_new(wall, page, minutes, is_shown):
    at = timezone.now() - timedelta(minutes=minutes)
    wall.gathering.announcements.create(by=wall.fiona, text="Coffee is ready", language="en", at=at)
    assert (page(wall.anna).context["news"] is not None) == is_shown
    assert b"Coffee is ready" in page(wall.anna).content
