"""What tests of webhooks share."""

import json

from synergy.hooks.sending import deliver
from tests.factories import NOON
from tests.support.plans import made


def reading(case, on, value="17"):
    made(case.plan, case.member, "reading.add", item=case.indicator.pk, on=on, value=value)


def send(case, kind="plan", key=None):
    """What the worker does with the task."""
    deliver.call(case.hook.pk, kind, key or case.plan.pk)


def again_now(case):
    case.hook.deliveries.update(due_at=NOON)


def messages(receiver):
    return [json.loads(body) for _headers, body, _path in receiver.taken]


def seqs(case, *places):
    numbers = list(case.hook.deliveries.order_by("seq").values_list("seq", flat=True))
    return [numbers[place] for place in places]
