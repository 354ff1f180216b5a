from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A process that does tasks, and when it last said that it is alive. Only while it does one."""

    name = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """The last day on which something daily was taken in hand, in one time zone."""

    name = models.CharField(max_length=60)
    zone = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "zone"], name="turn_name_zone")]

    def __str__(self) -> str:
        return f"{self.name} in {self.zone}, {self.day}"
