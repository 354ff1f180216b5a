"""The words of a plan and of what stands in it, changed one field at a time by all of its institution."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.models import LANGUAGE_CODES
from challenges.plans.actions.agreed import why_not_free
from challenges.plans.actions.held import hold, invalid, item_of, require_work, tell, wrong_state
from challenges.plans.actions.rooms import let_in_again
from challenges.plans.actions.setting import checked_value, held_value, set_value
from challenges.plans.actions.telling import tell_of_role
from challenges.plans.actions.values import a_choice, a_day, a_line, a_member, a_text
from challenges.plans.events import PlanChanged
from challenges.plans.models import Audience, Item, Kind, Plan, PlanState
from challenges.plans.queries import plan_readers
from challenges.plans.rules import can_assign, is_member, is_school
from synergy.cohorts.models import Seat
from synergy.live.access import access_changed
from synergy.live.fields import count_change, require_base, revision_of
from synergy.live.refusals import Refused
from synergy.people.models import Person

PLAN_TEXT_LIMIT = 20_000
"""Most characters in the summary; a frame of the protocol has room for it in every script."""
INDICATORS_ONLY = (
    *("unit", "direction", "baseline", "baseline_on", "target", "lowest", "highest"),
    *("trajectory", "data_source"),
)
ROLES = ("owner", "consultant")
"""Fields of a plan that name a person, who is told."""
Kept = str | int | date | None


def change_plan(*, person: Person, plan: Plan, field: str, value: Any, base: int, now: datetime) -> int:
    """Sets one field and gives its new revision. Raises Refused; see the Note [A field and its revision]."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        _require_may_change(person, plan, field)
        kept = _checked_plan_value(plan, field, value)
        held = _held(plan, field)
        if kept == held:
            return revision_of(plan, field)
        require_base(plan, field, base, held)
        before = _readers(plan) if field == "audience" else set()
        _set_plan_field(person, plan, field, kept, now)
        if field == "audience":
            let_in_again(plan, now)
            access_changed(before - _readers(plan), now)
    return revision_of(plan, field)


def set_consultant(*, person: Person, plan: Plan, consultant: int | None, now: datetime) -> None:
    """By the school. Who was it before may lose sight of the plan. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        require(is_school(person, plan), _("Only facilitators and organisers may do this."))
        if plan.state in (PlanState.DONE, PlanState.STOPPED):
            raise wrong_state(plan, _("The plan is done or stopped, so it stays as it is."))
        seats = Seat.objects.filter(cohort=plan.cohort_id, ended_at__isnull=True, person__is_active=True)
        if consultant is not None and not seats.filter(person=consultant).exists():
            raise invalid("consultant", _("Choose somebody of this cohort."))
        own = Q(institution=plan.institution_id) | Q(person=plan.owner_id)
        if consultant is not None and seats.filter(own, person=consultant).exists():
            raise invalid(
                "consultant", _("Choose somebody from outside the institution that carries it out.")
            )
        if plan.consultant_id == consultant:
            return
        before, previous = _readers(plan), plan.consultant_id
        _set_plan_field(person, plan, "consultant", consultant, now)
        let_in_again(plan, now)
        # Who may still read the plan writes its shadow report no more.
        access_changed((before - _readers(plan)) | ({previous} if previous else set()), now)


def change_item(
    *, person: Person, plan: Plan, item: int, field: str, value: Any, base: int, now: datetime
) -> tuple[int, object]:
    """Sets one field and gives its new revision and its value as in the cards. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        row = item_of(plan, item)
        if field == "owner" and can_assign(person, plan) and not is_member(person, plan):
            require(plan.state == PlanState.APPROVED, _("Only participants of the institution may do this."))
        else:
            require_work(person, plan)
        if field == "owner":
            require(
                can_assign(person, plan), _("Co-ordinators and who owns the plan say who is responsible.")
            )
        require_fits(row, field)
        kept = checked_value(plan, row, field, value)
        held = held_value(row, field)
        if kept == held:
            return revision_of(row, field), held
        _require_free(plan, row, field)
        require_base(row, field, base, held)
        set_value(person, plan, row, field, kept, now)
    return revision_of(row, field), kept


def require_fits(item: Item, field: str) -> None:
    """Raises Refused (`invalid`)."""
    if field in INDICATORS_ONLY and item.kind != Kind.INDICATOR:
        raise invalid("value", _("Only an indicator has this."))


def _require_free(plan: Plan, item: Item, field: str) -> None:
    detail = why_not_free(plan, item, field)
    if detail:
        raise Refused("conflict", detail, present={"value": held_value(item, field), "agreed": True})


def _require_may_change(person: Person, plan: Plan, field: str) -> None:
    if field == "owner" and plan.state == PlanState.APPROVED:
        require(can_assign(person, plan), _("Co-ordinators and who owns the plan say who is responsible."))
        return
    require_work(person, plan)
    if field == "owner":
        require(can_assign(person, plan), _("Co-ordinators and who owns the plan say who is responsible."))
    if plan.state == PlanState.APPROVED and field in ("title", "starts", "ends"):
        raise wrong_state(plan, _("This was agreed with the plan, so it stays as it is."))


def _checked_plan_value(plan: Plan, field: str, value: Any) -> Kept:
    if field == "title":
        return a_line(value, 200)
    if field == "summary":
        return a_text(value, PLAN_TEXT_LIMIT)
    if field == "language":
        return a_choice(value, LANGUAGE_CODES)
    if field == "audience":
        return a_choice(value, Audience.values)
    if field == "owner":
        return a_member(plan, value)
    if field == "time_zone":
        if value not in available_timezones():
            raise invalid("value", _("Choose one of the list."))
        return str(value)
    day = a_day(value)
    starts, ends = (day, plan.ends) if field == "starts" else (plan.starts, day)
    if starts and ends and ends < starts:
        raise invalid("value", _("The plan cannot end before it starts."))
    return day


def _held(plan: Plan, field: str) -> Kept:
    held: Kept = getattr(plan, f"{field}_id" if field in ROLES else field)
    return held


def _set_plan_field(person: Person, plan: Plan, field: str, value: Kept, now: datetime) -> None:
    column = f"{field}_id" if field in ROLES else field
    setattr(plan, column, value)
    revision = count_change(plan, field, person.pk)
    plan.save(update_fields=[field, "revisions", "editors"])
    tell(plan, PlanChanged(field=field, value=value, revision=revision), person, now)
    if field in ROLES:
        tell_of_role(plan, field, person, now)


def _readers(plan: Plan) -> set[int]:
    programme = plan.cohort.edition.programme_id
    seats = Seat.objects.filter(cohort__edition__programme=programme, ended_at__isnull=True)
    return plan_readers(plan.pk, set(seats.values_list("person_id", flat=True)))
