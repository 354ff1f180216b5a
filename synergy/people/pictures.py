"""Profile pictures: whatever was uploaded becomes a small square without metadata."""

from __future__ import annotations

import io
import secrets
import warnings
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256
"""Pixels."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def square_picture(file: IO[bytes] | File[bytes], *, pixel_limit: int) -> ContentFile[bytes]:
    """The middle of the picture as a square WebP of `SIDE` pixels, made anew from its pixels.

    Raises ValidationError, in words for the person, when it is no picture or has more than
    `pixel_limit` pixels; those are refused before anything is unpacked.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=_FORMATS)
            if picture.width * picture.height > pixel_limit:
                raise ValidationError(_("This picture has too many pixels. Choose a smaller one."))
            square = _square(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        if isinstance(error, ValidationError):
            raise
        raise ValidationError(_("This file is not a picture. Choose a JPEG, PNG, WebP or GIF.")) from error
    out = io.BytesIO()
    square.save(out, "WEBP", quality=85)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(8)}.webp")


def _square(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (SIDE * 2, SIDE * 2))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    fitted = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    on_white = Image.new("RGB", (SIDE, SIDE), "white")
    on_white.paste(fitted, mask=fitted.getchannel("A"))
    return on_white
