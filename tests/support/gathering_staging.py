"""Gatherings for processes of their own: what is put into their database, and what it holds afterwards.

Runs inside the shell of an installation: `installation.stage("open_space", 0, module=…)`.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from rooms.notes.queries import notes_stream, text_of
from sessions.openspace.actions.placing import put
from sessions.openspace.models import (
    Gathering,
    Placement,
    Slot,
    SpaceKind,
    Stage,
    Stay,
    Vote,
    VotingState,
)
from sessions.openspace.proceedings import book_of
from sessions.openspace.queries import gathering_stream, topic_stream
from synergy.cohorts.models import Cohort, Role
from synergy.journal.models import Event, Receipt
from tests.factories import make_institution, make_person, make_seat
from tests.factories.cohorts import _number as number_of_cohorts
from tests.factories.openspace import make_gathering, make_slot, make_space, make_topic
from tests.factories.people import _number as number_of_people
from tests.factories.training import make_training_session
from tests.support.large_wall import make_large_wall
from tests.support.staging import sign_in

SPACES = ("Amber", "Linden", "Vistula", "Rose", "Balaton", "Danube")
HARD_PLACES = 3
ROUNDS = 12


def open_space(topics: int) -> dict[str, object]:
    """A gathering of the cohort "Bench" in the middle of its day: rounds, market and vote are open.

    So many of the people convene a topic each; the first of them has notes. Rose has HARD_PLACES places.
    """
    cohort = Cohort.objects.get(name="Bench")
    now = timezone.now()
    gathering = _gathering(
        cohort, stage=Stage.ROUNDS, is_market_open=True, voting=VotingState.OPEN, points_each=5
    )
    spaces = [make_space(gathering, name, capacity=20) for name in SPACES]
    rose = spaces[3]
    rose.capacity, rose.is_hard = HARD_PLACES, True
    rose.save()
    slots = [make_slot(gathering, now + timedelta(hours=n)) for n in range(ROUNDS)]
    conveners = [seat.person for seat in cohort.seats.filter(role=Role.PARTICIPANT).order_by("pk")[:topics]]
    made = [make_topic(gathering, person, f"Topic of {person.name}") for person in conveners]
    put(made[0], slots[0], spaces[0], now)
    return {
        "gathering": gathering.pk,
        "stream": str(gathering_stream(gathering.pk)),
        "report": str(topic_stream(made[0].pk)),
        "notes": str(notes_stream(made[0].notes_id)),
        "notes_key": made[0].notes_id,
        "slots": [slot.pk for slot in slots],
        "spaces": [space.pk for space in spaces],
        "rose": rose.pk,
        "places": HARD_PLACES,
        "facilitators": [_facilitator(cohort, name) for name in ("Agnieszka Rudnicka", "Ojārs Liepa")],
    }


def rehearsal(rounds: int) -> dict[str, object]:
    """A gathering that is prepared and has not begun, with a facilitator, spaces, a plenary and a lounge."""
    cohort = Cohort.objects.get(name="Bench")
    gathering = _gathering(cohort, stage=Stage.PREPARING)
    make_space(gathering, "Plenary", SpaceKind.PLENARY)
    for name in SPACES:
        make_space(gathering, name, capacity=20)
    make_space(gathering, "Lounge", SpaceKind.LOUNGE)
    for number in range(rounds):
        make_slot(gathering, timezone.now() + timedelta(hours=1 + number))
    guide = _facilitator(cohort, "Agnieszka Rudnicka")
    return {"gathering": gathering.pk, "facilitator": guide}


def large_wall(people: int) -> dict[str, object]:
    """The large wall with so many people, all signed in, and what they can change without being in each other's way.

    `member` is an index in `cookies`. A topic moves to stand beside its neighbour, which stays, and back.
    """
    for number in (number_of_people, number_of_cohorts):
        # Others have made theirs in this database before.
        for _ in range(1_000):
            next(number)
    wall = make_large_wall(people=people)
    standing = [
        {"slot": place.slot_id, "space": place.space_id}
        for place in Placement.objects.filter(topic__gathering=wall.gathering).order_by("topic__number")
    ]
    spaces = [space.pk for space in wall.spaces]
    return {
        "gathering": wall.gathering.pk,
        "stream": str(gathering_stream(wall.gathering.pk)),
        "room": f"room:{wall.spaces[0].room_id}",
        "cookies": [sign_in(person) for person in [wall.person, *wall.others]],
        "topics": [topic.pk for topic in wall.topics],
        # Those in the second half are nowhere yet.
        "moves": [
            {"member": n, "spaces": [spaces[n % len(spaces)], spaces[(n + 1) % len(spaces)]]}
            for n in range(people // 2 + 1, people)
        ],
        "placements": [
            {
                "member": 1 + n % len(wall.others),
                "topic": wall.topics[n].pk,
                "number": wall.topics[n].number,
                "home": standing[n],
                "away": standing[n + 1],
                "beside": wall.topics[n + 1].pk,
            }
            for n in range(len(spaces), len(standing) - 1, 2)
        ],
    }


def audit_gathering(gathering: int) -> dict[str, object]:
    """What the database holds of a gathering, of all its streams: events, answers, and the rows they speak of."""
    row = Gathering.objects.get(pk=gathering)
    topics = list(row.topics.order_by("pk"))
    notes = [topic.notes for topic in topics if topic.notes]
    streams = [gathering_stream(gathering), *(topic_stream(topic.pk) for topic in topics)]
    streams += [notes_stream(each.pk) for each in notes]
    stays = Stay.objects.filter(gathering=row, until__isnull=True)
    votes: dict[str, dict[str, int]] = {}
    for person, topic, points in Vote.objects.filter(topic__gathering=row).values_list(
        "person", "topic", "points"
    ):
        votes.setdefault(str(person), {})[str(topic)] = points
    return {
        "events": {str(stream): _events(stream) for stream in streams},
        "receipts": Counter(
            Receipt.objects.filter(stream__in=map(str, streams)).values_list("name", flat=True)
        ),
        "where": {str(person): space for person, space in stays.values_list("person", "space")},
        "votes": votes,
        "running": Slot.objects.filter(
            gathering=row, started_at__isnull=False, ended_at__isnull=True
        ).count(),
        "notes": {str(notes_stream(each.pk)): text_of(each) for each in notes},
        "stage": row.stage,
    }


def book(gathering: int) -> dict[str, object]:
    """The book of proceedings, in short."""
    made = book_of(Gathering.objects.get(pk=gathering), "en", ZoneInfo("UTC"))
    return {
        "reports": {report.title.text: report.standing.value for report in made.reports},
        "written": [bool(report.summary) and bool(report.in_the_room) for report in made.reports],
        "others": [topic.title.text for topic in made.other_topics],
        "actions": len(made.actions),
        "closing_words": len(made.closing_words),
        "voters": made.votes.voters if made.votes else None,
        "is_final": made.is_final,
    }


def _gathering(cohort: Cohort, **fields: Any) -> Gathering:
    today = timezone.now().date()
    session = make_training_session(cohort, starts_on=today)
    return make_gathering(session, today, runs_by_clock=False, **fields)


def _facilitator(cohort: Cohort, name: str) -> dict[str, object]:
    number = cohort.seats.count()
    person = make_person(name, email=f"facilitator{number}@office.example")
    office = make_institution(f"Office of facilitator {number}")
    make_seat(cohort, person, office, role=Role.FACILITATOR)
    return {"person": person.pk, "cookie": sign_in(person)}


def _events(stream: Any) -> list[dict[str, object]]:
    rows = Event.objects.filter(stream__kind=stream.kind, stream__key=stream.key).order_by("seq")
    return [
        {"seq": seq, "name": name, "by": by, "data": json.loads(body)}
        for seq, name, by, body in rows.values_list("seq", "name", "by", "body")
    ]


TASKS = {
    "open_space": open_space,
    "rehearsal": rehearsal,
    "large_wall": large_wall,
    "audit": audit_gathering,
    "book": book,
}


def main(what: str, number: str) -> None:
    print(json.dumps(TASKS[what](int(number))))
