"""Plans with somebody in every relation to them."""

import pytest

from challenges.plans.models import Audience
from tests.factories.openspace import make_wall
from tests.factories.plans import make_plan_case
from tests.support.plans import agree


@pytest.fixture
def case(db):
    """A draft; see `make_plan_case`."""
    return make_plan_case()


@pytest.fixture
def agreed(db):
    """The same, approved, and open to its institution alone."""
    return agree(make_plan_case())


@pytest.fixture
def shared(db):
    """The same, open to its cohort."""
    return agree(make_plan_case(audience=Audience.COHORT))


@pytest.fixture
def wall(db):
    """One gathering with somebody in every role; see `make_wall`."""
    return make_wall()
