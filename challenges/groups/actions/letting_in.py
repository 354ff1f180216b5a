"""Into the room of a group come its people. Facilitators and organisers come into every room."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from challenges.groups.models import TaskGroup
from rooms.actions import set_members
from rooms.models import Audience
from rooms.queries import room_stream
from synergy.journal import log
from synergy.people.models import Person


def people_of_group(group: TaskGroup) -> list[Person]:
    rows = group.memberships.select_related("person").order_by("person_id")
    return [row.person for row in rows]


def let_in_where_they_are(groups: QuerySet[TaskGroup], who: int, now: datetime) -> None:
    """Makes the person a member of the room of that one of the groups where they are now, and of none of the others.

    Nobody else's membership changes: an app above may have let in somebody more, such as who gives the case.
    All rooms are locked before the first is changed, since each change goes on to lock the cohort's stream.
    A room from before there were members stays everybody's: what was said there was said to all.
    """
    of_members = groups.filter(room__audience=Audience.MEMBERS).select_related("room").order_by("room_id")
    rooms = [(group, group.room) for group in of_members if group.room is not None]
    for _group, room in rooms:
        log.lock(room_stream(room.pk))
    for group, room in rooms:
        members = set(room.members.values_list("person_id", flat=True)) - {who}
        if group.memberships.filter(person=who).exists():
            members.add(who)
        set_members(room=room, members=list(Person.objects.filter(pk__in=members)), now=now)
