"""What happened to a report, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.utils.translation import gettext as _

from challenges.plans.models import Report, ReportState, Voice
from challenges.plans.reporting.events import ReportMoved
from challenges.plans.reporting.queries import report_stream
from challenges.plans.reporting.rules import can_judge, can_write
from challenges.plans.views.sight import Sight
from rooms.events import PersonCard
from synergy.journal import log
from synergy.people.models import Person


@dataclass(frozen=True)
class Step:
    """`words`: what was asked, or why it was before the end of the period; else empty."""

    what: str
    by: PersonCard | None
    at: datetime
    words: str
    is_question: bool


def history_of(report: Report, sight: Sight) -> list[Step]:
    """From the log, the oldest first: questions stay to be read after the answer. One query."""
    found: list[Step] = []
    for told in log.named(report_stream(report.pk), ReportMoved.name):
        fact = msgspec.json.decode(told.body, type=ReportMoved)
        is_question = fact.state == ReportState.RETURNED
        again = fact.state == ReportState.SUBMITTED and any(each.is_question for each in found)
        words = fact.returned_why if is_question else fact.remark
        what = _("Submitted again, after the questions") if again else _what(fact.state)
        found.append(Step(what, sight.person(told.by), told.at, words, is_question))
    return found


def _what(state: str) -> str:
    return {
        ReportState.SUBMITTED: _("Submitted"),
        ReportState.RETURNED: _("Returned with questions"),
        ReportState.APPROVED: _("Approved"),
        ReportState.DRAFT: _("Taken back"),
    }[ReportState(state)]


def waits_words(person: Person, report: Report) -> str:
    if report.period.closed_at is not None:
        return _("The period is closed: nothing changes here. A facilitator can open it again.")
    if report.state == ReportState.APPROVED:
        return _("Approved. It stays as it is. Nothing on the plan was changed by it.")
    if report.voice == Voice.SHADOW:
        return (
            _("The consultant has submitted it. The institution and the school read it.")
            if report.state == ReportState.SUBMITTED
            else _("Only the consultant sees it until it is submitted.")
        )
    if report.state == ReportState.SUBMITTED:
        if can_judge(person, report):
            return _("Waits for you: approve it, or return it with questions.")
        return _("Waits for the school to approve it.")
    if report.state == ReportState.RETURNED:
        if can_write(person, report):
            return _("Waits for you: answer the questions in the report, then submit it again.")
        return _("Waits for the institution to answer the questions of the school.")
    if can_write(person, report):
        return _(
            "You and your colleagues are writing it. The school and the consultant see it when it is submitted."
        )
    return _("The institution is writing it. The school and the consultant see it when it is submitted.")
