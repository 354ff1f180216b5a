"""Files that a process left behind which was killed between a commit and the deletion after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

PATIENCE = timedelta(days=1)
"""A file that is younger may be on its way to its row."""


def delete_strays_in(folder: str, kept: Callable[[], Iterable[str]], now: datetime) -> int:
    """Deletes files of a folder of the storage that are not `kept`, which is asked after they were listed.

    Returns how many. What is younger than `PATIENCE` stays.
    """
    old = [name for name in _stored_in(folder) if default_storage.get_modified_time(name) < now - PATIENCE]
    known = set(kept()) if old else set()
    strays = [name for name in old if name not in known]
    for name in strays:
        default_storage.delete(name)
    return len(strays)


def _stored_in(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    inner, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in inner:
        yield from _stored_in(f"{folder}/{name}")
