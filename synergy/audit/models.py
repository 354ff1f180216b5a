from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What is kept. The words stand in the page for organisers, after the name of who did it."""

    SIGNED_IN = "signed-in", _("Signed in")
    REFUSED = "refused", _("Wrong password")
    SECOND_STEP = "second-step", _("Changed the second step at sign-in")
    PASSWORD = "password", _("Changed the password")
    SESSIONS_ENDED = "sessions-ended", _("Signed out elsewhere")
    OWN_DATA = "own-data", _("Downloaded their own data")
    ERASURE_ASKED = "erasure-asked", _("Asked for erasure")
    TOKEN_MADE = "token-made", _("Made an access token")
    TOKEN_ENDED = "token-ended", _("Ended an access token")
    INVITED = "invited", _("Invited")
    INVITATION_SENT = "invitation-sent", _("Sent the invitation again")
    INVITATION_WITHDRAWN = "withdrawn", _("Withdrew the invitation")
    SEAT_TAKEN = "seat-taken", _("Took the seat")
    SEAT_CHANGED = "seat-changed", _("Changed the role")
    SEAT_ENDED = "seat-ended", _("Ended the seat")
    SEAT_GIVEN_BACK = "seat-back", _("Gave the seat back")
    CODE_OPENED = "code-opened", _("Let people join with a code")
    INSTITUTION_CHANGED = "institution", _("Changed the institution")
    INSTITUTION_REMOVED = "institution-out", _("Removed the institution")
    HOOK_MADE = "hook-made", _("Added a webhook")
    HOOK_ENDED = "hook-ended", _("Ended a webhook")
    OPENED = "opened", _("Opened")
    DOWNLOADED = "downloaded", _("Downloaded the file")
    EXPORTED = "exported", _("Took away a copy of")


OF_ONESELF = (
    Act.SIGNED_IN,
    Act.REFUSED,
    Act.SECOND_STEP,
    Act.PASSWORD,
    Act.SESSIONS_ENDED,
    Act.OWN_DATA,
    Act.ERASURE_ASKED,
    Act.TOKEN_MADE,
    Act.TOKEN_ENDED,
)
"""Acts that stand in no cohort; the person sees their own."""


class AuditEvent(models.Model):
    """One act of one person. Organisers see those of their cohort, everybody their own."""

    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    """Id of the person; of the account, where somebody did not get in."""
    act = models.CharField(max_length=16, choices=Act)
    cohort = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=40, blank=True)
    """What it was done to, `kind:number` as in the log: "plan:7"."""
    about = models.CharField(max_length=200, blank=True)
    """The same as it was called then; of a sign-in, the browser."""
    address = models.CharField(max_length=200, blank=True)
    """Its page: a path on this site."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(act__in=Act.values), name="audit_act_known")]
        indexes = [
            models.Index(fields=["cohort", "-at"], name="audit_cohort_at"),
            models.Index(fields=["by", "-at"], name="audit_by_at"),
            models.Index(fields=["subject", "-at"], condition=~Q(subject=""), name="audit_subject_at"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.about} by {self.by}"
