"""What tests of plans share: commands through the real table, and how they are turned down."""

import uuid
from datetime import date, timedelta

import msgspec

from challenges.plans.actions import approve_plan, propose_plan
from challenges.plans.queries import plan_stream
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON


def do(plan, person, name, now=NOON, **fields):
    """The answer to the command: what `done` carries, or the Refused."""
    stream = str(plan_stream(plan.pk))
    asked = request_for(person, uuid.uuid4(), stream, name, msgspec.json.encode(fields), "en")
    (answer,) = execute([asked], now)
    return answer if isinstance(answer, Refused) else answer.data


def made(plan, person, name, now=NOON, **fields):
    """The same, where it must be possible."""
    answer = do(plan, person, name, now, **fields)
    if isinstance(answer, Refused):
        raise AssertionError(f"{name}: {answer} {answer.fields}")
    return answer


def change(plan, person, field, value, base=0, **more):
    """Of the plan, or of an `item`."""
    return do(
        plan,
        person,
        "item.change" if "item" in more else "plan.change",
        field=field,
        value=value,
        base=base,
        **more,
    )


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
