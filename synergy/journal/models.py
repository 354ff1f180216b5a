from __future__ import annotations

from django.db import models


class Stream(models.Model):
    """One ordered, append-only log about one thing, named `kind:key`."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    head = models.BigIntegerField(default=0)
    """`seq` of the newest event; 0 when nothing has happened yet."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="stream_kind_key"),
            models.CheckConstraint(condition=models.Q(head__gte=0), name="stream_head_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Event(models.Model):
    """One durable fact.

    `body` is the JSON of the event's struct, written once and never parsed
    again on its way out. `by` is a person's id without a foreign key: the
    journal knows nothing of people, and the log outlives them.
    """

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.BigIntegerField()
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}#{self.seq} {self.name}"


class Receipt(models.Model):
    """The answer that a command got, so that the same id gets the same answer again."""

    by = models.BigIntegerField()
    command_id = models.UUIDField()
    at = models.DateTimeField(db_index=True)
    stream = models.CharField(max_length=41)
    name = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    body = models.TextField()

    class Meta:
        # The id first: each batch looks for many pairs at once, and by person that would be all with all.
        constraints = [models.UniqueConstraint(fields=["command_id", "by"], name="receipt_by_command")]

    def __str__(self) -> str:
        return f"{self.by} {self.command_id}"
