"""What comes out of a consultation: commitments that come back, and recommendations that are answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.consultations.models.runs import Consultation
from challenges.consultations.models.written import Entry
from challenges.models import LANGUAGE_CODES, Challenge
from synergy.people.models import Person


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
