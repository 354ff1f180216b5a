"""A protocol, a consultation by it, and who has which part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.groups.models import TaskGroup
from challenges.models import Challenge
from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Person


class RunState(models.TextChoices):
    PLANNED = "planned", _("Not started")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    FINISHED = "finished", _("Finished")


class Part(models.TextChoices):
    """What somebody does in a consultation. Whoever is in the group and has no other part is a peer."""

    CASE_GIVER = "case_giver", _("Case giver")
    FACILITATOR = "facilitator", pgettext_lazy("consultation", "Facilitator")
    PEER = "peer", _("Peer")
    TIMEKEEPER = "timekeeper", _("Timekeeper")
    SCRIBE = "scribe", _("Scribe")
    OBSERVER = "observer", pgettext_lazy("consultation", "Observer")


class Speaks(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    CASE_GIVER = "case_giver", _("The case giver")
    PEERS = "peers", _("The peers; the case giver listens")
    NOBODY = "nobody", _("Nobody: a silent phase")


class Protocol(models.Model):
    """A protocol that organisers made for their cohort. Those that are shipped are no rows: see `protocols`."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="consultation_protocols")
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=500, blank=True)
    is_asynchronous = models.BooleanField(default=False)
    """In writing, with phases of days; otherwise they have minutes."""
    ends_by_clock = models.BooleanField(default=False)
    """Whether a phase gives way to the next when its time is over. Otherwise who leads goes on by hand."""
    fewest = models.PositiveSmallIntegerField(default=3)
    most = models.PositiveSmallIntegerField(default=12)
    """How many people it is made for, the case giver included."""
    phases = models.JSONField(default=list)
    """[`events.PhaseCard`, …]"""
    revision = models.PositiveIntegerField(default=0)
    """The number of its changes; who saves names the number they saw."""
    copied_from = models.CharField(max_length=80, blank=True)
    """The key of the protocol that it began as."""
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    """Consultations keep a copy of their protocol, so one that is removed is missing nowhere."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name"],
                condition=Q(removed_at__isnull=True),
                name="protocol_cohort_name",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="protocol_has_name"),
            models.CheckConstraint(condition=Q(fewest__gte=2, most__gte=F("fewest")), name="protocol_size"),
        ]

    def __str__(self) -> str:
        return self.name


class Consultation(models.Model):
    """One group works on its challenge by one protocol. Its stream is `consultation:<pk>`."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="consultations")
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, related_name="consultations")
    protocol = models.JSONField()
    """`events.ProtocolCard` as it was when the consultation was planned; shipped ones in English."""
    state = models.CharField(max_length=8, choices=RunState, default=RunState.PLANNED)
    phase = models.PositiveSmallIntegerField(default=0)
    """The index of the phase that is on, or that was the last one."""
    phase_started_at = models.DateTimeField(null=True, blank=True)
    phase_ends_at = models.DateTimeField(null=True, blank=True)
    """When its time is over, set only while it runs. It may be in the past: then it is overtime."""
    paused_left = models.IntegerField(null=True, blank=True)
    """While paused: the seconds that the phase has left, below 0 in overtime."""
    revealed = models.JSONField(default=list)
    """[index, …] of the silent phases whose entries all have seen."""
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    seat: Seat | None = None
    """The viewer's active seat in the cohort; set by the queries, and what the rules go by."""
    part: str = ""
    """The viewer's `Part`; empty when they have none. Set by the queries."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="consultation_state_known"),
            models.UniqueConstraint(
                fields=["group"],
                condition=~Q(state=RunState.FINISHED),
                name="consultation_one_open_per_group",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, phase_ends_at__isnull=False, paused_left__isnull=True)
                | Q(state=RunState.PAUSED, phase_ends_at__isnull=True, paused_left__isnull=False)
                | Q(
                    state__in=[RunState.PLANNED, RunState.FINISHED],
                    phase_ends_at__isnull=True,
                    paused_left__isnull=True,
                ),
                name="consultation_clock",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.FINISHED, finished_at__isnull=False)
                | (~Q(state=RunState.FINISHED) & Q(finished_at__isnull=True)),
                name="consultation_finished_at_some_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "phase_ends_at"], name="consultation_clock_due")]

    def __str__(self) -> str:
        return f"Consultation on {self.challenge_id}"


class PartTaken(models.Model):
    """Who has which part. Those of the group without a row are peers."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=11, choices=Part)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="part_one_per_person"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(part=Part.CASE_GIVER), name="part_one_case_giver"
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.part}"
