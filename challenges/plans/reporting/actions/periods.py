"""The times that plans are reported on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.plans.actions.held import invalid, reason
from challenges.plans.actions.values import YEARS, a_line
from challenges.plans.models import Period, Plan
from challenges.plans.reporting.actions.held import (
    hold_reporting,
    require_open,
    require_over,
    require_reported,
    tell_reporting,
)
from challenges.plans.reporting.cards import period_card
from challenges.plans.reporting.events import PeriodRemoved, PeriodsAdded, PeriodSet
from challenges.plans.reporting.rules import REPORTED, is_due
from challenges.plans.reporting.spans import Length, spans_between
from challenges.plans.rules import is_school
from challenges.plans.words import day_words
from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_moderate
from synergy.live.refusals import Refused
from synergy.people.models import Person

PERIODS_LIMIT = 60
"""Most periods of one plan: five years of months."""


def add_period(*, person: Person, plan: Plan, name: str, starts: date, ends: date, now: datetime) -> Period:
    """By hand. The same name and days again are the same period. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        require(is_school(person, plan), _("Only facilitators and organisers may do this."))
        require_reported(plan)
        line = a_line(name, 60, "name")
        if not line:
            raise invalid("name", _("Give the period a name, for example Q3 2026."))
        _require_span(starts, ends)
        _require_in(plan, starts, ends)
        there = list(plan.periods.all())
        same = next(
            (each for each in there if (each.name, each.starts, each.ends) == (line, starts, ends)), None
        )
        if same is not None:
            return same
        _require_free(there, line, starts, ends)
        period = Period.objects.create(plan=plan, name=line, starts=starts, ends=ends)
        tell_reporting(plan, PeriodsAdded(periods=[period_card(period)]), person, now)
    return period


def make_periods(
    *, person: Person, cohort: Cohort, length: Length, starts: date, ends: date, now: datetime
) -> tuple[int, list[Plan]]:
    """For all plans of the cohort that are reported on: (how many plans got periods, those that could not).

    Whole months, quarters or halves of a year that touch the days; to each plan those in which it has a day. A plan
    that has them already stays as it is; one with other periods at the same time is left alone. Raises Refused.
    """
    with transaction.atomic():
        require(can_moderate(seat_in(person, cohort.pk)), _("Only facilitators and organisers may do this."))
        _require_span(starts, ends)
        spans = spans_between(length, starts, ends)
        if len(spans) > PERIODS_LIMIT:
            raise invalid("ends", _("There is room for %(limit)d periods.") % {"limit": PERIODS_LIMIT})
        made, left = 0, []
        for plan in Plan.objects.filter(cohort=cohort, state__in=REPORTED).order_by("pk"):
            hold_reporting(plan)
            if plan.state not in REPORTED:
                continue
            there = list(plan.periods.all())
            known = {(each.starts, each.ends) for each in there}
            due = [span for span in spans if is_due(plan, span.starts, span.ends)]
            wanted = [span for span in due if (span.starts, span.ends) not in known]
            if any(_clashes(there, span.name, span.starts, span.ends) for span in wanted):
                left.append(plan)
            elif wanted:
                rows = [Period.objects.create(plan=plan, **span._asdict()) for span in wanted]
                tell_reporting(plan, PeriodsAdded(periods=[period_card(row) for row in rows]), person, now)
                made += 1
    return made, left


def close_period(*, person: Person, plan: Plan, period: int, why: str, now: datetime) -> None:
    """From now on its readings and reports stay as they are; one that still runs needs a reason, which stays in the
    log. Closing what is closed changes nothing. Raises Refused.
    """
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        row = _period_of(person, plan, period)
        if row.closed_at is not None:
            return
        words = require_over(plan, row, why, now)
        row.closed_at, row.closed_by = now, person
        _save(plan, row, words, person, now)


def reopen_period(*, person: Person, plan: Plan, period: int, why: str, now: datetime) -> None:
    """The reason stays in the log. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        row = _period_of(person, plan, period)
        words = reason(why)
        if row.closed_at is None:
            return
        row.closed_at, row.closed_by = None, None
        _save(plan, row, words, person, now)


def remove_period(*, person: Person, plan: Plan, period: int, now: datetime) -> None:
    """Made by mistake: nobody has begun a report of it. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        row = _period_of(person, plan, period)
        require_open(row)
        if row.reports.exists():
            raise Refused("conflict", _("Somebody has begun a report of it, so it stays."))
        row.delete()
        tell_reporting(plan, PeriodRemoved(period=period), person, now)


def period_of(plan: Plan, pk: int) -> Period:
    """Raises Refused (`not_found`)."""
    row = plan.periods.filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", _("There is no such period any more."))
    return row


def _period_of(person: Person, plan: Plan, pk: int) -> Period:
    require(is_school(person, plan), _("Only facilitators and organisers may do this."))
    return period_of(plan, pk)


def _save(plan: Plan, row: Period, why: str, person: Person, now: datetime) -> None:
    row.save(update_fields=["closed_at", "closed_by"])
    tell_reporting(plan, PeriodSet(period=period_card(row), why=why), person, now)


def _require_span(starts: date, ends: date) -> None:
    if not YEARS[0] <= starts.year <= ends.year <= YEARS[1] and starts <= ends:
        raise invalid("starts", _("Check the year."))
    if ends < starts:
        raise invalid("ends", _("The last day cannot be before the first."))


def _require_in(plan: Plan, starts: date, ends: date) -> None:
    """By hand a period is made for this plan alone, so it has a day of it."""
    if plan.starts is not None and ends < plan.starts:
        words = {"day": day_words(plan.starts)}
        raise invalid("ends", _("The plan begins on %(day)s. Choose days from then on.") % words)
    if plan.ends is not None and plan.ends < starts:
        raise invalid(
            "starts", _("The plan ends on %(day)s. Choose days before.") % {"day": day_words(plan.ends)}
        )


def _require_free(there: list[Period], name: str, starts: date, ends: date) -> None:
    if len(there) >= PERIODS_LIMIT:
        raise invalid("name", _("There is room for %(limit)d periods.") % {"limit": PERIODS_LIMIT})
    if any(each.name == name for each in there):
        raise invalid("name", _("There is a period with this name already."))
    if clash := _clashes(there, name, starts, ends):
        detail = _("The period %(period)s has some of these days already.") % {"period": clash.name}
        raise invalid("starts", detail)


def _clashes(there: list[Period], name: str, starts: date, ends: date) -> Period | None:
    """Periods do not overlap: a reading belongs to one of them."""
    return next(
        (each for each in there if each.name == name or (each.starts <= ends and starts <= each.ends)), None
    )
