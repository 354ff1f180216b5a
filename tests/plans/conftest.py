"""Plans with somebody in every relation to them."""

from datetime import date, timedelta

import pytest

from challenges.plans.actions import approve_plan, propose_plan
from challenges.plans.models import Audience
from tests.factories import NOON
from tests.factories.plans import make_plan_case


def agree(case):
    """Gives everything what it needs, and takes the plan through its approval."""
    due = NOON.date() + timedelta(days=60)
    case.plan.items.filter(kind="milestone").update(
        due_wording=due.isoformat(), due_since=due, due_until=due, due_precision="day"
    )
    case.plan.items.filter(kind="indicator").update(target=10, baseline=23, baseline_on=date(2021, 1, 31))
    propose_plan(person=case.coordinator, plan=case.seen_by(case.coordinator), now=NOON)
    approve_plan(person=case.facilitator, plan=case.seen_by(case.facilitator), now=NOON)
    return case


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
