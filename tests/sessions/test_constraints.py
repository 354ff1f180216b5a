from datetime import date, timedelta

import pytest

from sessions.models import Activity, Day, JoinCode, TrainingSession
from tests.factories import NOON, make_activity, make_join_code, make_training_session
from tests.support.constraints import refused_by


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("training_session_cohort_number", {"number": 1}),
        ("training_session_ends_after_start", {"ends_on": date(2026, 2, 7)}),
        ("training_session_mode_known", {"mode": "by post"}),
    ],
)
def test_a_session_that_the_database_refuses(db, name, fields):
    first = make_training_session(number=1)
    good = {
        "cohort": first.cohort,
        "number": 2,
        "title": "Next",
        "starts_on": date(2026, 2, 8),
        "ends_on": date(2026, 2, 8),
    }
    with refused_by(TrainingSession, name):
        TrainingSession.objects.create(**{**good, **fields})
    TrainingSession.objects.create(**good)


def test_a_day_has_one_name(db):
    session = make_training_session()
    Day.objects.create(training_session=session, on=session.starts_on, title="Challenges")
    with refused_by(Day, "day_session_on"):
        Day.objects.create(training_session=session, on=session.starts_on, title="Open Space")
    Day.objects.create(training_session=session, on=session.ends_on, title="Open Space")


def test_an_activity_ends_after_it_starts(db):
    with refused_by(Activity, "activity_ends_after_start"):
        make_activity(minutes=0)
    make_activity(minutes=1)


def test_join_codes_that_the_database_refuses(db):
    with refused_by(JoinCode, "join_code_ends_after_start"):
        make_join_code(valid_until=NOON)
    with refused_by(JoinCode, "join_code_six_letters"):
        make_join_code(letters="KTMRX")
    make_join_code(letters="KTMRXC", valid_until=NOON + timedelta(seconds=1))
