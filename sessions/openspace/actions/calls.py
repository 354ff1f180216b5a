"""Asking for a facilitator."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rooms.text import clean_line
from sessions.openspace.actions.held import hold, hold_to_run
from sessions.openspace.actions.permission import require, require_part
from sessions.openspace.cards import call_card
from sessions.openspace.events import CallClosed, CallMade, CallTaken
from sessions.openspace.models import CallState, Gathering, HelpCall
from sessions.openspace.rules import can_run
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

CALL_LIMIT = 300


def make_call(*, person: Person, gathering: Gathering, text: str, now: datetime) -> HelpCall:
    """Asks for a facilitator, from the space where the person is now. Raises Refused.

    Who waits already is not put in the queue twice.
    """
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        require_part(person, gathering)
        waiting = gathering.calls.filter(by=person).exclude(state=CallState.CLOSED).first()
        if waiting is not None:
            detail = _("You have asked for help already. A facilitator will come to you.")
            raise Refused("conflict", detail, present=call_card(waiting))
        here = gathering.stays.filter(person=person, until__isnull=True)
        call = gathering.calls.create(
            by=person,
            space_id=here.values_list("space", flat=True).first(),
            text=clean_line(text, CALL_LIMIT),
            at=now,
        )
        log.append(stream, CallMade(calls=[call_card(call)]), by=person.pk, at=now)
    return call


def take_call(*, person: Person, gathering: Gathering, call: int, now: datetime) -> None:
    """Somebody who facilitates is on the way. Raises Refused: `conflict` when another one is."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = _call_in(gathering, call)
        if row.state == CallState.TAKEN and row.taken_by_id == person.pk:
            return
        if row.state != CallState.OPEN:
            taken = _("Another facilitator is on the way already.")
            detail = taken if row.state == CallState.TAKEN else _("This call has been dealt with.")
            raise Refused("conflict", detail, present=call_card(row))
        row.state, row.taken_by = CallState.TAKEN, person
        row.save(update_fields=["state", "taken_by"])
        log.append(stream, CallTaken(calls=[call_card(row)]), by=person.pk, at=now)


def close_call(*, person: Person, gathering: Gathering, call: int, now: datetime) -> None:
    """Done with: who called says so, or somebody who facilitates. Once is enough. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        row = _call_in(gathering, call)
        require_part(person, gathering)
        detail = _("Only who called, or a facilitator, can close this call.")
        require(row.by_id == person.pk or can_run(person, gathering), detail)
        if row.state == CallState.CLOSED:
            return
        row.state, row.closed_at = CallState.CLOSED, now
        row.save(update_fields=["state", "closed_at"])
        log.append(stream, CallClosed(calls=[call_card(row)]), by=person.pk, at=now)


def _call_in(gathering: Gathering, pk: int) -> HelpCall:
    call = gathering.calls.filter(pk=pk).first()
    if call is None:
        raise Refused("not_found", _("There is no such call."))
    return call
