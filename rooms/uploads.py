"""What an uploaded file really is, by its content, and what of it is kept.

The name and the type that the browser sends say nothing. A picture is made anew from its pixels
(`rooms.pictures`); a document is kept as it is when its content is of a kind on the list
(`rooms.documents`). What is not on the list is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from rooms.documents import document_kind
from rooms.pictures import is_picture, remade_picture
from rooms.text import clean_line
from synergy.live.refusals import Refused

NAME_LIMIT = 120
_PICTURE_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif"}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Upload:
    """A file ready to be kept. Sizes are bytes; `width` and `height` are pixels, of pictures only."""

    name: str
    content_type: str
    suffix: str
    content: bytes
    thumbnail: bytes | None = None
    width: int | None = None
    height: int | None = None


def check_size(size: int) -> None:
    """Raises Refused: `too_large`, or `invalid` for an empty file."""
    limit = settings.CONFIG.upload_limit
    if size > limit:
        detail = _("The file is too large. %(limit)s is the limit.") % {"limit": filesizeformat(limit)}
        raise Refused("too_large", detail, fields={"file": detail})
    if not size:
        raise refused_file(_("The file is empty."))


def read_upload(name: str, content: bytes) -> Upload:
    """What is kept of an uploaded file. Raises Refused (`too_large` or `invalid`, field `file`)."""
    check_size(len(content))
    if is_picture(content):
        config = settings.CONFIG
        picture = remade_picture(content, pixel_limit=config.pixel_limit, byte_limit=config.upload_limit)
        if picture is None:
            raise refused_file(_("This picture is broken or has too many pixels. Send a smaller copy."))
        return Upload(
            name=_safe_name(name, picture.suffix),
            content_type=picture.content_type,
            suffix=picture.suffix,
            content=picture.content,
            thumbnail=picture.thumbnail,
            width=picture.width,
            height=picture.height,
        )
    kind = document_kind(name, content)
    if kind is None and PurePath(name).suffix.lower() in _PICTURE_SUFFIXES:
        raise refused_file(_("This file is not a picture. Choose a JPEG, PNG, WebP or GIF."))
    if kind is None:
        raise refused_file(
            _(
                "Files of this kind cannot be shared. Pictures, PDF, Word, Excel, PowerPoint, OpenDocument and text can."
            )
        )
    return Upload(
        name=_safe_name(name, kind.suffix),
        content_type=kind.content_type,
        suffix=kind.suffix,
        content=content,
    )


def refused_file(detail: str) -> Refused:
    return Refused("invalid", detail, fields={"file": detail})


def _safe_name(name: str, suffix: str) -> str:
    """The last part of the name, ending in what the content is."""
    stem = PurePath(_NOT_IN_NAMES.sub(" ", name.replace("\\", "/").rpartition("/")[2])).stem
    return (clean_line(stem, NAME_LIMIT - len(suffix)).strip(". ") or _("file")) + suffix
