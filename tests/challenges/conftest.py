"""One challenge with somebody in every relation to it."""

import pytest

from challenges.models import State
from tests.factories.challenges import make_case


@pytest.fixture
def case(db):
    """A challenge that is submitted; see `make_case`."""
    return make_case()


@pytest.fixture
def draft(db):
    """The same, still being written."""
    return make_case(State.DRAFT)
