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
    values = [list(insertion.attributes(row)) for row in rows]
    for place, prepare in insertion.to_prepare:
        _prepare_column(values, place, prepare)
    with connection.cursor() as cursor:
        cursor.executemany(insertion.sql, values)


def _prepare_column(rows: Sequence[list[Any]], place: int, prepare: Callable[..., Any]) -> None:
    """What a batch shares, as the moment at which it runs, is prepared once."""
    last = prepared = None
    for row in rows:
        value = row[place]
        if value is not None:
            if value is not last:
                last, prepared = value, prepare(value, connection)
            row[place] = prepared


class _Insertion(NamedTuple):
    sql: str
    attributes: Callable[[models.Model], tuple[Any, ...]]
    to_prepare: Sequence[tuple[int, Callable[..., Any]]]
    """(place, function) of the columns whose values are written in another form."""


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
