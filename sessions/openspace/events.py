"""The facts of a gathering's and a topic's stream, and the cards that their states are made of.

# Note [Facts carry cards]

A wall has many kinds of changes and one simple state: lists of cards. So a fact of the gathering
carries, beside its name, the cards that it made or changed, whole. A client puts each card in the
place of the card with the same id, or appends it; nothing else needs to be known of the fact.
What changes often and would repeat much carries the change alone, and says what it does: `person.moved`,
`interest.marked` and `interest.unmarked`, `circle.passed` and `vote.cast`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import msgspec

from rooms.events import PersonCard
from synergy.journal.facts import Fact

Texts = dict[str, str]
"""{language: text}"""


class CircleCard(msgspec.Struct, frozen=True):
    """`order` holds person ids; the one at index `at` has the talking piece, nobody when `at` is its length."""

    kind: str
    order: list[int]
    at: int


class GatheringCard(msgspec.Struct, frozen=True):
    id: int
    session: int
    on: date
    theme: Texts
    givens: Texts
    sponsor: str
    stage: str
    is_market_open: bool
    runs_by_clock: bool
    circle: CircleCard | None
    voting: str
    points_each: int
    voters: int
    """How many people have given points."""
    results: dict[str, int] | None
    """{topic id: points}; null until the vote is closed"""
    closed_at: datetime | None


class SpaceCard(msgspec.Struct, frozen=True):
    id: int
    room: int
    name: str
    kind: str
    capacity: int | None
    is_hard: bool
    position: int
    is_removed: bool


class SlotCard(msgspec.Struct, frozen=True):
    """`ends_at` moves when a round is extended. It runs while `started_at` is set and `ended_at` is not."""

    id: int
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    is_removed: bool = False


class PlaceCard(msgspec.Struct, frozen=True):
    slot: int
    space: int


class TopicCard(msgspec.Struct, frozen=True):
    """A topic on the wall; `places` is empty while it waits. `report` is none, draft or confirmed."""

    id: int
    number: int
    title: str
    why: str
    language: str
    convener: int | None
    co_conveners: list[int]
    not_with: list[int]
    wished_capacity: int | None
    state: str
    merged_into: int | None
    did_not_happen: bool
    places: list[PlaceCard]
    interested: list[int]
    """ids of persons, in the order in which they came"""
    report: str
    notes: int | None
    """key of the stream `notes:<key>`; null before the topic is placed for the first time"""
    proposed_by: int
    at: datetime


class RequestCard(msgspec.Struct, frozen=True):
    id: int
    kind: str
    by: int
    topic: int
    other: int | None
    from_slot: int | None
    slot: int | None
    space: int | None
    waiting_for: list[int]
    state: str
    at: datetime


class CallCard(msgspec.Struct, frozen=True):
    """What all may know. The words of a call are for who facilitates, and stand in no fact and no state."""

    id: int
    by: int
    space: int | None
    state: str
    taken_by: int | None
    at: datetime


class NewsCard(msgspec.Struct, frozen=True):
    id: int
    by: int
    text: str
    language: str
    at: datetime


class ActionCard(msgspec.Struct, frozen=True):
    id: int
    topic: int | None
    what: str
    convener: int
    first_step: str
    due: date | None
    by: int
    at: datetime
    is_removed: bool = False


class WordCard(msgspec.Struct, frozen=True):
    """`id` is the person's: each says one word."""

    id: int
    word: str
    at: datetime


class Changes(Fact, frozen=True, omit_defaults=True):
    """What facts of a gathering have in common. See the Note [Facts carry cards]."""

    gathering: GatheringCard | None = None
    spaces: list[SpaceCard] = []
    slots: list[SlotCard] = []
    topics: list[TopicCard] = []
    requests: list[RequestCard] = []
    calls: list[CallCard] = []
    news: list[NewsCard] = []
    actions: list[ActionCard] = []
    words: list[WordCard] = []


class GatheringChanged(Changes, frozen=True):
    """Theme, givens, sponsor, points, clock."""

    name: ClassVar[str] = "gathering.changed"


class StageSet(Changes, frozen=True):
    name: ClassVar[str] = "stage.set"


class MarketSet(Changes, frozen=True):
    """The market was opened or closed."""

    name: ClassVar[str] = "market.set"


class SpaceSet(Changes, frozen=True):
    """A space was added, changed or removed."""

    name: ClassVar[str] = "space.set"


class SlotSet(Changes, frozen=True):
    """A slot was added, changed or removed."""

    name: ClassVar[str] = "slot.set"


class TopicProposed(Changes, frozen=True):
    name: ClassVar[str] = "topic.proposed"


class TopicChanged(Changes, frozen=True):
    """Words, co-conveners or wishes."""

    name: ClassVar[str] = "topic.changed"


class TopicWithdrawn(Changes, frozen=True):
    name: ClassVar[str] = "topic.withdrawn"


class TopicAdopted(Changes, frozen=True):
    name: ClassVar[str] = "topic.adopted"


class TopicLeft(Changes, frozen=True):
    """Its convener gave it up; it can be adopted."""

    name: ClassVar[str] = "topic.left"


class TopicPlaced(Changes, frozen=True):
    """It stands in a slot and a space, or moved to another; or goes on in one more slot."""

    name: ClassVar[str] = "topic.placed"


class TopicUnplaced(Changes, frozen=True):
    name: ClassVar[str] = "topic.unplaced"


class TopicMarked(Changes, frozen=True):
    """It took place, or did not."""

    name: ClassVar[str] = "topic.marked"


class TopicReported(Changes, frozen=True):
    """The state of its report changed."""

    name: ClassVar[str] = "topic.reported"


class RequestMade(Changes, frozen=True):
    name: ClassVar[str] = "request.made"


class RequestAnswered(Changes, frozen=True):
    """One of the conveners answered, or who asked took it back. Accepted by all, it has been done: `topics` tell."""

    name: ClassVar[str] = "request.answered"


class RoundStarted(Changes, frozen=True):
    name: ClassVar[str] = "round.started"


class RoundExtended(Changes, frozen=True):
    name: ClassVar[str] = "round.extended"


class RoundEnded(Changes, frozen=True):
    name: ClassVar[str] = "round.ended"


class GongRung(Changes, frozen=True):
    name: ClassVar[str] = "gong.rung"


class NewsPosted(Changes, frozen=True):
    name: ClassVar[str] = "news.posted"


class NewsChanged(Changes, frozen=True):
    name: ClassVar[str] = "news.changed"


class CallMade(Changes, frozen=True):
    name: ClassVar[str] = "call.made"


class CallTaken(Changes, frozen=True):
    name: ClassVar[str] = "call.taken"


class CallClosed(Changes, frozen=True):
    name: ClassVar[str] = "call.closed"


class CircleStarted(Changes, frozen=True):
    name: ClassVar[str] = "circle.started"


class CirclePassed(Fact, frozen=True):
    """Sets `gathering.circle`."""

    name: ClassVar[str] = "circle.passed"
    circle: CircleCard | None


class CircleEnded(Changes, frozen=True):
    name: ClassVar[str] = "circle.ended"


class VotingSet(Changes, frozen=True):
    """The vote was opened or closed; closed, `gathering.results` tells."""

    name: ClassVar[str] = "voting.set"


class VoteCast(Fact, frozen=True):
    """Sets `gathering.voters`: one more or one fewer has given points. `by` of the event is null."""

    name: ClassVar[str] = "vote.cast"
    voters: int


class ActionSet(Changes, frozen=True):
    """An action was added, changed or removed."""

    name: ClassVar[str] = "action.set"


class WordSaid(Changes, frozen=True):
    name: ClassVar[str] = "word.said"


class PersonMoved(Fact, frozen=True):
    """Sets `where[person]`, or takes it out when `space` is null: they are nowhere, which is fine."""

    name: ClassVar[str] = "person.moved"
    person: int
    space: int | None


class PersonInvited(Fact, frozen=True):
    """A facilitator holds the door of a space open for a person, who decides. Changes nothing in the state."""

    name: ClassVar[str] = "person.invited"
    person: int
    space: int


class ReportReminded(Fact, frozen=True):
    """The convener is asked for the report. Changes nothing in the state."""

    name: ClassVar[str] = "report.reminded"
    topic: int
    convener: int


class InterestMarked(Fact, frozen=True):
    """Appends the person to `interested` of the topic."""

    name: ClassVar[str] = "interest.marked"
    topic: int
    person: int


class InterestUnmarked(Fact, frozen=True):
    """Takes the person out of `interested` of the topic."""

    name: ClassVar[str] = "interest.unmarked"
    topic: int
    person: int


class GatheringRights(msgspec.Struct, frozen=True):
    """What the person may do in the gathering. Whether a topic is theirs, its card tells."""

    take_part: bool
    facilitate: bool
    why_not: str | None = None
    """What to say to somebody who may not take part, in their language."""


class GatheringStateCard(msgspec.Struct, frozen=True):
    """The fresh state of a gathering for one person."""

    gathering: GatheringCard
    spaces: list[SpaceCard]
    slots: list[SlotCard]
    topics: list[TopicCard]
    requests: list[RequestCard]
    """Those that are open."""
    calls: list[CallCard]
    """Those that are not closed."""
    news: list[NewsCard]
    """The newest 50, oldest first."""
    actions: list[ActionCard]
    words: list[WordCard]
    where: dict[str, int]
    """{person id: space id}; who is not in it is nowhere"""
    people: dict[str, PersonCard]
    me: int
    rights: GatheringRights


class ReportChanged(Fact, frozen=True):
    """Sets one field of the report, its revision and its editor. With its first change a report is a draft."""

    name: ClassVar[str] = "report.changed"
    field: str
    value: Any
    revision: int
    changed_at: datetime


class ReportConfirmed(Fact, frozen=True):
    name: ClassVar[str] = "report.confirmed"
    confirmed_by: int
    confirmed_at: datetime


class ReportReopened(Fact, frozen=True):
    """It is a draft again."""

    name: ClassVar[str] = "report.reopened"


class NextStep(msgspec.Struct, frozen=True):
    """`when` is an ISO date, or empty."""

    what: str
    who: str
    when: str


class ReportCard(msgspec.Struct, frozen=True):
    """The fresh state of a topic's stream: its report. A report that nobody began is empty and has the state none."""

    topic: int
    gathering: int
    title: str
    language: str
    convener: int | None
    summary: str
    recommendations: str
    resources: str
    requests: str
    next_steps: list[NextStep]
    participants: list[int]
    revisions: dict[str, int]
    editors: dict[str, int]
    state: str
    confirmed_by: int | None
    confirmed_at: datetime | None
    changed_at: datetime | None
    may_edit: bool
    may_confirm: bool
    people: dict[str, PersonCard]
    me: int
