"""What implementation plans keep of a person, for their own data."""

from __future__ import annotations

from challenges.plans.models import (
    Baseline,
    ChangeRequest,
    Decision,
    Evidence,
    Item,
    Period,
    Plan,
    PlanStep,
    Reading,
    Report,
    ReportEntry,
    Review,
    Update,
)
from synergy.people.own_data import Rows, edited_by, register, register_teller


def tell_own_data() -> None:
    _tell_plans()
    _tell_reports()


def _tell_plans() -> None:
    item = ("item__plan__title", "item__title")
    register(
        Rows(
            Plan,
            ("owner", "consultant", "created_by", "approved_by"),
            ("institution__name", "title", "state", "created_at", "approved_at"),
        ),
        Rows(PlanStep, ("by",), ("plan__title", "from_state", "to_state", "at", "why")),
        Rows(
            Item,
            ("owner", "progress_by", "created_by"),
            ("plan__title", "kind", "number", "title", "progress", "progress_at", "created_at", "removed_at"),
        ),
        Rows(Update, ("by",), (*item, "progress", "confidence", "why", "at")),
        Rows(Reading, ("by", "corrected_by"), (*item, "on", "value", "note", "at", "corrected_at")),
        Rows(Baseline, ("approved_by",), ("plan__title", "number", "at")),
        Rows(
            ChangeRequest,
            ("by", "answered_by"),
            (*item, "field", "before", "after", "why", "at", "state", "answered_at", "answer_why"),
        ),
        Rows(
            Evidence,
            ("by",),
            ("plan__title", "title", "url", "content_type", "size", "at"),
            files=("file",),
        ),
    )
    register_teller("plans_you_wrote_in", edited_by(Plan, "title", "changed_at"))
    register_teller("items_you_wrote_in", edited_by(Item, "plan_id", "title"))


def _tell_reports() -> None:
    register(
        Rows(Period, ("closed_by",), ("plan__title", "name", "starts", "ends", "closed_at")),
        Rows(
            Report,
            ("created_by", "submitted_by", "approved_by"),
            ("plan__title", "period__name", "voice", "state", "created_at", "submitted_at", "approved_at"),
        ),
        Rows(Review, ("by",), ("plan__title", "on", "note", "at")),
        Rows(Decision, ("owner",), ("review__plan__title", "text", "due", "done_at")),
    )
    register_teller("reports_you_wrote_in", edited_by(Report, "plan_id", "changed_at"))
    register_teller("report_entries_you_wrote_in", edited_by(ReportEntry, "report_id", "item_id"))
