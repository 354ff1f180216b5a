"""Plain functions that make valid rows: `from tests.factories import make_person`."""

from tests.factories.cohorts import NOON, make_cohort, make_edition, make_invitation, make_seat
from tests.factories.openspace import (
    make_gathering,
    make_placement,
    make_slot,
    make_space,
    make_topic,
    make_wall,
)
from tests.factories.people import make_institution, make_person
from tests.factories.rooms import make_room
from tests.factories.training import make_activity, make_join_code, make_training_session

__all__ = [
    "NOON",
    "make_activity",
    "make_cohort",
    "make_edition",
    "make_gathering",
    "make_institution",
    "make_invitation",
    "make_join_code",
    "make_person",
    "make_placement",
    "make_room",
    "make_seat",
    "make_slot",
    "make_space",
    "make_topic",
    "make_training_session",
    "make_wall",
]
