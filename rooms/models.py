from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Institution, Person

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


class RoomKind(models.TextChoices):
    PLENARY = "plenary", _("Plenary")
    TOPIC = "topic", _("Topic room")
    LOUNGE = "lounge", _("Lounge")


class RoomState(models.TextChoices):
    OPEN = "open", _("Open")
    READ_ONLY = "read_only", _("Read-only")
    ARCHIVED = "archived", _("Archived")


class Audience(models.TextChoices):
    COHORT = "cohort", _("Everybody of the cohort")
    MEMBERS = "members", _("Only its members")


class ReactionKind(models.TextChoices):
    AGREE = "agree", _("Agree")
    USEFUL = "useful", _("Useful")
    TELL_ME_MORE = "tell_me_more", _("Tell me more")


class Room(models.Model):
    """A place where people of one cohort talk. Its stream is `room:<pk>`.

    Its audience never changes: what was said among a few does not become everybody's by a switch.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    """The question or subject on the door."""
    language = models.CharField(max_length=2, default="en")
    kind = models.CharField(max_length=10, choices=RoomKind, default=RoomKind.TOPIC)
    state = models.CharField(max_length=10, choices=RoomState, default=RoomState.OPEN)
    position = models.PositiveSmallIntegerField(default=0)
    audience = models.CharField(max_length=7, choices=Audience, default=Audience.COHORT)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Whose team may come into a room of `members`, besides those who are members by name."""

    seat: Seat | None = None
    """The viewer's active seat in the cohort; set by `queries.room_for`, and what the rules go by."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "name"], name="room_cohort_name"),
            models.CheckConstraint(condition=models.Q(state__in=RoomState.values), name="room_state_known"),
            models.CheckConstraint(condition=models.Q(kind__in=RoomKind.values), name="room_kind_known"),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="room_audience_known"
            ),
            models.CheckConstraint(
                condition=models.Q(institution__isnull=True) | models.Q(audience=Audience.MEMBERS),
                name="room_institution_of_members",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=LANGUAGE_CODES), name="room_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoomMember(models.Model):
    """Somebody who may come into a room of `members`, as long as they have a seat in its cohort."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="room_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.room_id}"


class Message(models.Model):
    """What somebody said. Known to clients by `seq`, the number of its `message.posted` in the room's stream.

    Written far more often than any other row, so it has no index that no query uses.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="messages", db_index=False)
    seq = models.BigIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    text = models.TextField()
    """As written, in Markdown; empty once removed."""
    doc = models.JSONField(null=True)
    """The text as nodes (`rooms.richtext`), or null when it is plain."""
    lang = models.CharField(max_length=2)
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies", db_index=False
    )
    """The first message of the thread that this one answers in."""
    reply_count = models.PositiveIntegerField(default=0)
    """Replies ever posted; a removed one still counts."""
    last_reply_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    removal_reason = models.CharField(max_length=200, blank=True)
    pinned_seq = models.BigIntegerField(null=True)
    """The number of its `message.pinned`; the pinned stand in this order."""
    pinned_at = models.DateTimeField(null=True)
    pinned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="message_room_seq"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="message_seq_positive"),
            models.CheckConstraint(
                condition=models.Q(lang__in=LANGUAGE_CODES), name="message_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True)
                | models.Q(text="", doc__isnull=True, edited_at__isnull=True, pinned_seq__isnull=True),
                name="message_removed_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="message_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(pinned_seq__isnull=True, pinned_at__isnull=True, pinned_by__isnull=True)
                | models.Q(pinned_seq__isnull=False, pinned_at__isnull=False, pinned_by__isnull=False),
                name="message_pinned_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["room", "at"], name="message_room_at"),
            models.Index(
                fields=["root", "seq"], condition=models.Q(root__isnull=False), name="message_root_seq"
            ),
            models.Index(
                fields=["room", "pinned_seq"],
                condition=models.Q(pinned_seq__isnull=False),
                name="message_pinned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}#{self.seq}"


class Retelling(models.Model):
    """A later event of the room's stream that repeats a message's words: an edit or a pin.

    When the message is removed, these events are rewritten along with its `message.posted`.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="retellings")
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.message_id} in event {self.seq}"


class MessageVersion(models.Model):
    """What a message said before it was edited. Gone when the message is removed."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    doc = models.JSONField(null=True)
    lang = models.CharField(max_length=2)
    until = models.DateTimeField()
    """When this text was replaced."""

    def __str__(self) -> str:
        return f"{self.message_id} until {self.until:%F %T}"


class Mention(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mention_message_person")]

    def __str__(self) -> str:
        return f"{self.message_id} @{self.person_id}"


class Reaction(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=12, choices=ReactionKind)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person", "kind"], name="reaction_message_person_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ReactionKind.values), name="reaction_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.kind}"


class Attachment(models.Model):
    """A picture or file. Uploaded first, without a message; shown once a message carries it."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="attachments")
    uploader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments", db_index=False)
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments/%Y/%m")
    thumbnail = models.FileField(upload_to="thumbnails/%Y/%m", blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(width__isnull=True, height__isnull=True)
                | models.Q(width__isnull=False, height__isnull=False, width__gte=1, height__gte=1),
                name="attachment_width_and_height",
            ),
        ]
        indexes = [models.Index(fields=["uploader", "at"], name="attachment_uploader_at")]

    def __str__(self) -> str:
        return self.name


class ReadMark(models.Model):
    """How far a person has read a room; the words "new since you left" stand below it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_marks")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="read_marks")
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "room"], name="read_mark_person_room"),
            models.CheckConstraint(condition=models.Q(seq__gte=0), name="read_mark_seq_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.room_id} to {self.seq}"


class Hand(models.Model):
    """Somebody's hand is up. The queue is in the order in which they were raised."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="hands")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="hand_room_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.room_id}"


class Poll(models.Model):
    """A quick question to everybody in the room, with a few answers to choose from."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="polls")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=200)
    options = models.JSONField()
    """[text, …]; a choice is an index into it."""
    is_multiple = models.BooleanField(default=False)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_seq = models.BigIntegerField(null=True)
    """The number of its `poll.closed`: there it stands among the messages."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=models.Q(closed_at__isnull=True), name="poll_one_open_per_room"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_seq__isnull=True)
                | models.Q(closed_at__isnull=False, closed_seq__isnull=False),
                name="poll_closed_at_and_seq",
            ),
        ]

    def __str__(self) -> str:
        return self.question[:40]


class Choice(models.Model):
    """One answer of a person in a poll. Only the counts are shown to others."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    option = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "person", "option"], name="choice_poll_person_option")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.poll_id}"


class Notes(models.Model):
    """A text that people in a room write together. Its stream is `notes:<pk>`.

    `document` is the merged Yjs update of all events up to `document_seq`; `text` is what it says.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="notes")
    title = models.CharField(max_length=200)
    document = models.BinaryField(default=bytes)
    document_seq = models.BigIntegerField(default=0)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    seat: Seat | None = None
    """The viewer's active seat in the cohort; set by `queries.notes_for`."""

    def __str__(self) -> str:
        return self.title
