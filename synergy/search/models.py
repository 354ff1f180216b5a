from __future__ import annotations

from django.db import models


class Document(models.Model):
    """A thing that can be found, as it was when it was looked at last.

    Its words stand in an index of the database's own kind, made in the migration: a virtual table of FTS5 on
    SQLite, kept by triggers, and a GIN index of an expression on PostgreSQL.
    """

    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=2, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    words = models.TextField()
    """Folded words with spaces between, each once; and, with a dot in front, its kind and scope."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="document_kind_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
