from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


def check_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."))


class Country(models.TextChoices):
    """ISO 3166-1 alpha-2, in the order of the ring: north, east, south-east, south-west, west."""

    LATVIA = "LV", _("Latvia")
    BULGARIA = "BG", _("Bulgaria")
    HUNGARY = "HU", _("Hungary")
    SLOVAKIA = "SK", _("Slovakia")
    POLAND = "PL", _("Poland")


class Tier(models.TextChoices):
    CENTRAL = "central", _("Central government")
    FIELD = "field", _("Field government")
    SUBORDINATE = "subordinate", _("Subordinate unit")
    SUPERVISED = "supervised", _("Supervised unit")


class Institution(models.Model):
    """A public body; in law the participant of a programme."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, choices=Country)
    tier = models.CharField(max_length=12, choices=Tier)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="institution_country_name"),
            models.CheckConstraint(
                condition=models.Q(country__in=Country.values), name="institution_country_known"
            ),
            models.CheckConstraint(condition=models.Q(tier__in=Tier.values), name="institution_tier_known"),
        ]

    def __str__(self) -> str:
        return self.name


def picture_storage() -> FileSystemStorage:
    """Pictures are served at `/pictures/…`, to those who share a cohort with the person."""
    return FileSystemStorage(base_url="/pictures/")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who signs in. One display name, never split: "Boros Péterné" is family name first."""

    email = models.EmailField(_("work e-mail"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Warsaw", validators=[check_time_zone]
    )
    picture = models.ImageField(_("picture"), upload_to="people", storage=picture_storage, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    """When they asked for a page last, to within a few minutes; pages that refresh themselves do not count."""
    left_at = models.DateTimeField(null=True, blank=True)
    """`seen_at` at the end of the visit before this one; null during the first."""

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="person_email_unique"),
            models.CheckConstraint(
                condition=Exact(models.F("email"), Lower("email")), name="person_email_lower"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="person_language_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def country(self) -> str:
        """The country of the person's newest seat, or nothing. A query: for one person, not for lists."""
        newest = self.seats.order_by("-created_at").values_list("institution__country", flat=True)
        return newest.first() or ""
