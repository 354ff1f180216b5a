"""What is written in a consultation: the lists, and what somebody writes for themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.consultations.models.runs import Consultation
from challenges.models import LANGUAGE_CODES
from synergy.people.models import Person


class Writes(models.TextChoices):
    """The list that is open in a phase."""

    NOTHING = "nothing", _("Nothing")
    AGREED = "agreed", _("What you agreed on")
    QUESTIONS = "questions", _("Clarifying questions")
    HYPOTHESES = "hypotheses", _("Hypotheses")
    SUGGESTIONS = "suggestions", _("Suggestions")
    SUMMARY = "summary", _("What was most valuable")
    COMMITMENTS = "commitments", _("Commitments")


LISTS = (Writes.AGREED, Writes.QUESTIONS, Writes.HYPOTHESES, Writes.SUGGESTIONS, Writes.SUMMARY)
"""The lists that hold entries; commitments are rows of their own."""


class Verdict(models.TextChoices):
    """What the case giver makes of a suggestion."""

    TAKE = "take", pgettext_lazy("suggestion", "Take")
    THINK = "think", pgettext_lazy("suggestion", "Think about")
    LEAVE = "leave", pgettext_lazy("suggestion", "Leave")


class Entry(models.Model):
    """One line of a list: what was agreed on, a question, a hypothesis, a suggestion, or what was most valuable."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="entries")
    phase = models.PositiveSmallIntegerField()
    """The index of the phase in which it was written."""
    kind = models.CharField(max_length=11, choices=Writes)
    """One of `LISTS`."""
    text = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_hidden = models.BooleanField(default=False)
    """Written in a silent round that is not over: nobody but its author reads it."""
    revision = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)
    note = models.CharField(max_length=500, blank=True)
    """What the case giver adds to the verdict."""
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LISTS), name="entry_list_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGE_CODES), name="entry_language_known"),
            models.CheckConstraint(
                condition=Q(verdict="", note="")
                | Q(verdict__in=Verdict.values, kind=Writes.SUGGESTIONS, is_hidden=False),
                name="entry_verdict_on_suggestions",
            ),
            models.CheckConstraint(condition=Q(removed_at__isnull=True) | Q(text=""), name="entry_removed"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class PrivateNote(models.Model):
    """What somebody writes for themselves during a consultation. Nobody else reads it, and no log has it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="private_notes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="private_note_one_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.consultation_id}"
