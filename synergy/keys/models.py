from __future__ import annotations

from django.db import models

from synergy.people.models import Person


class AccessToken(models.Model):
    """What a program shows to come in as a person. The secret itself is kept nowhere.

    It holds until it expires or is revoked, and gives nothing that the person may not see at that moment.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField()
    """Names of scopes, in order; see `scopes.register_scope`."""
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    """To the minute."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="token_expires_after_start"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="token_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id}"
