"""Puts the demonstration into the database, through the same actions that people use.

Built again, it adds only what is missing and moves the programme to today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from rooms.actions import mark_read, open_room
from rooms.models import Message, Room
from sessions.demo.conversation import Conversation
from sessions.demo.gathering import hold_gathering
from sessions.demo.people import BODIES, GUESTS
from sessions.demo.personas import INVENTED
from sessions.demo.programme import (
    ACTIVITIES,
    COHORT,
    DAYS,
    DOORS,
    EDITION,
    LIVELY,
    PROGRAMME,
    SESSION,
    SESSION_TITLE,
)
from sessions.demo.talk import LINES
from sessions.models import Activity, Day, TrainingSession
from synergy.cohorts.actions import LinkOf, give_seat, invite_person
from synergy.cohorts.models import Cohort, Edition, Invitation, Programme, Role
from synergy.notices.demo import settle_notices
from synergy.people.actions import register_person
from synergy.people.models import Institution, Person
from synergy.people.zones import zone_of_country
from synergy.search.index import rebuild

WARSAW = ZoneInfo("Europe/Warsaw")
READ_UNTIL = (3, "10:22")
"""Day and time up to which everybody has read everything."""


Addition = Callable[[Cohort, dict[str, Person], Callable[[int, str], datetime], datetime], None]
"""What another app adds: called with the cohort, its people by their keys, the clock, and now."""
_additions: list[Addition] = []


def add_to_demo(addition: Addition) -> None:
    """Called when the app is ready. An app that stands above another adds to what that one has added."""
    _additions.append(addition)


@dataclass(frozen=True)
class Clock:
    """Turns the days and times of the demonstration into moments around today."""

    last_day: date
    shift: timedelta
    """How far the last day is moved, so that its next round is a few minutes away."""

    def at(self, day: int, clock: str) -> datetime:
        moment = _moment(self.last_day - timedelta(days=len(DAYS) - day), clock)
        # Moved on the clock that knows no summer time, so that rounds keep their length on every day.
        return (moment.astimezone(UTC) + self.shift).astimezone(WARSAW) if day == len(DAYS) else moment


def clock_around(now: datetime) -> Clock:
    """A round of the last day is a few minutes away, whenever it is; that day may go on past midnight.

    The last day is that on which it opens, in Warsaw: a little after midnight it is still yesterday.
    """
    soon = now.astimezone(UTC) + timedelta(minutes=8)
    soon += timedelta(minutes=-soon.minute % 5, seconds=-soon.second, microseconds=-soon.microsecond)
    today = now.astimezone(WARSAW).date()
    opened_before = _moment(today, LIVELY) - _moment(today, ACTIVITIES[-1][0].start)
    last_day = (soon - opened_before).astimezone(WARSAW).date()
    return Clock(last_day, soon - _moment(last_day, LIVELY))


@transaction.atomic
def build_demo(now: datetime, link: LinkOf) -> Cohort:
    clock = clock_around(now)
    cohort = _cohort(clock.last_day)
    people = _people(cohort, clock.at(1, "07:30"))
    organiser = next(people[guest.key] for guest in GUESTS if guest.role == Role.ORGANISER)
    rooms = _rooms(cohort, organiser, clock.at(1, "07:40"))
    session = _programme(cohort, rooms, clock)
    _invitations(cohort, organiser, link, now)
    if not Message.objects.filter(room__cohort=cohort).exists():
        Conversation(people, rooms, clock.at, now).hold(LINES)
        # Early in the day, what would be said later has been said just now: it is new, too.
        _mark_what_was_read(people, rooms, min(clock.at(*READ_UNTIL), now - timedelta(seconds=1)))
    hold_gathering(session, people, rooms, clock.at, now)
    # The apps are ready from the top of the ladder down.
    for addition in reversed(_additions):
        addition(cohort, people, clock.at, now)
    settle_notices(people.values(), now)
    _were_here(people, clock.at(len(DAYS) - 1, "17:40"))
    rebuild()  # rows that were there already, or that no fact told of
    return cohort


def _were_here(people: dict[str, Person], at: datetime) -> None:
    """Whoever signs in sees what is new since the evening before."""
    Person.objects.filter(pk__in=[each.pk for each in people.values()], seen_at=None).update(seen_at=at)


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), WARSAW)


def _cohort(today: date) -> Cohort:
    programme, _made = Programme.objects.get_or_create(name=PROGRAMME)
    edition, _made = Edition.objects.get_or_create(
        programme=programme,
        number=EDITION,
        defaults={"starts_on": today - timedelta(days=150), "ends_on": today + timedelta(days=120)},
    )
    cohort, _made = Cohort.objects.get_or_create(edition=edition, name=COHORT)
    return cohort


def _people(cohort: Cohort, now: datetime) -> dict[str, Person]:
    bodies = {
        key: Institution.objects.get_or_create(
            name=body.name, country=body.country, defaults={"tier": body.tier}
        )[0]
        for key, body in BODIES.items()
    }
    people: dict[str, Person] = {}
    for guest in GUESTS:
        body = bodies[guest.body]
        email = f"{guest.key}{INVENTED}"
        person = Person.objects.filter(email=email).first() or register_person(
            email=email, name=guest.name, language=guest.language, time_zone=zone_of_country(body.country)
        )
        people[guest.key] = person
        if not person.seats.filter(cohort=cohort).exists():
            give_seat(
                cohort=cohort,
                person=person,
                institution=body,
                role=guest.role,
                is_coordinator=guest.is_coordinator,
                now=now,
            )
    return people


def _rooms(cohort: Cohort, organiser: Person, now: datetime) -> dict[str, Room]:
    rooms = {room.name: room for room in Room.objects.filter(cohort=cohort)}
    for door in DOORS:
        if door.name not in rooms:
            rooms[door.name] = open_room(
                person=organiser,
                cohort=cohort,
                name=door.name,
                title=door.title,
                kind=door.kind,
                now=now,
            )
    return rooms


def _programme(cohort: Cohort, rooms: dict[str, Room], clock: Clock) -> TrainingSession:
    first = clock.last_day - timedelta(days=len(DAYS) - 1)
    session, _made = TrainingSession.objects.update_or_create(
        cohort=cohort,
        number=SESSION,
        defaults={"title": SESSION_TITLE, "starts_on": first, "ends_on": clock.last_day},
    )
    session.days.all().delete()
    session.activities.all().delete()
    for number, (title, entries) in enumerate(zip(DAYS, ACTIVITIES, strict=True), start=1):
        Day.objects.create(training_session=session, on=first + timedelta(days=number - 1), title=title)
        Activity.objects.bulk_create(
            Activity(
                training_session=session,
                title=entry.title,
                starts_at=clock.at(number, entry.start),
                ends_at=clock.at(number, entry.end),
                room=rooms[entry.room] if entry.room else None,
            )
            for entry in entries
        )
    return session


def _invitations(cohort: Cohort, organiser: Person, link: LinkOf, now: datetime) -> None:
    """One that waits and one that was forgotten."""
    if Invitation.objects.filter(cohort=cohort).exists():
        return
    # The old one sends no letter: it would come today and say that it works until a day that is over.
    for key, name, body, made_at, mailed in (
        ("austra.ozola", "Austra Ozola", "krast", now, link),
        ("petra.blaskova", "Petra Blašková", "learn", now - timedelta(days=20), None),
    ):
        invite_person(
            cohort=cohort,
            by=organiser,
            email=f"{key}{INVENTED}",
            name=name,
            role=Role.PARTICIPANT,
            institution=Institution.objects.get(name=BODIES[body].name),
            is_coordinator=False,
            language="en",
            link=mailed,
            now=made_at,
        )


def _mark_what_was_read(people: dict[str, Person], rooms: dict[str, Room], until: datetime) -> None:
    """Everybody has read up to `until`, and up to what they wrote themselves."""
    marks = []
    for room in rooms.values():
        messages = list(
            Message.objects.filter(room=room).order_by("seq").values_list("seq", "at", "author_id")
        )
        for person in people.values():
            seen = [seq for seq, at, author in messages if at <= until or author == person.pk]
            if seen:
                marks.append((person.pk, room.pk, max(seen)))
    mark_read(marks, until)
