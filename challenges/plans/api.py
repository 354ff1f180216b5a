"""Plans and their reports for other programs, as far as the person may: `plans:read` and `plans:write`.

What is written goes through the commands of the live doors, with their rules and their receipts.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from msgspec.structs import asdict
from rest_framework.request import Request

from challenges.api import nothing_here, person_asking, responses
from challenges.paging import PAGE_PARAMETERS, PageQuery, page_of, read_body, read_query
from challenges.plans.events import PlanCard
from challenges.plans.models import Plan, Report
from challenges.plans.queries import due_for, plan_for, plan_state_of, plan_stream
from challenges.plans.queries.near import readable_reports
from challenges.plans.queries.plans import visible_plans
from challenges.plans.reporting.events import ReportCard
from challenges.plans.reporting.queries import report_for, report_state
from challenges.plans.serializers import (
    DueList,
    NewProgress,
    NewReading,
    PlanPage,
    ProgressKept,
    ReportPage,
    due_row,
    plan_row,
    report_row,
)
from challenges.plans.shapes import ReadingAdded
from rooms.serializers import answer
from synergy.cohorts.queries import seats_of
from synergy.journal import log
from synergy.keys.doors import for_programs
from synergy.live.forms import run_command

READ, WRITE = "plans:read", "plans:write"


@extend_schema(operation_id="plans_list", parameters=PAGE_PARAMETERS, responses=responses(PlanPage, 400))
@for_programs("GET", READ)
def plans(request: Request) -> HttpResponse:
    """The plans that one may read, in the order of their last change."""
    person, query = person_asking(request), read_query(request, PageQuery)
    with log.snapshot():
        rows, following = page_of(visible_plans(person, list(seats_of(person))), query)
        return answer(PlanPage(plans=[plan_row(row) for row in rows], next=following))


@extend_schema(operation_id="plans_detail", responses=responses(PlanCard, 404))
@for_programs("GET", READ)
def plan(request: Request, pk: int) -> HttpResponse:
    """One plan, with its items, readings, change requests and evidence."""
    with log.snapshot():
        return answer(plan_state_of(person_asking(request), _plan(request, pk)))


@extend_schema(operation_id="plans_due", responses=responses(DueList))
@for_programs("GET", READ)
def due(request: Request) -> HttpResponse:
    """What one answers for in all plans, the most urgent first."""
    found = due_for(person_asking(request), timezone.now())
    return answer(DueList(due=[due_row(each) for each in found]))


@extend_schema(
    operation_id="plans_add_reading",
    request=NewReading,
    responses=responses(ReadingAdded, 400, 404, 409, 413, 503),
)
@for_programs("POST", WRITE)
def add_reading(request: Request, pk: int, item: int) -> HttpResponse:
    """Enters what an indicator was on a day, as its person could by hand."""
    body = read_body(request, NewReading)
    done = _run(request, pk, "reading.add", body.id, {**_fields(body), "item": item})
    return answer(msgspec.convert(done, ReadingAdded, from_attributes=True))


@extend_schema(
    operation_id="plans_report_progress",
    request=NewProgress,
    responses=responses(ProgressKept, 400, 404, 409, 413, 503),
)
@for_programs("POST", WRITE)
def report_progress(request: Request, pk: int, item: int) -> HttpResponse:
    """Says how far an item is, as its person could by hand."""
    body = read_body(request, NewProgress)
    _run(request, pk, "item.report", body.id, {**_fields(body), "item": item})
    return answer(ProgressKept(item=item, progress=body.progress))


@extend_schema(operation_id="reports_list", parameters=PAGE_PARAMETERS, responses=responses(ReportPage, 400))
@for_programs("GET", READ)
def reports(request: Request) -> HttpResponse:
    """The reports that one may read, of all plans, in the order of their last change."""
    person, query = person_asking(request), read_query(request, PageQuery)
    with log.snapshot():
        seats = list(seats_of(person))
        plans = visible_plans(person, seats).order_by().values("pk")
        rows = Report.objects.filter(readable_reports(person, seats), plan__in=plans)
        found, following = page_of(rows.select_related("plan__institution", "period"), query, "plan__cohort")
        return answer(ReportPage(reports=[report_row(row) for row in found], next=following))


@extend_schema(operation_id="reports_detail", responses=responses(ReportCard, 404))
@for_programs("GET", READ)
def report(request: Request, pk: int) -> HttpResponse:
    """One report, with what it says of each item."""
    with log.snapshot():
        person = person_asking(request)
        found = report_for(person, pk)
        if found is None:
            raise nothing_here()
        return answer(report_state(person, found))


def _run(request: Request, pk: int, command: str, command_id: UUID, data: dict[str, Any]) -> Any:
    plan = _plan(request, pk)
    return run_command(person_asking(request), plan_stream(plan.pk), command, data, command_id)


def _fields(body: msgspec.Struct) -> dict[str, Any]:
    return {name: value for name, value in asdict(body).items() if name != "id"}


def _plan(request: Request, pk: int) -> Plan:
    found = plan_for(person_asking(request), pk)
    if found is None:
        raise nothing_here()
    return found
