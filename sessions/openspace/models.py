"""A gathering and what stands on its wall.

A gathering has spaces (each a room) and slots (times). A topic is placed in a slot and a space; a
topic that continues has several placements. Times are in UTC; people see them in their own zone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rooms.models import Notes, Room
from sessions.models import TrainingSession
from synergy.cohorts.models import Seat
from synergy.people.models import Person

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


class Stage(models.TextChoices):
    """How far the gathering is. Rounds run in the stage `rounds`; the market may stay open in any stage."""

    PREPARING = "preparing", _("In preparation")
    OPENING = "opening", _("Opening circle")
    MARKETPLACE = "marketplace", _("Marketplace")
    ROUNDS = "rounds", _("Rounds")
    CONVERGING = "converging", _("Choosing what matters")
    CLOSING = "closing", _("Closing circle")
    CLOSED = "closed", _("Closed")


class SpaceKind(models.TextChoices):
    TOPIC = "topic", _("Space for topics")
    PLENARY = "plenary", _("Plenary")
    LOUNGE = "lounge", _("Lounge")
    QUIET_ROOM = "quiet_room", _("Quiet room")
    HELP_DESK = "help_desk", _("Help desk")


class SlotKind(models.TextChoices):
    ROUND = "round", _("Round")
    BREAK = "break", _("Break")


class TopicState(models.TextChoices):
    """Whether it is on offer. Placed, running and ended follow from its placements and their slots."""

    OFFERED = "offered", _("On offer")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


class RequestKind(models.TextChoices):
    MERGE = "merge", _("Merge")
    SWAP = "swap", _("Swap places")
    CONTINUE = "continue", _("Continue in another round")


class RequestState(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")


class CallState(models.TextChoices):
    OPEN = "open", _("Waiting")
    TAKEN = "taken", _("Somebody is coming")
    CLOSED = "closed", _("Done")


class CircleKind(models.TextChoices):
    OPENING = "opening", _("Opening circle")
    CLOSING = "closing", _("Closing circle")


class VotingState(models.TextChoices):
    OFF = "off", _("No vote yet")
    OPEN = "open", _("People are voting")
    CLOSED = "closed", _("The vote is closed")


class ReportState(models.TextChoices):
    NONE = "none", _("Not started")
    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Confirmed")


class Gathering(models.Model):
    """A self-organised meeting on a theme, on one day of a training session. Its stream is `gathering:<pk>`."""

    training_session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="gatherings")
    on = models.DateField()
    theme = models.JSONField(default=dict)
    """{language: sentence}; `sessions.openspace.texts.in_language` reads it."""
    givens = models.JSONField(default=dict)
    """{language: text}: what the sponsor has settled beforehand."""
    sponsor = models.CharField(max_length=120, blank=True)
    """Name and office of who calls the gathering and owns what follows."""
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PREPARING)
    is_market_open = models.BooleanField(default=False)
    runs_by_clock = models.BooleanField(default=True)
    """Whether rounds start and end by themselves at their times."""
    circle_kind = models.CharField(max_length=8, choices=CircleKind, blank=True)
    """The circle that sits now; empty when none does."""
    circle_order = models.JSONField(default=list)
    """[person id, …]: who speaks after whom."""
    circle_at = models.PositiveSmallIntegerField(default=0)
    """Index in `circle_order` of who holds the talking piece; its length when all have spoken."""
    voting = models.CharField(max_length=6, choices=VotingState, default=VotingState.OFF)
    points_each = models.PositiveSmallIntegerField(default=5)
    last_number = models.PositiveSmallIntegerField(default=0)
    """The number of the newest topic."""
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    seat: Seat | None = None
    """The viewer's active seat in the cohort; set by `queries.gathering_for`, and what the rules go by."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_session", "on"], name="gathering_session_on"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="gathering_stage_known"),
            models.CheckConstraint(condition=Q(voting__in=VotingState.values), name="gathering_voting_known"),
            models.CheckConstraint(
                condition=Q(circle_kind__in=["", *CircleKind.values]), name="gathering_circle_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Open Space on {self.on:%F}"


class Space(models.Model):
    """A place on the board, and the room behind it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="spaces")
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="space")
    kind = models.CharField(max_length=10, choices=SpaceKind, default=SpaceKind.TOPIC)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    """People for whom there is room; null when it does not matter."""
    is_hard = models.BooleanField(default=False)
    """Whether nobody comes in beyond `capacity`, facilitators excepted; otherwise it is a wish."""
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)
    closed_with_gathering = models.BooleanField(default=False)
    """Whether closing the gathering made its room read-only; opening it again then opens the room, too."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SpaceKind.values), name="space_kind_known"),
            models.CheckConstraint(
                condition=Q(is_hard=False) | Q(capacity__isnull=False), name="space_hard_has_capacity"
            ),
        ]

    def __str__(self) -> str:
        return self.room.name


class Slot(models.Model):
    """A time on the board: a round, or a break between rounds."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=5, choices=SlotKind, default=SlotKind.ROUND)
    title = models.CharField(max_length=60, blank=True)
    """Empty for rounds that are known by their number."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """As planned, or as extended."""
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=SlotKind.values), name="slot_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False),
                name="slot_ended_has_started",
            ),
            models.UniqueConstraint(
                fields=["gathering"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="slot_one_runs_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(ended_at__isnull=True), name="slot_to_come"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.starts_at:%F %H:%M}"


class Topic(models.Model):
    """A conversation that somebody proposes. Its report is followed on the stream `topic:<pk>`."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    why = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, default="en")
    convener = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="convened_topics")
    """Null when nobody convenes it any more: it can be adopted."""
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposed_topics")
    co_conveners = models.ManyToManyField(Person, related_name="co_convened_topics")
    not_with = models.ManyToManyField("self", symmetrical=False, related_name="+")
    """Topics that it should not stand at the same time with."""
    wished_capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=TopicState, default=TopicState.OFFERED)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_topics")
    did_not_happen = models.BooleanField(default=False)
    notes = models.OneToOneField(Notes, on_delete=models.PROTECT, null=True, related_name="topic")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="topic_gathering_number"),
            models.CheckConstraint(condition=Q(state__in=TopicState.values), name="topic_state_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGE_CODES), name="topic_language_known"),
            models.CheckConstraint(
                condition=Q(state=TopicState.MERGED, merged_into__isnull=False)
                | (~Q(state=TopicState.MERGED) & Q(merged_into__isnull=True)),
                name="topic_merged_into_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Placement(models.Model):
    """A topic in a slot and a space. Two topics in one cell are a warning, not an error."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="placements")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="placements")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "slot"], name="placement_topic_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} at {self.slot_id} in {self.space_id}"


class Interest(models.Model):
    """Somebody finds a topic interesting; never a duty to come."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="interest_topic_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.topic_id}"


class Request(models.Model):
    """Somebody would like topics merged, swapped or continued; it happens when all conveners concerned agree."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=8, choices=RequestKind)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="requests")
    """Merge: the one that goes into `other`. Swap: one of the two. Continue: the one that goes on."""
    other = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="+")
    from_slot = models.ForeignKey(Slot, on_delete=models.CASCADE, null=True, related_name="+")
    """Swap: where `topic` stands."""
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, null=True, related_name="+")
    """Swap: where `other` stands. Continue: where `topic` goes on."""
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    """Continue: where `topic` goes on."""
    waiting_for = models.JSONField(default=list)
    """[person id, …]: the conveners who have not answered."""
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="request_kind_known"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.topic_id}"


class Stay(models.Model):
    """Somebody was in a space from `since` until `until`. Where people are now is a stay without end."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="stays")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="stays")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"], condition=Q(until__isnull=True), name="stay_in_one_space"
            ),
        ]
        indexes = [models.Index(fields=["space", "since"], name="stay_space_since")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id}"


class Announcement(models.Model):
    """A short word to everybody, shown in every room."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="announcements")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=2, default="en")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:40]


class HelpCall(models.Model):
    """Somebody asks for a facilitator."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="calls")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=CallState, default=CallState.OPEN)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="help_call_state_known"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Vote(models.Model):
    """How many of their points a person gave to a topic. Nobody else sees it before the vote is closed."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "person"], name="vote_topic_person"),
            models.CheckConstraint(condition=Q(points__gte=1), name="vote_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.points} for {self.topic_id}"


class Action(models.Model):
    """Something that somebody takes on; the seed of an implementation plan."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="actions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="actions")
    what = models.CharField(max_length=300)
    convener = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="convened_actions")
    first_step = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.what[:40]


class ClosingWord(models.Model):
    """One short word of a person in the closing circle."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="words")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="closing_word_once"),
        ]

    def __str__(self) -> str:
        return self.word


class TopicReport(models.Model):
    """The record of one topic: what the book of proceedings shows. Texts are Markdown in the topic's language."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="report")
    summary = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    requests = models.TextField(blank=True)
    next_steps = models.JSONField(default=list)
    """[{"what": text, "who": name, "when": ISO date or ""}, …]"""
    participants = models.JSONField(default=list)
    """[person id, …]"""
    revisions = models.JSONField(default=dict)
    """{field: number of its changes}; who saves names the number they saw."""
    editors = models.JSONField(default=dict)
    """{field: id of the person who changed it last}"""
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.DRAFT)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
        ]

    def __str__(self) -> str:
        return f"Report on {self.topic}"


class ImportedRow(models.Model):
    """Which row of a board from elsewhere a slot, space or topic came from: imported again, it is left alone."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="imported_rows")
    source = models.CharField(max_length=100)
    """The format and the name of the board."""
    key = models.CharField(max_length=300)
    """What the row is called there, after the kind of row: `topic 24`."""
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, null=True, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    """The space itself; of a topic the one that it was proposed for, also while it waits for a slot."""
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "source", "key"], name="imported_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
