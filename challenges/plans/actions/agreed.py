"""What of an item was agreed, and so is free no more. See the Note [What comes after approval]."""

from __future__ import annotations

from django.utils.translation import gettext as _

from challenges.plans.models import Item, Kind, Plan, PlanState, RequestField

FREE_KINDS = (Kind.RISK, Kind.ASSUMPTION)
"""They are watched and rewritten all the time."""
FIXED = ("number", "unit", "direction", "baseline", "baseline_on", "trajectory", "lowest", "highest")
"""What stays as agreed once it says something."""


def agreed_items(plan: Plan) -> set[int]:
    """Ids of what the approved plan held and binds; empty before approval. One query."""
    if plan.state != PlanState.APPROVED:
        return set()
    snapshot = plan.baselines.order_by("-number").values_list("snapshot", flat=True).first()
    items = snapshot["items"] if snapshot else []
    return {item["id"] for item in items if item["kind"] not in FREE_KINDS}


def why_not_free(plan: Plan, item: Item, field: str) -> str:
    """Why a member cannot just set the field; empty when they can."""
    if field not in FIXED and field not in RequestField.values:
        return ""
    if item.pk not in agreed_items(plan):
        return ""
    if field in RequestField.values:
        return _("This was agreed with the plan. Ask for a change and say why.")
    if getattr(item, field) in (None, "", []):
        return ""
    return _("This was agreed with the plan, so it stays as it is.")
