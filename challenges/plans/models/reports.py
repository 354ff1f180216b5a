from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.plans.models.items import Confidence, Item, Progress
from challenges.plans.models.plans import Plan
from synergy.people.models import Person


class Voice(models.TextChoices):
    OWN = "own", _("Report of the institution")
    SHADOW = "shadow", _("Shadow report")


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    RETURNED = "returned", pgettext_lazy("report", "Returned with questions")
    APPROVED = "approved", pgettext_lazy("report", "Approved")


class Period(models.Model):
    """A time that a plan is reported on. Once it is closed, readings and reports of it stay as they are."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="period_ends_after_start"),
            models.CheckConstraint(condition=~Q(name=""), name="period_has_name"),
            models.UniqueConstraint(fields=["plan", "name"], name="period_plan_name"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="period_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """What one voice says about a plan in a period. The text is Markdown in the plan's language."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reports")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    voice = models.CharField(max_length=6, choices=Voice)
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.DRAFT)
    text = models.TextField(blank=True)
    confidence = models.CharField(max_length=14, choices=Confidence, blank=True)
    """Of the whole plan, as this voice judges it."""
    revisions = models.JSONField(default=dict)
    editors = models.JSONField(default=dict)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "voice"], name="report_period_voice"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="report_voice_known"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="plan_report_state_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Confidence.values]), name="report_confidence_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(submitted_at__isnull=False),
                name="report_submitted_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.APPROVED, approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(state=ReportState.APPROVED) & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="report_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED, returned_why=""), name="report_returned_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.voice}"


class ReportEntry(models.Model):
    """What a report says about one item."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="report_entries")
    progress = models.CharField(max_length=11, choices=Progress, blank=True)
    confidence = models.CharField(max_length=14, choices=Confidence, blank=True)
    evidence = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    extra = models.JSONField(default=dict)
    """{column of the source: text}"""
    revisions = models.JSONField(default=dict)
    editors = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "item"], name="report_entry_once"),
            models.CheckConstraint(
                condition=Q(progress__in=["", *Progress.values]), name="report_entry_progress_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Confidence.values]), name="report_entry_confidence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.report_id}"


class Review(models.Model):
    """A stocktake: the plan as it stood on a day, and what was decided."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField()
    snapshot = models.JSONField()
    """`events.PlanSnapshot` as JSON."""
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.plan_id} on {self.on}"


class Decision(models.Model):
    """What a review decided."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_says_something")]

    def __str__(self) -> str:
        return self.text
