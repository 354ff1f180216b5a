"""Inserting many rows with one prepared statement: what a live batch writes most.

`bulk_create` puts its SQL together anew for every batch, placeholder by placeholder; with sixty
commands in a transaction that takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection, models

# Their values go to the database as they are.
_PLAIN = (models.IntegerField, models.CharField, models.TextField, models.ForeignKey)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Inserts rows of one model. The keys that the database gives them stay unknown."""
    insertion = _insertion(type(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(insertion.sql, [insertion.values(row) for row in rows])


class _Insertion(NamedTuple):
    sql: str
    attributes: Callable[[models.Model], tuple[Any, ...]]
    to_prepare: Sequence[tuple[int, Callable[..., Any]]]
    """(place, function) of the values that are written in another form."""

    def values(self, row: models.Model) -> list[Any]:
        values = list(self.attributes(row))
        for place, prepare in self.to_prepare:
            if values[place] is not None:
                values[place] = prepare(values[place], connection)
        return values


@cache
def _insertion(model: type[models.Model]) -> _Insertion:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return _Insertion(
        sql=f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608 - only names
        attributes=attrgetter(*(field.attname for field in fields)),
        to_prepare=[
            (place, field.get_db_prep_save)
            for place, field in enumerate(fields)
            if not isinstance(field, _PLAIN)
        ],
    )
