from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synergy.people.models import Institution, Person


class Programme(models.Model):
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One run of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="edition_programme_number"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="edition_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        words = gettext("Edition %(number)s") % {"number": self.number}
        return f"{self.programme} · {words}"


class Cohort(models.Model):
    """The people of one edition who learn together."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="cohort_edition_name")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    PARTICIPANT = "participant", _("Participant")
    FACILITATOR = "facilitator", _("Facilitator")
    ORGANISER = "organiser", _("Organiser")
    OBSERVER = "observer", _("Observer")


class Seat(models.Model):
    """A person's place in a cohort: the role they have there and the institution they come from.

    A seat that has ended gives no rights; it stays, so that old messages keep their author's country.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=Role)
    is_coordinator = models.BooleanField(default=False)
    """Whether the person co-ordinates the team of their institution."""
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="seat_cohort_person"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="seat_role_known"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("created_at")),
                name="seat_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def country(self) -> str:
        return self.institution.country

    @property
    def picture(self) -> ImageFieldFile:
        return self.person.picture


class Invitation(models.Model):
    """An e-mail that offers a seat. Its link carries a token, of which only the hash is kept.

    It is open until it is accepted, revoked or past `expires_at`. Sending it again
    makes a new token, so that only the newest mail opens the door.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("work e-mail"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("institution")
    )
    is_coordinator = models.BooleanField(_("co-ordinates the team of the institution"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    """The language of the mail, and the person's first language here."""
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="invitations")
    """What accepting gave."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_per_email",
            ),
            models.CheckConstraint(
                condition=Exact(models.F("email"), Lower("email")), name="invitation_email_lower"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="invitation_expires_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, seat__isnull=True)
                | models.Q(accepted_at__isnull=False, seat__isnull=False),
                name="invitation_accepted_has_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.cohort_id}"
