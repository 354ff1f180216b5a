"""Who may read and write reports. A report is loaded with its plan, and the plan with the viewer's seat."""

from __future__ import annotations

from datetime import date

from challenges.plans.models import Plan, PlanState, Report, ReportState, Voice
from challenges.plans.rules import can_see, is_consultant, is_lead, is_member, is_own, is_school
from synergy.people.models import Person

REPORTED = (PlanState.APPROVED, PlanState.DONE)
"""The states of a plan in which it is reported on; a last report comes when it is done."""
TEXT_LIMIT, ENTRY_LIMIT = 20_000, 4_000
"""Most characters of a whole report, and of what it says of one item."""
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)


def is_near(person: Person, plan: Plan) -> bool:
    """Follows its reporting: the institution, the consultant and the school."""
    return is_own(person, plan) or is_school(person, plan) or is_consultant(person, plan)


def can_read(person: Person, report: Report) -> bool:
    return can_read_voice(person, report.plan, report.voice, report.state)


def can_read_voice(person: Person, plan: Plan, voice: str, state: str) -> bool:
    """A draft: those whose voice it is. Then all who are near; an approved one whoever may read the plan."""
    if state == ReportState.APPROVED:
        return can_see(person, plan)
    if voice == Voice.OWN and is_own(person, plan):
        return True
    if voice == Voice.SHADOW and is_consultant(person, plan):
        return True
    return state != ReportState.DRAFT and is_near(person, plan)


def can_write(person: Person, report: Report) -> bool:
    """The team its own report, the consultant the shadow report. Their state is for the action to look at."""
    return can_write_voice(person, report.plan, report.voice)


def can_write_voice(person: Person, plan: Plan, voice: str) -> bool:
    return is_consultant(person, plan) if voice == Voice.SHADOW else is_member(person, plan)


def can_submit(person: Person, report: Report) -> bool:
    """The leads for the institution; the consultant their own."""
    return (
        is_consultant(person, report.plan) if report.voice == Voice.SHADOW else is_lead(person, report.plan)
    )


def can_judge(person: Person, report: Report) -> bool:
    """Approve or return: the school, and only what the institution says. A second opinion needs no leave."""
    return report.voice == Voice.OWN and is_school(person, report.plan)


def is_due(plan: Plan, starts: date, ends: date) -> bool:
    """Whether a period asks for reports: the plan has a day in it. Periods are made for all plans at once."""
    return (plan.starts is None or plan.starts <= ends) and (plan.ends is None or starts <= plan.ends)


def runs(plan: Plan, ends: date, today: date) -> bool:
    """Whether more can still happen in the period that is to be reported on: its last day is to come, and the plan
    is not done before."""
    return today < ends and plan.state != PlanState.DONE


def can_take_stock(person: Person, plan: Plan) -> bool:
    """Hold a stocktake and write down what is decided there."""
    return is_school(person, plan) or is_consultant(person, plan)


def can_tick_off(person: Person, plan: Plan) -> bool:
    """Say that a decision is done; whose it is, is for the action to look at."""
    return is_near(person, plan)
