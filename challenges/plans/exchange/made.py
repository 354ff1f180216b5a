"""What was made of a document so far, and in whose name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import models

from challenges.plans.models import Item
from synergy.people.models import Person

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Made:
    """`items` and ids of `people` by their keys in the document; `person` is the importer."""

    items: dict[str, Item]
    people: Mapping[str, int]
    person: Person
    is_whole: bool

    def signer(self, key: str | None) -> int:
        """Who has signed it: the person who is named when all is restored, else the importer."""
        return self.people.get(key or "", self.person.pk) if self.is_whole else self.person.pk

    def someone(self, key: str | None) -> int | None:
        return self.signer(key) if key else None


def checked(rows: Iterable[Row]) -> list[Row]:
    """Raises ValidationError where a value is too long or not known; the database looks at the rest."""
    kept = list(rows)
    for row in kept:
        others = [
            field.name
            for field in row._meta.fields
            if field.is_relation or field.null or isinstance(field, models.JSONField)
        ]
        row.clean_fields(exclude=others)
    return kept
