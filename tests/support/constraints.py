"""Proof that the database itself refuses a row, by the constraint that is meant to."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused_by(model, name):
    """What is done inside must break the constraint `name` of `model`.

    SQLite names a broken unique constraint by its columns, and all else by its name.
    """
    constraint = next(each for each in model._meta.constraints if each.name == name)
    columns = [model._meta.get_field(field).column for field in getattr(constraint, "fields", ())]
    listed = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert name in str(refused.value) or (listed and listed in str(refused.value)), str(refused.value)
