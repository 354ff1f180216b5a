"""What somebody hears at the door of a group's room that is not theirs: published groups are no secret."""

from __future__ import annotations

from django.utils.translation import gettext as _

from challenges.groups.queries import groups_for, task_group_of_room
from challenges.groups.rules import is_published
from rooms.models import Room
from synergy.people.models import Person


def words_at_a_groups_door(person: Person, room: Room) -> str | None:
    """None for a room where no published group meets, or of a cohort that is not the person's."""
    group = task_group_of_room(room)
    mix = groups_for(person, group.mix_id) if group is not None else None
    if mix is None or not is_published(mix):
        return None
    return _("This room is for one task group. Ask its facilitator to let you in.")
