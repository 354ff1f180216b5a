"""Tables as lines of JSON, the same from SQLite and from PostgreSQL.

The first line has the names of the columns, each further one the values of a row. The models are those
of the migrations that the database has, not those of the code, so that an older backup is read as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

import msgspec
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

Table: TypeAlias = type[models.Model]
Migration: TypeAlias = tuple[str, str]
AT_ONCE = 500


def tables_after(migrations: Iterable[Migration]) -> list[Table]:
    """The tables that these migrations leave, with those between many and many."""
    state = MigrationExecutor(connection).loader.project_state(list(migrations))
    found = state.apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def lines_of(table: Table) -> Iterator[bytes]:
    """The columns, then every row in the order of its key."""
    fields = table._meta.concrete_fields
    yield msgspec.json.encode([field.attname for field in fields]) + b"\n"
    for row in table._default_manager.order_by("pk").iterator(AT_ONCE):
        yield msgspec.json.encode([_value(row, field) for field in fields]) + b"\n"


def _value(row: models.Model, field: Any) -> Any:
    value = field.value_from_object(row)
    if isinstance(field, models.BinaryField):
        return field.value_to_string(row)
    return value.name if isinstance(field, models.FileField) else value


def fill(table: Table, lines: Iterable[bytes]) -> int:
    """Writes the rows; how many. Raises ValueError when the lines do not fit the table."""
    lines = iter(lines)
    fields = [table._meta.get_field(name) for name in msgspec.json.decode(next(lines, b"[]"), type=list[str])]
    for field in fields:
        # The times at which rows were made are theirs.
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    count = 0
    while some := [_row(table, fields, line) for line in islice(lines, AT_ONCE)]:
        table._default_manager.bulk_create(some)
        count += len(some)
    return count


def _row(table: Table, fields: Sequence[Any], line: bytes) -> models.Model:
    values = msgspec.json.decode(line, type=list[Any])
    return table(
        **{field.attname: field.to_python(value) for field, value in zip(fields, values, strict=True)}
    )


def empty(tables: Sequence[Table]) -> None:
    """Takes out what the migrations themselves have put in."""
    for table in tables:
        table._default_manager.all().delete()


def count_on(tables: Sequence[Table]) -> None:
    """New rows get numbers above those that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
