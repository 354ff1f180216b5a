"""A plan, what stands in it, what was agreed, what is reported and what proves it."""

from challenges.plans.models.agreed import Baseline, ChangeRequest, RequestField, RequestState
from challenges.plans.models.items import (
    Confidence,
    Direction,
    Item,
    Kind,
    Precision,
    Progress,
    Reading,
    Update,
)
from challenges.plans.models.plans import Audience, Plan, PlanState, PlanStep
from challenges.plans.models.proof import Evidence, LinkState
from challenges.plans.models.reports import (
    Decision,
    Period,
    Report,
    ReportEntry,
    ReportState,
    Review,
    Voice,
)

__all__ = [
    "Audience",
    "Baseline",
    "ChangeRequest",
    "Confidence",
    "Decision",
    "Direction",
    "Evidence",
    "Item",
    "Kind",
    "LinkState",
    "Period",
    "Plan",
    "PlanState",
    "PlanStep",
    "Precision",
    "Progress",
    "Reading",
    "Report",
    "ReportEntry",
    "ReportState",
    "RequestField",
    "RequestState",
    "Review",
    "Update",
    "Voice",
]
