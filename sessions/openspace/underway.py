"""The rounds of a gathering in the programme of its day, as they went.

# Note [Which activity is which round]

The programme is written by hand and knows nothing of slots, which move. Both are in the order of time, so
slots are laid beside activities in that order, each beside at most one, such that starts and lengths differ
least in all. What differs by more than FAR is not the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from sessions.models import Activity, TrainingSession
from sessions.openspace.models import Gathering, Slot, SpaceKind, Stage
from sessions.openspace.rules import AFTER_ROUNDS
from sessions.queries import DayPlan

FAR = timedelta(minutes=90)
SOON = timedelta(minutes=30)


def rounds_as_they_went(training_session: TrainingSession, plan: DayPlan, now: datetime) -> DayPlan:
    """With the times of its slots; without rounds that will not be held, and without the closing circle of one that was
    closed before. Three queries at most."""
    gathering = Gathering.objects.filter(training_session=training_session, on=plan.on).first()
    if gathering is None or gathering.stage == Stage.PREPARING:
        return plan
    slots = list(gathering.slots.order_by("starts_at", "pk"))
    beside = laid_beside(plan.activities, slots)
    kept = []
    for number, activity in enumerate(plan.activities):
        slot = beside.get(number)
        if slot is not None and slot.started_at is None and gathering.stage in AFTER_ROUNDS:
            continue
        if slot is None and _was_its_circle(activity, gathering, slots):
            continue
        kept.append(_followed(activity, slot, now) if slot else _closed_with(activity, gathering))
    return replace(plan, activities=sorted(kept, key=lambda activity: activity.starts_at))


def laid_beside(activities: Sequence[Activity], slots: Sequence[Slot]) -> dict[int, Slot]:
    """{place of the activity: its slot}. See the Note [Which activity is which round]."""

    @cache
    def best(first: int, slot: int) -> tuple[timedelta, tuple[tuple[int, int], ...]]:
        if slot == len(slots) or first == len(activities):
            return FAR * (len(slots) - slot), ()
        alone, without = best(first, slot + 1)
        ways = [best(first + 1, slot), (alone + FAR, without)]
        apart = _apart(activities[first], slots[slot])
        if apart < FAR:
            rest, pairs = best(first + 1, slot + 1)
            ways.append((rest + apart, ((first, slot), *pairs)))
        return min(ways)

    return {activity: slots[slot] for activity, slot in best(0, 0)[1]}


def _apart(activity: Activity, slot: Slot) -> timedelta:
    length = activity.ends_at - activity.starts_at
    return abs(activity.starts_at - slot.starts_at) + 2 * abs(length - (slot.ends_at - slot.starts_at))


def _followed(activity: Activity, slot: Slot, now: datetime) -> Activity:
    """With the times of the slot, in hand alone; nothing is saved."""
    activity.starts_at, activity.ends_at = slot.starts_at, slot.ends_at
    if slot.ended_at is not None:
        activity.ends_at = slot.ended_at
    elif slot.started_at is not None:
        # A round that nobody has ended goes on, whatever its time.
        activity.starts_at = min(slot.starts_at, slot.started_at)
        activity.ends_at = max(slot.ends_at, now + timedelta(minutes=1))
    return activity


def _was_its_circle(activity: Activity, gathering: Gathering, slots: Sequence[Slot]) -> bool:
    """What was planned in the plenary after the last slot, where the gathering had been closed before that."""
    closed_at = gathering.closed_at if gathering.stage == Stage.CLOSED else None
    if closed_at is None or not slots or activity.starts_at < closed_at or activity.room_id is None:
        return False
    if abs(activity.starts_at - max(slot.ends_at for slot in slots)) > SOON:
        return False
    return gathering.spaces.filter(kind=SpaceKind.PLENARY, room=activity.room_id).exists()


def _closed_with(activity: Activity, gathering: Gathering) -> Activity:
    """What goes on when the gathering is closed is its closing circle, and ends with it."""
    closed_at = gathering.closed_at if gathering.stage == Stage.CLOSED else None
    if closed_at and activity.starts_at < closed_at < activity.ends_at:
        activity.ends_at = closed_at
    return activity
