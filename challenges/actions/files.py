"""Files of a challenge: added and removed by its authors while they write."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import hold
from challenges.actions.writing import require_author
from challenges.cards import file_card
from challenges.events import ChallengeAttached, ChallengeDetached
from challenges.models import Attachment, Challenge
from rooms.uploads import Upload, check_size, read_upload, refused_file
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

FILES_LIMIT = 20


def attach_file(
    *, person: Person, challenge: Challenge, name: str, content: bytes, now: datetime
) -> Attachment:
    """Keeps an uploaded file. The same content sent again is the file that is there already.

    Raises Refused: `forbidden`, `conflict`, `too_large` or `invalid` (field `file`).
    """
    require_author(person, challenge)
    check_size(len(content))
    upload = read_upload(name, content)
    stored = ""
    try:
        with transaction.atomic():
            stream = hold(challenge)
            require_author(person, challenge)
            row = _row(person, challenge, upload, now)
            known = Attachment.objects.filter(challenge=challenge, sha256=row.sha256).first()
            if known is not None:
                return known
            if challenge.attachments.count() >= FILES_LIMIT:
                raise refused_file(_("There is room for %(limit)d files.") % {"limit": FILES_LIMIT})
            row.file.save(f"{secrets.token_hex(16)}{upload.suffix}", ContentFile(upload.content), save=False)
            stored = str(row.file.name)
            row.save()
            log.append(stream, ChallengeAttached(file=file_card(row)), by=person.pk, at=now)
    except Exception:
        if stored:
            default_storage.delete(stored)
        raise
    return row


def detach_file(*, person: Person, challenge: Challenge, file: int, now: datetime) -> None:
    """Removes a file for good. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(challenge)
        require_author(person, challenge)
        row = challenge.attachments.filter(pk=file).first()
        if row is None:
            raise Refused("not_found", _("There is no such file here any more."))
        name, key = str(row.file.name), row.pk
        row.delete()
        log.append(stream, ChallengeDetached(file=key), by=person.pk, at=now)
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def _row(person: Person, challenge: Challenge, upload: Upload, now: datetime) -> Attachment:
    return Attachment(
        challenge=challenge,
        by=person,
        at=now,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
    )
