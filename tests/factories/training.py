"""Training sessions, activities and join codes."""

from datetime import date, timedelta
from itertools import count

from sessions.models import Activity, JoinCode, TrainingSession
from tests.factories.cohorts import NOON, make_cohort
from tests.factories.people import make_person

_number = count(1)
_LETTERS = "ABCDEFGHJKMNPRSTUVWXYZ"


def make_training_session(cohort=None, number=None, starts_on=date(2026, 2, 8), days=3, **fields):
    fields.setdefault("title", "Leading change together")
    return TrainingSession.objects.create(
        cohort=cohort or make_cohort(),
        number=number or next(_number),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days - 1),
        **fields,
    )


def make_activity(training_session=None, starts_at=NOON, minutes=45, **fields):
    fields.setdefault("title", f"Round {next(_number)}")
    return Activity.objects.create(
        training_session=training_session or make_training_session(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        **fields,
    )


def _letters(number):
    return "KTMR" + _LETTERS[number // len(_LETTERS) % len(_LETTERS)] + _LETTERS[number % len(_LETTERS)]


def make_join_code(training_session=None, created_by=None, letters=None, **fields):
    number = next(_number)
    fields.setdefault("valid_from", NOON)
    fields.setdefault("valid_until", NOON + timedelta(hours=4))
    fields.setdefault("created_at", NOON)
    return JoinCode.objects.create(
        training_session=training_session or make_training_session(),
        created_by=created_by or make_person(),
        letters=letters or _letters(number),
        **fields,
    )
