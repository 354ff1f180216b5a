"""The facts of a consultation's stream, and the cards that its state is made of.

# Note [What is written in silence]

In a silent round nobody reads what the others write until all is shown together. Whoever may follow the
stream may read its log, so the fact of a hidden entry says only who has written how many, and the state
gives everybody their own hidden entries as `mine`. When the round is revealed, one fact carries them all.

# Note [Who may do what now]

Each fact that moves the clock carries `Doors`: the commands that this moment leaves open, to each relation
that somebody can have to the consultation. A person may do what is open to any of their relations:

- `lead`: `leads` is true (facilitators and organisers of the cohort), or their part is `facilitator`;
- `case_giver`: their part is `case_giver`;
- `peer`: any other part but `observer`, and who leads;
- `institution`: `answers` is true.

One thing is stronger: when `case_giver` is in `run.closed`, the case giver writes nothing that others read,
whatever else they are, neither in the lists nor in the talk of the room. The private note stays open.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from rooms.events import PersonCard
from synergy.journal.facts import Fact


class PhaseCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`minutes` or `days`, the other one is 0. `speaks` and `writes` as in `models.Speaks` and `models.Writes`."""

    key: str
    """Unique within the protocol."""
    name: str
    about: str
    """What is done in it, in a sentence or two."""
    minutes: int
    days: int
    speaks: str
    writes: str
    silent_first: bool
    """What is written is hidden from others until it is revealed for all together."""
    listening: str
    """What the case giver is told while only others speak; empty elsewhere."""


class ProtocolCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key`: the name of a shipped protocol ("troika"), or the id of the cohort's own as text ("12")."""

    key: str
    name: str
    about: str
    is_asynchronous: bool
    ends_by_clock: bool
    """Phases give way to the next by themselves; otherwise there is overtime until who leads goes on."""
    fewest: int
    most: int
    """How many people it is made for, the case giver included."""
    phases: list[PhaseCard]


class Doors(msgspec.Struct, frozen=True):
    """Names of commands by relation. See the Note [Who may do what now]."""

    lead: list[str]
    case_giver: list[str]
    peer: list[str]
    institution: list[str]


class RunCard(msgspec.Struct, frozen=True):
    """How far the consultation is. `phase` is an index into the protocol's phases."""

    state: str
    """planned | running | paused | finished"""
    phase: int
    phase_started_at: datetime | None
    phase_ends_at: datetime | None
    """Only while running; in the past it is overtime."""
    paused_left: int | None
    """Only while paused: seconds left, below 0 in overtime."""
    is_silent: bool
    """What is written now is hidden until it is revealed."""
    writes: str
    """The list that is open; `nothing` unless running or paused."""
    closed: list[str]
    """Those who write nothing that others read, by part; everybody but who leads when it holds `everybody`,
    and then only the talk of the room is closed."""
    open: Doors
    started_at: datetime | None
    finished_at: datetime | None


class PartCard(msgspec.Struct, frozen=True):
    """`id` is the person's."""

    id: int
    part: str


class EntryCard(msgspec.Struct, frozen=True):
    """`kind`: questions | hypotheses | suggestions | summary. `verdict`: take | think | leave, or empty."""

    id: int
    phase: int
    kind: str
    text: str
    language: str
    by: int
    at: datetime
    revision: int
    verdict: str
    note: str


class EntryAdded(msgspec.Struct, frozen=True):
    """The answer to writing or changing an entry. `is_hidden`: it belongs to `mine`; otherwise an event brings it."""

    entry: EntryCard
    is_hidden: bool


class HiddenCard(msgspec.Struct, frozen=True):
    """How many hidden entries a person has written; `id` is the person's."""

    id: int
    count: int


class CheckInCard(msgspec.Struct, frozen=True):
    """`asked`: next_session | days_30 | days_90. `outcome`: done | partly | not_yet | dropped, empty until answered."""

    id: int
    asked: str
    due: date | None
    outcome: str
    answer: str
    answered_at: datetime | None


class CommitmentCard(msgspec.Struct, frozen=True):
    id: int
    text: str
    language: str
    due: date
    by: int
    at: datetime
    check_ins: list[CheckInCard]


class RecommendationCard(msgspec.Struct, frozen=True):
    """`state`: open | accepted | adapted | declined. `suggestion`: the entry that it was written from."""

    id: int
    number: int
    text: str
    language: str
    suggestion: int | None
    by: int
    at: datetime
    revision: int
    state: str
    answer_text: str
    why: str
    answered_by: int | None
    answered_at: datetime | None


class ConsultationMoved(Fact, frozen=True):
    """Sets `run`. `how`: started | paused | resumed | extended | next | back | revealed | finished.

    Appends `entries` to `entries`: those that were hidden. When there are any, `hidden` and `mine` become empty.
    By nobody, when the time of a phase was over.
    """

    name: ClassVar[str] = "consultation.moved"
    how: str
    run: RunCard
    entries: list[EntryCard]


class PartsSet(Fact, frozen=True):
    """Sets `parts`."""

    name: ClassVar[str] = "parts.set"
    parts: list[PartCard]


class EntryHidden(Fact, frozen=True):
    """Sets `hidden`. Whom `by` names has the text as the answer to their command, or in a fresh state."""

    name: ClassVar[str] = "entry.hidden"
    hidden: list[HiddenCard]


class EntrySet(Fact, frozen=True):
    """Puts the entry where the one with its id stood, or appends it: written, changed or judged."""

    name: ClassVar[str] = "entry.set"
    entry: EntryCard


class EntryRemoved(Fact, frozen=True):
    """Takes the entry out of `entries`."""

    name: ClassVar[str] = "entry.removed"
    entry: int


class CommitmentSet(Fact, frozen=True):
    """Puts the commitment where the one with its id stood, or appends it: made, or a check-in answered."""

    name: ClassVar[str] = "commitment.set"
    commitment: CommitmentCard


class CommitmentRemoved(Fact, frozen=True):
    """Takes the commitment out of `commitments`."""

    name: ClassVar[str] = "commitment.removed"
    commitment: int


class RecommendationSet(Fact, frozen=True):
    """Puts the recommendation where the one with its id stood, or appends it: written, changed or answered."""

    name: ClassVar[str] = "recommendation.set"
    recommendation: RecommendationCard


class RecommendationWithdrawn(Fact, frozen=True):
    """Takes the recommendation out of `recommendations`."""

    name: ClassVar[str] = "recommendation.withdrawn"
    recommendation: int


class NoteCard(msgspec.Struct, frozen=True):
    """The viewer's private note. `revision` is 0 when nothing was ever written."""

    text: str
    revision: int


class ConsultationCard(msgspec.Struct, frozen=True):
    """The fresh state of a consultation's stream for one person."""

    id: int
    challenge: int
    challenge_title: str
    key_question: str
    challenge_language: str
    institution: int
    institution_name: str
    country: str
    group: int
    group_number: int
    room: int | None
    protocol: ProtocolCard
    """In the person's language, where it is a shipped one. It never changes."""
    run: RunCard
    parts: list[PartCard]
    members: list[int]
    """The people of the task group. Who has no row in `parts` is a peer."""
    entries: list[EntryCard]
    mine: list[EntryCard]
    """The person's own entries that are hidden from others."""
    hidden: list[HiddenCard]
    commitments: list[CommitmentCard]
    recommendations: list[RecommendationCard]
    """In the order of their numbers."""
    planned_by: int
    planned_at: datetime
    note: NoteCard
    leads: bool
    """By their seat; who has the part `facilitator` leads, too."""
    answers: bool
    """A participant of the institution, who answers its recommendations."""
    can_give_case: list[int]
    """Those who can be the case giver: participants of the institution."""
    can_facilitate: list[int]
    """Those who are not in the group and can be its facilitator: facilitators and organisers of the cohort."""
    people: dict[str, PersonCard]
    me: int
