"""The rooms where items are talked about: opened when somebody first wishes to, for those who may read the plan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.plans.actions.held import hold, item_of, tell
from challenges.plans.actions.telling import tell_of_talk
from challenges.plans.events import ItemOpened
from challenges.plans.models import Item, Plan
from challenges.plans.queries import plan_for_each
from challenges.plans.rules import can_see, can_talk
from rooms.actions import open_room, set_members
from rooms.models import Audience as RoomAudience
from rooms.models import Room
from rooms.queries import room_stream
from rooms.text import clean_line
from synergy.cohorts.models import Seat
from synergy.journal import log
from synergy.people.models import Person


def open_item_room(*, person: Person, plan: Plan, item: int, now: datetime) -> Room:
    """The item's room; opened now if there is none. Raises Refused.

    Somebody who joined the cohort since it was opened is let in by asking again.
    """
    with transaction.atomic(savepoint=False):
        hold(plan)
        require(can_talk(person, plan), _("Those of the cohort who take part talk here; others read."))
        row = item_of(plan, item)
        if row.room is None:
            _open(person, plan, row, now)
        else:
            set_members(room=row.room, members=people_let_in(plan), now=now)
        assert row.room is not None
    return row.room


def let_in_again(plan: Plan, now: datetime) -> None:
    """Who may read the plan has changed, so those who may not any more leave its rooms. The plan is held."""
    rows = plan.items.filter(room__isnull=False).select_related("room").order_by("room")
    people = people_let_in(plan) if rows else []
    # Each call locks its room and then the cohort; all rooms come before the cohort, and in one order.
    for row in rows:
        assert row.room is not None
        log.lock(room_stream(row.room.pk))
    for row in rows:
        assert row.room is not None
        set_members(room=row.room, members=people, now=now)


def people_let_in(plan: Plan) -> list[Person]:
    """Of the cohort, whoever may read the plan. Three queries."""
    seats = Seat.objects.filter(cohort=plan.cohort_id, ended_at__isnull=True, person__is_active=True)
    people = [seat.person for seat in seats.select_related("person").order_by("person")]
    seen = plan_for_each(people, plan.pk)
    return [person for person in people if person.pk in seen and can_see(person, seen[person.pk])]


def _open(person: Person, plan: Plan, item: Item, now: datetime) -> None:
    item.room = open_room(
        person=person,
        cohort=plan.cohort,
        name=_name(plan, item),
        title=clean_line(item.title, 200),
        language=plan.language,
        audience=RoomAudience.MEMBERS,
        members=people_let_in(plan),
        institution=plan.institution,
        now=now,
    )
    item.save(update_fields=["room"])
    tell(plan, ItemOpened(item=item.pk, room=item.room.pk), person, now)
    tell_of_talk(plan, item, person, now)


def _name(plan: Plan, item: Item) -> str:
    """Short, and the only one in the cohort."""
    name = f"P{plan.pk} · {item.number or item.pk}"
    is_taken = Room.objects.filter(cohort=plan.cohort_id, name__iexact=name).exists()
    return f"{name} ({item.pk})" if is_taken else name
