"""A wall as large as the largest that is known: 500 people, 415 topics in ten rounds and forty spaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sessions.openspace.models import Gathering, Interest, Placement, Slot, Space, Stay, Topic
from synergy.cohorts.models import Role, Seat
from synergy.people.models import Person
from tests.factories import make_cohort, make_institution, make_person, make_seat
from tests.factories.cohorts import NOON
from tests.factories.openspace import make_gathering, make_slot, make_space
from tests.factories.training import make_training_session


@dataclass
class LargeWall:
    gathering: Gathering
    person: Person
    """One of those who take part; `others` are the rest."""
    others: list[Person]
    topics: list[Topic]
    spaces: list[Space]
    slots: list[Slot]

    @property
    def path(self) -> str:
        return f"/gatherings/{self.gathering.pk}/"


def make_large_wall(people: int = 500, topics: int = 415, slots: int = 10, spaces: int = 40) -> LargeWall:
    """15 of the topics wait; half of the people are in a space of the first round, which runs."""
    now = timezone.now()
    cohort = make_cohort("Large")
    gathering = make_gathering(
        make_training_session(cohort), theme={"en": "What shall we change?"}, last_number=topics
    )
    offices = [make_institution(country=country) for country in ("PL", "BG", "LV", "HU", "SK")]
    person = make_person("Anna Nowak")
    make_seat(cohort, person, offices[0])
    others = Person.objects.bulk_create(
        Person(email=f"p{n}@example.org", name=f"Person Number {n}") for n in range(people - 1)
    )
    Seat.objects.bulk_create(_seat(cohort, each, offices[n % 5]) for n, each in enumerate(others))
    columns = [make_space(gathering, f"Space {n + 1}", capacity=20) for n in range(spaces)]
    rounds = [make_slot(gathering, now + timedelta(hours=n)) for n in range(slots)]
    Slot.objects.filter(pk=rounds[0].pk).update(started_at=now)
    made = _topics(gathering, others, topics)
    cells = [(slot, space) for slot in rounds for space in columns][: topics - 15]
    Placement.objects.bulk_create(
        Placement(topic=topic, slot=slot, space=space)
        for topic, (slot, space) in zip(made, cells, strict=False)
    )
    Interest.objects.bulk_create(
        Interest(topic=topic, person=others[(n * 7 + k * 13) % len(others)])
        for n, topic in enumerate(made)
        for k in range(n % 12)
    )
    Stay.objects.bulk_create(
        Stay(gathering=gathering, person=each, space=columns[n % spaces], since=now)
        for n, each in enumerate(others[: people // 2])
    )
    return LargeWall(gathering, person, others, made, columns, rounds)


def _seat(cohort: Any, person: Person, office: Any) -> Seat:
    return Seat(cohort=cohort, person=person, institution=office, role=Role.PARTICIPANT, created_at=NOON)


def _topics(gathering: Gathering, people: list[Person], count: int) -> list[Topic]:
    return Topic.objects.bulk_create(
        Topic(
            gathering=gathering,
            number=n + 1,
            title=f"How do we do thing number {n + 1} better together?",
            why="Because everybody asks.",
            convener=people[n % len(people)],
            proposed_by=people[n % len(people)],
            created_at=timezone.now(),
        )
        for n in range(count)
    )
