"""The stream kinds `room` and `cohort`: what they hold and who may follow them."""

from __future__ import annotations

from rooms import events
from rooms.actions import mark_read
from rooms.commands import COHORT_COMMANDS, ROOM_COMMANDS
from rooms.events import StateOfSignals
from rooms.models import Audience, Room
from rooms.queries import (
    cohort_for,
    cohort_readers,
    cohort_state_of,
    cohort_stream,
    door_stream,
    moderated_cohort,
    moderators_among,
    moderators_stream,
    room_for,
    room_for_each,
    room_readers,
    state_of,
)
from synergy.journal.facts import StreamId
from synergy.live.kinds import StreamKind
from synergy.people.models import Person


def _who_hears_of(room_id: int) -> list[StreamId]:
    """See the Note [Rooms that not everybody knows of]."""
    room = Room.objects.filter(pk=room_id).first()
    if room is None:
        return []
    if room.audience == Audience.COHORT:
        return [cohort_stream(room.cohort_id)]
    return [door_stream(room.pk), moderators_stream(room.cohort_id)]


def _nothing(_person: Person, _thing: object) -> StateOfSignals:
    return StateOfSignals()


ROOM = StreamKind(
    name="room",
    find=room_for,
    state=state_of,
    readers=room_readers,
    find_each=room_for_each,
    events=(
        events.MessagePosted,
        events.MessageEdited,
        events.MessageRemoved,
        events.MessageLanguageSet,
        events.MessagePinned,
        events.MessageUnpinned,
        events.ReactionAdded,
        events.ReactionRemoved,
        events.HandRaised,
        events.HandLowered,
        events.PollOpened,
        events.PollVoted,
        events.PollClosed,
        events.RoomStateSet,
        events.RoomQuieted,
        events.RoomRenamed,
        events.MembersSet,
    ),
    commands=ROOM_COMMANDS,
    signals=frozenset({"typing"}),
    parents=_who_hears_of,
    mark_seen=mark_read,
)

COHORT = StreamKind(
    name="cohort",
    find=cohort_for,
    state=cohort_state_of,
    readers=cohort_readers,
    events=(events.RoomOpened, events.RoomListed, events.RoomsChanged),
    commands=COHORT_COMMANDS,
)

DOOR = StreamKind(name="door", find=room_for, state=_nothing, readers=room_readers)
"""Of one room of members: hears its activity."""

MODERATORS = StreamKind(name="moderators", find=moderated_cohort, state=_nothing, readers=moderators_among)
"""Of one cohort: hears the activity of all its rooms of members."""
