"""Pictures made anew from their pixels, so that nothing else of the uploaded file is passed on."""

from __future__ import annotations

import io
import threading
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

LONGEST_SIDE = 3_200
THUMBNAIL_SIDE = 480
"""Pixels."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
# Unpacked pictures are large, so only a few are worked on at a time; who comes later waits.
_workbench = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    content: bytes
    content_type: str
    suffix: str
    thumbnail: bytes
    width: int
    height: int


def is_picture(content: bytes) -> bool:
    """Whether the content starts like a picture of a kind that we take."""
    return content.startswith(_SIGNATURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def remade_picture(content: bytes, *, pixel_limit: int) -> Picture | None:
    """The picture upright, in sRGB, no longer than LONGEST_SIDE, without metadata; of several frames the first.

    Photographs become JPEG, all others PNG. None when it cannot be read or has more than `pixel_limit`
    pixels, which is found out before anything is unpacked.
    """
    with _workbench:
        try:
            return _remade(content, pixel_limit)
        except Exception:
            # A broken file makes Pillow raise nearly anything.
            return None


def _remade(content: bytes, pixel_limit: int) -> Picture | None:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > pixel_limit:
            return None
        photograph = opened.format == "JPEG"
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = _in_srgb(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    remade = _encoded(picture, "JPEG" if photograph else "PNG")
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Picture(
        content=remade,
        content_type="image/jpeg" if photograph else "image/png",
        suffix=".jpg" if photograph else ".png",
        thumbnail=_encoded(small, "WEBP"),
        width=picture.width,
        height=picture.height,
    )


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB or RGBA, with the colours that the picture's own profile means."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
            picture = converted or picture
    return picture.convert(mode)


def _encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if kind == "JPEG":
        bare.save(out, kind, quality=86, optimize=True, progressive=True)
    elif kind == "WEBP":
        bare.save(out, kind, quality=80)
    else:
        bare.save(out, kind, optimize=True)
    return out.getvalue()
