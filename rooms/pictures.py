"""Pictures made anew from their pixels, so that nothing else of the uploaded file is passed on."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from synergy.people.pictures import opened_picture

LONGEST_SIDE = 3_200
THUMBNAIL_SIDE = 480
"""Pixels."""

_SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


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


def remade_picture(content: bytes, *, pixel_limit: int, byte_limit: int) -> Picture | None:
    """The picture upright, in sRGB, no longer than LONGEST_SIDE, without metadata; of several frames the first.

    Photographs stay JPEG or WebP, all others become PNG; what would then have more than `byte_limit` bytes
    becomes smaller until it fits. None when it cannot be read or has more than `pixel_limit` pixels,
    which is found out before anything is unpacked.
    """
    try:
        with opened_picture(io.BytesIO(content), pixel_limit=pixel_limit, side=LONGEST_SIDE) as opened:
            return _remade(opened, _kind_for(opened, content), byte_limit)
    except Exception:
        # A broken file makes Pillow raise nearly anything.
        return None


def _kind_for(opened: Image.Image, content: bytes) -> str:
    """The format to keep it in. A WebP with a VP8L chunk is lossless: a drawing, a screenshot."""
    if opened.format == "WEBP" and b"VP8L" not in content:
        return "WEBP"
    return "JPEG" if opened.format == "JPEG" else "PNG"


def _remade(opened: Image.Image, kind: str, byte_limit: int) -> Picture:
    picture = _in_srgb(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    kind, remade = _fitting(picture, kind, byte_limit)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Picture(
        content=remade,
        content_type=f"image/{kind.lower()}",
        suffix=_SUFFIXES[kind],
        thumbnail=_encoded(small, "WEBP"),
        width=picture.width,
        height=picture.height,
    )


def _fitting(picture: Image.Image, kind: str, byte_limit: int) -> tuple[str, bytes]:
    """The kind and the content. A PNG that is too large becomes WebP; then the picture itself shrinks."""
    content = _encoded(picture, kind)
    if len(content) > byte_limit and kind == "PNG":
        kind = "WEBP"
        content = _encoded(picture, kind)
    side = max(picture.size)
    while len(content) > byte_limit and side > 1:
        side = side * 3 // 4
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        content = _encoded(picture, kind)
    return kind, content


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
