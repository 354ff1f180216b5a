from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rooms.models import Room
from synergy.cohorts.models import Cohort


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class TrainingSession(models.Model):
    """Several days on which a cohort works together."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="training_sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ONLINE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="training_session_cohort_number"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="training_session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Activity(models.Model):
    """One entry of the programme: what happens from when to when, and in which room."""

    training_session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activity_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title
