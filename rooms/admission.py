"""Who may come into a room. Every door asks here: pages, streams, files, notes, polls, lists and mentions.

Into a room of the cohort comes everybody with an active seat. Into a room of members come those seats that
are members by name or of the room's institution, and facilitators and organisers.

# Note [Rooms that not everybody knows of]

Everybody of a cohort follows its stream, and the frame of an event is the same for all. So nothing that
tells of a room of members stands there: no fact with its card, no activity. The stream only says
`rooms.changed`, of no room and nobody, and who hears it soon asks for their own list. How much is unread in
a room of members is told by `door:<room>`, which those follow who may come in, and for all such rooms
together by `moderators:<cohort>`, since a facilitator may come into more rooms than a socket has streams.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from rooms.models import Audience, Room, RoomMember
from synergy.cohorts.models import Role, Seat
from synergy.people.models import Person

MODERATORS = (Role.FACILITATOR, Role.ORGANISER)


def rooms_open_to(person: Person) -> QuerySet[Room]:
    """The rooms that the person may enter, each with their active seat as `own_seat`."""
    own = Q(cohort__seats__person_id=person.pk, cohort__seats__ended_at__isnull=True)
    rooms = Room.objects.annotate(own_seat=FilteredRelation("cohort__seats", condition=own))
    is_member = Exists(RoomMember.objects.filter(room=OuterRef("pk"), person_id=person.pk))
    of_team = Q(own_seat__institution=F("institution"))
    let_in = Q(audience=Audience.COHORT) | Q(own_seat__role__in=MODERATORS) | of_team | is_member
    # The type checker does not know relations that a query makes.
    return rooms.select_related("own_seat").filter(let_in, own_seat__isnull=False)  # type: ignore[misc]


def seats_let_in(room: Room) -> QuerySet[Seat]:
    """The active seats of those who may enter the room."""
    seats = Seat.objects.filter(cohort_id=room.cohort_id, ended_at__isnull=True)
    if room.audience == Audience.COHORT:
        return seats
    is_member = Exists(RoomMember.objects.filter(room=room.pk, person=OuterRef("person")))
    let_in = Q(role__in=MODERATORS) | is_member
    return seats.filter(let_in | Q(institution=room.institution_id) if room.institution_id else let_in)


def readers_of(rooms: Q, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may read one of the rooms that `rooms` chooses among `cohort__rooms`. One query."""
    is_member = Exists(RoomMember.objects.filter(room=OuterRef("cohort__rooms"), person=OuterRef("person")))
    of_team = Q(cohort__rooms__institution=F("institution"))
    let_in = Q(cohort__rooms__audience=Audience.COHORT) | Q(role__in=MODERATORS) | of_team | is_member
    return set(active_among(person_ids).filter(rooms, let_in).values_list("person_id", flat=True))


def active_among(person_ids: Collection[int]) -> QuerySet[Seat]:
    return Seat.objects.filter(person_id__in=person_ids, ended_at__isnull=True, person__is_active=True)
