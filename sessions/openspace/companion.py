"""What the page of a room shows when the room is a space of a gathering."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rooms.companions import Companion
from rooms.models import Room
from sessions.openspace.board import announced, slot_name
from sessions.openspace.events import GatheringStateCard, SlotCard, TopicCard
from sessions.openspace.models import TopicState
from sessions.openspace.queries import gathering_of_room, gathering_stream
from sessions.openspace.streams import GATHERING
from synergy.live.refusals import Refused
from synergy.live.streams import read_state
from synergy.people.models import Person


def companion_of_room(person: Person, room: Room) -> Companion | None:
    """The gathering that the room is a space of, and the topic that stands there now."""
    gathering = gathering_of_room(room)
    if gathering is None:
        return None
    stream = gathering_stream(gathering)
    try:
        head, state = read_state(GATHERING, person, stream)
    except Refused:
        return None
    slot, topic = on_now(state, room.pk)
    return Companion(
        stream=stream,
        head=head,
        state=state,
        back=reverse("openspace:wall", args=[gathering]),
        back_name=_("Back to the wall"),
        title=topic.title if topic else "",
        language=topic.language if topic else "",
        kicker=slot_name(state.slots, slot) if slot else "",
        template="openspace/parts/room_now.html",
        context=_now(state, slot, topic),
    )


def on_now(state: GatheringStateCard, room: int) -> tuple[SlotCard | None, TopicCard | None]:
    """The round that runs, and what stands in the room in it; static/src/room/gathering/place.ts finds the same."""
    slot = next((each for each in state.slots if each.started_at and not each.ended_at), None)
    space = next((each for each in state.spaces if each.room == room), None)
    if slot is None or space is None:
        return slot, None
    for topic in state.topics:
        is_there = any(place.slot == slot.id and place.space == space.id for place in topic.places)
        if is_there and topic.state == TopicState.OFFERED:
            return slot, topic
    return slot, None


def _now(state: GatheringStateCard, slot: SlotCard | None, topic: TopicCard | None) -> dict[str, object]:
    convener = state.people.get(str(topic.convener)) if topic else None
    return {
        "gathering": state.gathering,
        "slot": slot,
        "topic": topic,
        "convener": convener,
        "news": announced(state.news, timezone.now()),
    }
