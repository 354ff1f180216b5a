"""Before a consultation begins: which group works by which protocol, and who has which part."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.consultations.actions.held import hold, require_open, tell
from challenges.consultations.cards import part_cards
from challenges.consultations.events import PartsSet
from challenges.consultations.models import Consultation, Part, PartTaken, RunState
from challenges.consultations.queries import (
    case_givers_of,
    consultation_for,
    part_in_group,
    protocol_named,
)
from challenges.consultations.quiet import quiet_of, tell_room
from challenges.consultations.rules import WITH_CONSULTATIONS, can_lead, can_plan, takes_part
from challenges.groups.models import TaskGroup
from challenges.groups.queries import mix_stream
from rooms.actions import set_members
from rooms.models import Audience
from rooms.queries import room_stream
from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_moderate
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def plan_consultation(*, person: Person, group: TaskGroup, protocol: str, now: datetime) -> Consultation:
    """A consultation of the group, not started yet; `protocol` is the key of a card. Raises Refused.

    The author, if they are in the group, is the case giver, else another of the institution. Planned twice by
    the same protocol it is the one that is there; by another one it is a conflict, with the one as `present`.
    """
    challenge = group.challenge
    allowed = can_plan(seat_in(person, challenge.cohort_id), part_in_group(person, group))
    require(allowed, _("Only the group, facilitators and organisers may do this."))
    card = protocol_named(challenge.cohort_id, protocol)
    if card is None:
        detail = _("Choose one of the list.")
        raise Refused("invalid", detail, fields={"protocol": detail})
    with transaction.atomic(savepoint=False):
        log.lock(mix_stream(group.mix_id))
        challenge.refresh_from_db()
        there = group.consultations.exclude(state=RunState.FINISHED).first()
        if there is not None:
            return _the_same(person, there, protocol)
        if group.room_id is None:
            raise Refused("conflict", _("Publish the groups first: then they can work on their challenges."))
        if challenge.state not in WITH_CONSULTATIONS:
            raise Refused(
                "conflict", _("The challenge is closed or in a plan, so no consultation begins any more.")
            )
        consultation = Consultation.objects.create(
            challenge=challenge,
            group=group,
            protocol=msgspec.to_builtins(card),
            planned_by=person,
            planned_at=now,
        )
        _give_first_parts(consultation)
    seen = consultation_for(person, consultation.pk)
    assert seen is not None
    return seen


def set_part(
    *, person: Person, consultation: Consultation, who: int, part: str, seen: str | None, now: datetime
) -> None:
    """Gives somebody a part; a new case giver takes the place of the one before. Raises Refused.

    `seen` is the part in which the person has seen them, None for none.
    """
    with transaction.atomic(savepoint=False):
        hold(person, consultation)
        _require_may_set(person, consultation, part)
        require_open(person, consultation, "part.set")
        _require_seen(consultation, who, seen)
        _require_fit(consultation, who, part)
        if seen == part:
            return
        before = quiet_of(consultation)
        if part == Part.CASE_GIVER:
            others = consultation.parts.filter(part=Part.CASE_GIVER).exclude(person=who)
            others.update(part=Part.PEER)
        PartTaken.objects.update_or_create(consultation=consultation, person_id=who, defaults={"part": part})
        tell(consultation, PartsSet(parts=part_cards(consultation)), by=person.pk, now=now)
        _let_case_giver_in(consultation, now)
        tell_room(consultation, before, by=person.pk, now=now)


def _the_same(person: Person, there: Consultation, protocol: str) -> Consultation:
    seen = consultation_for(person, there.pk)
    if seen is not None and seen.protocol["key"] == protocol and seen.state == RunState.PLANNED:
        return seen
    detail = _("This group has a consultation already. Finish it before you plan another one.")
    raise Refused("conflict", detail, present={"consultation": there.pk})


def _give_first_parts(consultation: Consultation) -> None:
    challenge = consultation.challenge
    members = list(consultation.group.memberships.order_by("person_id").values_list("person", flat=True))
    own = set(case_givers_of(challenge).values_list("person", flat=True))
    here = [person for person in members if person in own]
    first = challenge.created_by_id if challenge.created_by_id in here else next(iter(here), None)
    PartTaken.objects.bulk_create(
        PartTaken(
            consultation=consultation,
            person_id=person,
            part=Part.CASE_GIVER if person == first else Part.PEER,
        )
        for person in members
    )


def _let_case_giver_in(consultation: Consultation, now: datetime) -> None:
    """Into the room, when they are not in the group: the group may have nobody of the institution."""
    room = consultation.group.room
    if room is None or room.audience != Audience.MEMBERS:
        return
    log.lock(room_stream(room.pk))
    wanted = Q(pk__in=consultation.group.memberships.values("person"))
    wanted |= Q(pk__in=consultation.parts.filter(part=Part.CASE_GIVER).values("person"))
    set_members(room=room, members=list(Person.objects.filter(wanted)), now=now)


def _require_may_set(person: Person, consultation: Consultation, part: str) -> None:
    """Who leads; and anybody of the group as long as nobody of it was chosen to lead. Raises Refused."""
    if can_lead(person, consultation):
        return
    is_first_choice = part == Part.FACILITATOR and takes_part(person, consultation)
    chosen = consultation.parts.filter(part=Part.FACILITATOR).exists()
    require(is_first_choice and not chosen, _("Only who leads the consultation may do this."))


def _require_seen(consultation: Consultation, who: int, seen: str | None) -> None:
    row = consultation.parts.filter(person=who).first()
    present = row.part if row else None
    is_member = consultation.group.memberships.filter(person=who).exists()
    if present != seen and not (present is None and is_member and seen == Part.PEER):
        detail = _("Somebody else has changed this meanwhile.")
        raise Refused("conflict", detail, present={"part": present})


def _require_fit(consultation: Consultation, who: int, part: str) -> None:
    """Whether somebody can have that part. Raises Refused."""
    challenge = consultation.challenge
    if part == Part.CASE_GIVER:
        fits = case_givers_of(challenge).filter(person=who).exists()
        detail = _("The case giver is somebody of the institution that brings the challenge.")
    else:
        fits = consultation.group.memberships.filter(person=who).exists()
        detail = _("Only people of the group can have this part.")
    if part == Part.FACILITATOR and not fits:
        seat = challenge.cohort.seats.filter(person=who, ended_at__isnull=True).first()
        fits = can_moderate(seat)
        detail = _("Choose somebody of the group, or a facilitator.")
    if not fits:
        raise Refused("invalid", detail, fields={"part": detail})
