"""Peer consultations: their protocol, who has which role, what is written, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.groups.models import TaskGroup
from challenges.models import LANGUAGE_CODES, Challenge
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


class Writes(models.TextChoices):
    """The list that is open in a phase."""

    NOTHING = "nothing", _("Nothing")
    QUESTIONS = "questions", _("Clarifying questions")
    HYPOTHESES = "hypotheses", _("Hypotheses")
    SUGGESTIONS = "suggestions", _("Suggestions")
    SUMMARY = "summary", _("What was most valuable")
    COMMITMENTS = "commitments", _("Commitments")


LISTS = (Writes.QUESTIONS, Writes.HYPOTHESES, Writes.SUGGESTIONS, Writes.SUMMARY)
"""The lists that hold entries; commitments are rows of their own."""


class Verdict(models.TextChoices):
    """What the case giver makes of a suggestion."""

    TAKE = "take", pgettext_lazy("suggestion", "Take")
    THINK = "think", pgettext_lazy("suggestion", "Think about")
    LEAVE = "leave", pgettext_lazy("suggestion", "Leave")


class Answer(models.TextChoices):
    """Where a recommendation stands. What is withdrawn keeps its number and shows no more."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("recommendation", "Accepted")
    ADAPTED = "adapted", pgettext_lazy("recommendation", "Adapted")
    DECLINED = "declined", pgettext_lazy("recommendation", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "Withdrawn")


class Asked(models.TextChoices):
    """When a commitment comes back."""

    NEXT_SESSION = "next_session", _("At the next session")
    DAYS_30 = "days_30", _("After 30 days")
    DAYS_90 = "days_90", _("After 90 days")


class Outcome(models.TextChoices):
    DONE = "done", pgettext_lazy("commitment", "Done")
    PARTLY = "partly", pgettext_lazy("commitment", "Partly done")
    NOT_YET = "not_yet", pgettext_lazy("commitment", "Not yet")
    DROPPED = "dropped", pgettext_lazy("commitment", "Given up")


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


class Entry(models.Model):
    """One line of a list: a question, a hypothesis, a suggestion, or what was most valuable."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="entries")
    phase = models.PositiveSmallIntegerField()
    """The index of the phase in which it was written."""
    kind = models.CharField(max_length=11, choices=Writes)
    """One of `LISTS`."""
    text = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_hidden = models.BooleanField(default=False)
    """Written in a silent round that is not over: nobody but its author reads it."""
    revision = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)
    note = models.CharField(max_length=500, blank=True)
    """What the case giver adds to the verdict."""
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LISTS), name="entry_list_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGE_CODES), name="entry_language_known"),
            models.CheckConstraint(
                condition=Q(verdict="", note="")
                | Q(verdict__in=Verdict.values, kind=Writes.SUGGESTIONS, is_hidden=False),
                name="entry_verdict_on_suggestions",
            ),
            models.CheckConstraint(condition=Q(removed_at__isnull=True) | Q(text=""), name="entry_removed"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Commitment(models.Model):
    """Something that somebody of the consultation will do, by a day. It comes back as check-ins."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="commitments")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    due = models.DateField()
    """The day in the zone of who made it; it ends there at midnight."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="commitments")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGE_CODES), name="commitment_language_known"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text=""), name="commitment_removed"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class CheckIn(models.Model):
    """ "What did you do with our advice?", asked on a day and answered to the peers."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="check_ins")
    asked = models.CharField(max_length=12, choices=Asked)
    due = models.DateField(null=True, blank=True)
    """From this day on, in the zone of who made the commitment; null until the next session has a date."""
    asked_at = models.DateTimeField(null=True, blank=True)
    """When who made it was asked; nobody is asked twice."""
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "asked"], name="check_in_asked_once"),
            models.CheckConstraint(condition=Q(asked__in=Asked.values), name="check_in_asked_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="", answer="")
                | Q(answered_at__isnull=False, outcome__in=Outcome.values),
                name="check_in_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(answered_at__isnull=True), name="check_in_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.asked}"


class Recommendation(models.Model):
    """What the group advises the institution that brought the challenge, which answers it."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="recommendations")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="recommendations")
    suggestion = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="recommendations"
    )
    """What it was written from, if anything."""
    number = models.PositiveSmallIntegerField()
    """Within the challenge, from 1."""
    text = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=Answer, default=Answer.OPEN)
    answer_text = models.TextField(blank=True)
    """How it was adapted, or what the institution will do; may be empty."""
    why = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="recommendation_number"),
            models.CheckConstraint(condition=Q(state__in=Answer.values), name="recommendation_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[Answer.ADAPTED, Answer.DECLINED], why=""),
                name="recommendation_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[Answer.OPEN, Answer.WITHDRAWN],
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | Q(
                    state__in=[Answer.ACCEPTED, Answer.ADAPTED, Answer.DECLINED],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="recommendation_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:40]}"


class PrivateNote(models.Model):
    """What somebody writes for themselves during a consultation. Nobody else reads it, and no log has it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="private_notes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="private_note_one_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.consultation_id}"
