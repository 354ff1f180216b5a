"""Reads, through the person who looks: a mix that one may not see cannot be in hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import combinations

from django.db.models import QuerySet

from challenges.groups.cards import (
    group_cards,
    member_cards,
    mix_card,
    place_cards,
    proposed_group_cards,
    shortfall_cards,
)
from challenges.groups.events import GroupsStateCard, MixStateCard
from challenges.groups.mixing import Participant
from challenges.groups.models import Membership, Mix, MixState, TaskGroup
from challenges.groups.rules import can_be_mixed, can_mix, can_see_groups, is_published
from challenges.models import Challenge, State
from rooms.models import Room
from rooms.queries import people_of
from sessions.models import TrainingSession
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats, seat_in
from synergy.journal import log
from synergy.journal.facts import Entry, StreamId
from synergy.people.models import Person

COMMON_LANGUAGE = "en"
"""The programme is held in it, so everybody is taken to speak it beside the language of their own."""


def mix_stream(mix_id: int) -> StreamId:
    return StreamId("mix", mix_id)


def groups_stream(mix_id: int) -> StreamId:
    return StreamId("groups", mix_id)


def mix_for(person: Person, pk: int) -> Mix | None:
    """The mix with the person's `seat`, if they make the groups; None to everybody else."""
    mix = _with_seat(person, pk)
    return mix if mix is not None and can_mix(person, mix) else None


def groups_for(person: Person, pk: int) -> Mix | None:
    """The same for everybody of the cohort. What they may see of it is `groups_state_of`."""
    mix = _with_seat(person, pk)
    return mix if mix is not None and can_see_groups(person, mix) else None


def mix_on(training_session: TrainingSession, on: date) -> Mix | None:
    """The mix of that day, proposed or published."""
    return Mix.objects.filter(training_session=training_session, on=on).first()


def last_change(mix: Mix, head: int) -> Entry | None:
    """The event with the number `head`: who changed the groups last, and when."""
    return next(iter(log.since(mix_stream(mix.pk), head - 1, 1)), None)


def mix_readers(mix_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons make the groups. One query."""
    return _seated(mix_id, person_ids, roles=[Role.FACILITATOR, Role.ORGANISER])


def groups_readers(mix_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons are of the cohort. One query."""
    return _seated(mix_id, person_ids, roles=Role.values)


def mix_state_of(person: Person, mix: Mix) -> MixStateCard:
    """Never more queries for more groups or people."""
    cohort = mix.training_session.cohort_id
    return MixStateCard(
        mix=mix_card(mix),
        groups=proposed_group_cards(mix),
        members=member_cards(mix),
        shortfalls=shortfall_cards(mix),
        participants=[participant.id for participant in participants_of(cohort)],
        people=people_of(cohort),
        me=person.pk,
    )


def groups_state_of(person: Person, mix: Mix) -> GroupsStateCard:
    """Groups and places only once they are published."""
    is_shown = is_published(mix)
    return GroupsStateCard(
        mix=mix.pk,
        session=mix.training_session_id,
        on=mix.on,
        published_at=mix.published_at,
        groups=group_cards(mix) if is_shown else [],
        places=place_cards(mix) if is_shown else [],
        people=people_of(mix.training_session.cohort_id),
        me=person.pk,
    )


def challenges_to_mix(cohort_id: int) -> QuerySet[Challenge]:
    """Those that wait for a task group, the longest waiting first."""
    accepted = Challenge.objects.filter(cohort_id=cohort_id, state=State.ACCEPTED)
    return accepted.select_related("institution").order_by("submitted_at", "pk")


def participants_of(cohort_id: int) -> list[Participant]:
    """Everybody who can be in a group, by id. One query."""
    seats = [seat for seat in active_seats(cohort_id) if seat.person.is_active and can_be_mixed(seat)]
    found = [
        Participant(
            id=seat.person_id,
            institution=seat.institution_id,
            country=seat.institution.country,
            tier=seat.institution.tier,
            languages=frozenset({seat.person.language, COMMON_LANGUAGE}),
        )
        for seat in seats
    ]
    return sorted(found, key=lambda participant: participant.id)


def worked_together(cohort_id: int, besides: Mix | None) -> frozenset[tuple[int, int]]:
    """Pairs of person ids, smaller first, who were in one published group of the cohort before. One query."""
    rows = Membership.objects.filter(
        mix__training_session__cohort=cohort_id, mix__state=MixState.PUBLISHED
    ).exclude(mix=besides)
    groups: dict[int, list[int]] = {}
    for group, person in rows.order_by("person_id").values_list("group", "person"):
        groups.setdefault(group, []).append(person)
    return frozenset(pair for members in groups.values() for pair in combinations(members, 2))


def task_group_of_room(room: Room) -> TaskGroup | None:
    """The group that meets in the room."""
    return TaskGroup.objects.filter(room=room).select_related("mix", "challenge__institution").first()


def _with_seat(person: Person, pk: int) -> Mix | None:
    mix = Mix.objects.select_related("training_session__cohort").filter(pk=pk).first()
    if mix is not None:
        mix.seat = seat_in(person, mix.training_session.cohort_id)
    return mix


def _seated(mix_id: int, person_ids: Collection[int], roles: Collection[str]) -> set[int]:
    seats = Seat.objects.filter(person_id__in=person_ids, ended_at__isnull=True, person__is_active=True)
    own = seats.filter(role__in=roles, cohort__training_sessions__mixes=mix_id)
    return set(own.values_list("person_id", flat=True))
