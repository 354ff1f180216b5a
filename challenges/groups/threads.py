"""What came out of a challenge here: the groups that worked on it, and their rooms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from challenges.groups.models import MixState, TaskGroup
from challenges.models import Challenge
from challenges.threads import Thread
from rooms.queries import rooms_for
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person


def group_threads(person: Person, challenge: Challenge) -> list[Thread]:
    """The published groups, for people of the cohort, and the rooms that they may enter."""
    groups = TaskGroup.objects.filter(challenge=challenge, mix__state=MixState.PUBLISHED)
    found = list(groups.select_related("mix").order_by("mix__on"))
    if not found or seat_in(person, challenge.cohort_id) is None:
        return []
    doors = {room.id: room for room in rooms_for(person, challenge.cohort_id)}
    rooms = [doors[group.room_id] for group in found if group.room_id in doors]
    return [*(_group(group) for group in found), *(_room(room.id, room.name) for room in rooms)]


def _group(group: TaskGroup) -> Thread:
    mix = group.mix
    return Thread(
        kind="group",
        name=_("Task group %(number)d") % {"number": group.number},
        address=f"{reverse('task_groups:day', args=[mix.training_session_id, mix.on])}#g{group.pk}",
        state_word=date_format(mix.on, "MONTH_DAY_FORMAT"),
    )


def _room(pk: int, name: str) -> Thread:
    return Thread(
        kind="room",
        name=_("Room: %(name)s") % {"name": name},
        address=reverse("rooms:room", args=[pk]),
    )
