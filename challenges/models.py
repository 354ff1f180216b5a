"""A management challenge that an institution brings, and what becomes of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Institution, Person

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


class State(models.TextChoices):
    """How far the challenge is. From `assigned` on it goes with its task group, and later with its plan."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned with questions")
    ACCEPTED = "accepted", pgettext_lazy("challenge", "Accepted")
    ASSIGNED = "assigned", _("Assigned to a group")
    WORKED_ON = "worked_on", _("Being worked on")
    ANSWERED = "answered", _("Peers have answered")
    IN_PLAN = "in_plan", _("In a plan")
    CLOSED = "closed", pgettext_lazy("challenge", "Closed")


class Confidentiality(models.TextChoices):
    """Who may read the challenge, beside its institution, facilitators and organisers."""

    GROUP = "group", _("Only its task group")
    COHORT = "cohort", _("Everybody of the cohort")
    PROGRAMME = "programme", _("Everybody of the programme")


class Tag(models.Model):
    """A word by which facilitators keep challenges together. Each cohort has its own."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="challenge_tags")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "name"], name="tag_cohort_name"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Challenge(models.Model):
    """What an institution wants to solve, in its own words. Its stream is `challenge:<pk>`.

    All texts but the title and the key question are Markdown, in `language`.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="challenges")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="challenges")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    title = models.CharField(max_length=200, blank=True)
    situation = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    stakeholders = models.TextField(blank=True)
    key_question = models.CharField(max_length=500, blank=True)
    """The one question that is asked of peers."""
    desired_result = models.TextField(blank=True)
    constraints = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    """In English, when the language is another one."""
    confidentiality = models.CharField(max_length=9, choices=Confidentiality, default=Confidentiality.GROUP)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    tags = models.ManyToManyField(Tag, related_name="challenges")
    peers = models.ManyToManyField(Person, related_name="challenges_to_work_on")
    """Its task group: who of other institutions reads it, whatever its confidentiality."""
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    """When it was submitted last; null in a draft, and when it was closed as one."""
    changed_at = models.DateTimeField()
    revisions = models.JSONField(default=dict)
    """{field: number of its changes}; who saves names the number they saw."""
    editors = models.JSONField(default=dict)
    """{field: id of the person who changed it last}"""
    source = models.CharField(max_length=200, blank=True)
    """What an imported challenge was called where it came from, so that it is not imported twice."""

    seat: Seat | None = None
    """The viewer's active seat: in the cohort, else in another one of the programme. Set by the queries."""
    is_peer: bool = False
    """Whether the viewer is one of `peers`; set by the queries."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="challenge_state_known"),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Confidentiality.values),
                name="challenge_confidentiality_known",
            ),
            models.CheckConstraint(condition=Q(language__in=LANGUAGE_CODES), name="challenge_language_known"),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED)
                | Q(state=State.DRAFT, submitted_at__isnull=True)
                | (~Q(state=State.DRAFT) & Q(submitted_at__isnull=False)),
                name="challenge_submitted_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["cohort", "source"], condition=~Q(source=""), name="challenge_imported_once"
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="challenge_cohort_state")]

    def __str__(self) -> str:
        return self.title or str(_("Challenge without a title"))


class Step(models.Model):
    """One change of a challenge's state: its history."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="steps")
    from_state = models.CharField(max_length=9, choices=State)
    to_state = models.CharField(max_length=9, choices=State)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_state__in=State.values, to_state__in=State.values),
                name="step_states_known",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=[State.RETURNED, State.CLOSED], why=""), name="step_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.from_state} → {self.to_state}"


class Attachment(models.Model):
    """A file that belongs to a challenge."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="attachments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    """In bytes."""
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="challenges/%Y/%m")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["challenge", "sha256"], name="challenge_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
