"""The same form twice at once: the second is told so, and nothing is made twice."""

import pytest

from sessions.actions import plan_session
from sessions.models import TrainingSession
from synergy.cohorts.actions import invite_person
from synergy.cohorts.models import Invitation
from synergy.live.refusals import Refused
from synergy.people.actions import add_institution, register_person
from synergy.people.models import Institution, Person
from tests.factories import NOON, make_seat
from tests.support.together import second_of_two

pytestmark = pytest.mark.django_db(transaction=True)


def invite(seat):
    return invite_person(
        cohort=seat.cohort,
        by=seat.person,
        email="anna@office.example",
        name="Anna",
        role="participant",
        institution=seat.institution,
        is_coordinator=False,
        language="en",
        link=None,
        now=NOON,
    )


def plan(seat):
    return plan_session(
        cohort=seat.cohort,
        number=1,
        title="Leading",
        starts_on=NOON.date(),
        ends_on=NOON.date(),
        mode="online",
    )


def found(_seat):
    return add_institution(name="Harbour Office", country="LV", tier="field")


@pytest.mark.parametrize(
    ("act", "model"), [(invite, Invitation), (plan, TrainingSession), (found, Institution)]
)
def test_the_second_is_refused(act, model):
    seat = make_seat()
    before = model.objects.count()
    answer = second_of_two(lambda: act(seat))
    assert isinstance(answer, Refused)
    assert answer.code == "conflict"
    assert model.objects.count() == before + 1


def test_a_person_is_registered_once():
    person = second_of_two(
        lambda: register_person(email="anna@office.example", name="Anna", language="en", time_zone="UTC")
    )
    assert person == Person.objects.get()
