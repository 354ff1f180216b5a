"""The stream kinds `room` and `cohort`: what they hold and who may follow them."""

from __future__ import annotations

from rooms import events
from rooms.actions import mark_read
from rooms.commands import COHORT_COMMANDS, ROOM_COMMANDS
from rooms.models import Room
from rooms.queries import (
    cohort_for,
    cohort_readers,
    cohort_state_of,
    cohort_stream,
    room_for,
    room_for_each,
    room_readers,
    state_of,
)
from synergy.journal.facts import StreamId
from synergy.live.kinds import StreamKind


def _cohort_of(room_id: int) -> StreamId | None:
    cohort = Room.objects.filter(pk=room_id).values_list("cohort_id", flat=True).first()
    return cohort_stream(cohort) if cohort is not None else None


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
        events.RoomRenamed,
        events.MembersSet,
    ),
    commands=ROOM_COMMANDS,
    signals=frozenset({"typing"}),
    parent=_cohort_of,
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
