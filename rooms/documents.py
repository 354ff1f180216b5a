"""Documents on the list of what may be shared, known by their content.

The modern formats of Word, Excel, PowerPoint and OpenDocument are zip archives; they are looked
through without unpacking them, and refused with macros, with parts that are encrypted, and when
they would unpack to far more than their size. Old binary formats can hide macros, so they are not
on the list.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

PARTS_LIMIT = 3_000
UNPACKED_LIMIT = 300 * 1024 * 1024
"""Bytes of all parts together."""
RATIO_LIMIT = 120
"""How many times its size a document may unpack to. Spreadsheets of zeros reach 60."""


class DocumentKind(NamedTuple):
    suffix: str
    content_type: str


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    "word/document.xml": DocumentKind(".docx", f"{_OPEN_XML}wordprocessingml.document"),
    "xl/workbook.xml": DocumentKind(".xlsx", f"{_OPEN_XML}spreadsheetml.sheet"),
    "ppt/presentation.xml": DocumentKind(".pptx", f"{_OPEN_XML}presentationml.presentation"),
}
_OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{name}".encode(): DocumentKind(
        suffix, f"application/vnd.oasis.opendocument.{name}"
    )
    for name, suffix in (("text", ".odt"), ("spreadsheet", ".ods"), ("presentation", ".odp"))
}
_PDF = DocumentKind(".pdf", "application/pdf")
_TEXTS = {
    ".txt": DocumentKind(".txt", "text/plain; charset=utf-8"),
    ".csv": DocumentKind(".csv", "text/csv; charset=utf-8"),
}
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|Basic/|Scripts/)", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


def document_kind(name: str, content: bytes) -> DocumentKind | None:
    """The kind of a document on the list; None for all that is not.

    The name decides between kinds of text only: a text is a table when it is called one.
    """
    if content.startswith(b"%PDF-"):
        return _PDF if b"%%EOF" in content[-2048:] else None
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    return _kind_of_text(name, content)


def _kind_of_archive(content: bytes) -> DocumentKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if not _is_harmless(parts, len(content)):
                return None
            return _office_kind(archive) or _open_document_kind(archive)
    except Exception:
        # A broken archive makes zipfile and zlib raise nearly anything.
        return None


def _is_harmless(parts: list[zipfile.ZipInfo], size: int) -> bool:
    if not 0 < len(parts) <= PARTS_LIMIT:
        return False
    unpacked = sum(part.file_size for part in parts)
    if unpacked > min(UNPACKED_LIMIT, RATIO_LIMIT * size):
        return False
    if len({part.filename for part in parts}) != len(parts):
        return False
    return not any(_is_suspect(part) for part in parts)


def _is_suspect(part: zipfile.ZipInfo) -> bool:
    encrypted = part.flag_bits & 0x1
    outside = part.filename.startswith("/") or ".." in part.filename.split("/") or "\\" in part.filename
    unusual = part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return bool(encrypted or outside or unusual or _MACROS.search(part.filename))


def _office_kind(archive: zipfile.ZipFile) -> DocumentKind | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names:
        return None
    if b"macroEnabled" in _beginning(archive, "[Content_Types].xml", 1024 * 1024):
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)


def _open_document_kind(archive: zipfile.ZipFile) -> DocumentKind | None:
    if not {"mimetype", "content.xml"} <= set(archive.namelist()):
        return None
    return _OPEN_DOCUMENT.get(_beginning(archive, "mimetype", 100).strip())


def _beginning(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as part:
        return part.read(limit)


def _kind_of_text(name: str, content: bytes) -> DocumentKind | None:
    kind = next((kind for suffix, kind in _TEXTS.items() if name.lower().endswith(suffix)), None)
    if kind is None or _CONTROLS.search(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return kind
