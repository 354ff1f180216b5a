"""Puts a backup into an empty database, on the same kind of server or on the other one."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from synergy.operations.backup import KEY, MEDIA, ROWS, Manifest, Say, read_manifest
from synergy.operations.rows import Migration, count_on, empty, fill, tables_after
from synergy.search.index import rebuild

NOT_FITTING = (
    *(tarfile.TarError, EOFError, ValueError, OSError),
    *(msgspec.MsgspecError, KeyError, FieldDoesNotExist, ValidationError, DatabaseError),
)
"""What a file raises that is damaged, or whose rows are not those of its tables."""


class NotRestored(Exception):
    """Nothing is in the database; the message says why and what to do."""


def restore_backup(path: Path, say: Say) -> Manifest:
    """Makes the tables as they were, fills them and brings them up to this version, in one transaction.

    Raises NotRestored, and then the database is as empty as before and files that were put back are gone.
    The whole file is read once before anything is made.
    """
    if connection.introspection.table_names():
        raise NotRestored(
            "The database is not empty. Restore into a new one: set DATABASE_URL to an empty database, or "
            "DATA_DIR to an empty folder."
        )
    with _opened(path) as archive:
        manifest = read_manifest(archive)
        executor = MigrationExecutor(connection)
        if unknown := set(manifest.migrations) - set(executor.loader.graph.nodes):
            app, name = sorted(unknown)[0]
            raise NotRestored(
                f"The backup is of a newer Synergy: {app}.{name} is not known here. Upgrade first."
            )
        for _member in archive:
            pass
    with _opened(path) as archive, _all_or_nothing() as files:
        say(f"Tables as of {manifest.made_at:%Y-%m-%d %H:%M} UTC")
        executor.migrate(_last_of(manifest.migrations, executor))
        # PostgreSQL looks at references now, and then at the end of all rows, not at each: tables come in any order.
        connection.check_constraints()
        key = _fill(archive, manifest, files, say)
        connection.check_constraints()
        say("Tables of this version")
        call_command("migrate", verbosity=0)
    if key and not settings.CONFIG.secret_key:
        _keep_key(key)
    say("Index of the search; if that is cut off, ./dev manage search_rebuild makes it")
    rebuild()
    return manifest


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    """One transaction; the files that are named in the list go with it."""
    files: list[Path] = []
    # SQLite changes tables only so, and it cannot be said inside of a transaction.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            yield files
    except BaseException:
        for file in files:
            file.unlink(missing_ok=True)
        raise
    finally:
        connection.enable_constraint_checking()


def _last_of(migrations: Collection[Migration], executor: MigrationExecutor) -> list[Migration]:
    """Those that no other of them builds on: Django would go back to the others and forward again."""
    known = set(migrations)
    nodes = executor.loader.graph.node_map
    return [name for name in migrations if not known & {child.key for child in nodes[name].children}]


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:gz") as archive:
            yield archive
    except NOT_FITTING as error:
        raise NotRestored(f"{path} cannot be restored: {error}") from error


def _fill(archive: tarfile.TarFile, manifest: Manifest, files: list[Path], say: Say) -> bytes:
    """Rows and files; the key, if the backup has it."""
    tables = {table._meta.db_table: table for table in tables_after(manifest.migrations)}
    empty(list(tables.values()))
    key = b""
    for member in archive:
        content = archive.extractfile(member)
        if content is None:
            continue
        if member.name.startswith(ROWS):
            name = member.name.removeprefix(ROWS).removesuffix(".jsonl")
            count = fill(tables[name], content)
            if count != manifest.rows[name]:
                raise ValueError(f"{name} has {count} rows instead of {manifest.rows[name]}")
            if count:
                say(f"  {name}: {count}")
        elif member.name.startswith(MEDIA):
            _write(Path(settings.MEDIA_ROOT), member, content.read(), files)
        elif member.name == KEY:
            key = content.read()
    count_on(list(tables.values()))
    return key


def _write(root: Path, member: tarfile.TarInfo, content: bytes, files: list[Path]) -> None:
    path = (root / member.name.removeprefix(MEDIA)).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError(f"{member.name} leads out of the folder of files")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_bytes() == content:
        return
    with path.open("xb") as file:
        files.append(path)
        file.write(content)


def _keep_key(key: bytes) -> None:
    path = settings.CONFIG.data_dir / "secret_key"
    draft = path.with_suffix(".restored")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    draft.replace(path)
