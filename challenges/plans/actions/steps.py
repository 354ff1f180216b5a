"""From state to state: proposed, approved with a baseline or returned, done or stopped. Each step is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec import to_builtins

from challenges.actions.held import require
from challenges.plans.actions.held import hold, invalid, reason, tell, wrong_state
from challenges.plans.actions.telling import tell_of_step
from challenges.plans.cards import baseline_card, doors_of, step_card
from challenges.plans.events import BaselineCard, PlanMoved
from challenges.plans.models import Baseline, Item, Kind, Plan, PlanState, PlanStep
from challenges.plans.moments import names_no_day
from challenges.plans.queries import snapshot_of
from challenges.plans.rules import WRITABLE, is_lead, is_school
from rooms.text import is_blank
from synergy.live.refusals import Refused
from synergy.people.models import Person

NEED_A_DATE = (Kind.MILESTONE, Kind.DELIVERABLE)
TO_COMPLETE = (Kind.OBJECTIVE, *NEED_A_DATE)
"""What is complete when a plan is done, or it is said why not."""


def propose_plan(*, person: Person, plan: Plan, now: datetime) -> None:
    """To the school. Raises Refused: `invalid` with what is missing in `fields`.

    Proposing what is proposed changes nothing.
    """
    with transaction.atomic(savepoint=False):
        hold(plan)
        _require_lead(person, plan)
        if plan.state == PlanState.PROPOSED:
            return
        if plan.state not in WRITABLE:
            raise wrong_state(plan, _("It was proposed already."))
        missing = missing_in(plan)
        if missing:
            raise Refused("invalid", _("Something is missing before it can be proposed."), fields=missing)
        move(person, plan, PlanState.PROPOSED, now)


def missing_in(plan: Plan) -> dict[str, str]:
    """{"title", "owner", "items" or "item:<id>": what to do}: what a plan needs before it is proposed. One query."""
    missing = {}
    if is_blank(plan.title):
        missing["title"] = _("Give it a title.")
    if plan.owner_id is None:
        missing["owner"] = _("Say who is responsible for the plan.")
    items = list(plan.items.filter(removed_at__isnull=True).order_by("pk"))
    if not items:
        missing["items"] = _("Write at least one objective or milestone.")
    needs = {f"item:{item.pk}": _need_of(item) for item in items}
    return missing | {key: need for key, need in needs.items() if need}


def withdraw_plan(*, person: Person, plan: Plan, now: datetime) -> None:
    """It is a draft again. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        _require_lead(person, plan)
        if plan.state == PlanState.DRAFT:
            return
        if plan.state != PlanState.PROPOSED:
            raise wrong_state(plan, _("Somebody has answered already, so it cannot be withdrawn."))
        move(person, plan, PlanState.DRAFT, now)


def approve_plan(*, person: Person, plan: Plan, now: datetime, step: int | None = None) -> Baseline:
    """Agreed: what it says now is kept as its baseline. Who is second gets a `conflict`. Raises Refused.

    `step`: the proposal that was read; None for the one that is there.
    """
    with transaction.atomic(savepoint=False):
        hold(plan)
        _require_school(person, plan)
        if plan.state != PlanState.PROPOSED:
            raise wrong_state(plan, _no_longer(plan))
        _require_read(plan, step)
        baseline = Baseline.objects.create(
            plan=plan,
            number=plan.baselines.count() + 1,
            approved_by=person,
            at=now,
            snapshot=to_builtins(snapshot_of(plan)),
        )
        move(person, plan, PlanState.APPROVED, now, baseline=baseline_card(baseline))
    return baseline


def return_plan(*, person: Person, plan: Plan, why: str, now: datetime, step: int | None = None) -> None:
    """Back to the institution, with questions about the proposal `step`, as in `approve_plan`. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        _require_school(person, plan)
        words = reason(why)
        if plan.state != PlanState.PROPOSED:
            raise wrong_state(plan, _no_longer(plan))
        _require_read(plan, step)
        move(person, plan, PlanState.RETURNED, now, words)


def finish_plan(*, person: Person, plan: Plan, why: str, now: datetime) -> None:
    """All that was agreed is done, or it is said why not. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        _require_lead(person, plan)
        if plan.state == PlanState.DONE:
            return
        if plan.state != PlanState.APPROVED:
            raise wrong_state(plan, _("Only an approved plan can be done."))
        open_parts = _incomplete(plan).count()
        words = reason(why, may_be_blank=True)
        if open_parts and not words:
            raise invalid(
                "why", open_parts_words(open_parts) + " " + _("Say why the plan is done all the same.")
            )
        move(person, plan, PlanState.DONE, now, words)


def stop_plan(*, person: Person, plan: Plan, why: str, now: datetime) -> None:
    """For good; a draft that was never proposed is thrown away, without a reason. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold(plan)
        by_school = plan.approved_at is not None and is_school(person, plan)
        detail = _("Co-ordinators and who owns the plan may do this; facilitators once it is approved.")
        require(is_lead(person, plan) or by_school, detail)
        is_new = plan.state == PlanState.DRAFT and not plan.steps.exists()
        words = reason(why, may_be_blank=is_new) or _("Thrown away as a draft.")
        if plan.state in (PlanState.DONE, PlanState.STOPPED):
            raise wrong_state(plan, _("It is done or stopped already."))
        move(person, plan, PlanState.STOPPED, now, words)


def move(
    person: Person,
    plan: Plan,
    to: PlanState,
    now: datetime,
    why: str = "",
    baseline: BaselineCard | None = None,
) -> PlanStep:
    """Into the state, with a step in the history and in the log. The plan is held."""
    step = PlanStep.objects.create(plan=plan, from_state=plan.state, to_state=to, by=person, at=now, why=why)
    plan.state = to
    if to == PlanState.APPROVED:
        plan.approved_at, plan.approved_by = now, person
    plan.save(update_fields=["state", "approved_at", "approved_by"])
    fact = PlanMoved(
        state=to,
        approved_at=plan.approved_at,
        open=doors_of(to),
        step=step_card(step),
        baseline=baseline,
    )
    tell(plan, fact, person, now)
    tell_of_step(plan, step, now)
    return step


def _need_of(item: Item) -> str:
    if is_blank(item.title):
        return _("Give it a title.")
    if item.source:  # a row of another tracker is taken as it is: what it lacks is flagged
        return ""
    if names_no_day(item.due_wording):
        return _("There is no such day. Look at the day and the month.")
    if item.due_wording and not item.due_precision:
        return _("We do not understand this date. Write it like 30 June 2028, Q2 2028 or June 2028.")
    if item.kind in NEED_A_DATE and not item.due_wording:
        return _("Give it a date.")
    if item.kind == Kind.INDICATOR and (not item.unit or item.target is None):
        return _("Say in which unit it is measured, and the target.")
    return ""


def open_parts_words(number: int) -> str:
    words = ngettext("%(number)d part is not complete.", "%(number)d parts are not complete.", number)
    return words % {"number": number}


def _incomplete(plan: Plan) -> QuerySet[Item]:
    rows = plan.items.filter(removed_at__isnull=True, kind__in=TO_COMPLETE)
    return rows.exclude(progress="complete")


def _require_lead(person: Person, plan: Plan) -> None:
    require(is_lead(person, plan), _("Co-ordinators and who owns the plan may do this."))


def _require_school(person: Person, plan: Plan) -> None:
    require(is_school(person, plan), _("Only facilitators and organisers may do this."))


def _require_read(plan: Plan, step: int | None) -> None:
    """Between page and press it may have been withdrawn, changed and proposed again."""
    last = plan.steps.order_by("pk").values_list("pk", flat=True).last()
    if step not in (None, last):
        detail = _("The plan was changed and proposed again meanwhile. Read it once more, then answer.")
        raise Refused("conflict", detail, present={"state": plan.state, "step": last})


def _no_longer(plan: Plan) -> str:
    state = PlanState(plan.state).label
    return _("It does not wait for an answer any more. It is now: %(state)s.") % {"state": state}
