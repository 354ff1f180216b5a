"""What somebody is accountable for goes to somebody else, for example when they leave."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.plans.actions.held import hold, tell, wrong_state
from challenges.plans.actions.setting import put_value
from challenges.plans.actions.telling import tell_of_hand_over
from challenges.plans.actions.values import a_member
from challenges.plans.events import PlanChanged
from challenges.plans.models import Plan, PlanState
from challenges.plans.rules import can_assign
from synergy.live.fields import count_change
from synergy.people.models import Person


def hand_over(*, person: Person, plan: Plan, owner: int, to: int, now: datetime) -> int:
    """All that `owner` is accountable for in the plan. Gives how many items and plans. Raises Refused.

    Works for who has left, too. Who is accountable may hand over what is theirs.
    """
    with transaction.atomic(savepoint=False):
        hold(plan)
        may = can_assign(person, plan) or owner == person.pk
        require(may, _("Co-ordinators and who owns the plan say who is responsible."))
        if plan.state == PlanState.PROPOSED:
            raise wrong_state(plan, _("The plan waits for approval. Withdraw it to change it."))
        if plan.state in (PlanState.DONE, PlanState.STOPPED):
            raise wrong_state(plan, _("The plan is done or stopped, so it stays as it is."))
        a_member(plan, to)
        if owner == to:
            return 0
        rows = list(plan.items.filter(owner=owner, removed_at__isnull=True).order_by("pk"))
        for item in rows:
            put_value(person, plan, item, "owner", to, now)
        number = len(rows) + (plan.owner_id == owner)
        if plan.owner_id == owner:
            plan.owner_id = to
            revision = count_change(plan, "owner", person.pk)
            plan.save(update_fields=["owner", "revisions", "editors"])
            tell(plan, PlanChanged(field="owner", value=to, revision=revision), person, now)
        tell_of_hand_over(plan, owner, to, number, person, now)
    return number
