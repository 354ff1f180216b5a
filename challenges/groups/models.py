"""The task groups of a day: proposed by the mixer, changed by hand, published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from rooms.models import Room
from sessions.models import TrainingSession
from synergy.cohorts.models import Seat
from synergy.people.models import Person


class MixState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")


class Mix(models.Model):
    """Who works with whom on one day of a training session.

    Those who make it follow the stream `mix:<pk>`; everybody of the cohort follows `groups:<pk>`, which
    tells nothing before the groups are published.
    """

    training_session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="mixes")
    on = models.DateField()
    seed = models.PositiveIntegerField()
    """Which proposal this is: the same seed and the same people give the same groups."""
    state = models.CharField(max_length=9, choices=MixState, default=MixState.PROPOSED)
    away = models.JSONField(default=list)
    """[person id, …]: participants who are in no group on this day."""
    is_changed_by_hand = models.BooleanField(default=False)
    """Whether somebody was moved or kept out since the proposal."""
    shortfalls = models.JSONField(default=list)
    """[{wish, why, group, people, values}, …] as in `events.ShortfallCard`."""
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    seat: Seat | None = None
    """The viewer's active seat in the cohort; set by the queries, and what the rules go by."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_session", "on"], name="mix_session_on"),
            models.CheckConstraint(condition=Q(state__in=MixState.values), name="mix_state_known"),
            models.CheckConstraint(
                condition=(
                    ~Q(state=MixState.PUBLISHED) & Q(published_by__isnull=True, published_at__isnull=True)
                )
                | Q(state=MixState.PUBLISHED, published_by__isnull=False, published_at__isnull=False),
                name="mix_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Task groups on {self.on:%F}"


class TaskGroup(models.Model):
    """One group and the challenge that it works on. Its room is opened when the groups are published."""

    mix = models.ForeignKey(Mix, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="task_groups")
    wished_size = models.PositiveSmallIntegerField(null=True, blank=True)
    room = models.OneToOneField(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="task_group"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mix", "number"], name="task_group_mix_number"),
            models.UniqueConstraint(fields=["mix", "challenge"], name="task_group_mix_challenge"),
            models.CheckConstraint(condition=~Q(wished_size=0), name="task_group_wishes_somebody"),
        ]

    def __str__(self) -> str:
        return f"Group {self.number}"


class Membership(models.Model):
    """Somebody's place, with the reasons for it."""

    mix = models.ForeignKey(Mix, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(TaskGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="task_group_memberships")
    is_locked = models.BooleanField(default=False)
    """Whether another proposal leaves the person in this group."""
    reasons = models.JSONField(default=list)
    """[{code, values}, …] as in `events.ReasonCard`, what counts most first."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mix", "person"], name="membership_in_one_group")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class KeptOut(models.Model):
    """Somebody should not be in this group. For those who make the groups alone."""

    group = models.ForeignKey(TaskGroup, on_delete=models.CASCADE, related_name="kept_out")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="kept_out_once")]

    def __str__(self) -> str:
        return f"{self.person_id} not in {self.group_id}"
