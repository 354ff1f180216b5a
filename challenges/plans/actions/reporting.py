"""How far an item is, in the words of who owns it; and what an indicator was on a day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from msgspec import UNSET, UnsetType

from challenges.actions.held import require
from challenges.plans.actions.held import hold, invalid, item_of, reason, require_approved, tell
from challenges.plans.actions.proof import is_proven
from challenges.plans.actions.requests import withdraw_dates_of
from challenges.plans.actions.setting import first_day
from challenges.plans.actions.values import a_line, a_number, require_possible
from challenges.plans.cards import number_text, reading_card
from challenges.plans.events import ItemReported, ReadingRemoved, ReadingSet
from challenges.plans.models import Item, Kind, Plan, Progress, Reading, Update
from challenges.plans.rules import can_report
from challenges.plans.timeliness import today_in
from synergy.live.refusals import Refused
from synergy.people.models import Person

READINGS_LIMIT = 400
"""Most readings of one indicator."""


def report_item(
    *, person: Person, plan: Plan, item: int, progress: str, confidence: str, why: str, now: datetime
) -> Update:
    """Signed, dated and kept. Raises Refused: `invalid` for a confidence without a reason, and for
    "complete" as long as nothing proves it (field `progress`).
    """
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_approved(person, plan)
        row = item_of(plan, item)
        require(
            can_report(person, plan, row), _("Its owner, co-ordinators and who owns the plan report on it.")
        )
        words = reason(why, may_be_blank=not confidence)
        if progress == Progress.COMPLETE and not is_proven(plan, row):
            raise invalid(
                "progress", _("Add what proves it first: a file or a link. Then report it complete.")
            )
        update = Update.objects.create(
            item=row, progress=progress, confidence=confidence, why=words, by=person, at=now
        )
        row.progress, row.confidence, row.confidence_why = progress, confidence, words
        row.progress_by, row.progress_at = person, now
        row.save(update_fields=["progress", "confidence", "confidence_why", "progress_by", "progress_at"])
        fact = ItemReported(item=row.pk, progress=progress, confidence=confidence, why=words)
        tell(plan, fact, person, now)
        if progress == Progress.COMPLETE:
            withdraw_dates_of(plan, row, person, now)
    return update


def add_reading(
    *, person: Person, plan: Plan, item: int, on: date, value: str, note: str, now: datetime
) -> Reading:
    """One a day. The same value again changes nothing; another one is a `conflict`. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_approved(person, plan)
        row = item_of(plan, item)
        if row.kind != Kind.INDICATOR:
            raise invalid("item", _("Only an indicator has readings."))
        _require_day(plan, row, on, now)
        number = _checked(row, value)
        there = row.readings.filter(on=on).first()
        if there is not None:
            return _same_or_conflict(there, number)
        if row.readings.count() >= READINGS_LIMIT:
            raise Refused("conflict", _("There is room for %(limit)d readings.") % {"limit": READINGS_LIMIT})
        reading = Reading.objects.create(
            item=row, on=on, value=number, note=a_line(note, 500, "note"), by=person, at=now
        )
        tell(plan, ReadingSet(reading=reading_card(reading), was=None, why=""), person, now)
    return reading


def correct_reading(
    *,
    person: Person,
    plan: Plan,
    reading: int,
    value: str,
    was: str,
    why: str,
    now: datetime,
    note: str | UnsetType = UNSET,
) -> None:
    """The value before stays in the log, with the reason. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_approved(person, plan)
        row = _reading_of(plan, reading)
        words = reason(why)
        _require_period_open(plan, row.on)
        number = _checked(row.item, value)
        before = number_text(row.value) or ""
        if a_number(was, row.item.unit, "was") != row.value:
            present = {"value": before, "by": row.corrected_by_id or row.by_id}
            raise Refused("conflict", _("Somebody else has changed this meanwhile."), present=present)
        row.value, row.corrected_by, row.corrected_at = number, person, now
        if not isinstance(note, UnsetType):
            row.note = a_line(note, 500, "note")
        row.save(update_fields=["value", "note", "corrected_by", "corrected_at"])
        tell(plan, ReadingSet(reading=reading_card(row), was=before, why=words), person, now)


def remove_reading(*, person: Person, plan: Plan, reading: int, why: str, now: datetime) -> None:
    """It was entered by mistake; its value stays in the log. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_approved(person, plan)
        row = _reading_of(plan, reading)
        words = reason(why)
        _require_period_open(plan, row.on)
        key = row.pk
        row.delete()
        fact = ReadingRemoved(reading=key, was=number_text(row.value) or "", why=words)
        tell(plan, fact, person, now)


def _reading_of(plan: Plan, pk: int) -> Reading:
    rows = Reading.objects.filter(item__plan=plan, item__removed_at__isnull=True).select_related("item")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", _("There is no such reading any more."))
    return row


def _checked(item: Item, value: str) -> Decimal:
    number = a_number(value, item.unit)
    if number is None:
        raise invalid("value", _("Write a number, for example 17.8."))
    require_possible(number, item.unit, item.lowest, item.highest)
    known = [each for each in (item.baseline, item.target) if each is not None]
    if number < 0 and item.lowest is None and known and min(known) >= 0:
        raise invalid(
            "value",
            _(
                "Baseline and target are not below zero. If it can fall so far, write its lowest possible value first."
            ),
        )
    return number


def _require_day(plan: Plan, item: Item, on: date, now: datetime) -> None:
    if on > today_in(plan.time_zone, now):
        raise invalid("on", _("This day has not come yet. Enter what was measured until today."))
    first = first_day(plan, item)
    if first is not None and on < first:
        words = {"start": date_format(first)}
        raise invalid(
            "on",
            _("It starts on %(start)s. Choose a day from then on; what was before is the baseline.") % words,
        )
    _require_period_open(plan, on)


def _require_period_open(plan: Plan, on: date) -> None:
    """Also while it is being closed: both hold the plan."""
    period = plan.periods.filter(starts__lte=on, ends__gte=on, closed_at__isnull=False).first()
    if period is not None:
        words = {"period": period.name}
        raise Refused("conflict", _("The period %(period)s is closed. Ask a facilitator to open it.") % words)


def _same_or_conflict(there: Reading, number: Decimal) -> Reading:
    if there.value == number:
        return there
    present = {"reading": there.pk, "value": number_text(there.value), "by": there.by_id}
    raise Refused("conflict", _("There is a value for this day already. Correct that one."), present=present)
