"""An upload from its preview on: what became of it stays, its content only until it is imported."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from challenges.plans.models import Plan
from synergy.cohorts.models import Cohort
from synergy.people.models import Person


class ImportState(models.TextChoices):
    PREVIEW = "preview", pgettext_lazy("import", "Not imported yet")
    IMPORTED = "imported", pgettext_lazy("import", "Imported")
    UNDONE = "undone", pgettext_lazy("import", "Undone")


class PlanImport(models.Model):
    """A file that somebody has uploaded, how it is read, and what it brought. Only that person sees it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plan_imports")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, blank=True, related_name="imports")
    """Where it goes; null until a new plan is made of it."""
    makes_plan = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    """The file; empty once it is imported."""
    choices = models.JSONField(default=dict)
    """How the person wants it read: `exchange.choices.Choices` as JSON."""
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.PREVIEW)
    brought = models.JSONField(default=dict)
    """Ids: "items" and "evidence" that came with it, "linked" items that got a link, a new or an old one.
    "is_document" of a plan in JSON, which is undone only as long as nothing at all in it has changed."""
    at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="plan_import_state_known"),
            models.CheckConstraint(
                condition=Q(state=ImportState.PREVIEW, imported_at__isnull=True)
                | (~Q(state=ImportState.PREVIEW) & Q(imported_at__isnull=False, plan__isnull=False)),
                name="plan_import_went_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name
