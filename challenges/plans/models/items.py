from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.consultations.models import Recommendation
from challenges.plans.models.plans import Plan
from rooms.models import Room
from synergy.people.models import Person


class Kind(models.TextChoices):
    """A milestone is an event by a date; an indicator is a number, with a target by a date."""

    OBJECTIVE = "objective", _("Objective")
    MILESTONE = "milestone", _("Milestone")
    DELIVERABLE = "deliverable", _("Deliverable")
    ACTION = "action", pgettext_lazy("plan", "Action")
    INDICATOR = "indicator", _("Indicator")
    RISK = "risk", _("Risk")
    ASSUMPTION = "assumption", _("Assumption")


class Precision(models.TextChoices):
    """How exactly the wording of a date says which day."""

    DAY = "day", pgettext_lazy("precision", "Day")
    MONTH = "month", pgettext_lazy("precision", "Month")
    QUARTER = "quarter", pgettext_lazy("precision", "Quarter")
    HALF = "half", pgettext_lazy("precision", "Half of a year")
    SEASON = "season", pgettext_lazy("precision", "Season")
    YEAR = "year", pgettext_lazy("precision", "Year")
    OPEN = "open", pgettext_lazy("precision", "Without an end")


class Progress(models.TextChoices):
    """What the owner reports."""

    NOT_STARTED = "not_started", _("Not started")
    LIMITED = "limited", pgettext_lazy("progress", "Limited")
    SUBSTANTIAL = "substantial", pgettext_lazy("progress", "Substantial")
    COMPLETE = "complete", pgettext_lazy("progress", "Complete")


class Confidence(models.TextChoices):
    """How likely it is judged to be reached in time; always with a reason."""

    HIGHLY_LIKELY = "highly_likely", _("Highly likely")
    PROBABLE = "probable", _("Probable")
    UNCERTAIN = "uncertain", _("Uncertain")
    IN_DOUBT = "in_doubt", _("In doubt")
    NOT_ACHIEVABLE = "not_achievable", _("Not achievable")


class Direction(models.TextChoices):
    UP = "up", _("Should rise")
    DOWN = "down", _("Should fall")
    KEEP = "keep", _("Should stay")


def _number() -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)


class Item(models.Model):
    """One row of the plan's tree, of any kind.

    A date is kept as it was written, beside the days that it means: `since` … `until`, both included, and
    the precision; all empty but the wording when the wording is not understood. See `plans.moments`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=11, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    number = models.CharField(max_length=20, blank=True)
    """As it is called: "C01.2", "16". Kept for good; gaps and, in imported plans, repetitions happen."""
    position = models.PositiveIntegerField()
    """Its place among those with the same parent."""
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="items_owned"
    )
    """The one person who is accountable. The plan's owner answers for what has none."""
    owner_wording = models.CharField(max_length=500, blank=True)
    """Who is responsible, as an imported plan or a report names them."""
    contributors = models.ManyToManyField(Person, blank=True, related_name="items_contributed")
    contributors_wording = models.CharField(max_length=1000, blank=True)
    start_wording = models.CharField(max_length=200, blank=True)
    start_since = models.DateField(null=True, blank=True)
    start_until = models.DateField(null=True, blank=True)
    start_precision = models.CharField(max_length=7, choices=Precision, blank=True)
    due_wording = models.CharField(max_length=200, blank=True)
    due_since = models.DateField(null=True, blank=True)
    due_until = models.DateField(null=True, blank=True)
    """The last day on which it is on time."""
    due_precision = models.CharField(max_length=7, choices=Precision, blank=True)
    progress = models.CharField(max_length=11, choices=Progress, default=Progress.NOT_STARTED)
    confidence = models.CharField(max_length=14, choices=Confidence, blank=True)
    """Empty while nobody has judged it."""
    confidence_why = models.TextField(blank=True)
    progress_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    progress_at = models.DateTimeField(null=True, blank=True)
    """When progress and confidence were last reported; the history is in `Update`."""
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.SET_NULL, null=True, blank=True, related_name="items"
    )
    """The advice of peers that it carries out."""
    room = models.OneToOneField(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_item"
    )
    """Where it is talked about; opened when somebody first wishes to."""
    oddities = models.JSONField(default=list)
    """[{"code": word, "values": {name: text}}, …]: what a reader should know is odd here."""
    extra = models.JSONField(default=dict)
    """{column of the source: text}: what an imported row says beyond the fields."""
    source = models.CharField(max_length=200, blank=True)
    """What an imported row was called where it came from."""
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    """Set while it is taken out of the plan; its children have the same moment."""
    revisions = models.JSONField(default=dict)
    """{field: number of its changes}"""
    editors = models.JSONField(default=dict)
    """{field: id of the person who changed it last}"""

    # Of indicators alone.
    unit = models.CharField(max_length=60, blank=True)
    """"%", "working days", "people"."""
    direction = models.CharField(max_length=4, choices=Direction, blank=True)
    baseline = _number()
    baseline_on = models.DateField(null=True, blank=True)
    target = _number()
    """To be reached by the due date."""
    lowest = _number()
    highest = _number()
    """Between `lowest` and `highest` a reading is possible at all."""
    trajectory = models.JSONField(default=list)
    """[[ISO date, number as text], …] in order; empty is the straight line from baseline to target."""
    data_source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="item_kind_known"),
            models.CheckConstraint(condition=Q(progress__in=Progress.values), name="item_progress_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Confidence.values]), name="item_confidence_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence="") | ~Q(confidence_why=""), name="item_confidence_says_why"
            ),
            models.CheckConstraint(
                condition=Q(progress=Progress.NOT_STARTED) | Q(progress_at__isnull=False),
                name="item_progress_reported_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(start_precision__in=["", *Precision.values])
                & Q(due_precision__in=["", *Precision.values]),
                name="item_precision_known",
            ),
            models.CheckConstraint(
                condition=Q(start_since__isnull=True)
                | Q(start_until__isnull=True)
                | Q(start_until__gte=F("start_since")),
                name="item_start_in_order",
            ),
            models.CheckConstraint(
                condition=Q(due_since__isnull=True)
                | Q(due_until__isnull=True)
                | Q(due_until__gte=F("due_since")),
                name="item_due_in_order",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["", *Direction.values]), name="item_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.INDICATOR)
                | Q(
                    unit="",
                    direction="",
                    baseline__isnull=True,
                    baseline_on__isnull=True,
                    target__isnull=True,
                    lowest__isnull=True,
                    highest__isnull=True,
                ),
                name="item_only_indicators_have_numbers",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(highest__gte=F("lowest")),
                name="item_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(lowest__isnull=True) | Q(target__gte=F("lowest")),
                name="item_target_not_below_lowest",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(highest__isnull=True) | Q(target__lte=F("highest")),
                name="item_target_not_above_highest",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="item_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["plan", "position"], name="item_plan_position"),
            models.Index(fields=["due_until"], condition=Q(removed_at__isnull=True), name="item_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Update(models.Model):
    """What somebody reported on an item: its history, never changed afterwards."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="updates")
    progress = models.CharField(max_length=11, choices=Progress)
    confidence = models.CharField(max_length=14, choices=Confidence, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(progress__in=Progress.values), name="update_progress_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Confidence.values]), name="update_confidence_known"
            ),
            models.CheckConstraint(condition=Q(confidence="") | ~Q(why=""), name="update_says_why"),
        ]
        indexes = [models.Index(fields=["item", "at"], name="update_item_at")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.progress}"


class Reading(models.Model):
    """What an indicator was on a day. Earlier values of a corrected one are in the plan's log."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=6)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "on"], name="reading_one_a_day"),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
                name="reading_corrected_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} on {self.on}: {self.value}"
