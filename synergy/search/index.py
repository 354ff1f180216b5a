"""Keeping the index: in the transaction of the facts, so that what was taken back is not found any more.

What no stream tells of, a seat or a name, calls `refresh` in its own transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from synergy.journal.facts import Entry
from synergy.journal.rows import insert_rows
from synergy.search.engine import word_of_kind, word_of_scope
from synergy.search.kinds import Changes, Draft, Kind, all_kinds, follower_of, kind_named
from synergy.search.models import Document
from synergy.search.words import words_of

BATCH = 500
"""Documents that `rebuild` writes in one transaction."""
MOST_TEXT = 40_000
"""Characters of one document that are kept."""
_KEPT = ["language", "title", "text", "words", "at"]


def note_facts(entries: Sequence[Entry]) -> None:
    """In the transaction of these facts; those of streams that nobody follows here cost nothing."""
    by_stream: dict[str, list[Entry]] = {}
    for entry in entries:
        by_stream.setdefault(entry.stream.kind, []).append(entry)
    for stream, facts in by_stream.items():
        follower = follower_of(stream)
        if follower is not None:
            _apply(follower(facts))


def refresh(kind: str, ids: Collection[int]) -> None:
    """Looks at these things again: they are kept as they are now, or forgotten."""
    found = kind_named(kind)
    if found is not None and ids:
        _look_at(found, sorted(set(ids)))


def rebuild() -> dict[str, int]:
    """Makes the index anew while it is used; {kind: how many documents}. What no kind knows any more goes."""
    counts = {}
    for kind in all_kinds():
        counts[kind.name] = 0
        for ids in _in_batches(kind.keys()):
            with transaction.atomic():
                _keep_others_out()
                counts[kind.name] += _look_at(kind, ids)
        kept = (
            Document.objects.filter(kind=kind.name).order_by("object_id").values_list("object_id", flat=True)
        )
        for ids in _in_batches(list(kept)):
            with transaction.atomic():
                _keep_others_out()
                _forget(kind, set(ids) - {draft.id for draft in kind.drafts(ids)})
    Document.objects.exclude(kind__in=counts).delete()
    return counts


def _apply(changes: Changes) -> None:
    if changes.new:
        insert_rows([_document(kind, draft) for kind, draft in changes.new])
    touched: dict[str, set[int]] = {}
    for name, key in changes.touched:
        touched.setdefault(name, set()).add(key)
    for name, ids in touched.items():
        refresh(name, ids)


def _look_at(kind: Kind, ids: Collection[int]) -> int:
    """How many of these are kept. In the order of their ids, so that two do not wait for each other."""
    drafts = sorted(kind.drafts(ids), key=lambda draft: draft.id)
    if drafts:
        Document.objects.bulk_create(
            [_document(kind.name, draft) for draft in drafts],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=_KEPT,
        )
    _forget(kind, set(ids) - {draft.id for draft in drafts})
    return len(drafts)


def _forget(kind: Kind, ids: Collection[int]) -> None:
    if ids:
        Document.objects.filter(kind=kind.name, object_id__in=ids).delete()


def _document(kind: str, draft: Draft) -> Document:
    title, text = draft.title[:500], draft.text[:MOST_TEXT].replace("\0", "")
    marks = [word_of_kind(kind)]
    if draft.scope is not None:
        marks.append(word_of_scope(draft.scope))
    return Document(
        kind=kind,
        object_id=draft.id,
        language=draft.language,
        title=title,
        text=text,
        words=" ".join([*marks, *words_of(title, text)]),
        at=draft.at,
    )


def _keep_others_out() -> None:
    """What was read just before is not written over what somebody commits meanwhile. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE search_document IN SHARE ROW EXCLUSIVE MODE")


def _in_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
