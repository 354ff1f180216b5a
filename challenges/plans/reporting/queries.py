"""Reads, through the person who looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from challenges.plans.models import Decision, Plan, Report, Review
from challenges.plans.queries import plan_for, plan_for_each
from challenges.plans.queries.near import ties_of
from challenges.plans.reporting.cards import entry_card, period_card, report_line, stocktake_card
from challenges.plans.reporting.events import ReportCard, ReportingCard
from challenges.plans.reporting.rules import WRITABLE, can_read, can_read_voice, can_write, is_near
from rooms.events import PersonCard
from rooms.queries import people_of
from synergy.alphabet import in_alphabet
from synergy.cohorts.queries import seats_of
from synergy.journal.facts import StreamId
from synergy.people.models import Person


def reporting_stream(plan_id: int) -> StreamId:
    return StreamId("reporting", plan_id)


def report_stream(report_id: int) -> StreamId:
    return StreamId("report", report_id)


def reporting_for(person: Person, plan_id: int) -> Plan | None:
    """The plan, to who follows its reporting."""
    plan = plan_for(person, plan_id)
    return plan if plan is not None and is_near(person, plan) else None


def reporting_readers(plan_id: int, person_ids: Collection[int]) -> set[int]:
    persons = list(Person.objects.filter(pk__in=person_ids))
    plans = plan_for_each(persons, plan_id)
    return {person.pk for person in persons if person.pk in plans and is_near(person, plans[person.pk])}


def can_take_on(plan_id: int, people: Iterable[PersonCard]) -> list[PersonCard]:
    """Those of them to whom a decision can be given: who may open the stocktake. By name."""
    present = {card.id: card for card in people if not card.past}
    readers = reporting_readers(plan_id, present)
    return sorted((present[pk] for pk in readers), key=lambda card: in_alphabet(card.name))


def reporting_state(person: Person, plan: Plan) -> ReportingCard:
    """The same number of queries for any number of periods, reports and stocktakes."""
    return ReportingCard(
        id=plan.pk,
        periods=[period_card(row) for row in plan.periods.order_by("pk")],
        reports=[report_line(row) for row in plan.reports.order_by("pk")],
        stocktakes=[stocktake_card(row) for row in plan.reviews.order_by("pk").prefetch_related("decisions")],
        people=people_of(plan.cohort_id),
        me=person.pk,
    )


def report_for(person: Person, pk: int) -> Report | None:
    """The report with its plan and period; None when there is none for them."""
    report = Report.objects.select_related("period").filter(pk=pk).first()
    plan = plan_for(person, report.plan_id) if report else None
    if report is None or plan is None:
        return None
    report.plan = plan
    return report if can_read(person, report) else None


def reports_on(person: Person, plan: Plan, item: int) -> list[Report]:
    """Those with words on the item that the person may read, the newest first. `plan` is the person's."""
    rows = Report.objects.filter(plan=plan, entries__item=item).select_related("period")
    found = list(rows.order_by("-period__starts", "voice"))
    return [row for row in found if can_read_voice(person, plan, row.voice, row.state)]


def report_readers(report_id: int, person_ids: Collection[int]) -> set[int]:
    report = Report.objects.filter(pk=report_id).first()
    if report is None:
        return set()
    found = set()
    persons = list(Person.objects.filter(pk__in=person_ids))
    plans = plan_for_each(persons, report.plan_id)
    for person in persons:
        if person.pk in plans:
            report.plan = plans[person.pk]
            if can_read(person, report):
                found.add(person.pk)
    return found


def report_state(person: Person, report: Report) -> ReportCard:
    plan = report.plan
    return ReportCard(
        id=report.pk,
        plan=plan.pk,
        voice=report.voice,
        language=plan.language,
        period=report.period.name,
        state=report.state,
        text=report.text,
        confidence=report.confidence,
        entries=[entry_card(row) for row in report.entries.order_by("pk")],
        revisions=report.revisions,
        editors=report.editors,
        changed_at=report.changed_at,
        submitted_at=report.submitted_at,
        submitted_by=report.submitted_by_id,
        approved_at=report.approved_at,
        approved_by=report.approved_by_id,
        returned_why=report.returned_why,
        may_write=can_write(person, report) and report.state in WRITABLE,
        people=people_of(plan.cohort_id) if is_near(person, plan) else {},
        me=person.pk,
    )


def stocktake_for(person: Person, pk: int) -> Review | None:
    review = Review.objects.filter(pk=pk).first()
    plan = reporting_for(person, review.plan_id) if review else None
    if review is None or plan is None:
        return None
    review.plan = plan
    return review


def open_decisions(plan_id: int) -> list[Decision]:
    """What stocktakes decided and nobody has ticked off; the earliest date first."""
    rows = Decision.objects.filter(review__plan=plan_id, done_at__isnull=True).select_related(
        "owner", "review"
    )
    return sorted(rows, key=lambda each: (each.due or date.max, each.pk))


def decisions_of(person: Person) -> list[Decision]:
    """What the person has taken on in stocktakes of plans that they still follow."""
    seats = list(seats_of(person))
    rows = Decision.objects.filter(owner=person, done_at__isnull=True, review__plan__state="approved")
    found = rows.filter(ties_of(person, seats, "review__plan__").near).select_related(
        "review__plan__institution"
    )
    return sorted(found, key=lambda each: (each.due or date.max, each.pk))
