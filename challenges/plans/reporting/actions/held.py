"""What nobody else changes until the transaction ends. See the Note [One order of locks]."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from challenges.plans.actions.held import hold, invalid, reason, wrong_state
from challenges.plans.models import Period, Plan, Report, ReportState, Voice
from challenges.plans.reporting.cards import report_line
from challenges.plans.reporting.events import ReportSet
from challenges.plans.reporting.queries import report_stream, reporting_stream
from challenges.plans.reporting.rules import REPORTED, WRITABLE, can_judge, runs
from challenges.plans.timeliness import today_in
from challenges.plans.words import day_words
from synergy.journal import log
from synergy.journal.facts import Fact
from synergy.live.refusals import Refused
from synergy.people.models import Person


def hold_reporting(plan: Plan) -> None:
    """Locks the plan's reporting, then the plan."""
    log.lock(reporting_stream(plan.pk))
    hold(plan)


def hold_report(report: Report) -> None:
    """Locks the report, its plan's reporting and the plan, and reads the report again."""
    log.lock(report_stream(report.pk))
    hold_reporting(report.plan)
    fresh = Report.objects.select_related("period").get(pk=report.pk)
    for field in Report._meta.concrete_fields:
        if field.name != "plan":
            setattr(report, field.attname, getattr(fresh, field.attname))
    report.period = fresh.period


def tell_reporting(plan: Plan, fact: Fact, person: Person, now: datetime) -> None:
    log.append(reporting_stream(plan.pk), fact, by=person.pk, at=now)


def tell_report(report: Report, fact: Fact, person: Person, now: datetime) -> None:
    """To who follows the report; the report, which is held, has changed."""
    report.changed_at = now
    report.save(update_fields=["changed_at"])
    log.append(report_stream(report.pk), fact, by=person.pk, at=now)


def tell_state(report: Report, person: Person, now: datetime) -> None:
    tell_reporting(report.plan, ReportSet(report=report_line(report)), person, now)


def require_reported(plan: Plan) -> None:
    """Raises Refused (`conflict`)."""
    if plan.state not in REPORTED:
        raise wrong_state(plan, _("A plan is reported on from its approval until it is stopped."))


def require_open(period: Period) -> None:
    """Raises Refused (`conflict`) that says what to do."""
    if period.closed_at is not None:
        words = {"period": period.name}
        detail = _("The period %(period)s is closed. Ask a facilitator to open it.") % words
        raise Refused("conflict", detail, present={"closed_at": period.closed_at})


def require_over(plan: Plan, period: Period, why: str, now: datetime) -> str:
    """The cleaned reason, which is needed as long as the period runs, unless the plan is done. Raises Refused."""
    words = reason(why, may_be_blank=True)
    if not words and runs(plan, period.ends, today_in(plan.time_zone, now)):
        day = {"day": day_words(period.ends)}
        raise invalid("why", _("The period runs until %(day)s. Say why it cannot wait until then.") % day)
    return words


def require_writable(report: Report) -> None:
    """Raises Refused (`conflict`): submitted, approved or closed meanwhile."""
    require_reported(report.plan)
    require_open(report.period)
    if report.state in WRITABLE:
        return
    if report.state == ReportState.APPROVED:
        detail = _("The report is approved, so it stays as it is.")
    elif report.voice == Voice.SHADOW:
        detail = _("The report is submitted. Take it back to change it.")
    else:
        detail = _("The report is submitted. Take it back, or wait for the answer of the school.")
    raise Refused("conflict", detail, present={"state": report.state})


def require_judge(person: Person, report: Report) -> None:
    if report.voice == Voice.SHADOW:
        raise Refused("forbidden", _("A shadow report is not approved: it is the consultant’s own view."))
    if not can_judge(person, report):
        raise Refused("forbidden", _("Only facilitators and organisers may do this."))
