"""State = log, for a plan's reporting and a report: facts folded as `reporting.events` says give the fresh state."""

import json
import random
from datetime import timedelta

import msgspec
import pytest

from challenges.plans.models import Audience, Decision, Period, Report, Review
from challenges.plans.reporting.queries import (
    report_for,
    report_state,
    report_stream,
    reporting_for,
    reporting_state,
    reporting_stream,
)
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.plans import make_item, make_plan_case
from tests.support.client import client_filter
from tests.support.histories import seeds
from tests.support.plans import agree
from tests.support.reports import begun, report_do, reporting_do, reporting_made
from tests.support.told import told

STEPS = 90


def put(rows, row):
    at = next((place for place, each in enumerate(rows) if each["id"] == row["id"]), None)
    rows.append(row) if at is None else rows.__setitem__(at, row)


def fold_reporting(state, event):
    data = event["data"]
    match event["name"]:
        case "periods.added":
            state["periods"] += data["periods"]
        case "period.set":
            put(state["periods"], data["period"])
        case "period.removed":
            state["periods"] = [row for row in state["periods"] if row["id"] != data["period"]]
        case "report.set":
            put(state["reports"], data["report"])
        case "stocktake.held":
            state["stocktakes"].append(data["stocktake"])
        case "decision.set":
            taken = next(row for row in state["stocktakes"] if row["id"] == data["stocktake"])
            put(taken["decisions"], data["decision"])
        case other:
            raise AssertionError(other)


def encoded(card):
    return json.loads(msgspec.json.encode(card))


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's store as a function: cases → states."""
    return client_filter("replay_report.ts", tmp_path_factory.mktemp("report"))


@pytest.fixture
def case(db):
    case = agree(make_plan_case(audience=Audience.COHORT))
    reporting_made(case, "facilitator", "period.add", name="Q2", starts="2026-04-01", ends="2026-06-30")
    return case


def one(dice, rows):
    return dice.choice(list(rows.order_by("pk").values_list("pk", flat=True)) or [1])


def reporting_words(dice, number):
    """A command of the reporting stream, who runs it, and what it says."""
    period = one(dice, Period.objects.all())
    return dice.choice(
        [
            (
                "facilitator",
                "period.add",
                {
                    "name": f"P{number}",
                    "starts": f"20{30 + number % 60}-01-01",
                    "ends": f"20{30 + number % 60}-02-01",
                },
            ),
            ("facilitator", "period.close", {"period": period}),
            ("facilitator", "period.reopen", {"period": period, "why": "So"}),
            ("facilitator", "period.remove", {"period": period}),
            ("member", "report.begin", {"period": period, "voice": "own"}),
            ("consultant", "report.begin", {"period": period, "voice": "shadow"}),
            ("facilitator", "stocktake.hold", {"note": "So", "decisions": [{"text": "One"}]}),
            (
                "consultant",
                "decision.add",
                {"stocktake": one(dice, Review.objects.all()), "text": f"D{number}"},
            ),
            (
                "coordinator",
                "decision.tick",
                {"decision": one(dice, Decision.objects.all()), "is_done": dice.random() < 0.6},
            ),
        ]
    )


def report_words(dice, case, report):
    report.refresh_from_db()
    item = one(dice, case.plan.items.all())
    entry = report.entries.filter(item=item).first()
    field, value = dice.choice(
        [
            ("progress", "limited"),
            ("progress", ""),
            ("confidence", "in_doubt"),
            ("evidence", "Ķ"),
            ("challenges", "<b>"),
        ]
    )
    base = entry.revisions.get(field, 0) if entry else 0
    whole = dice.choice(["One", "Two", "Три"])
    return dice.choice(
        [
            ("member", "entry.change", {"item": item, "field": field, "value": value, "base": base}),
            (
                "coordinator",
                "report.change",
                {"field": "text", "value": whole, "base": report.revisions.get("text", 0)},
            ),
            (
                "member",
                "report.change",
                {"field": "confidence", "value": "probable", "base": report.revisions.get("confidence", 0)},
            ),
            ("member", "entries.add", {}),
            ("coordinator", "report.submit", {}),
            ("coordinator", "report.withdraw", {}),
            ("facilitator", "report.return", {"why": "Who?"}),
        ]
    )


@pytest.mark.parametrize("seed", seeds(2))
def test_the_reporting_of_a_plan(case, seed):
    dice = random.Random(seed)
    stream = reporting_stream(case.plan.pk)
    opened, done = [], set()
    for number in range(STEPS):
        if number % 20 == 0:
            opened.append((encoded(reporting_state(case.member, case.plan)), log.head(stream)))
        who, name, words = reporting_words(dice, number)
        answer = reporting_do(case, who, name, now=NOON + timedelta(minutes=number), **words)
        if not isinstance(answer, Refused):
            done.add(name)
    now = encoded(reporting_state(case.member, reporting_for(case.member, case.plan.pk)))
    for state, head in opened:
        for event in told(stream, head):
            fold_reporting(state, event)
        assert state == now
    assert len(done) == 8


@pytest.mark.parametrize("seed", seeds(2))
def test_a_report_in_the_client(case, store, seed):
    dice = random.Random(seed)
    report = begun(case, "member", "own")
    stream = report_stream(report.pk)
    opened, done = [], set()
    for number in range(STEPS):
        if number % 20 == 0:
            state = encoded(report_state(case.member, report_for(case.member, report.pk)))
            opened.append({"state": state, "head": log.head(stream)})
        if number % 30 == 10:
            make_item(case.plan)
        who, name, words = report_words(dice, case, report)
        answer = report_do(case, who, report, name, now=NOON + timedelta(minutes=number), **words)
        if not isinstance(answer, Refused):
            done.add(name)
    now = encoded(report_state(case.member, report_for(case.member, report.pk)))
    reached = store([{**old, "events": told(stream, old["head"])} for old in opened])
    for state in reached:
        assert {**state, "may_write": now["may_write"], "head": 0} == {**now, "head": 0}
    assert len(done) >= 6
    assert Report.objects.count() == 1
