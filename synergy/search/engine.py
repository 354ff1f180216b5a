"""Asking the database's own index; the one place that knows of two databases.

Both keep and compare words exactly as they are given, so both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models
from django.db.models.expressions import RawSQL

from synergy.search.models import Document
from synergy.search.words import Term

_SQLITE = (
    "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
)
# `+ 0` keeps the planner from walking down the primary key, looking at each row.
_POSTGRES = (
    "SELECT id FROM search_document WHERE search_vector(words) @@ %s::tsquery"
    " AND id < %s ORDER BY id + 0 DESC LIMIT %s"
)
NEWEST = 2**62


def word_of_kind(kind: str) -> str:
    """A word that all documents of this kind have, and no text: the dot in front is part of no word."""
    return f"·{kind}"


def word_of_scope(scope: int) -> str:
    return f"·in{scope}"


def candidates(
    kind: str, scopes: Sequence[int] | None, terms: Sequence[Term], *, before: int, limit: int
) -> list[Document]:
    """The newest documents below the id `before` that have all terms, without their text. One query.

    Of those without a scope and those of `scopes`; of all when that is None.
    """
    narrow = [[word_of_kind(kind)]]
    if scopes is not None:
        narrow.append([word_of_scope(scope) for scope in scopes])
    is_sqlite = connection.vendor == "sqlite"
    ask = _for_sqlite(narrow, terms) if is_sqlite else _for_postgres(narrow, terms)
    sql = _SQLITE if is_sqlite else _POSTGRES
    found = RawSQL(sql, (ask, before, limit), models.BigIntegerField())  # noqa: S611 - constants and parameters
    return list(Document.objects.filter(pk__in=found).defer("text").order_by("-pk"))


def _for_sqlite(narrow: Sequence[Sequence[str]], terms: Sequence[Term]) -> str:
    groups = [" OR ".join(f'"{word}"' for word in words) for words in narrow]
    asked = [f'"{term.word}"' if term.is_whole else f'"{term.start}" *' for term in terms]
    return " AND ".join([*(f"({group})" for group in groups), *asked])


def _for_postgres(narrow: Sequence[Sequence[str]], terms: Sequence[Term]) -> str:
    groups = [" | ".join(f"'{word}'" for word in words) for words in narrow]
    asked = [f"'{term.word}'" if term.is_whole else f"'{term.start}':*" for term in terms]
    return " & ".join([*(f"({group})" for group in groups), *asked])


def forget_deleted_words() -> None:
    """SQLite marks the words of what is deleted, and keeps them until its index is merged. PostgreSQL's vacuum does it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
