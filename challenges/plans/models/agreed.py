from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.plans.models.items import Item
from challenges.plans.models.plans import Plan
from synergy.people.models import Person


class RequestField(models.TextChoices):
    """What was agreed and changes only when the school says yes."""

    TITLE = "title", _("Title")
    START = "start", _("Start")
    DUE = "due", _("Date")
    TARGET = "target", _("Target")
    REMOVED = "removed", _("Take it out of the plan")


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("change request", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("change request", "Agreed")
    DECLINED = "declined", pgettext_lazy("change request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("change request", "Withdrawn")


class Baseline(models.Model):
    """The plan as it was approved. Never changed afterwards."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="baselines")
    number = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    snapshot = models.JSONField()
    """`events.PlanSnapshot` as JSON: title, summary, dates and every item with all fields."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="baseline_plan_number")]

    def __str__(self) -> str:
        return f"{self.plan_id}, baseline {self.number}"


class ChangeRequest(models.Model):
    """Somebody of the institution asks for another date or target than agreed. One open one per item and field."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="change_requests")
    field = models.CharField(max_length=7, choices=RequestField)
    before = models.JSONField(null=True)
    """The value when it was asked for, as in `events.ItemCard`."""
    after = models.JSONField(null=True)
    why = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.OPEN)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=RequestField.values), name="change_request_field_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="change_request_state_known"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="change_request_says_why"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="change_request_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["item", "field"],
                condition=Q(state=RequestState.OPEN),
                name="change_request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.field}: {self.state}"
