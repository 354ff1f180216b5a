"""Pictures that people upload: opened with care, for all who take some; and the small square of a profile."""

from __future__ import annotations

import io
import secrets
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256
"""Pixels."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# Unpacked pictures are large, so only a few are worked on at a time; who comes later waits.
_workbench = threading.BoundedSemaphore(2)


class TooManyPixels(ValueError):
    """The picture says that it is larger than allowed. Nothing of it was unpacked."""


@contextmanager
def opened_picture(file: IO[bytes] | File[bytes], *, pixel_limit: int, side: int) -> Iterator[Image.Image]:
    """The picture, not unpacked yet; a JPEG will be unpacked no larger than `side` needs.

    Few can be open at once, so do all that needs much memory inside. Raises TooManyPixels, or
    nearly anything when the file is broken.
    """
    with _workbench, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file, formats=_FORMATS) as picture:
            if picture.width * picture.height > pixel_limit:
                raise TooManyPixels
            picture.draft("RGB", (side, side))
            yield picture


def square_picture(file: IO[bytes] | File[bytes], *, pixel_limit: int) -> ContentFile[bytes]:
    """The middle of the picture as a square WebP of `SIDE` pixels, made anew from its pixels.

    Raises ValidationError, in words for the person, when it is no picture or has more than
    `pixel_limit` pixels; those are refused before anything is unpacked.
    """
    try:
        with opened_picture(file, pixel_limit=pixel_limit, side=SIDE * 2) as picture:
            square = _square(picture)
    except TooManyPixels:
        raise ValidationError(_("This picture has too many pixels. Choose a smaller one.")) from None
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(_("This file is not a picture. Choose a JPEG, PNG, WebP or GIF.")) from error
    out = io.BytesIO()
    square.save(out, "WEBP", quality=85)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(8)}.webp")


def _square(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    fitted = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    on_white = Image.new("RGB", (SIDE, SIDE), "white")
    on_white.paste(fitted, mask=fitted.getchannel("A"))
    return on_white
