"""What somebody is told, and how they want to be told."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from synergy.people.models import Person


class Mail(models.TextChoices):
    """When the mail about a notice goes out."""

    NOW = "now", _("At once")
    DIGEST = "digest", _("Once a day")
    NEVER = "never", _("Never")


class Notice(models.Model):
    """One thing that a person is told. It keeps its words as values, and is put into words when it is shown."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    """What makes it this one: nobody is told twice of the same kind and key."""
    values = models.JSONField(default=dict)
    address = models.CharField(max_length=300)
    """Where it leads: a path on this site."""
    at = models.DateTimeField()
    in_app = models.BooleanField(default=True)
    """Whether it is on the bell and the page."""
    mail = models.CharField(max_length=6, choices=Mail, default=Mail.NOW)
    """As the person had chosen when it came."""
    read_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    """When the bell was told and the mail put in the queue."""
    mail_task = models.UUIDField(null=True, blank=True)
    """The task that has it in hand, since `mail_begun_at`."""
    mail_begun_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="notice_once"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notice_mail_known"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_person_at"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True, in_app=True), name="notice_unread"
            ),
            models.Index(fields=["kind", "key"], name="notice_kind_key"),
            models.Index(fields=["at"], name="notice_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} for {self.person_id}"


class Choice(models.Model):
    """How a person wants to be told of one kind. Without a row, what the kind says holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=6, choices=Mail)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notice_choice_once"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notice_choice_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}: {self.mail}"


class QuietHours(models.Model):
    """When no mail comes, by the clock of the person's time zone. Without a row: what stands here."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="quiet_hours")
    at_night = models.BooleanField(default=True)
    starts = models.TimeField(default=time(20))
    ends = models.TimeField(default=time(7))
    at_weekends = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "quiet hours"

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"
