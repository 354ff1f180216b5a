"""The report of a topic: begun, written, confirmed, asked for, and missing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from rooms.models import Notes
from sessions.openspace.actions import reminders, reports
from sessions.openspace.models import Gathering, ReportState, Slot, Stay, Topic, TopicReport, TopicState
from sessions.openspace.queries import gathering_stream, report_state_of, topic_for, topic_stream
from sessions.openspace.queries.reports import missing_reports, people_in
from synergy.cohorts.models import Role, Seat
from synergy.notices.models import Notice
from tests.factories import NOON
from tests.factories.openspace import FIRST_ROUND, make_placement, make_slot, make_space, make_topic
from tests.support.mail import post_goes_out
from tests.support.told import names, told
from tests.support.wall import refusal

MINUTE = timedelta(minutes=1)
LATER = FIRST_ROUND + 40 * MINUTE


@pytest.fixture
def by(wall):
    """The arguments of an action on the topic by this person."""
    return lambda person, now=LATER: {
        "person": person,
        "topic": topic_for(person, wall.topic.pk),
        "now": now,
    }


@pytest.fixture
def report_stream(wall):
    return topic_stream(wall.topic.pk)


@pytest.fixture
def wall_stream(wall):
    return gathering_stream(wall.gathering.pk)


def stay(wall, person, space, since, until=None):
    """In minutes after the first round's start."""
    end = None if until is None else FIRST_ROUND + until * MINUTE
    Stay.objects.create(
        gathering=wall.gathering,
        person=person,
        space=space,
        since=FIRST_ROUND + since * MINUTE,
        until=end,
    )


def written(**fields):
    """What a change says, summary first."""
    return {"field": "summary", "value": "We owe each other a call.", "base": 1, **fields}


def test_a_report_begins_with_the_notes_and_those_who_were_there(wall, by, report_stream, wall_stream):
    make_placement(wall.topic, wall.first, wall.amber)
    Slot.objects.filter(pk=wall.first.pk).update(started_at=FIRST_ROUND)
    stay(wall, wall.boris, wall.amber, -5)
    wall.topic.notes = Notes.objects.create(
        room=wall.amber.room, title="Notes", text="# Trust\n\nTakes time.", created_at=NOON
    )
    wall.topic.save()
    reports.begin_report(**by(wall.carla))
    state = report_state_of(wall.carla, topic_for(wall.carla, wall.topic.pk))
    assert (state.summary, state.participants) == ("# Trust\n\nTakes time.", [wall.anna.pk, wall.boris.pk])
    assert (state.state, state.revisions) == ("draft", {"summary": 1, "participants": 1})
    assert state.editors == {"summary": wall.carla.pk, "participants": wall.carla.pk}
    reports.begin_report(**by(wall.boris))
    assert [event["data"]["field"] for event in told(report_stream)] == ["summary", "participants"]
    (event,) = told(wall_stream)
    assert (event["name"], event["data"]["topics"][0]["report"]) == ("topic.reported", "draft")


def test_who_was_there_for_a_minute_took_part(wall):
    make_placement(wall.topic, wall.first, wall.amber)
    Slot.objects.filter(pk=wall.first.pk).update(started_at=FIRST_ROUND, ended_at=FIRST_ROUND + 45 * MINUTE)
    persons = {name: wall.seated(name) for name in ("early", "in_and_out", "short", "late", "elsewhere")}
    stay(wall, persons["early"], wall.amber, -30, 0)
    stay(wall, persons["in_and_out"], wall.amber, 0, 0.5)
    stay(wall, persons["in_and_out"], wall.amber, 20, 20.6)
    stay(wall, persons["short"], wall.amber, 10, 10.9)
    stay(wall, persons["late"], wall.amber, 40)
    stay(wall, persons["elsewhere"], wall.birch, 0, 45)
    stay(wall, wall.anna, wall.amber, 0, 45)
    found = people_in(wall.topic, LATER + 60 * MINUTE)
    assert found == [wall.anna.pk, persons["in_and_out"].pk, persons["late"].pk]


def test_a_topic_that_went_on_has_the_people_of_both_rounds(wall):
    make_placement(wall.topic, wall.first, wall.amber)
    make_placement(wall.topic, wall.second, wall.birch)
    stay(wall, wall.boris, wall.amber, 0, 60)
    stay(wall, wall.carla, wall.birch, 60, 120)
    assert people_in(wall.topic, FIRST_ROUND + 50 * MINUTE) == [wall.anna.pk, wall.boris.pk]
    assert people_in(wall.topic, FIRST_ROUND + 300 * MINUTE) == [wall.anna.pk, wall.boris.pk, wall.carla.pk]


def test_everybody_writes_and_nobody_overwrites(wall, by, report_stream):
    reports.begin_report(**by(wall.anna))
    assert reports.change_report(**by(wall.boris), **written()) == 2
    second = refusal(reports.change_report, **by(wall.carla), **written(value="We owe nothing."))
    assert second.code == "conflict"
    assert second.present == {"value": "We owe each other a call.", "revision": 2, "by": wall.boris.pk}
    assert reports.change_report(**by(wall.carla), **written()) == 2
    assert reports.change_report(**by(wall.carla), **written(value="We owe a call.", base=2)) == 3
    assert reports.change_report(**by(wall.carla), **written(field="resources", value="A list", base=0)) == 1
    (event,) = told(report_stream, after=4)
    assert event["data"] == {
        "field": "resources",
        "value": "A list",
        "revision": 1,
        "changed_at": LATER.isoformat().replace("+00:00", "Z"),
    }


def test_who_changes_what_nobody_began_begins_it(wall, by, report_stream):
    assert reports.change_report(**by(wall.boris), **written(field="resources", value="A list", base=0)) == 1
    assert [event["data"]["field"] for event in told(report_stream)] == [
        "summary",
        "participants",
        "resources",
    ]


def test_next_steps_and_participants_are_checked(wall, by):
    steps = [{"what": " Call\nRiga ", "who": "Anna", "when": "2026-05-01"}]
    steps.append({"what": "", "who": "", "when": ""})
    reports.change_report(**by(wall.anna), field="next_steps", value=steps, base=0)
    people = [wall.boris.pk, wall.otto.pk, wall.boris.pk]
    reports.change_report(**by(wall.anna), field="participants", value=people, base=1)
    report = TopicReport.objects.get()
    assert report.next_steps[0] == {"what": "Call Riga", "who": "Anna", "when": "2026-05-01"}
    assert report.participants == [wall.boris.pk, wall.otto.pk]
    wrong = [
        ("next_steps", [{"what": "x", "who": "y", "when": "soon"}]),
        ("next_steps", [{"what": "x"}]),
        ("next_steps", "x"),
        ("next_steps", [{"what": "x", "who": "", "when": ""}] * 31),
        ("participants", [wall.outsider.pk]),
        ("participants", ["Anna"]),
        ("summary", ["x"]),
        ("summary", "x" * 20_001),
    ]
    for field, value in wrong:
        said = refusal(reports.change_report, **by(wall.anna), field=field, value=value, base=1)
        assert (said.code, list(said.fields)) == ("invalid", ["value"])


def test_the_convener_confirms_and_reopens(wall, by, report_stream, wall_stream):
    assert refusal(reports.confirm_report, **by(wall.anna)).code == "conflict"
    reports.begin_report(**by(wall.boris))
    assert refusal(reports.confirm_report, **by(wall.anna)).code == "conflict"
    reports.change_report(**by(wall.boris), **written())
    for person in (wall.boris, wall.fiona, wall.olga):
        assert refusal(reports.confirm_report, **by(person)).code == "forbidden"
    wall.topic.co_conveners.add(wall.carla)
    reports.confirm_report(**by(wall.carla))
    reports.confirm_report(**by(wall.anna))
    assert TopicReport.objects.get().confirmed_by == wall.carla
    assert refusal(reports.change_report, **by(wall.anna), **written(value="x", base=2)).code == "conflict"
    reports.reopen_report(**by(wall.anna))
    reports.reopen_report(**by(wall.anna))
    reports.change_report(**by(wall.boris), **written(value="More", base=2))
    assert names(report_stream, after=3) == ["report.confirmed", "report.reopened", "report.changed"]
    reported = [event["data"]["topics"][0]["report"] for event in told(wall_stream)]
    assert reported == ["draft", "confirmed", "draft"]


@pytest.mark.parametrize("fields", [{"state": TopicState.WITHDRAWN}, {"did_not_happen": True}])
def test_what_did_not_take_place_has_no_report(wall, by, fields):
    Topic.objects.filter(pk=wall.topic.pk).update(**fields)
    assert refusal(reports.begin_report, **by(wall.anna)).code == "conflict"
    assert not TopicReport.objects.exists()


def test_whether_it_took_place(wall, wall_stream):
    def mark(person, took_place):
        return {
            "person": person,
            "gathering": wall.into(person),
            "topic": wall.topic.pk,
            "took_place": took_place,
            "now": LATER,
        }

    reports.mark_topic(**mark(wall.anna, False))
    reports.mark_topic(**mark(wall.fiona, False))
    reports.mark_topic(**mark(wall.fiona, True))
    assert refusal(reports.mark_topic, **mark(wall.boris, False)).code == "forbidden"
    assert refusal(reports.mark_topic, **mark(wall.otto, False)).code == "forbidden"
    marks = [event["data"]["topics"][0]["did_not_happen"] for event in told(wall_stream)]
    assert marks == [True, False]


@pytest.fixture
def remind(wall):
    return lambda person=None: {
        "person": person or wall.fiona,
        "gathering": wall.into(person or wall.fiona),
        "topic": wall.topic.pk,
        "now": LATER,
    }


@pytest.mark.django_db(transaction=True)
def test_a_convener_is_asked_on_the_wall_and_by_mail(wall, remind, wall_stream, settings):
    wall.anna.language = "en"
    wall.anna.save()
    reminders.remind_of_report(**remind())
    again = refusal(reminders.remind_of_report, **remind(wall.olga))
    assert again.code == "conflict"
    # It is a row until the mail is out: a process that is killed here takes nothing with it.
    assert mail.outbox == []
    post_goes_out(LATER)
    (event,) = told(wall_stream)
    assert event["data"] == {"topic": wall.topic.pk, "convener": wall.anna.pk}
    (letter,) = mail.outbox
    assert letter.to == [wall.anna.email]
    assert "What should we stop doing?" in letter.subject
    assert wall.fiona.name in letter.body
    assert f"http://localhost:8000/gatherings/{wall.gathering.pk}/topics/1/" in letter.body


@pytest.mark.parametrize("change", [{"ended_at": NOON}, {"role": Role.OBSERVER}])
def test_who_is_gone_is_not_asked(wall, remind, change):
    Seat.objects.filter(person=wall.anna).update(**change)
    assert refusal(reminders.remind_of_report, **remind()).code == "conflict"
    assert not Notice.objects.exists()


def test_there_is_nothing_to_ask_for(wall, remind):
    TopicReport.objects.create(topic=wall.topic, state=ReportState.CONFIRMED, changed_at=NOON)
    assert refusal(reminders.remind_of_report, **remind()).code == "conflict"
    TopicReport.objects.all().delete()
    Topic.objects.update(did_not_happen=True)
    assert refusal(reminders.remind_of_report, **remind()).code == "conflict"
    Topic.objects.update(did_not_happen=False, convener=None)
    assert refusal(reminders.remind_of_report, **remind()).code == "conflict"
    assert refusal(reminders.remind_of_report, **remind(wall.anna)).code == "forbidden"
    Topic.objects.update(convener=wall.anna)
    Gathering.objects.update(stage="closed")
    assert refusal(reminders.remind_of_report, **remind()).code == "forbidden"


def end(slot):
    Slot.objects.filter(pk=slot.pk).update(started_at=slot.starts_at, ended_at=slot.ends_at)


def test_a_round_that_nobody_started_misses_nothing_until_the_gathering_is_closed(wall):
    make_placement(wall.topic, wall.first, wall.amber)
    assert missing_reports(wall.gathering) == []
    wall.gathering.stage = "closed"
    assert [each.topic for each in missing_reports(wall.gathering)] == [wall.topic]


def test_a_round_that_was_left_out_misses_nothing(wall):
    make_placement(wall.topic, wall.second, wall.amber)
    held = make_topic(wall.gathering, title="Held")
    make_placement(held, wall.first, wall.amber)
    make_placement(held, wall.second, wall.birch)
    end(wall.first)
    assert missing_reports(wall.gathering) == []
    wall.gathering.stage = "closed"
    assert [each.topic for each in missing_reports(wall.gathering)] == [held]


def test_missing_reports_are_named(wall, by, django_assert_num_queries):
    make_placement(wall.topic, wall.first, wall.amber)
    goes_on = make_topic(wall.gathering, title="Goes on")
    make_placement(goes_on, wall.first, wall.birch)
    make_placement(goes_on, wall.second, wall.birch)
    did_not_happen = make_topic(wall.gathering, did_not_happen=True)
    make_placement(did_not_happen, wall.first, wall.lounge)
    make_topic(wall.gathering, title="Never placed")
    assert missing_reports(wall.gathering) == []
    end(wall.first)
    with django_assert_num_queries(4):
        (missing,) = missing_reports(wall.gathering)
    assert (missing.topic, missing.topic.convener, missing.state) == (wall.topic, wall.anna, "none")
    reports.begin_report(**by(wall.anna))
    reports.change_report(**by(wall.anna), **written())
    end(wall.second)
    with django_assert_num_queries(4):
        found = missing_reports(wall.gathering)
    assert [(each.topic, each.state) for each in found] == [(wall.topic, "draft"), (goes_on, "none")]
    reports.confirm_report(**by(wall.anna))
    assert [each.topic for each in missing_reports(wall.gathering)] == [goes_on]


def test_a_round_that_still_runs_misses_nothing(wall):
    late = make_slot(wall.gathering, FIRST_ROUND, 45, started_at=FIRST_ROUND)
    make_placement(wall.topic, late, make_space(wall.gathering, "Cedar"))
    assert missing_reports(wall.gathering) == []
    Slot.objects.filter(pk=late.pk).update(ended_at=FIRST_ROUND + 50 * MINUTE)
    assert len(missing_reports(wall.gathering)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_desk_names_what_is_missing_and_asks_without_scripts(wall, client):
    now = timezone.now()
    over = make_slot(wall.gathering, now - 60 * MINUTE, 45, started_at=now, ended_at=now)
    make_placement(wall.topic, over, wall.amber)
    client.force_login(wall.fiona)
    desk = reverse("openspace:desk", args=[wall.gathering.pk])
    page = client.get(desk).content.decode()
    assert f"{wall.topic.number} {wall.topic.title}</a> · Anna Nowak · Not started" in page
    asked = {"name": "report.remind", "data": f'{{"topic": {wall.topic.pk}}}'}
    answer = client.post(reverse("openspace:desk_do", args=[wall.gathering.pk]), asked)
    assert answer.headers["Location"] == desk
    assert Notice.objects.get().person == wall.anna


class TestReadAnew:
    """What was read before the locks is looked at again behind them."""

    @pytest.mark.parametrize("change", [{"state": TopicState.WITHDRAWN}, {"did_not_happen": True}])
    def test_a_topic_that_has_gone_meanwhile_gets_no_report(self, wall, by, change):
        seen = by(wall.anna)
        Topic.objects.filter(pk=wall.topic.pk).update(**change)
        assert refusal(reports.begin_report, **seen).code == "conflict"
        assert refusal(reports.change_report, **seen, **written(base=0)).code == "conflict"
        assert not TopicReport.objects.exists()

    def test_a_gathering_that_was_closed_meanwhile_lets_nobody_begin(self, wall, by):
        seen = by(wall.anna)
        Gathering.objects.update(stage="closed")
        assert refusal(reports.begin_report, **seen).code == "forbidden"
        Gathering.objects.update(stage="rounds")
        reports.begin_report(**seen)

    @pytest.mark.parametrize("act", [reports.confirm_report, reports.reopen_report])
    def test_who_convenes_no_more_neither_confirms_nor_reopens(self, wall, by, act):
        reports.begin_report(**by(wall.anna))
        reports.change_report(**by(wall.anna), **written())
        if act is reports.reopen_report:
            reports.confirm_report(**by(wall.anna))
        seen = by(wall.anna)
        Topic.objects.update(convener=wall.boris)
        assert refusal(act, **seen).code == "forbidden"
        act(**by(wall.boris))


@pytest.mark.parametrize("people", [[0], [-1], [2**53], ["1"], [1.5]])
def test_participants_are_keys(wall, by, people):
    wrong = refusal(reports.change_report, **by(wall.anna), field="participants", value=people, base=0)
    assert (wrong.code, list(wrong.fields)) == ("invalid", ["value"])
