"""Going from space to space, as one likes; and being asked in."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.openspace.actions.permission import require, require_run, space_in
from sessions.openspace.events import PersonInvited, PersonMoved
from sessions.openspace.models import Gathering, Space, SpaceKind, Stay
from sessions.openspace.queries import gathering_stream, stays_now
from sessions.openspace.rules import can_facilitate, can_move, why_not_take_part
from synergy.cohorts.queries import active_seats
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def move_person(*, person: Person, gathering: Gathering, space: int | None, now: datetime) -> None:
    """The person is in that space from now on; with null nowhere, which is fine. Raises Refused.

    Into a space with a hard capacity that is full comes nobody but facilitators: `conflict`, with the ids
    of spaces that have room as `present`, the emptiest first.
    """
    require(can_move(person, gathering), why_not_take_part(person, gathering))
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        stay = Stay.objects.filter(gathering=gathering, person=person, until__isnull=True).first()
        if (stay.space_id if stay else None) == space:
            return
        target = space_in(gathering, space) if space is not None else None
        if target and _is_full(gathering, target) and not can_facilitate(person, gathering):
            raise _full(target, _spaces_with_room(gathering))
        if stay:
            stay.until = now
            stay.save(update_fields=["until"])
        if target:
            Stay.objects.create(gathering=gathering, person=person, space=target, since=now)
        log.append(stream, PersonMoved(person=person.pk, space=space), by=person.pk, at=now)


def invite_person(*, person: Person, gathering: Gathering, guest: int, space: int, now: datetime) -> None:
    """Asks somebody into a space; they decide. For facilitators, who help people to move. Raises Refused."""
    require_run(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        target = space_in(gathering, space)
        if not active_seats(gathering.training_session.cohort_id).filter(person=guest).exists():
            raise Refused("not_found", _("This person is not in the cohort."))
        log.append(stream, PersonInvited(person=guest, space=target.pk), by=person.pk, at=now)


def _is_full(gathering: Gathering, space: Space) -> bool:
    if not space.is_hard or space.capacity is None:
        return False
    return stays_now(gathering).filter(space=space).count() >= space.capacity


def _full(space: Space, others: list[int]) -> Refused:
    places = space.capacity or 0
    detail = ngettext(
        "%(space)s is full: it has %(places)d place.", "%(space)s is full: it has %(places)d places.", places
    ) % {"space": space.room.name, "places": places}
    if others:
        detail = f"{detail} {_('Other spaces have room.')}"
    return Refused("conflict", detail, present=others)


def _spaces_with_room(gathering: Gathering) -> list[int]:
    """By how many people are there, the emptiest first; the help desk is no alternative."""
    spaces = gathering.spaces.filter(removed_at=None).exclude(kind=SpaceKind.HELP_DESK)
    people = Counter(stays_now(gathering).values_list("space", flat=True))
    return [
        space.pk
        for space in sorted(spaces.order_by("position", "pk"), key=lambda space: people[space.pk])
        if not space.is_hard or space.capacity is None or people[space.pk] < space.capacity
    ]
