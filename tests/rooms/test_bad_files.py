"""Files that want to be more than they look, sent to a real server."""

import io
import struct
import zipfile
import zlib
from contextlib import ExitStack

import psutil
import pytest

from tests.support import installation
from tests.support.doors import upload

pytestmark = pytest.mark.once

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def site():
    with ExitStack() as stack:
        yield installation.small(stack)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, *, rows=1, extra=b""):
    """A picture of zeros: `rows` of its rows are really there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes((1 + 3 * width) * rows), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def archive(parts, *, claimed=None):
    """A zip file; with `claimed`, one that says its parts are that small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    content = bytearray(out.getvalue())
    at = content.find(b"PK\x01\x02")
    while claimed is not None and at >= 0:
        struct.pack_into("<I", content, at + 24, claimed)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}


def zeros():
    return bytes(100 * MEGABYTE)


BOMBS = {
    "a document that unpacks to 100 MB": ("report.docx", lambda: archive({**WORD, "word/big.xml": zeros()})),
    "a document that lies about its size": (
        "report.docx",
        lambda: archive({"[Content_Types].xml": zeros(), "word/document.xml": zeros()}, claimed=100),
    ),
    "a document of 20,000 parts": (
        "report.docx",
        lambda: archive(WORD | {f"x/{n}": b"" for n in range(20_000)}),
    ),
    "an archive": ("bomb.zip", lambda: archive({"a": zeros()})),
    "an archive in a text": ("notes.txt", lambda: archive({"a": b"a"})),
    "a picture of 3,600 megapixels": ("map.png", lambda: png(60_000, 60_000)),
    "a picture as broad as can be": ("map.png", lambda: png(2**31 - 1, 1, rows=0)),
    "a picture with a comment of 100 MB": (
        "map.png",
        lambda: png(2_000_000, 40, extra=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(zeros(), 9))),
    ),
    "a GIF of 4,000 megapixels": (
        "map.gif",
        lambda: b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";",
    ),
    "half a JPEG": ("photo.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50)),
    "a drawing with script": (
        "logo.svg",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    ),
    "a page": ("page.html", lambda: b"<!doctype html><script>alert(1)</script>"),
    "a page that calls itself a picture": (
        "photo.png",
        lambda: b"<!doctype html><script>alert(1)</script>",
    ),
    "a program that calls itself a text": ("notes.txt", lambda: b"MZ\x90\x00\x03" + bytes(100)),
    "nothing": ("nothing.txt", lambda: b""),
}
"""{what: (name, what makes its content)}: some take a while to make, and only their own test needs them."""


@pytest.mark.parametrize("what", BOMBS)
def test_file_that_is_not_taken(site, what):
    name, make = BOMBS[what]
    content = make()
    process = psutil.Process(site.site.pid)
    before = process.memory_info().rss

    answer = upload(site, name, content)

    assert answer.status in (400, 413)
    assert answer.json()["fields"]["file"]
    assert process.memory_info().rss - before < 60 * MEGABYTE


def test_file_that_is_taken(site):
    """The control: what is as it should be passes, with a name that leads nowhere else."""
    picture = upload(site, "../../etc/pass\x00wd.png", png(40, 30, rows=30))
    text = upload(site, "C:\\notes\u202etxt.exe.txt", "Zażółć gęślą jaźń".encode())

    assert (picture.status, picture.json()["width"], picture.json()["height"]) == (201, 40, 30)
    assert "/" not in picture.json()["name"]
    assert text.status == 201
    assert text.json()["name"] == "notestxt.exe.txt"


def test_file_that_is_too_large(site):
    answer = upload(site, "long.txt", b"a" * (11 * MEGABYTE))

    assert (answer.status, answer.json()["code"]) == (413, "too_large")
