"""Changes of what was agreed: asked for by the institution, answered by the school. See `plans.events`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from msgspec import to_builtins

from challenges.actions.held import require
from challenges.plans.actions.agreed import agreed_items
from challenges.plans.actions.held import hold, invalid, item_of, reason, require_approved, tell, wrong_state
from challenges.plans.actions.setting import MOMENTS, checked_value, held_value, set_value
from challenges.plans.actions.telling import tell_of_request
from challenges.plans.actions.tree import take_out
from challenges.plans.actions.under import present_under
from challenges.plans.actions.writing import require_fits
from challenges.plans.cards import request_card
from challenges.plans.events import MomentCard, RequestSet
from challenges.plans.models import ChangeRequest, Item, Plan, PlanState, RequestField, RequestState
from challenges.plans.rules import is_lead, is_school
from synergy.live.refusals import Refused
from synergy.people.models import Person


def ask_for_change(
    *, person: Person, plan: Plan, item: int, field: str, value: Any, why: str, now: datetime
) -> ChangeRequest:
    """One open request per item and field; a second one is a `conflict`. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_approved(person, plan)
        row = item_of(plan, item)
        if item not in agreed_items(plan):
            raise invalid("item", _("This was added after the approval: change it directly."))
        words = reason(why)
        there = ChangeRequest.objects.filter(item=row, field=field, state=RequestState.OPEN).first()
        if there is not None:
            present = to_builtins(request_card(there))
            detail = _("A change of this already waits for an answer: %(field)s. Take it back first.")
            words_of = {"field": RequestField(field).label}
            raise Refused("conflict", detail % words_of, fields={"field": detail % words_of}, present=present)
        before, after = _values(plan, row, field, value)
        request = ChangeRequest.objects.create(
            item=row, field=field, before=before, after=after, why=words, by=person, at=now
        )
        tell(plan, RequestSet(request=request_card(request)), person, now)
        tell_of_request(plan, request, now)
    return request


def answer_request(
    *, person: Person, plan: Plan, request: int, accept: bool, why: str, now: datetime
) -> None:
    """What was asked for is done, or it is said why not. Who is second gets a `conflict`. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require(is_school(person, plan), _("Only facilitators and organisers may do this."))
        row = _open_request(plan, request)
        if plan.state != PlanState.APPROVED:
            raise wrong_state(plan, _("The plan is done or stopped, so it stays as it is."))
        words = reason(why, may_be_blank=accept)
        value = _still_possible(plan, row) if accept else None
        _close(row, RequestState.ACCEPTED if accept else RequestState.DECLINED, person, now, words)
        tell(plan, RequestSet(request=request_card(row)), person, now)
        if accept:
            _carry_out(person, plan, row, value, now)
        tell_of_request(plan, row, now)


def withdraw_request(*, person: Person, plan: Plan, request: int, now: datetime) -> None:
    """By who asked, or a lead. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require_approved(person, plan)
        row = _open_request(plan, request)
        may = row.by_id == person.pk or is_lead(person, plan)
        require(may, _("Who asked for it may withdraw it, and co-ordinators."))
        _close(row, RequestState.WITHDRAWN, person, now, "")
        tell(plan, RequestSet(request=request_card(row)), person, now)


def _is_same(before: Any, after: Any) -> bool:
    """A date may be worded in two ways."""
    if isinstance(before, MomentCard) and isinstance(after, MomentCard) and after.precision:
        return (before.since, before.until, before.precision) == (after.since, after.until, after.precision)
    return bool(before == after)


def _values(plan: Plan, item: Any, field: str, value: Any) -> tuple[Any, Any]:
    """What it is and what it shall be, as JSON. Raises Refused (`invalid`)."""
    if field == RequestField.REMOVED:
        return None, None
    require_fits(item, field)
    before, after = held_value(item, field), checked_value(plan, item, field, value)
    if _is_same(before, after):
        raise invalid("value", _("This is what the plan says now."))
    if after is None:
        raise invalid("value", _("Write what it should be: a date, a number or a title."))
    if isinstance(after, MomentCard) and not after.precision:
        raise invalid(
            "value", _("We do not understand this date. Write it like 30 June 2028, Q2 2028 or June 2028.")
        )
    return to_builtins(before), to_builtins(after)


def _still_possible(plan: Plan, request: ChangeRequest) -> object:
    """What it shall be. Raises Refused (`conflict`): since it was asked for, the item may have changed."""
    if request.field == RequestField.REMOVED:
        return None
    after: Any = request.after
    typed = after["wording"] if request.field in MOMENTS else after
    try:
        return checked_value(plan, item_of(plan, request.item_id), request.field, typed)
    except Refused as refusal:
        raise Refused("conflict", refusal.detail, present=to_builtins(request_card(request))) from None


def _carry_out(person: Person, plan: Plan, request: ChangeRequest, value: object, now: datetime) -> None:
    item = item_of(plan, request.item_id)
    if request.field == RequestField.REMOVED:
        gone = present_under(plan, item.pk)
        take_out(person, plan, gone, now)
        _close_those_of(plan, gone, person, now)
        return
    set_value(person, plan, item, request.field, value, now)


def withdraw_dates_of(plan: Plan, item: Item, person: Person, now: datetime) -> None:
    """What is complete needs no other day. The plan is held."""
    _withdraw(plan, ChangeRequest.objects.filter(item=item, field__in=MOMENTS), person, now)


def _close_those_of(plan: Plan, items: Collection[int], person: Person, now: datetime) -> None:
    """What else was asked for items that are taken out needs no answer any more."""
    _withdraw(plan, ChangeRequest.objects.filter(item__in=items), person, now)


def _withdraw(plan: Plan, asked: QuerySet[ChangeRequest], person: Person, now: datetime) -> None:
    for row in asked.filter(state=RequestState.OPEN).order_by("pk"):
        _close(row, RequestState.WITHDRAWN, person, now, "")
        tell(plan, RequestSet(request=request_card(row)), person, now)


def _open_request(plan: Plan, pk: int) -> ChangeRequest:
    row = ChangeRequest.objects.filter(item__plan=plan, pk=pk).first()
    if row is None:
        raise Refused("not_found", _("There is no such request."))
    if row.state != RequestState.OPEN:
        state = RequestState(row.state).label
        detail = _("It does not wait for an answer any more. It is now: %(state)s.") % {"state": state}
        raise Refused("conflict", detail, present=to_builtins(request_card(row)))
    return row


def _close(row: ChangeRequest, state: RequestState, person: Person, now: datetime, words: str) -> None:
    row.state, row.answered_by, row.answered_at, row.answer_why = state, person, now, words
    row.save(update_fields=["state", "answered_by", "answered_at", "answer_why"])
