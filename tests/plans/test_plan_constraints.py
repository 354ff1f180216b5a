"""What the database refuses, whoever writes to it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from challenges.plans.models import ChangeRequest, Evidence, Item, Plan
from tests.factories import NOON
from tests.factories.plans import make_plan

JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)


def refuses(name, act):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        # PostgreSQL names the other one, which no unknown state can fulfil either.
        ("plan_state_known|plan_approved_at_some_time", {"state": "lost"}),
        ("plan_audience_known", {"audience": "world"}),
        ("plan_language_known", {"language": "xx"}),
        ("plan_ends_after_start", {"starts": JUNE, "ends": MAY}),
        ("plan_approved_by_somebody", {"state": "approved", "approved_at": NOON}),
        ("plan_approved_at_some_time", {"state": "approved"}),
    ],
)
def test_plans(case, name, fields):
    refuses(name, lambda: Plan.objects.update(**fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("item_kind_known", {"kind": "wish"}),
        ("item_progress_known", {"progress": "well", "progress_at": NOON}),
        ("item_progress_reported_at_some_time", {"progress": "complete"}),
        ("item_confidence_known", {"confidence": "green", "confidence_why": "So"}),
        ("item_confidence_says_why", {"confidence": "probable"}),
        ("item_precision_known", {"due_precision": "hour"}),
        ("item_due_in_order", {"due_since": JUNE, "due_until": MAY}),
        ("item_start_in_order", {"start_since": JUNE, "start_until": MAY}),
        ("item_range_in_order", {"lowest": 2, "highest": 1}),
        ("item_target_not_below_lowest", {"target": 0, "lowest": 1}),
        ("item_target_not_above_highest", {"target": 2, "highest": 1}),
    ],
)
def test_items(case, name, fields):
    refuses(name, lambda: Item.objects.filter(pk=case.indicator.pk).update(**fields))


def test_numbers_stand_on_indicators_alone(case):
    refuses("item_only_indicators", lambda: Item.objects.filter(pk=case.first.pk).update(target=1))
    Item.objects.filter(pk=case.indicator.pk).update(target=1, lowest=1, highest=1)


def test_requests_and_evidence(case):
    base = {"item": case.first, "field": "due", "by": case.member, "at": NOON}
    refuses("change_request_says_why", lambda: ChangeRequest.objects.create(**base, why=""))
    ChangeRequest.objects.create(**base, why="So")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.create(**base, why="Again")
    both = {"plan": case.plan, "title": "A", "by": case.member, "at": NOON}
    refuses("evidence_file_or_link", lambda: Evidence.objects.create(**both))
    refuses("evidence_file_or_link", lambda: Evidence.objects.create(**both, url="https://a", sha256="0"))
    refuses("evidence_checked", lambda: Evidence.objects.create(**both, url="https://a", link_state="alive"))
    Evidence.objects.create(**both, url="https://a")


def test_an_imported_plan_is_there_once(case):
    make_plan(case.cohort, source="tracker 1")
    make_plan(source="tracker 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(case.cohort, source="tracker 1")
