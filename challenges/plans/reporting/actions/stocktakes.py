"""A stocktake freezes the plan as it stands and lists what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import to_builtins

from challenges.actions.held import require
from challenges.plans.actions.held import WHY_LIMIT, invalid, wrong_state
from challenges.plans.actions.values import a_text
from challenges.plans.models import Decision, Plan, Review
from challenges.plans.queries import snapshot_of
from challenges.plans.reporting.actions.held import hold_reporting, tell_reporting
from challenges.plans.reporting.actions.telling import tell_of_decision
from challenges.plans.reporting.cards import decision_card, stocktake_card
from challenges.plans.reporting.events import DecisionSet, StocktakeHeld
from challenges.plans.reporting.queries import reporting_readers
from challenges.plans.reporting.rules import REPORTED, can_take_stock
from challenges.plans.reporting.shapes import NewDecision
from challenges.plans.rules import is_lead, is_school
from challenges.plans.timeliness import today_in
from rooms.text import is_blank
from synergy.live.refusals import Refused
from synergy.people.models import Person

DECISIONS_LIMIT = 50


def hold_stocktake(
    *, person: Person, plan: Plan, note: str, decisions: Sequence[NewDecision], now: datetime
) -> Review:
    """Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        _require_taking(person, plan)
        text = a_text(note, 20_000, "note")
        review = Review.objects.create(
            plan=plan,
            on=today_in(plan.time_zone, now),
            snapshot=to_builtins(snapshot_of(plan)),
            note=text,
            by=person,
            at=now,
        )
        made = [_listed(review, number, each) for number, each in enumerate(decisions)]
        tell_reporting(plan, StocktakeHeld(stocktake=stocktake_card(review)), person, now)
        for each in made:
            tell_of_decision(plan, each, person, now)
    return review


def add_decision(
    *,
    person: Person,
    plan: Plan,
    stocktake: int,
    text: str,
    owner: int | None,
    due: date | None,
    now: datetime,
) -> Decision:
    """The same words again in one stocktake are the same decision. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        _require_taking(person, plan)
        review = plan.reviews.filter(pk=stocktake).first()
        if review is None:
            raise Refused("not_found", _("There is no such stocktake."))
        review.plan = plan
        text = a_text(text, WHY_LIMIT, "text")
        same = review.decisions.filter(text=text, owner=owner, due=due).first()
        if same is not None:
            return same
        if review.decisions.count() >= DECISIONS_LIMIT:
            raise invalid("text", _("There is room for %(limit)d decisions.") % {"limit": DECISIONS_LIMIT})
        decision = _decision(review, text, owner, due)
        fact = DecisionSet(stocktake=review.pk, decision=decision_card(decision))
        tell_reporting(plan, fact, person, now)
        tell_of_decision(plan, decision, person, now)
    return decision


def tick_decision(*, person: Person, plan: Plan, decision: int, is_done: bool, now: datetime) -> None:
    """Done, or open again. Raises Refused."""
    with transaction.atomic(savepoint=False):
        hold_reporting(plan)
        row = Decision.objects.filter(pk=decision, review__plan=plan).first()
        if row is None:
            raise Refused("not_found", _("There is no such decision."))
        may = row.owner_id == person.pk or is_lead(person, plan) or is_school(person, plan)
        require(may, _("Who has taken it on, the leads of the plan and the school say that it is done."))
        if (row.done_at is not None) == is_done:
            return
        row.done_at = now if is_done else None
        row.save(update_fields=["done_at"])
        tell_reporting(plan, DecisionSet(stocktake=row.review_id, decision=decision_card(row)), person, now)


def _require_taking(person: Person, plan: Plan) -> None:
    require(can_take_stock(person, plan), _("The school and the consultant of the plan hold stocktakes."))
    if plan.state not in REPORTED:
        raise wrong_state(plan, _("A plan is reviewed from its approval until it is stopped."))


def _listed(review: Review, number: int, new: NewDecision) -> Decision:
    """Raises Refused that says which of the decisions is meant: {"decisions.<number>.<field>": why}."""
    try:
        return _decision(review, new.text, new.owner, new.due)
    except Refused as refusal:
        fields = {f"decisions.{number}.{name}": why for name, why in (refusal.fields or {}).items()}
        raise Refused(refusal.code, refusal.detail, fields=fields) from refusal


def _decision(review: Review, text: str, owner: int | None, due: date | None) -> Decision:
    words = a_text(text, WHY_LIMIT, "text")
    if is_blank(words):
        raise invalid("text", _("Say what was decided."))
    if owner is not None and not reporting_readers(review.plan_id, [owner]):
        raise invalid("owner", _("Choose somebody who can open this stocktake."))
    if due is not None and due < review.on:
        raise invalid("due", _("This day is before the stocktake."))
    return Decision.objects.create(review=review, text=words, owner_id=owner, due=due)
