from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.models import LANGUAGE_CODES, Challenge
from sessions.openspace.models import Topic
from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Institution, Person


class PlanState(models.TextChoices):
    """How far the plan is. Its words are free until it is proposed; from `approved` on it is agreed."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    PROPOSED = "proposed", pgettext_lazy("plan", "Waits for approval")
    RETURNED = "returned", pgettext_lazy("plan", "Returned with questions")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    DONE = "done", pgettext_lazy("plan", "Done")
    STOPPED = "stopped", pgettext_lazy("plan", "Stopped")


class Audience(models.TextChoices):
    """Who may read the plan once it is approved, beside its institution, its consultant and the school."""

    INSTITUTION = "institution", _("Only the institution")
    COHORT = "cohort", _("Everybody of the cohort")
    PROGRAMME = "programme", _("Everybody of the programme")


class Plan(models.Model):
    """What an institution carries out at home. Its stream is `plan:<pk>`. The summary is Markdown."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="plans")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.DRAFT)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="plans_owned"
    )
    """The one person who is accountable; null, or somebody who has left, is "without owner"."""
    consultant = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="plans_advised"
    )
    """Reads all of it and writes the shadow report."""
    audience = models.CharField(max_length=11, choices=Audience, default=Audience.INSTITUTION)
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans")
    """The Open Space topic whose next step it was made from."""
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Warsaw")
    """IANA name. A due day ends at midnight there."""
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    """When the plan or anything in it changed last."""
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    """What an imported plan was called where it came from, so that it is not imported twice."""
    revisions = models.JSONField(default=dict)
    """{field: number of its changes}; who saves names the number they saw."""
    editors = models.JSONField(default=dict)
    """{field: id of the person who changed it last}"""

    seat: Seat | None = None
    """The viewer's active seat: in the cohort, else in another one of the programme. Set by the queries."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="plan_audience_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGE_CODES), name="plan_language_known"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="plan_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="plan_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.STOPPED)
                | Q(state__in=[PlanState.APPROVED, PlanState.DONE], approved_at__isnull=False)
                | (
                    Q(state__in=[PlanState.DRAFT, PlanState.PROPOSED, PlanState.RETURNED])
                    & Q(approved_at__isnull=True)
                ),
                name="plan_approved_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["cohort", "source"], condition=~Q(source=""), name="plan_imported_once"
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="plan_cohort_state")]

    def __str__(self) -> str:
        return self.title or str(_("Plan without a title"))


class PlanStep(models.Model):
    """One change of a plan's state: its history."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    from_state = models.CharField(max_length=8, choices=PlanState)
    to_state = models.CharField(max_length=8, choices=PlanState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_state__in=PlanState.values, to_state__in=PlanState.values),
                name="plan_step_states_known",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=[PlanState.RETURNED, PlanState.STOPPED], why=""),
                name="plan_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.from_state} → {self.to_state}"
