"""Rooms. Messages are made by the real actions, never by a factory: they need their place in the log."""

from itertools import count

from rooms.models import Room
from tests.factories.cohorts import make_cohort

_number = count(1)


def make_room(cohort=None, name=None, **fields):
    fields.setdefault("title", "What should we stop doing?")
    return Room.objects.create(cohort=cohort or make_cohort(), name=name or f"Room {next(_number)}", **fields)
