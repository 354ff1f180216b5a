"""Binds the book of proceedings from what is kept, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rooms.events import PersonCard
from rooms.queries import people_of
from sessions.models import TrainingSession
from sessions.openspace.cards import results_of, topic_cards, voters_of
from sessions.openspace.events import TopicCard
from sessions.openspace.models import (
    Action,
    Gathering,
    Slot,
    SlotKind,
    Space,
    SpaceKind,
    Stage,
    Stay,
    TopicReport,
    TopicState,
    VotingState,
)
from sessions.openspace.proceedings.book import (
    ActionLine,
    Book,
    ClosingLine,
    CountryGroup,
    Fate,
    InstitutionGroup,
    Member,
    NextStep,
    Numbers,
    OtherTopic,
    Place,
    Prose,
    Report,
    Standing,
    Time,
    TopicLine,
    VoteLine,
    Votes,
    Wall,
    WallRow,
)
from sessions.openspace.rules import slots_over
from sessions.openspace.texts import Words, in_language
from synergy.alphabet import in_alphabet
from synergy.people.models import Country
from synergy.people.templatetags.synergy import NAME_LANGUAGES

PROSE = ("summary", "recommendations", "resources", "requests")


def book_of(gathering: Gathering, language: str, zone: ZoneInfo) -> Book:
    """The book as it is now, for a reader with this language and zone. Never more queries for more topics."""
    return _Binder(gathering).book(language, zone)


class _Binder:
    """Holds all rows of one gathering while its book is bound."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._session = TrainingSession.objects.select_related("cohort__edition__programme").get(
            pk=gathering.training_session_id
        )
        self._is_closed = gathering.stage == Stage.CLOSED
        self._members = {int(pk): _member(card) for pk, card in people_of(self._session.cohort_id).items()}
        self._spaces = list(gathering.spaces.select_related("room").order_by("position", "pk"))
        self._slots = list(gathering.slots.order_by("starts_at", "pk"))
        self._over = slots_over(gathering, self._slots)
        self._times = _times(self._slots)
        self._topics = topic_cards(list(gathering.topics.order_by("number")))
        self._lines = {card.id: TopicLine(card.number, _title(card)) for card in self._topics}
        written = TopicReport.objects.filter(topic__gathering=gathering)
        self._reports = {report.topic_id: report for report in written}
        self._actions = list(gathering.actions.filter(removed_at=None).order_by("pk"))
        self._words = list(gathering.words.order_by("at", "pk"))

    def book(self, language: str, zone: ZoneInfo) -> Book:
        gathering, session = self._gathering, self._session
        reports = [self._report(card) for card in self._on_the_wall()]
        participants = self._participants()
        written = sum(report.is_written for report in reports)
        missing = sum(report.standing == Standing.MISSING for report in reports)
        people = sum(group.size for group in participants)
        return Book(
            language=language,
            zone=str(zone),
            is_final=self._is_closed,
            theme=in_language(gathering.theme, language),
            givens=in_language(gathering.givens, language),
            sponsor=gathering.sponsor,
            programme=session.cohort.edition.programme.name,
            edition=session.cohort.edition.number,
            session=session.number,
            session_title=session.title,
            mode=session.mode,
            on=gathering.on,
            numbers=Numbers(people=people, topics=len(reports), reports=written, missing=missing),
            wall=self._wall(),
            reports=reports,
            other_topics=[self._other(card) for card in self._topics if self._is_other(card)],
            actions=[self._action(action) for action in self._actions],
            votes=self._votes(),
            closing_words=[ClosingLine(self._members.get(word.person_id), word.word) for word in self._words],
            participants=participants,
        )

    def _is_other(self, card: TopicCard) -> bool:
        """Whether the topic has no chapter of its own."""
        if card.state != TopicState.OFFERED or card.did_not_happen:
            return True
        return not _is_written(self._reports.get(card.id)) and (not card.places or self._was_left_out(card))

    def _was_left_out(self, card: TopicCard) -> bool:
        """The gathering is closed, and none of the topic's rounds was held."""
        return self._is_closed and not any(place.slot in self._over for place in card.places)

    def _on_the_wall(self) -> list[TopicCard]:
        slots = {slot.pk: at for at, slot in enumerate(self._slots)}
        spaces = {space.pk: at for at, space in enumerate(self._spaces)}
        last = (len(slots), len(spaces))

        def order(card: TopicCard) -> tuple[tuple[int, int], int]:
            places = [(slots[place.slot], spaces[place.space]) for place in card.places]
            return min(places, default=last), card.number

        return sorted((card for card in self._topics if not self._is_other(card)), key=order)

    def _report(self, card: TopicCard) -> Report:
        row = self._reports.get(card.id)
        written = row or TopicReport()
        prose = {name: Prose(getattr(written, name), card.language) for name in PROSE}
        names = {space.pk: space.room.name for space in self._spaces}
        return Report(
            number=card.number,
            title=_title(card),
            why=Words(card.why, card.language),
            convener=self._members.get(card.convener or 0),
            co_conveners=self._known(card.co_conveners),
            places=[Place(self._times[place.slot], names[place.space]) for place in card.places],
            standing=self._standing(card, row),
            next_steps=[_next_step(step, card.language) for step in written.next_steps],
            in_the_room=self._known(written.participants),
            merged=[self._lines[other.id] for other in self._topics if other.merged_into == card.id],
            **prose,
        )

    def _standing(self, card: TopicCard, row: TopicReport | None) -> Standing:
        if _is_written(row):
            return Standing.CONFIRMED if card.report == Standing.CONFIRMED else Standing.DRAFT
        is_over = self._is_closed or all(place.slot in self._over for place in card.places)
        return Standing.MISSING if is_over else Standing.TO_COME

    def _other(self, card: TopicCard) -> OtherTopic:
        into = self._lines[card.merged_into].number if card.merged_into else None
        convener = self._members.get(card.convener or 0)
        return OtherTopic(card.number, _title(card), convener, self._fate(card), into)

    def _fate(self, card: TopicCard) -> Fate:
        if card.state != TopicState.OFFERED:
            return Fate(card.state)
        if card.did_not_happen or card.places:
            return Fate.DID_NOT_HAPPEN
        return Fate.NOT_PLACED if self._is_closed else Fate.WAITING

    def _wall(self) -> Wall:
        placed: dict[tuple[int, int], list[TopicLine]] = {}
        for card in self._topics:
            for place in card.places:
                placed.setdefault((place.slot, place.space), []).append(self._lines[card.id])
        used = {space for _slot, space in placed}
        spaces = [space for space in self._spaces if space.pk in used or _is_offered(space)]
        rows = [
            WallRow(
                self._times[slot.pk],
                [placed.get((slot.pk, space.pk), []) for space in spaces]
                if slot.kind == SlotKind.ROUND
                else _cells_of_break(slot, spaces, placed),
            )
            for slot in self._slots
        ]
        return Wall([space.room.name for space in spaces], rows)

    def _action(self, action: Action) -> ActionLine:
        return ActionLine(
            what=Words(action.what),
            convener=self._members.get(action.convener_id),
            first_step=Words(action.first_step),
            due=action.due,
            topic=self._lines.get(action.topic_id or 0),
        )

    def _votes(self) -> Votes | None:
        gathering = self._gathering
        if gathering.voting != VotingState.CLOSED:
            return None
        results = results_of(gathering).items()
        lines = [VoteLine(self._lines[int(topic)], points) for topic, points in results]
        return Votes(voters_of(gathering), gathering.points_each, lines)

    def _participants(self) -> list[CountryGroup]:
        """Who left a trace, by country in the order of the ring, institution and name."""
        traces = set(Stay.objects.filter(gathering=self._gathering).values_list("person", flat=True))
        for card in self._topics:
            traces.update([card.proposed_by, card.convener or 0, *card.co_conveners, *card.interested])
        for report in self._reports.values():
            traces.update(report.participants)
        traces.update(action.convener_id for action in self._actions)
        traces.update(word.person_id for word in self._words)
        return _by_country(self._known(sorted(traces)))

    def _known(self, ids: Iterable[int]) -> list[Member]:
        return [self._members[pk] for pk in ids if pk in self._members]


def _member(card: PersonCard) -> Member:
    language = NAME_LANGUAGES.get(card.country, "")
    return Member(card.id, card.name, card.country, card.institution, card.role, language)


def _times(slots: Sequence[Slot]) -> dict[int, Time]:
    """The slots by key, their rounds numbered."""
    rounds = [slot.pk for slot in slots if slot.kind == SlotKind.ROUND]
    numbers = {pk: number for number, pk in enumerate(rounds, start=1)}
    return {slot.pk: _time(slot, numbers.get(slot.pk)) for slot in slots}


def _time(slot: Slot, number: int | None) -> Time:
    starts_at, ends_at = slot.started_at or slot.starts_at, slot.ended_at or slot.ends_at
    return Time(number, slot.title, starts_at, ends_at)


def _title(card: TopicCard) -> Words:
    return Words(card.title, card.language)


def _is_offered(space: Space) -> bool:
    return space.kind == SpaceKind.TOPIC and space.removed_at is None


def _cells_of_break(
    slot: Slot, spaces: Sequence[Space], placed: Mapping[tuple[int, int], list[TopicLine]]
) -> list[list[TopicLine]]:
    """Cells only if somebody placed a topic in the break all the same."""
    cells = [placed.get((slot.pk, space.pk), []) for space in spaces]
    return cells if any(cells) else []


def _is_written(row: TopicReport | None) -> bool:
    """Whether anybody wrote anything."""
    return row is not None and (bool(row.next_steps) or any(getattr(row, name).strip() for name in PROSE))


def _next_step(step: Mapping[str, Any], language: str) -> NextStep:
    return NextStep(
        Words(step.get("what", ""), language), step.get("who", ""), _date_or_none(step.get("when"))
    )


def _date_or_none(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _by_country(members: Iterable[Member]) -> list[CountryGroup]:
    found: dict[str, dict[str, list[Member]]] = {}
    for member in sorted(members, key=lambda each: (in_alphabet(each.institution), in_alphabet(each.name))):
        found.setdefault(member.country, {}).setdefault(member.institution, []).append(member)
    ring = [code for code in Country.values if code in found]
    return [
        CountryGroup(code, [InstitutionGroup(name, some) for name, some in found[code].items()])
        for code in ring
    ]
