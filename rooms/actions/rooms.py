"""Opening and closing rooms, and how far people have read in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rooms.actions.hands import lower_all_hands
from rooms.actions.permission import require
from rooms.actions.polls import close_polls
from rooms.cards import room_card
from rooms.events import RoomListed, RoomOpened, RoomsChanged, RoomStateSet
from rooms.in_use import why_in_use
from rooms.models import Audience, ReadMark, Room, RoomKind, RoomMember, RoomState
from rooms.notes.events import NotesStateSet
from rooms.notes.queries import notes_in, notes_stream
from rooms.notices import read_mentions
from rooms.queries import cohort_stream, room_stream
from rooms.rules import can_set_state
from rooms.text import clean_line, is_blank
from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_moderate, can_write
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Institution, Person
from synergy.search.index import refresh

NAME_LIMIT = 60
TITLE_LIMIT = 200
ROOMS_LIMIT = {Audience.COHORT: 200, Audience.MEMBERS: 2_000}
"""Most rooms of one cohort. Those for all stand in everybody's state; each plan may have some of members."""


def open_room(
    *,
    person: Person,
    cohort: Cohort,
    name: str,
    title: str,
    now: datetime,
    language: str = "en",
    kind: str = RoomKind.TOPIC,
    audience: str = Audience.COHORT,
    members: Sequence[Person] = (),
    institution: Institution | None = None,
) -> Room:
    """Adds a room at the end of the cohort's list. Raises Refused.

    Into one of `members` come these, the team of `institution`, facilitators and organisers; see `set_members`.
    """
    _require_may_open(person, cohort, audience, members, institution)
    with transaction.atomic(savepoint=False):
        stream = cohort_stream(cohort.pk)
        log.lock(stream)
        name = _free_place(cohort, audience, name)
        last = cohort.rooms.aggregate(last=Max("position"))["last"] or 0
        room = Room.objects.create(
            cohort=cohort,
            name=name,
            title=clean_line(title, TITLE_LIMIT),
            language=language,
            kind=kind,
            position=last + 1,
            audience=audience,
            institution=institution,
        )
        RoomMember.objects.bulk_create(RoomMember(room=room, person=member) for member in set(members))
        refresh("room", [room.pk])  # the stream of the cohort does not name rooms of members
        fact = RoomOpened(room=room_card(room)) if audience == Audience.COHORT else RoomsChanged()
        log.append(stream, fact, by=person.pk if audience == Audience.COHORT else None, at=now)
    return room


def _require_may_open(
    person: Person, cohort: Cohort, audience: str, members: Sequence[Person], institution: Institution | None
) -> None:
    """Moderators open rooms; whoever may write opens one of members that lets themselves in. Raises Refused."""
    seat = seat_in(person, cohort.pk)
    is_own = person in members or (institution and seat and seat.institution_id == institution.pk)
    if can_moderate(seat) or (audience == Audience.MEMBERS and is_own and can_write(seat)):
        return
    raise Refused("forbidden", _("Only facilitators and organisers open rooms."))


def _free_place(cohort: Cohort, audience: str, name: str) -> str:
    """The cleaned name. To be called with the cohort's stream locked. Raises Refused."""
    rooms = list(cohort.rooms.values_list("name", "audience"))
    if [each for _name, each in rooms].count(audience) >= ROOMS_LIMIT[Audience(audience)]:
        raise Refused("conflict", _("There are too many rooms. Open one of them again."))
    return free_name([other for other, _audience in rooms], name)


def set_room_state(*, person: Person, room: Room, state: str, now: datetime) -> None:
    """Makes the room open, read-only or archived. Raises Refused."""
    require(can_set_state(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        if room.state == state:
            return
        if state != RoomState.OPEN and (why := why_in_use(room)):
            raise Refused("conflict", why)
        if state == RoomState.ARCHIVED:
            # There nobody could lower a hand or close a poll any more.
            lower_all_hands(room=room, now=now)
            close_polls(room=room, now=now)
        room.state = state
        room.save(update_fields=["state"])
        log.append(stream, RoomStateSet(state=state), by=person.pk, at=now)
        tell_lists(room, by=person.pk, now=now)
        for notes in notes_in(room).order_by("pk"):
            log.append(notes_stream(notes.pk), NotesStateSet(state=state), by=person.pk, at=now)


def tell_lists(room: Room, *, by: int, now: datetime) -> None:
    """The room's entry in the lists of rooms has changed."""
    if room.audience == Audience.COHORT:
        log.append(cohort_stream(room.cohort_id), RoomListed(room=room_card(room)), by=by, at=now)
    else:
        log.append(cohort_stream(room.cohort_id), RoomsChanged(), by=None, at=now)


def mark_read(marks: Sequence[tuple[int, int, int]], now: datetime) -> None:
    """Moves read markers, given as (person id, room id, seq): forwards, and never past the room's head.

    Markers of a person or room that is gone are left out: they must not keep those of others waiting.
    In the order of their keys, so that two processes cannot wait for each other. Who was mentioned in what
    they have read waits for no notice of it any more.
    """
    heads = log.heads(room_stream(room) for _person, room, _seq in marks)
    at = connection.ops.adapt_datetimefield_value(now)
    rows = [(min(seq, heads[room_stream(room)]), at, person, room) for person, room, seq in sorted(marks)]
    tables = {"marks": ReadMark, "people": Person, "rooms": Room}
    move = _MOVE_FORWARDS.format_map(
        {name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()}
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(move, rows)
    read_mentions(marks, now)


_MOVE_FORWARDS = """
    INSERT INTO {marks} AS mark (person_id, room_id, seq, at)
    SELECT person.id, room.id, %s, %s FROM {people} AS person, {rooms} AS room
    WHERE person.id = %s AND room.id = %s
    ON CONFLICT (person_id, room_id) DO UPDATE SET seq = excluded.seq, at = excluded.at
    WHERE mark.seq < excluded.seq
"""


def free_name(taken: Sequence[str], name: str) -> str:
    """The cleaned name, if none of `taken` is the same. Raises Refused."""
    name = clean_line(name, NAME_LIMIT)
    if is_blank(name):
        detail = _("Give the room a name.")
        raise Refused("invalid", detail, fields={"name": detail})
    if name.casefold() in {other.casefold() for other in taken}:
        detail = _("There is a room with this name already.")
        raise Refused("conflict", detail, fields={"name": detail})
    return name
