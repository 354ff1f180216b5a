"""What people take on: the actions that were agreed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rooms.text import clean_line, is_blank
from sessions.openspace.actions.held import hold, people_who_take_part
from sessions.openspace.actions.permission import offered_topic, require, require_part
from sessions.openspace.cards import action_card
from sessions.openspace.events import ActionSet
from sessions.openspace.models import Action, Gathering
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

WHAT_LIMIT = 300
ACTIONS_LIMIT = 300
"""Most actions of one gathering: they all stand in its state."""


def add_action(
    *,
    person: Person,
    gathering: Gathering,
    what: str,
    convener: int,
    now: datetime,
    topic: int | None = None,
    first_step: str = "",
    due: date | None = None,
) -> Action:
    """Anybody who takes part adds one, for themselves or for another who takes part. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        require_part(person, gathering)
        if gathering.actions.filter(removed_at=None).count() >= ACTIONS_LIMIT:
            raise Refused("conflict", _("There are too many actions. Remove one first."))
        row = Action(gathering=gathering, by=person, created_at=now)
        _require_due(row, due, person, now)
        _fill(row, what=what, convener=convener, topic=topic, first_step=first_step, due=due)
        row.save()
        log.append(stream, ActionSet(actions=[action_card(row)]), by=person.pk, at=now)
    return row


def change_action(
    *,
    person: Person,
    gathering: Gathering,
    action: int,
    what: str,
    convener: int,
    now: datetime,
    topic: int | None = None,
    first_step: str = "",
    due: date | None = None,
) -> None:
    """Who added it, or who convenes it, says it all anew. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        row = _own_action(person, gathering, action)
        before = action_card(row)
        _require_due(row, due, person, now)
        _fill(row, what=what, convener=convener, topic=topic, first_step=first_step, due=due)
        if action_card(row) == before:
            return
        row.save()
        log.append(stream, ActionSet(actions=[action_card(row)]), by=person.pk, at=now)


def remove_action(*, person: Person, gathering: Gathering, action: int, now: datetime) -> None:
    """Who added it, or who convenes it, takes it away. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        row = _own_action(person, gathering, action)
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        log.append(stream, ActionSet(actions=[action_card(row)]), by=person.pk, at=now)


def _own_action(person: Person, gathering: Gathering, pk: int) -> Action:
    require_part(person, gathering)
    row = gathering.actions.filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", _("There is no such action."))
    own = person.pk in (row.by_id, row.convener_id)
    require(own, _("Only who added this action, or who convenes it, can change it."))
    if row.removed_at is not None:
        raise Refused("conflict", _("This action has been removed."), present=action_card(row))
    return row


def _require_due(row: Action, due: date | None, person: Person, now: datetime) -> None:
    """Today is today where the person is. A day that stands there already may have passed since."""
    if due and due != row.due and due < now.astimezone(zone_or_utc(person.time_zone)).date():
        detail = _("This day has passed. Choose today or a later day.")
        raise Refused("invalid", detail, fields={"due": detail})


def _fill(
    row: Action, *, what: str, convener: int, topic: int | None, first_step: str, due: date | None
) -> None:
    row.what, row.first_step, row.due = clean_line(what, WHAT_LIMIT), clean_line(first_step, WHAT_LIMIT), due
    if is_blank(row.what):
        detail = _("Write what is to be done.")
        raise Refused("invalid", detail, fields={"what": detail})
    if convener != row.convener_id and convener not in people_who_take_part(row.gathering):
        detail = _("Choose somebody who takes part here.")
        raise Refused("invalid", detail, fields={"convener": detail})
    row.convener_id = convener
    if topic is not None and topic != row.topic_id:
        offered_topic(row.gathering, topic)
    row.topic_id = topic
