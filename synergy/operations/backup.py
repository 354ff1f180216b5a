"""One file with everything: rows, people's files, and the key that signs cookies and links if it is kept here.

manifest.json         {"format", "made_at", "migrations": [[app, name]], "rows": {table: count}}
rows/<table>.jsonl    see `rows`
secret_key            as in DATA_DIR, when SECRET_KEY is not set
media/…               as in MEDIA_DIR
"""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from synergy.journal import log
from synergy.operations.rows import Migration, lines_of, tables_after

FORMAT = 1
MANIFEST, KEY, ROWS, MEDIA = "manifest.json", "secret_key", "rows/", "media/"
MADE_ANEW = {"search_document"}
"""Tables that are made from the others after restoring."""
SPOOL = 8 * 1024 * 1024
"""Bytes of a table that are held in memory before they go to a file."""
Say = Callable[[str], object]


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself."""

    format: int
    made_at: datetime
    migrations: list[Migration]
    rows: dict[str, int]


def write_backup(path: Path, now: datetime, say: Say) -> Manifest:
    """Writes all of one moment to `path`, while the servers go on. Raises FileExistsError or OSError.

    Until it is whole it lies beside `path` under another name.
    """
    if path.exists():
        raise FileExistsError(path)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
                manifest = _fill(archive, now, say)
            raw.flush()
            os.fsync(raw.fileno())
        os.link(draft, path)
    finally:
        Path(draft).unlink()
    return manifest


def _fill(archive: tarfile.TarFile, now: datetime, say: Say) -> Manifest:
    with ExitStack() as stack:
        with log.snapshot():
            migrations = sorted(MigrationRecorder(connection).applied_migrations())
            tables = {table._meta.db_table: table for table in tables_after(migrations)}
            for name in MADE_ANEW & tables.keys():
                del tables[name]
            spools = {name: stack.enter_context(tempfile.SpooledTemporaryFile(SPOOL)) for name in tables}
            rows = {}
            for name, table in tables.items():
                rows[name] = -1
                for line in lines_of(table):
                    spools[name].write(line)
                    rows[name] += 1
        manifest = Manifest(FORMAT, now, migrations, rows)
        say(f"{sum(rows.values())} rows of {len(rows)} tables")
        _add(archive, MANIFEST, io.BytesIO(msgspec.json.encode(manifest)), now)
        for name, spool in spools.items():
            _add(archive, f"{ROWS}{name}.jsonl", spool, now)
    if not settings.CONFIG.secret_key:
        _add(archive, KEY, io.BytesIO(settings.SECRET_KEY.encode()), now)
    say(f"{_add_media(archive)} files")
    return manifest


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], now: datetime) -> None:
    about = tarfile.TarInfo(name)
    about.size = content.seek(0, os.SEEK_END)
    about.mode, about.mtime = 0o600, int(now.timestamp())
    content.seek(0)
    archive.addfile(about, content)


def _add_media(archive: tarfile.TarFile) -> int:
    """After the rows: a file whose row is not there is harmless."""
    root, count = Path(settings.MEDIA_ROOT), 0
    for path in sorted(root.rglob("*")):
        if path.is_file():
            # Somebody may take a file out at this moment.
            with suppress(FileNotFoundError):
                archive.add(path, f"{MEDIA}{path.relative_to(root).as_posix()}", recursive=False)
                count += 1
    return count


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """Raises ValueError when this is no backup of Synergy that this code can read."""
    first = archive.next()
    content = archive.extractfile(first) if first and first.name == MANIFEST else None
    if content is None:
        raise ValueError("This is not a backup of Synergy: it does not begin with a manifest.")
    manifest = msgspec.json.decode(content.read(), type=Manifest)
    if manifest.format != FORMAT:
        raise ValueError(f"This backup has format {manifest.format}, and this Synergy reads format {FORMAT}.")
    return manifest


def summary_of(rows: Mapping[str, int]) -> str:
    """The rows that people know, in a line."""
    known = {"people_person": "people", "rooms_message": "messages", "challenges_challenge": "challenges"}
    return ", ".join(f"{rows.get(table, 0)} {word}" for table, word in known.items())
