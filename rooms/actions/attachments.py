"""Files on their way in and out of the storage."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from rooms.actions.permission import require
from rooms.models import Attachment, Room
from rooms.rules import can_post
from rooms.uploads import Upload, check_size, read_upload
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.strays import delete_strays_in

UPLOADS_PER_HOUR = 60
BYTES_PER_DAY = 200 * 1024 * 1024
UNATTACHED_FOR = timedelta(hours=24)
"""How long an upload waits for its message."""
FOLDERS = {"attachments": "file", "thumbnails": "thumbnail"}


def add_attachment(*, person: Person, room: Room, name: str, content: bytes, now: datetime) -> Attachment:
    """Keeps an uploaded file, for the person alone until a message carries it.

    Raises Refused: `forbidden`, `too_large`, `invalid` (field `file`) or `rate_limited`.
    """
    require(can_post(person, room), person, room)
    check_size(len(content))
    _check_number(person, now)
    upload = read_upload(name, content)
    _check_bytes(person, len(upload.content), now)
    attachment = _attachment(person, room, upload, now)
    attachment.file.save(f"{secrets.token_hex(16)}{upload.suffix}", ContentFile(upload.content), save=False)
    if upload.thumbnail:
        attachment.thumbnail.save(f"{secrets.token_hex(16)}.webp", ContentFile(upload.thumbnail), save=False)
    try:
        attachment.save()
    except Exception:
        _delete_files(_files_of([attachment]))
        raise
    return attachment


def waiting_uploads(person: Person, room: Room, now: datetime) -> QuerySet[Attachment]:
    """The person's uploads to the room that no message carries yet, locked until the transaction ends."""
    return Attachment.objects.select_for_update().filter(
        room=room, uploader=person, message__isnull=True, at__gte=now - UNATTACHED_FOR
    )


def delete_attachments(attachments: QuerySet[Attachment]) -> int:
    """Deletes the rows, and after commit their files. Returns how many rows.

    A file that cannot be deleted then is logged, and is left to `delete_orphans`.
    """
    rows = list(attachments.select_for_update())
    files = _files_of(rows)
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if files:
        # Whatever else waits for this commit is still to be done. (Django logs the name of what failed,
        # and a `partial` has none.)
        transaction.on_commit(lambda: _delete_files(files), robust=True)
    return len(rows)


def delete_orphans(now: datetime) -> tuple[int, int]:
    """Deletes uploads that got no message within UNATTACHED_FOR, and files that have no row.

    A file is left without row by a process that was killed between commit and deletion.
    Returns how many rows and how many files.
    """
    before = now - UNATTACHED_FOR
    with transaction.atomic():
        rows = delete_attachments(Attachment.objects.filter(message__isnull=True, at__lt=before))
    files = sum(delete_strays_in(folder, partial(_kept_as, field), now) for folder, field in FOLDERS.items())
    return rows, files


def _kept_as(field: str) -> Iterable[str]:
    return Attachment.objects.values_list(field, flat=True).iterator()


def _check_number(person: Person, now: datetime) -> None:
    hour = Attachment.objects.filter(uploader=person, at__gt=now - timedelta(hours=1))
    if hour.count() >= UPLOADS_PER_HOUR:
        raise Refused(
            "rate_limited", _("You have sent very many files. Try again in an hour."), retry_after=3600
        )


def _check_bytes(person: Person, size: int, now: datetime) -> None:
    """`size` is what is kept of the file, as it is of those before."""
    day = Attachment.objects.filter(uploader=person, at__gt=now - timedelta(days=1))
    if size + (day.aggregate(size=Sum("size"))["size"] or 0) > BYTES_PER_DAY:
        raise Refused(
            "rate_limited", _("You have sent very much today. Try again tomorrow."), retry_after=86_400
        )


def _attachment(person: Person, room: Room, upload: Upload, now: datetime) -> Attachment:
    return Attachment(
        room=room,
        uploader=person,
        at=now,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        width=upload.width,
        height=upload.height,
    )


def _files_of(rows: Iterable[Attachment]) -> list[str]:
    return [file.name for row in rows for file in (row.file, row.thumbnail) if file.name]


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
