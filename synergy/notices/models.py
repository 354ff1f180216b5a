"""What somebody is told, and how they want to be told."""

from __future__ import annotations

from datetime import time

from allauth.usersessions.models import UserSession
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
    push = models.BooleanField(default=False, db_default=False)
    """Whether it is pushed to the browsers in which the person wants that; as chosen when it came."""
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
    push = models.BooleanField(default=True, db_default=True)
    """Without a row: for what is mailed at once. It says nothing before the person has a `Browser`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notice_choice_once"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notice_choice_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}: {self.mail}"


class Browser(models.Model):
    """Where a person is signed in and wants to be pushed. It goes with that sign-in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_browsers")
    session = models.OneToOneField(UserSession, on_delete=models.CASCADE, related_name="push_browser")
    endpoint = models.CharField(max_length=600, unique=True)
    """The address at the push service of the browser's maker. Who knows it, and the site's key, may push."""
    p256dh = models.CharField(max_length=90)
    auth = models.CharField(max_length=24)
    """The browser's public key and shared secret, RFC 8291, in base64url."""
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"browser of {self.person_id}"


class QuietHours(models.Model):
    """When no mail and no push comes, by the clock of the person's time zone. Without a row: what stands here."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="quiet_hours")
    at_night = models.BooleanField(default=True)
    starts = models.TimeField(default=time(20))
    ends = models.TimeField(default=time(7))
    at_weekends = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "quiet hours"

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"
