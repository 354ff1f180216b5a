from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from synergy.cohorts.models import Cohort
from synergy.people.models import Person


class Ended(models.TextChoices):
    """Why a hook sends nothing any more."""

    REMOVED = "removed", _("Removed")
    FAILED = "failed", _("Switched off: it did not answer")
    GONE = "gone", _("Switched off: the receiver asked for it")
    RIGHTS = "rights", _("Switched off: who made it is no organiser any more")


class Hook(models.Model):
    """An address that hears what happens in a cohort, as far as `person`, who registered it, may see."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="hooks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hooks")
    url = models.URLField(max_length=500)
    kinds = models.JSONField()
    """Kinds of streams; see `sources`."""
    salt = models.CharField(max_length=64)
    """Of it and the site's key the secret is made: a copy of the database signs nothing."""
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=Ended, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended="")
                | models.Q(ended_at__isnull=False, ended__in=Ended.values),
                name="hook_end_has_reason",
            )
        ]
        indexes = [
            models.Index(fields=["cohort"], condition=models.Q(ended_at__isnull=True), name="hook_open")
        ]

    def __str__(self) -> str:
        return self.url


class State(models.TextChoices):
    WAITING = "waiting", _("Waits")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")


class Delivery(models.Model):
    """One fact on its way to one hook."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    """`webhook-id`: the same however often it is sent."""
    stream_kind = models.CharField(max_length=20)
    stream_key = models.BigIntegerField()
    seq = models.BigIntegerField()
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    """When a worker began to send it, until that has ended."""
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    """Of the last answer; null when there was none."""
    said = models.CharField(max_length=200, blank=True)
    """Why there was no answer, for those who look for the fault."""
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hook", "stream_kind", "stream_key", "seq"], name="delivery_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="delivery_state_known"),
        ]
        indexes = [models.Index(fields=["hook", "tried_at"], name="delivery_newest")]

    def __str__(self) -> str:
        return f"{self.stream_kind}:{self.stream_key}#{self.seq} to {self.hook_id}"

    @property
    def stream(self) -> str:
        return f"{self.stream_kind}:{self.stream_key}"
