"""What is reported complete is proven, by its own evidence or that of what stands under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from challenges.plans.actions.under import present_under, subtree
from challenges.plans.models import Evidence, Item, Plan, Progress
from synergy.live.refusals import Refused


def is_proven(plan: Plan, item: Item) -> bool:
    """Whether there is evidence for it, or for what stands under it. Two queries."""
    return Evidence.objects.filter(items__in=present_under(plan, item.pk)).exists()


def unproven(plan: Plan) -> list[Item]:
    """What is reported complete although nothing proves it. Two queries."""
    rows = list(plan.items.filter(removed_at__isnull=True).order_by("pk"))
    proven = set(Evidence.objects.filter(plan=plan).values_list("items", flat=True))
    complete = [row for row in rows if row.progress == Progress.COMPLETE]
    return [row for row in complete if not subtree(rows, row.pk) & proven]


@contextmanager
def keeping_proof(plan: Plan) -> Iterator[None]:
    """Raises Refused, which undoes the transaction, if what was proven before is not proven after.

    What was unproven before stays so, as imported plans may have it. Four queries.
    """
    before = {item.pk for item in unproven(plan)}
    yield
    for item in unproven(plan):
        if item.pk not in before:
            detail = _(
                "%(item)s is reported complete, and this is all that proves it. Add other evidence first."
            )
            raise Refused("conflict", detail % {"item": str(item)})
