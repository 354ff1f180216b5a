from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.plans.models.items import Item
from challenges.plans.models.plans import Plan
from synergy.people.models import Person


class LinkState(models.TextChoices):
    UNCHECKED = "unchecked", _("Not checked yet")
    ALIVE = "alive", _("Checked, it opens")
    DEAD = "dead", _("It does not open")


class Evidence(models.Model):
    """A file or a link that proves something; one may prove several items."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evidence")
    items = models.ManyToManyField(Item, blank=True, related_name="evidence")
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=2000, blank=True)
    """An http(s) address; empty for a file."""
    file = models.FileField(upload_to="plans/%Y/%m", blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    """In bytes; of files alone."""
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    link_state = models.CharField(max_length=9, choices=LinkState, default=LinkState.UNCHECKED)
    """Of links alone; a file stays `unchecked`."""
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="") & ~Q(sha256="") & Q(size__isnull=False))
                | (~Q(url="") & Q(file="", sha256="", size__isnull=True)),
                name="evidence_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(link_state__in=LinkState.values), name="evidence_link_state_known"
            ),
            models.CheckConstraint(
                condition=Q(link_state=LinkState.UNCHECKED) | Q(checked_at__isnull=False),
                name="evidence_checked_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["plan", "sha256"], condition=~Q(sha256=""), name="evidence_file_once"
            ),
            models.UniqueConstraint(fields=["plan", "url"], condition=~Q(url=""), name="evidence_link_once"),
        ]

    def __str__(self) -> str:
        return self.title
