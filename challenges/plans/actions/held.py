"""A plan that nobody else changes until the transaction ends, and what stands in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.plans.models import Item, Plan, PlanState
from challenges.plans.queries import plan_stream
from challenges.plans.rules import LIVE, is_member
from rooms.text import clean_text, is_blank
from synergy.journal import log
from synergy.journal.facts import Fact
from synergy.live.fields import too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

WHY_LIMIT = 4_000
"""Most characters in a reason."""


def hold(plan: Plan) -> None:
    """Locks its stream and reads again what may have changed meanwhile; the viewer's seat stays."""
    log.lock(plan_stream(plan.pk))
    fresh = Plan.objects.get(pk=plan.pk)
    for field in Plan._meta.concrete_fields:
        setattr(plan, field.attname, getattr(fresh, field.attname))


def tell(plan: Plan, fact: Fact, person: Person, now: datetime) -> None:
    """Appends the fact; the plan, which is held, has changed."""
    plan.changed_at = now
    plan.save(update_fields=["changed_at"])
    log.append(plan_stream(plan.pk), fact, by=person.pk, at=now)


def require_member(person: Person, plan: Plan) -> None:
    require(is_member(person, plan), _("Only participants of the institution may do this."))


def require_work(person: Person, plan: Plan) -> None:
    """Its institution works on it: as a draft, or since its approval. Raises Refused."""
    require_member(person, plan)
    if plan.state == PlanState.PROPOSED:
        raise wrong_state(plan, _("The plan waits for approval. Withdraw it to change it."))
    if plan.state not in LIVE:
        raise wrong_state(plan, _("The plan is done or stopped, so it stays as it is."))


def require_approved(person: Person, plan: Plan) -> None:
    require_member(person, plan)
    if plan.state != PlanState.APPROVED:
        raise wrong_state(plan, _("This is possible as soon as the plan is approved, until it is done."))


def wrong_state(plan: Plan, detail: str) -> Refused:
    """Somebody else was faster; `present` tells where it is now."""
    return Refused("conflict", detail, present={"state": plan.state})


def item_of(plan: Plan, pk: int) -> Item:
    """One that stands in the plan. Raises Refused (`not_found`)."""
    return items_of(plan, [pk])[0]


def items_of(plan: Plan, pks: Collection[int]) -> list[Item]:
    """In the order of their ids. Raises Refused (`not_found`)."""
    wanted = set(pks)
    found = list(plan.items.filter(pk__in=wanted, removed_at__isnull=True).order_by("pk"))
    if len(found) < len(wanted):
        raise Refused("not_found", _("This does not stand in the plan any more."))
    for item in found:
        item.plan = plan
    return found


def reason(why: str, *, may_be_blank: bool = False) -> str:
    """The cleaned reason. Raises Refused (`invalid`, field `why`)."""
    text = clean_text(why)
    if is_blank(text):
        if may_be_blank:
            return ""
        raise invalid("why", _("Say why."))
    if len(text) > WHY_LIMIT:
        raise invalid("why", too_long(len(text), WHY_LIMIT))
    return text


def invalid(field: str, detail: str) -> Refused:
    return Refused("invalid", detail, fields={field: detail})
