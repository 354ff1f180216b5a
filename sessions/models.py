from __future__ import annotations

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from rooms.models import Room
from synergy.cohorts.models import Cohort
from synergy.people.models import Person


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
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="training_session_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values), name="training_session_mode_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Day(models.Model):
    """A day of a training session that has a name of its own: "Open Space"."""

    training_session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    title = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training_session", "on"], name="day_session_on")]

    def __str__(self) -> str:
        return f"{self.on:%F} {self.title}"


class Activity(models.Model):
    """One entry of the programme: what happens from when to when, and in which room."""

    training_session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(
        Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activity_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JoinCode(models.Model):
    """Letters on the screen of a live session, typed by people who want to come in.

    `grants_seats` says whether they also let in somebody who has no seat in the cohort yet.
    """

    training_session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="join_codes")
    letters = models.CharField(max_length=6, unique=True)
    grants_seats = models.BooleanField(_("give a seat to people who have none yet"), default=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="join_codes")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("valid_from")), name="join_code_ends_after_start"
            ),
            models.CheckConstraint(condition=Exact(Length("letters"), 6), name="join_code_six_letters"),
        ]

    def __str__(self) -> str:
        return self.letters
