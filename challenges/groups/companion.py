"""What the page of a room shows when a task group meets in it: the way back to its challenge.

An app that knows more of the room, such as what runs in it, stands above and is asked first.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.groups.models import TaskGroup
from challenges.groups.queries import groups_stream, task_group_of_room
from challenges.groups.streams import GROUPS
from challenges.queries import challenge_for
from rooms.companions import Companion
from rooms.models import Room
from synergy.live.refusals import Refused
from synergy.live.streams import read_state
from synergy.people.models import Person


def companion_of_group(person: Person, room: Room) -> Companion | None:
    """None for a room where no task group meets."""
    group = task_group_of_room(room)
    if group is None:
        return None
    stream = groups_stream(group.mix_id)
    try:
        head, state = read_state(GROUPS, person, stream)
    except Refused:
        return None
    back, back_name = way_back(person, group)
    return Companion(stream=stream, head=head, state=state, back=back, back_name=back_name)


def way_back(person: Person, group: TaskGroup) -> tuple[str, str]:
    """Address and words: to the challenge, or to the groups of the day when the person may not read it."""
    if challenge_for(person, group.challenge_id) is not None:
        return reverse("challenges:challenge", args=[group.challenge_id]), _("Back to the challenge")
    mix = group.mix
    day = reverse("task_groups:day", args=[mix.training_session_id, mix.on])
    return f"{day}#g{group.pk}", _("Back to the task groups")
