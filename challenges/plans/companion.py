"""The room of an item, for who stands in it: the way back to the item, and who may read there."""

from __future__ import annotations

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.plans.models import Item
from challenges.plans.queries import plan_for, plan_stream
from rooms.companions import Companion
from rooms.models import Room
from synergy.journal import log
from synergy.people.models import Person


class Nothing(msgspec.Struct, frozen=True):
    """The room shows nothing of the plan that would have to stay fresh."""


def companion_of_item(person: Person, room: Room) -> Companion | None:
    """None for a room where no item is talked about, or of a plan that the person may not read any more."""
    item = Item.objects.filter(room=room).first()
    if item is None or plan_for(person, item.plan_id) is None:
        return None
    stream = plan_stream(item.plan_id)
    return Companion(
        stream=stream,
        head=log.head(stream),
        state=Nothing(),
        back=reverse("plans:item", args=[item.plan_id, item.pk]),
        back_name=_("Back to the plan: %(item)s") % {"item": str(item)},
        who=_("For those who may read the plan"),
    )
