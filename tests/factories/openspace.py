"""Gatherings with their spaces, slots and topics. Rows only: what people do goes through the real actions."""

from datetime import date, timedelta
from types import SimpleNamespace

from rooms.models import RoomKind
from sessions.openspace.models import Gathering, Placement, Slot, SlotKind, Space, SpaceKind, Stage, Topic
from sessions.openspace.queries import gathering_for
from synergy.cohorts.models import Role
from tests.factories.cohorts import NOON, make_cohort, make_seat
from tests.factories.people import make_institution, make_person
from tests.factories.rooms import make_room
from tests.factories.training import make_training_session

FIRST_ROUND = NOON + timedelta(hours=1)
ROOM_KINDS = {SpaceKind.PLENARY: RoomKind.PLENARY, SpaceKind.LOUNGE: RoomKind.LOUNGE}


def make_gathering(training_session=None, on=date(2026, 2, 10), **fields):
    """In the marketplace, with the market open, unless the fields say otherwise."""
    fields.setdefault("theme", {"en": "How do we lead change together?"})
    fields.setdefault("stage", Stage.MARKETPLACE)
    fields.setdefault("is_market_open", fields["stage"] == Stage.MARKETPLACE)
    fields.setdefault("created_at", NOON)
    return Gathering.objects.create(
        training_session=training_session or make_training_session(), on=on, **fields
    )


def make_space(gathering=None, name=None, kind=SpaceKind.TOPIC, room=None, **fields):
    gathering = gathering or make_gathering()
    room = room or make_room(
        gathering.training_session.cohort, name, kind=ROOM_KINDS.get(kind, RoomKind.TOPIC)
    )
    fields.setdefault("position", gathering.spaces.count() + 1)
    return Space.objects.create(gathering=gathering, room=room, kind=kind, **fields)


def make_slot(gathering=None, starts_at=None, minutes=45, kind=SlotKind.ROUND, **fields):
    """Without `starts_at` an hour after the last one; the first at FIRST_ROUND."""
    gathering = gathering or make_gathering()
    if starts_at is None:
        last = gathering.slots.order_by("starts_at").last()
        starts_at = last.starts_at + timedelta(hours=1) if last else FIRST_ROUND
    return Slot.objects.create(
        gathering=gathering,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        **fields,
    )


def make_topic(gathering=None, convener=None, title=None, **fields):
    """Convened by a participant of the cohort, who is made when none is given."""
    gathering = gathering or make_gathering()
    convener = convener or make_seat(gathering.training_session.cohort).person
    number = gathering.topics.count() + 1
    fields.setdefault("number", number)
    fields.setdefault("proposed_by", convener)
    fields.setdefault("created_at", NOON)
    topic = Topic.objects.create(
        gathering=gathering, convener=convener, title=title or f"Topic {number}", **fields
    )
    Gathering.objects.filter(pk=gathering.pk).update(last_number=number)
    return topic


def make_placement(topic=None, slot=None, space=None):
    topic = topic or make_topic()
    return Placement.objects.create(
        topic=topic,
        slot=slot or make_slot(topic.gathering),
        space=space or make_space(topic.gathering),
    )


def make_wall(**fields):
    """A gathering with somebody in every role, two rooms for topics, a lounge, two rounds and a topic of Anna's.

    `into(person)` is the gathering as that person sees it; `seated(name, role)` makes one more person.
    """
    cohort = make_cohort()
    office = make_institution("Voivodeship Office", country="PL")
    gathering = make_gathering(make_training_session(cohort), **fields)

    def seated(name, role=Role.PARTICIPANT, institution=office, **seat):
        person = make_person(name)
        make_seat(cohort, person, institution, role=role, **seat)
        return person

    anna = seated("Anna Nowak")
    return SimpleNamespace(
        cohort=cohort,
        gathering=gathering,
        amber=make_space(gathering, "Amber", capacity=20),
        birch=make_space(gathering, "Birch", capacity=20),
        lounge=make_space(gathering, "Lounge", SpaceKind.LOUNGE),
        first=make_slot(gathering),
        second=make_slot(gathering),
        topic=make_topic(gathering, anna, "What should we stop doing?"),
        anna=anna,
        boris=seated("Борис Петров"),
        carla=seated("Carla Kovács"),
        fiona=seated("Fiona Facilitator", Role.FACILITATOR),
        olga=seated("Olga Organiser", Role.ORGANISER),
        otto=seated("Otto Observer", Role.OBSERVER),
        outsider=make_seat(make_cohort("Other"), make_person("Oskar Outsider")).person,
        seated=seated,
        into=lambda person: gathering_for(person, gathering.pk),
    )
