"""One gathering with somebody in every role."""

import pytest

from tests.factories.openspace import make_wall


@pytest.fixture
def wall(db):
    """`wall.anna` and the others are persons; `wall.into(person)` is the gathering as that person sees it."""
    return make_wall()
