from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from datetime import date, timedelta

from django.db.models import QuerySet

from rooms.models import Room
from rooms.queries import people_of
from sessions.models import TrainingSession
from sessions.openspace.cards import (
    action_card,
    call_card,
    gathering_card,
    news_card,
    request_card,
    slot_card,
    space_card,
    topic_cards,
    word_card,
)
from sessions.openspace.events import GatheringRights, GatheringStateCard
from sessions.openspace.models import CallState, Gathering, RequestState, Stay
from sessions.openspace.rules import can_facilitate, can_take_part, why_not_take_part
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seat_in
from synergy.journal.facts import StreamId
from synergy.people.models import Person

NEWS = 50
"""How many announcements a fresh state holds."""
SOON, LATELY = timedelta(days=7), timedelta(days=14)
"""From when before a session, and until when after it, its Open Space is in the bar of every page."""


def gathering_stream(gathering_id: int) -> StreamId:
    return StreamId("gathering", gathering_id)


def topic_stream(topic_id: int) -> StreamId:
    return StreamId("topic", topic_id)


def gathering_for(person: Person, pk: int) -> Gathering | None:
    """The gathering with the person's active `seat`; None when there is no such gathering for them."""
    gathering = Gathering.objects.select_related("training_session").filter(pk=pk).first()
    if gathering is None:
        return None
    gathering.seat = seat_in(person, gathering.training_session.cohort_id)
    return gathering if gathering.seat else None


def gathering_for_each(persons: Sequence[Person], pk: int) -> dict[int, Gathering]:
    """`gathering_for` for many persons at once, by their ids. Two queries."""
    gathering = Gathering.objects.select_related("training_session").filter(pk=pk).first()
    if gathering is None:
        return {}
    cohort = gathering.training_session.cohort_id
    found = {}
    for seat in Seat.objects.filter(cohort=cohort, person__in=persons, ended_at__isnull=True):
        own = found[seat.person_id] = copy(gathering)
        own.seat = seat
    return found


def gathering_readers(gathering_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may follow the gathering. One query."""
    seats = Seat.objects.filter(person_id__in=person_ids, ended_at__isnull=True, person__is_active=True)
    own = seats.filter(cohort__training_sessions__gatherings=gathering_id)
    return set(own.values_list("person_id", flat=True))


def gatherings_of(training_session: TrainingSession) -> QuerySet[Gathering]:
    """In the order of their days."""
    return training_session.gatherings.order_by("on")


def gathering_of_room(room: Room) -> int | None:
    """The gathering that the room is a space of, by id."""
    return Gathering.objects.filter(spaces__room=room).values_list("pk", flat=True).first()


def gathering_state_of(person: Person, gathering: Gathering) -> GatheringStateCard:
    """The fresh state for the person. Never more queries for more topics."""
    calls = gathering.calls.exclude(state=CallState.CLOSED).order_by("pk")
    news = gathering.announcements.order_by("-pk")[:NEWS]
    return GatheringStateCard(
        gathering=gathering_card(gathering),
        spaces=[
            space_card(each) for each in gathering.spaces.select_related("room").order_by("position", "pk")
        ],
        slots=[slot_card(each) for each in gathering.slots.order_by("starts_at", "pk")],
        topics=topic_cards(list(gathering.topics.order_by("number"))),
        requests=[
            request_card(each) for each in gathering.requests.filter(state=RequestState.OPEN).order_by("pk")
        ],
        calls=[call_card(each) for each in calls],
        news=[news_card(each) for each in reversed(news)],
        actions=[action_card(each) for each in gathering.actions.filter(removed_at=None).order_by("pk")],
        words=[word_card(each) for each in gathering.words.order_by("pk")],
        where=_where(gathering),
        people=people_of(gathering.training_session.cohort_id),
        me=person.pk,
        rights=rights_of(person, gathering),
    )


def rights_of(person: Person, gathering: Gathering) -> GatheringRights:
    return GatheringRights(
        take_part=can_take_part(person, gathering),
        facilitate=can_facilitate(person, gathering),
        why_not=why_not_take_part(person, gathering),
    )


def stays_now(gathering: Gathering) -> QuerySet[Stay]:
    """Of those who are in a space now and still have a seat in the cohort."""
    cohort = gathering.training_session.cohort_id
    return gathering.stays.filter(
        until__isnull=True, person__seats__cohort=cohort, person__seats__ended_at__isnull=True
    )


def _where(gathering: Gathering) -> dict[str, int]:
    return {str(person): space for person, space in stays_now(gathering).values_list("person", "space")}


def gathering_near(person: Person, today: date) -> Gathering | None:
    """The Open Space that a session of the person has about now: the last that has come, else the next. One query."""
    seated = Gathering.objects.filter(
        training_session__cohort__seats__person=person,
        training_session__cohort__seats__ended_at__isnull=True,
        training_session__starts_on__lte=today + SOON,
        training_session__ends_on__gte=today - LATELY,
    )
    near = list(seated.order_by("on").distinct())
    come = [gathering for gathering in near if gathering.on <= today]
    return come[-1] if come else next(iter(near), None)
