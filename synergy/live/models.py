from __future__ import annotations

from django.db import models


class AccessChange(models.Model):
    """Somebody's rights changed. Every process polls these rows and closes what is no longer allowed.

    A row, and not a message on the channel layer, because the layer may lose messages.
    """

    person = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.person} {self.at:%F %T}"
