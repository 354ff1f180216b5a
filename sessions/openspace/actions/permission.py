"""How an action finds what a command names, and turns somebody down.

Everything is looked up inside the gathering that the viewer has in hand: what stands on another wall
is not found.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from sessions.openspace.models import Gathering, Slot, Space, Topic, TopicState
from sessions.openspace.rules import (
    can_convene,
    can_facilitate,
    can_run,
    can_take_part,
    can_use_market,
    why_not_run,
    why_not_take_part,
    why_not_use_market,
)
from synergy.live.refusals import Refused
from synergy.people.models import Person


def require(allowed: bool, detail: str | None = None) -> None:  # noqa: FBT001 - reads as a sentence
    """Raises Refused (`forbidden`)."""
    if not allowed:
        raise Refused("forbidden", detail or _("You may not do this here."))


def require_part(person: Person, gathering: Gathering) -> None:
    """Raises Refused (`forbidden`) unless the person takes part in the gathering."""
    require(can_take_part(person, gathering), why_not_take_part(person, gathering))


def require_run(person: Person, gathering: Gathering) -> None:
    """Raises Refused (`forbidden`) unless the person runs the gathering."""
    require(can_run(person, gathering), why_not_run(person, gathering))


def require_facilitator(person: Person, gathering: Gathering) -> None:
    """Raises Refused (`forbidden`). A gathering that is closed needs facilitators too: to reopen it."""
    require(can_facilitate(person, gathering), _("Only facilitators and organisers may do this."))


def require_market(person: Person, gathering: Gathering) -> None:
    """Raises Refused (`forbidden`) unless the person takes part and the market is open."""
    require(can_use_market(person, gathering), why_not_use_market(person, gathering))


def topic_in(gathering: Gathering, pk: int) -> Topic:
    """Raises Refused (`not_found`)."""
    topic = Topic.objects.filter(gathering=gathering, pk=pk).first()
    if topic is None:
        raise Refused("not_found", _("There is no such topic on this wall."))
    topic.gathering = gathering
    return topic


def offered_topic(gathering: Gathering, pk: int) -> Topic:
    """Raises Refused: `not_found`, or `conflict` when it is not on offer any more."""
    topic = topic_in(gathering, pk)
    if topic.state == TopicState.WITHDRAWN:
        raise Refused("conflict", _("This topic has been withdrawn."))
    if topic.state == TopicState.MERGED:
        raise Refused("conflict", _("This topic has been merged into another one."))
    return topic


def own_topic(person: Person, gathering: Gathering, pk: int) -> Topic:
    """A topic on offer that the person convenes. Raises Refused."""
    topic = offered_topic(gathering, pk)
    require(can_convene(person, topic), _("Only the convener of this topic may do this."))
    return topic


def space_in(gathering: Gathering, pk: int) -> Space:
    """A space with its room. Raises Refused: `not_found`, or `conflict` when it was removed."""
    space = gathering.spaces.select_related("room").filter(pk=pk).first()
    if space is None:
        raise Refused("not_found", _("There is no such space on this wall."))
    if space.removed_at is not None:
        raise Refused("conflict", _("This space has been taken off the wall."))
    return space


def slot_in(gathering: Gathering, pk: int) -> Slot:
    """Raises Refused (`not_found`)."""
    slot = gathering.slots.filter(pk=pk).first()
    if slot is None:
        raise Refused("not_found", _("This time is not on the wall any more."))
    return slot
