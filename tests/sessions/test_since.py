"""What changed since a person was last here: of what they may open, what others did, once, and newest first."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.models import State
from challenges.plans.models import Audience, PlanState
from sessions.openspace.actions.stages import set_stage
from sessions.openspace.models import ReportState, Stage, TopicReport
from sessions.openspace.queries import gathering_for
from sessions.since import MOST, news_for
from sessions.waiting import waiting_for
from synergy.cohorts.models import Role
from synergy.people.actions import PAUSE
from synergy.people.models import Person
from tests.factories import NOON, make_seat
from tests.factories.challenges import make_case
from tests.factories.openspace import make_gathering, make_topic
from tests.factories.plans import make_plan_case
from tests.factories.training import make_training_session
from tests.support.challenges import change
from tests.support.plans import change as change_plan

pytestmark = pytest.mark.django_db
BEFORE, AFTER = NOON - timedelta(days=1), NOON + timedelta(days=1)


def left(person, at=BEFORE):
    Person.objects.filter(pk=person.pk).update(left_at=at)
    person.refresh_from_db()
    return person


def told(person, said=()):
    return [(str(line.about), line.text) for line in news_for(left(person), AFTER, said=said)]


def test_a_challenge_is_news_for_those_who_may_open_it_and_did_not_change_it_themselves():
    case = make_case(State.DRAFT)
    assert change(case.challenge, case.people["author"], "situation", "It is slow.").revision == 1
    line = [("New challenge", case.challenge.title)]
    heard = {name for name, person in case.people.items() if told(person) == line}
    assert heard == {"colleague", "own_observer"}
    assert [told(case.people[name]) for name in ("author", "facilitator", "outsider")] == [[], [], []]


def test_a_plan_is_news_for_those_who_may_open_it():
    case = make_plan_case(PlanState.APPROVED, Audience.COHORT, approved_at=NOON)
    case.plan.created_at = BEFORE - timedelta(days=9)
    case.plan.save()
    change_plan(case.plan, case.people["coordinator"], "description", "Now with dates", item=case.first.pk)
    heard = {name for name, person in case.people.items() if told(person) == [("Plan", str(case.plan))]}
    assert heard == {name for name, person in case.people.items() if case.seen_by(person)} - {"coordinator"}
    assert {"peer", "facilitator"} < heard
    assert told(case.people["elsewhere"]) == told(case.people["coordinator"]) == []


def test_topics_reports_and_the_book():
    gathering = make_gathering()
    cohort = gathering.training_session.cohort
    anna, stranger = make_seat(cohort).person, make_seat().person
    theirs, own = make_topic(gathering, title="Theirs"), make_topic(gathering, anna, title="Mine")
    for topic, by in ((theirs, theirs.convener), (own, anna)):
        TopicReport.objects.create(
            topic=topic, state=ReportState.CONFIRMED, confirmed_by=by, confirmed_at=NOON, changed_at=NOON
        )
    assert told(anna) == [("New topic", "Theirs"), ("Report of a topic", "Theirs")]
    facilitator = make_seat(cohort, role=Role.FACILITATOR).person
    held = gathering_for(facilitator, gathering.pk)
    set_stage(person=facilitator, gathering=held, stage=Stage.CLOSED, now=NOON + timedelta(hours=1))
    book = ("Open Space", "The book of proceedings is ready.")
    assert told(anna)[0] == book
    assert ("New topic", "Mine") in told(facilitator)
    assert book not in told(facilitator)
    assert told(stranger) == []


def test_what_waits_for_somebody_is_not_said_twice():
    case = make_case(State.RETURNED)
    assert change(case.challenge, case.people["author"], "situation", "It is slow.").revision == 1
    person = left(case.people["colleague"])
    waits = [line.address for line in waiting_for(person, AFTER)]
    assert waits == [reverse("challenges:edit", args=[case.challenge.pk])]
    assert told(person)
    assert told(person, said=waits) == []


def test_a_first_visit_has_no_before_and_a_visit_ends_with_a_pause(client):
    person = make_seat(make_training_session().cohort).person
    client.force_login(person)
    key = client.session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1", user_agent="")

    def page(minutes, **headers):
        cache.clear()  # the sign of life is noted once in five minutes; Redis has a clock of its own
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            return client.get("/", headers=headers).content.decode()

    pause = int(PAUSE.total_seconds() / 60)
    assert "Since you were last here" not in page(0)
    assert "Since you were last here" not in page(pause - 1)
    page(2 * pause - 3, **{"X-Refresh": "1"})  # nobody need sit before it
    for later in (0, 10):
        assert "Nothing new from others" in page(2 * pause + later)
        person.refresh_from_db()
        assert person.left_at == NOON + timedelta(minutes=pause - 1)


def test_many_news_take_no_more_questions_than_one():
    gathering = make_gathering()
    anna = left(make_seat(gathering.training_session.cohort).person)
    make_topic(gathering)
    asked = []
    for more in (0, 2, MOST):
        for _topic in range(more):
            make_topic(gathering)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines = news_for(anna, AFTER, said=[])
        asked.append((len(queries), len(lines)))
    assert asked == [(asked[0][0], 1), (asked[0][0], 3), (asked[0][0], MOST)]
