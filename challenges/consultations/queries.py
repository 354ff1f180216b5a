"""Reads, through the person who looks: a consultation that one may not see cannot be in hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from datetime import date

import msgspec
from django.db.models import Q, QuerySet

from challenges.consultations.cards import (
    commitment_card,
    entry_card,
    hidden_cards,
    part_cards,
    recommendation_card,
    run_card,
)
from challenges.consultations.events import ConsultationCard, NoteCard, PhaseCard, ProtocolCard
from challenges.consultations.models import (
    Answer,
    Consultation,
    Part,
    PartTaken,
    PrivateNote,
    Protocol,
    Recommendation,
    RunState,
)
from challenges.consultations.protocols import SHIPPED, in_the_language_of_now
from challenges.consultations.rules import can_answer, can_see, protocol_of
from challenges.groups.models import Membership, TaskGroup
from challenges.models import Challenge
from rooms.queries import people_of
from sessions.models import TrainingSession
from synergy.alphabet import alphabetical
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats, seat_in, seats_of
from synergy.cohorts.rules import can_moderate
from synergy.journal.facts import StreamId
from synergy.live.field_forms import whole_number
from synergy.people.models import Person

_ROWS = Consultation.objects.select_related("challenge__institution", "group__room", "group__mix")


def consultation_stream(consultation_id: int) -> StreamId:
    return StreamId("consultation", consultation_id)


def consultation_for(person: Person, pk: int) -> Consultation | None:
    """The consultation with the person's `seat` and `part`; None when there is none for them. Four queries."""
    return _seen_by([person.pk], pk).get(person.pk)


def consultation_for_each(persons: Sequence[Person], pk: int) -> dict[int, Consultation]:
    """`consultation_for` for many persons at once, by their ids. Four queries."""
    return _seen_by([person.pk for person in persons], pk)


def consultation_readers(consultation_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may follow the consultation. Four queries."""
    return set(_seen_by(person_ids, consultation_id))


def consultation_state_of(person: Person, consultation: Consultation) -> ConsultationCard:
    """The fresh state for the person, in the language of now. Never more queries for longer lists."""
    challenge = consultation.challenge
    seats = list(active_seats(challenge.cohort_id))
    entries = list(consultation.entries.filter(removed_at__isnull=True).order_by("pk"))
    hidden = [row for row in entries if row.is_hidden]
    commitments = consultation.commitments.filter(removed_at__isnull=True).order_by("pk")
    given = consultation.recommendations.exclude(state=Answer.WITHDRAWN).order_by("number")
    members = sorted(consultation.group.memberships.values_list("person", flat=True))
    note = PrivateNote.objects.filter(consultation=consultation, person=person).first()
    return ConsultationCard(
        id=consultation.pk,
        challenge=challenge.pk,
        challenge_title=challenge.title,
        key_question=challenge.key_question,
        challenge_language=challenge.language,
        institution=challenge.institution_id,
        institution_name=challenge.institution.name,
        country=challenge.institution.country,
        group=consultation.group_id,
        group_number=consultation.group.number,
        room=consultation.group.room_id,
        protocol=in_the_language_of_now(protocol_of(consultation)),
        run=run_card(consultation),
        parts=part_cards(consultation),
        members=members,
        entries=[entry_card(row) for row in entries if not row.is_hidden],
        mine=[entry_card(row) for row in hidden if row.by_id == person.pk],
        hidden=hidden_cards(hidden),
        commitments=[commitment_card(row) for row in commitments.prefetch_related("check_ins")],
        recommendations=[recommendation_card(row) for row in given],
        planned_by=consultation.planned_by_id,
        planned_at=consultation.planned_at,
        note=NoteCard(text=note.text, revision=note.revision) if note else NoteCard(text="", revision=0),
        leads=can_moderate(consultation.seat),
        answers=can_answer(person, consultation),
        can_give_case=[seat.person_id for seat in seats if _may_give_case(seat, challenge)],
        can_facilitate=[
            seat.person_id for seat in seats if can_moderate(seat) and seat.person_id not in members
        ],
        people=people_of(challenge.cohort_id),
        me=person.pk,
    )


def consultation_of_group(person: Person, group: TaskGroup) -> Consultation | None:
    """The newest of the group that the person may see: the one that is not finished, if there is one."""
    newest = group.consultations.order_by("-pk").values_list("pk", flat=True).first()
    return consultation_for(person, newest) if newest is not None else None


def consultations_of(person: Person, challenge: Challenge) -> list[Consultation]:
    """Those on the challenge that the person may see, the newest first. Four queries."""
    return _seen_among(person, _ROWS.filter(challenge=challenge).order_by("-pk"))


def part_in_group(person: Person, group: TaskGroup) -> str:
    """What the person would be in a consultation of the group; empty when they are not of it."""
    return Part.PEER if Membership.objects.filter(group=group, person=person).exists() else ""


def recommendations_for(person: Person, challenge: Challenge) -> list[Recommendation]:
    """Those on a challenge that the person has in hand, in their order, with who wrote and answered them.

    Who sees the consultation sees them from when they are written. Others, whom the confidentiality of the
    challenge lets read it, see those of consultations that are finished.
    """
    seat = challenge.seat
    rows = challenge.recommendations.exclude(state=Answer.WITHDRAWN)
    is_near = seat is not None and seat.cohort_id == challenge.cohort_id and seat.person_id == person.pk
    if not (is_near and seat and (can_moderate(seat) or seat.institution_id == challenge.institution_id)):
        own = Membership.objects.filter(person=person).values("group")
        rows = rows.filter(Q(consultation__state=RunState.FINISHED) | Q(consultation__group__in=own))
    rows = rows.select_related("by", "answered_by", "suggestion", "consultation__group")
    return list(rows.order_by("number"))


def protocols_for(cohort_id: int) -> list[ProtocolCard]:
    """The shipped ones in the language of now, then the cohort's own by name."""
    own = Protocol.objects.filter(cohort=cohort_id, removed_at__isnull=True).order_by(alphabetical("name"))
    return [
        *(in_the_language_of_now(each) for each in SHIPPED.values()),
        *(own_protocol_card(row) for row in own),
    ]


def protocol_named(cohort_id: int, key: str) -> ProtocolCard | None:
    """As it is kept with a consultation: a shipped one by its name, one of the cohort by its id as text."""
    if key in SHIPPED:
        return SHIPPED[key]
    row = Protocol.objects.filter(cohort=cohort_id, pk=whole_number(key), removed_at__isnull=True).first()
    return own_protocol_card(row) if row else None


def own_protocol(person: Person, pk: int) -> Protocol | None:
    """One of a cohort where the person has a seat. Whether they may change it is `rules.can_make_protocols`."""
    row = Protocol.objects.select_related("cohort").filter(pk=pk, removed_at__isnull=True).first()
    return row if row is not None and seat_in(person, row.cohort_id) else None


def own_protocol_card(row: Protocol) -> ProtocolCard:
    return ProtocolCard(
        key=str(row.pk),
        name=row.name,
        about=row.about,
        is_asynchronous=row.is_asynchronous,
        ends_by_clock=row.ends_by_clock,
        fewest=row.fewest,
        most=row.most,
        phases=msgspec.convert(row.phases, list[PhaseCard]),
    )


def next_session_after(cohort_id: int, today: date) -> date | None:
    """The first day of the cohort's next session, when it has one."""
    sessions = TrainingSession.objects.filter(cohort=cohort_id, starts_on__gt=today)
    return sessions.order_by("starts_on").values_list("starts_on", flat=True).first()


def case_givers_of(challenge: Challenge) -> QuerySet[Seat]:
    """Seats of those who can be the case giver: the participants of its institution."""
    own = active_seats(challenge.cohort_id).filter(institution=challenge.institution_id)
    return own.filter(role=Role.PARTICIPANT, person__is_active=True)


def part_of(seat: Seat, challenge: Challenge, *, taken: str, is_member: bool) -> str:
    """The part that holds: rows stay when somebody leaves the group or the institution."""
    if is_member:
        return taken or Part.PEER
    if taken == Part.CASE_GIVER and _may_give_case(seat, challenge):
        return taken
    return taken if taken == Part.FACILITATOR and can_moderate(seat) else ""


def _may_give_case(seat: Seat, challenge: Challenge) -> bool:
    is_own = seat.institution_id == challenge.institution_id
    return is_own and seat.role == Role.PARTICIPANT and seat.ended_at is None


def _seen_by(person_ids: Collection[int], pk: int) -> dict[int, Consultation]:
    """{person id: the consultation as this person sees it}; who may not see it is left out."""
    consultation = _ROWS.filter(pk=pk).first()
    if consultation is None:
        return {}
    active = Seat.objects.filter(person__in=person_ids, ended_at__isnull=True, person__is_active=True)
    seats = active.filter(cohort=consultation.challenge.cohort_id).select_related("person")
    taken = dict(PartTaken.objects.filter(consultation=pk).values_list("person", "part"))
    members = set(consultation.group.memberships.values_list("person", flat=True))
    found = {}
    for seat in seats:
        part = part_of(
            seat,
            consultation.challenge,
            taken=taken.get(seat.person_id, ""),
            is_member=seat.person_id in members,
        )
        seen = _as_seen(consultation, seat, part)
        if can_see(seat.person, seen):
            found[seat.person_id] = seen
    return found


def _seen_among(person: Person, rows: QuerySet[Consultation]) -> list[Consultation]:
    """Those of one person, who has active seats in some cohorts. Four queries."""
    if not person.is_active:
        return []
    seats = {seat.cohort_id: seat for seat in seats_of(person)}
    taken = dict(PartTaken.objects.filter(person=person).values_list("consultation", "part"))
    groups = set(Membership.objects.filter(person=person).values_list("group", flat=True))
    found = []
    for row in rows:
        seat = seats.get(row.challenge.cohort_id)
        if seat is None:
            continue
        part = part_of(seat, row.challenge, taken=taken.get(row.pk, ""), is_member=row.group_id in groups)
        seen = _as_seen(row, seat, part)
        if can_see(person, seen):
            found.append(seen)
    return found


def _as_seen(consultation: Consultation, seat: Seat, part: str) -> Consultation:
    seen = copy(consultation)
    seen.seat, seen.part = seat, part
    return seen
