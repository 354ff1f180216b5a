"""Holds the demonstration's Open Space up to the break before its second round, through the real actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from rooms.models import Room
from sessions.demo.programme import DAYS
from sessions.demo.wall import GIVENS, NEWS, SHEETS, SPACES, SPONSOR, THEME, Report, Sheet
from sessions.models import TrainingSession
from sessions.openspace.actions.moving import move_person
from sessions.openspace.actions.news import post_news
from sessions.openspace.actions.placing import place_topic
from sessions.openspace.actions.reports import begin_report, change_report, confirm_report
from sessions.openspace.actions.rounds import end_round, start_round
from sessions.openspace.actions.stages import set_stage
from sessions.openspace.actions.topics import mark_interest, propose_topic
from sessions.openspace.models import Gathering, Slot, SlotKind, Space, SpaceKind, Stage, Topic
from sessions.openspace.queries import gathering_for, topic_for
from synergy.people.models import Person

TIMES = (
    (SlotKind.ROUND, "10:15", "11:00"),
    (SlotKind.BREAK, "11:00", "11:15"),
    (SlotKind.ROUND, "11:15", "12:00"),
    (SlotKind.BREAK, "12:00", "13:00"),
    (SlotKind.ROUND, "13:00", "13:45"),
)
BREAKS = {"11:00": "Time to move", "12:00": "Lunch"}
FACILITATOR = "agnieszka.rudnicka"
Clock = Callable[[str], datetime]
"""The moment of a clock time of the last day."""


def hold_gathering(
    session: TrainingSession,
    people: dict[str, Person],
    rooms: dict[str, Room],
    at: Callable[[int, str], datetime],
    now: datetime,
) -> None:
    """Makes the gathering, or moves the one that is there to today."""
    clock = partial(at, len(DAYS))
    gathering = session.gatherings.order_by("pk").first()
    if gathering is None:
        _Wall(_prepare(session, rooms, clock), people, clock, now).fill()
    else:
        _move_to_today(gathering, session, clock)


def _prepare(session: TrainingSession, rooms: dict[str, Room], clock: Clock) -> Gathering:
    gathering = Gathering.objects.create(
        training_session=session,
        on=session.ends_on,
        theme=THEME,
        givens=GIVENS,
        sponsor=SPONSOR,
        created_at=clock("07:50"),
    )
    kinds = {"Plenary": SpaceKind.PLENARY, "Lounge": SpaceKind.LOUNGE, "Help desk": SpaceKind.HELP_DESK}
    for position, name in enumerate(("Plenary", *SPACES, "Lounge", "Help desk"), start=1):
        kind = kinds.get(name, SpaceKind.TOPIC)
        capacity = 8 if kind == SpaceKind.TOPIC else None
        Space.objects.create(
            gathering=gathering, room=rooms[name], kind=kind, capacity=capacity, position=position
        )
    for slot_kind, start, end in TIMES:
        Slot.objects.create(
            gathering=gathering,
            kind=slot_kind,
            title=BREAKS.get(start, "") if slot_kind == SlotKind.BREAK else "",
            starts_at=clock(start),
            ends_at=clock(end),
        )
    return gathering


def _move_to_today(gathering: Gathering, session: TrainingSession, clock: Clock) -> None:
    """All slots by as much, so that the first one stands where it belongs."""
    first = gathering.slots.order_by("starts_at").first()
    Gathering.objects.filter(pk=gathering.pk).update(on=session.ends_on)
    if first is None:
        return
    by = clock(TIMES[0][1]) - first.starts_at
    for slot in gathering.slots.all():
        for name in ("starts_at", "ends_at", "started_at", "ended_at"):
            moment = getattr(slot, name)
            setattr(slot, name, moment + by if moment else None)
        slot.save()


class _Wall:
    """Fills the wall as its people would have, each thing at its time."""

    def __init__(self, gathering: Gathering, people: dict[str, Person], clock: Clock, now: datetime) -> None:
        self._pk = gathering.pk
        self._people = people
        self._clock = clock
        self._now = now
        self._rounds = list(gathering.slots.filter(kind=SlotKind.ROUND).order_by("starts_at"))
        self._spaces = {space.room.name: space for space in gathering.spaces.select_related("room")}

    def fill(self) -> None:
        self._set_stage(Stage.OPENING, "09:00")
        self._set_stage(Stage.MARKETPLACE, "09:30")
        for number, sheet in enumerate(SHEETS):
            self._put_up(sheet, self._clock("09:34") + timedelta(minutes=2 * number))
        self._set_stage(Stage.ROUNDS, "10:13")
        self._hold_first_round()
        for clock, text in NEWS:
            person, gathering = self._seen_by(FACILITATOR)
            post_news(person=person, gathering=gathering, text=text, language="en", now=self._at(clock))

    def _set_stage(self, stage: str, clock: str) -> None:
        person, gathering = self._seen_by(FACILITATOR)
        set_stage(person=person, gathering=gathering, stage=stage, now=self._at(clock))

    def _put_up(self, sheet: Sheet, moment: datetime) -> None:
        person, gathering = self._seen_by(sheet.by)
        topic = propose_topic(
            person=person,
            gathering=gathering,
            title=sheet.title,
            why=sheet.why,
            language=sheet.language,
            co_conveners=[self._people[key].pk for key in sheet.with_],
            now=moment,
        )
        if sheet.at is not None:
            number, name = sheet.at
            place_topic(
                person=person,
                gathering=gathering,
                topic=topic.pk,
                slot=self._rounds[number - 1].pk,
                space=self._spaces[name].pk,
                now=moment + timedelta(minutes=1),
            )
        for key in sheet.interested:
            fan, gathering = self._seen_by(key)
            mark_interest(person=fan, gathering=gathering, topic=topic.pk, now=moment + timedelta(minutes=1))

    def _hold_first_round(self) -> None:
        person, gathering = self._seen_by(FACILITATOR)
        start_round(person=person, gathering=gathering, slot=self._rounds[0].pk, now=self._at("10:15"))
        first = [sheet for sheet in SHEETS if sheet.at and sheet.at[0] == 1]
        for sheet in first:
            for key in (sheet.by, *sheet.interested):
                self._move(key, sheet.at[1] if sheet.at else "", "10:16")
        person, gathering = self._seen_by(FACILITATOR)
        end_round(person=person, gathering=gathering, slot=self._rounds[0].pk, now=self._at("11:00"))
        for sheet in first:
            if sheet.report is not None:
                self._report(sheet, sheet.report)

    def _move(self, key: str, space: str, clock: str) -> None:
        person, gathering = self._seen_by(key)
        move_person(person=person, gathering=gathering, space=self._spaces[space].pk, now=self._at(clock))

    def _report(self, sheet: Sheet, report: Report) -> None:
        person = self._people[sheet.by]
        pk = Topic.objects.get(gathering=self._pk, title=sheet.title).pk
        topic = topic_for(person, pk)
        assert topic is not None
        begin_report(person=person, topic=topic, now=self._at("10:52"))
        due = (self._clock("10:52") + timedelta(days=35)).date().isoformat()
        step = {"what": report.step, "who": report.who, "when": due}
        for field, value in (
            ("summary", report.summary),
            ("recommendations", report.recommendations),
            ("next_steps", [step]),
        ):
            base = topic.report.revisions.get(field, 0) if hasattr(topic, "report") else 0
            change_report(
                person=person, topic=topic, field=field, value=value, base=base, now=self._at("10:58")
            )
        confirm_report(person=person, topic=topic, now=self._at("11:03"))

    def _seen_by(self, key: str) -> tuple[Person, Gathering]:
        person = self._people[key]
        gathering = gathering_for(person, self._pk)
        assert gathering is not None
        return person, gathering

    def _at(self, clock: str) -> datetime:
        """Never later than now."""
        return min(self._clock(clock), self._now)
