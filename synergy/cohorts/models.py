from __future__ import annotations

from django.db import models
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
        return f"{self.programme}, {self.number}"


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
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
