"""Puts people, rooms and history into a database for the bench, and prints what was made as JSON.

python -m tests.bench.stage people 500
python -m tests.bench.stage history 1000000
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta

import django
import msgspec

django.setup()

from django.conf import settings  # noqa: E402 - needs the apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.utils import timezone  # noqa: E402

from rooms.events import MessagePosted  # noqa: E402
from rooms.models import Message, Notes, Room  # noqa: E402
from rooms.notes.actions import open_notes  # noqa: E402
from rooms.notes.queries import notes_stream, text_of  # noqa: E402
from sessions.openspace.models import Slot, Stage  # noqa: E402
from synergy.cohorts import actions  # noqa: E402
from synergy.cohorts.models import Cohort, Seat  # noqa: E402
from synergy.journal.models import Event, Receipt, Stream  # noqa: E402
from synergy.people.models import Person  # noqa: E402
from tests.factories import (  # noqa: E402
    make_cohort,
    make_institution,
    make_room,
    make_seat,
    make_training_session,
)
from tests.factories.openspace import make_gathering  # noqa: E402

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def tables(_number: int) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def people(count: int) -> dict[str, object]:
    """People of one cohort with a room, each signed in; and somebody of another cohort with a room there."""
    room = make_room(cohort=make_cohort(name="Bench"), name="Bench")
    elsewhere = make_room(cohort=make_cohort(name="Elsewhere"), name="Elsewhere")
    stranger = make_seat(cohort=elsewhere.cohort).person
    offices = [make_institution(country=country) for country in ("PL", "LV", "BG", "HU", "SK")]
    persons = Person.objects.bulk_create(
        Person(email=f"bench{n}@office.example", name=f"Person {n}", password="!") for n in range(count)
    )
    Seat.objects.bulk_create(
        Seat(
            cohort=room.cohort,
            person=person,
            institution=offices[n % 5],
            role="participant",
            created_at=START,
        )
        for n, person in enumerate(persons)
    )
    return {
        "stream": f"room:{room.pk}",
        "persons": [person.pk for person in persons],
        "cookies": [sign_in(person) for person in persons],
        "elsewhere": {"stream": f"room:{elsewhere.pk}", "person": stranger.pk, "cookie": sign_in(stranger)},
    }


def sign_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def history(count: int) -> dict[str, object]:
    """Two rooms with much and with little said in them."""
    cohort = Cohort.objects.get(name="Bench")
    rooms = {"much": count, "little": 1_000}
    return {name: _filled_room(cohort, name, messages) for name, messages in rooms.items()}


def _filled_room(cohort: Cohort, name: str, messages: int) -> dict[str, int]:
    room = make_room(cohort=cohort, name=name)
    author = cohort.seats.earliest("pk").person
    text = "A message of a middling length, as most are when people talk about their work."
    stream = Stream.objects.create(kind="room", key=room.pk, head=messages)
    body = msgspec.json.encode(MessagePosted(text=text, lang="en")).decode()
    event = Event.objects.create(
        stream=stream, seq=1, name="message.posted", at=START, by=author.pk, body=body
    )
    message = Message.objects.create(room=room, seq=1, author=author, at=START, text=text, lang="en")
    for row in (event, message):
        _repeat(row, messages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Room.objects.get(pk=room.pk).messages.count() == messages
    return {"room": room.pk, "messages": messages}


def _repeat(row: Model, last: int) -> None:
    """Copies the row with the numbers 2 to `last`, in the database itself."""
    columns = [field.column for field in row._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join("n.number" if column == "seq" else f'one."{column}"' for column in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE n(number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM n WHERE number < %s) "
            f'INSERT INTO "{table}" ({names}) SELECT {values} FROM n, "{table}" AS one WHERE one.id = %s',
            [last, row.pk],
        )


def audit(room: int) -> dict[str, object]:
    """What the database holds of a room: its log, its messages and the answers that were given."""
    stream = Stream.objects.get(kind="room", key=room)
    return {
        "head": stream.head,
        "events": [
            {"seq": seq, "name": name, "by": by, "data": json.loads(body)}
            for seq, name, by, body in stream.events.order_by("seq").values_list("seq", "name", "by", "body")
        ],
        "messages": list(Message.objects.filter(room=room).order_by("seq").values("seq", "author", "text")),
        "receipts": Receipt.objects.filter(stream=f"room:{room}").count(),
    }


def notes(room: int) -> dict[str, object]:
    """Empty notes of a room."""
    made = open_notes(room=Room.objects.get(pk=room), title="Bench", now=START)
    return {"notes": made.pk, "stream": str(notes_stream(made.pk))}


def audit_notes(notes: int) -> dict[str, object]:
    """What the database holds of notes: their text, their log and the answers that were given."""
    row = Notes.objects.get(pk=notes)
    stream = Stream.objects.get(kind="notes", key=notes)
    bodies = list(stream.events.filter(name="notes.updated").values_list("body", flat=True))
    return {
        "head": stream.head,
        "text": text_of(row),
        "updates": len(bodies),
        "log_bytes": sum(map(len, bodies)),
        "document_bytes": len(row.document),
        "document_seq": row.document_seq,
        "receipts": Receipt.objects.filter(stream=f"notes:{notes}").count(),
    }


def end_seat(person: int) -> dict[str, object]:
    actions.end_seat(seat=Seat.objects.get(person=person, ended_at=None), now=timezone.now())
    return {"at": time.time()}


def expired_session(person: int) -> dict[str, object]:
    """A cookie of a session that ended a minute ago."""
    cookie = sign_in(Person.objects.get(pk=person))
    key = cookie.partition("=")[2]
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(minutes=1))
    return {"cookie": cookie}


def gathering(seconds: int) -> dict[str, object]:
    """A gathering of the cohort "Bench" in its rounds: one that starts in so many seconds, runs as long, and a later one."""
    cohort = Cohort.objects.get(name="Bench")
    start, length = timezone.now() + timedelta(seconds=seconds), timedelta(seconds=seconds)
    made = make_gathering(make_training_session(cohort), start.date(), stage=Stage.ROUNDS)
    for starts_at in (start, start + timedelta(days=1)):
        made.slots.create(starts_at=starts_at, ends_at=starts_at + length)
    return {
        "stream": f"gathering:{made.pk}",
        "starts_at": start.timestamp(),
        "ends_at": (start + length).timestamp(),
    }


def rounds(gathering: int) -> dict[str, object]:
    """What the log and the rows say of the rounds, the first slot first."""
    stream = Stream.objects.get(kind="gathering", key=gathering)
    slots = Slot.objects.filter(gathering=gathering).order_by("starts_at")
    return {
        "names": list(stream.events.order_by("seq").values_list("name", flat=True)),
        "ended_at": [slot.ended_at and slot.ended_at.timestamp() for slot in slots],
    }


TASKS = {
    "tables": tables,
    "people": people,
    "history": history,
    "audit": audit,
    "notes": notes,
    "audit_notes": audit_notes,
    "end_seat": end_seat,
    "gathering": gathering,
    "rounds": rounds,
    "expired_session": expired_session,
}


def main(what: str, number: str) -> None:
    print(json.dumps(TASKS[what](int(number))))


if __name__ == "__main__":
    main(*sys.argv[1:])
