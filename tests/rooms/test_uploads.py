"""What is taken and what is not: by content, within limits, and never more of it than is needed."""

import io
import struct
import threading
import time
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from rooms import actions
from rooms.documents import RATIO_LIMIT
from rooms.models import Attachment
from rooms.pictures import LONGEST_SIDE, THUMBNAIL_SIDE, remade_picture
from rooms.queries import attachment_for
from rooms.uploads import read_upload
from synergy.live.refusals import Refused
from tests.factories import NOON, make_person

PLACE = b"GPS 52.2297N 21.0122E"


def picture(kind="PNG", size=(40, 30), mode="RGB", colour="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def photograph():
    """Taken with the phone on its side, with the place and a profile in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = PLACE.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture("JPEG", exif=exif, icc_profile=profile, comment=PLACE)


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


TYPES = b"<Types/>"
DOCX = archive({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>"})
XLSX = archive({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<w/>"})
PPTX = archive({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<w/>"})
ODT = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"})
ODS = archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<o/>"})
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"

TAKEN = {
    "png": ("wykres.png", picture(), "wykres.png", "image/png"),
    "jpeg": ("photo.jpeg", photograph(), "photo.jpg", "image/jpeg"),
    "webp": ("a.webp", picture("WEBP"), "a.webp", "image/webp"),
    "lossless webp": ("a.webp", picture("WEBP", lossless=True), "a.png", "image/png"),
    "gif": ("a.gif", picture("GIF"), "a.png", "image/png"),
    "a picture called otherwise": ("invoice.exe", picture(), "invoice.png", "image/png"),
    "pdf": ("Umowa.PDF", PDF, "Umowa.pdf", "application/pdf"),
    "docx": (
        "a.docx",
        DOCX,
        "a.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": ("a.zip", XLSX, "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": (
        "a.pptx",
        PPTX,
        "a.pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "odt": ("a.odt", ODT, "a.odt", "application/vnd.oasis.opendocument.text"),
    "ods": ("a.ods", ODS, "a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "txt": ("уводни бележки.txt", "Здравей".encode(), "уводни бележки.txt", "text/plain; charset=utf-8"),
    "csv": ("a.CSV", b"\xef\xbb\xbfa;b\r\n1;2\r\n", "a.csv", "text/csv; charset=utf-8"),
    "a path": ("..\\..\\C:\\x\\../we?ird\u202e.txt", b"x", "we ird.txt", "text/plain; charset=utf-8"),
    "no name": ("", picture(), "file.png", "image/png"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_taken(case):
    name, content, kept_name, content_type = TAKEN[case]
    upload = read_upload(name, content)
    assert (upload.name, upload.content_type) == (kept_name, content_type)
    if not content_type.startswith("image/"):
        assert upload.content == content


def bomb_of_zeros(name="word/document.xml"):
    return archive({"[Content_Types].xml": TYPES, name: bytes(3_000_000)})


def encrypted():
    """A document whose parts say that they are encrypted."""
    content = bytearray(DOCX)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def png_claiming(width, height):
    """A picture of a few bytes that says it is huge."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


REFUSED = {
    "empty": ("a.txt", b""),
    "html": ("a.html", b"<script>alert(1)</script>"),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "html called png": ("a.png", b"<script>alert(1)</script>"),
    "program": ("a.txt", b"MZ\x90\x00\x03"),
    "text in another encoding": ("a.csv", "zażółć".encode("cp1250")),
    "cut picture": ("a.png", picture(size=(400, 300))[:200]),
    "picture with too many pixels": ("a.png", png_claiming(50_000, 50_000)),
    "long picture": ("a.png", png_claiming(2_000_000_000, 1)),
    "tiff": ("a.tiff", picture("TIFF")),
    "zip": ("a.zip", archive({"a.txt": b"x"})),
    "zip bomb": ("a.docx", bomb_of_zeros()),
    "too many parts": ("a.docx", archive({f"word/{n}": b"" for n in range(3001)} | {"[Content_Types].xml": TYPES, "word/document.xml": b""})),
    "macros": ("a.docx", archive({"[Content_Types].xml": TYPES, "word/document.xml": b"", "word/vbaProject.bin": b"x"})),
    "macros by type": ("a.docx", archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": b""})),
    "macros of OpenDocument": ("a.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", "Basic/script-lc.xml": b""})),
    "parts outside": ("a.docx", archive({"[Content_Types].xml": TYPES, "word/document.xml": b"", "../evil": b""})),
    "encrypted": ("a.docx", encrypted()),
    "cut archive": ("a.docx", DOCX[:-30]),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "half a pdf": ("a.pdf", PDF[:-6]),
    "unusual compression": (
        "a.docx",
        archive({"[Content_Types].xml": TYPES, "word/document.xml": b"x" * 99}, zipfile.ZIP_LZMA),
    ),
    "jar": ("a.jar", archive({"META-INF/MANIFEST.MF": b""})),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    with pytest.raises(Refused) as refusal:
        read_upload(*REFUSED[case])
    assert refusal.value.code == "invalid"
    assert set(refusal.value.fields) == {"file"}


def test_the_reason_fits_the_name():
    for name, words in (("evil.png", "is not a picture"), ("evil.exe", "of this kind")):
        with pytest.raises(Refused) as refusal:
            read_upload(name, b"MZ\x90\x00" * 64)
        assert words in refusal.value.detail


def test_a_compact_document_is_no_bomb():
    """The positive control of the zip bomb: much the same, within the ratio."""
    honest = archive({"[Content_Types].xml": TYPES, "word/document.xml": bytes(1000)}, zipfile.ZIP_STORED)
    assert len(bomb_of_zeros()) * RATIO_LIMIT < 3_000_000
    assert read_upload("a.docx", honest).suffix == ".docx"


def test_a_file_may_have_so_many_bytes(settings):
    limit = settings.CONFIG.upload_limit
    assert read_upload("a.txt", b"x" * limit).content_type.startswith("text/plain")
    with pytest.raises(Refused) as refusal:
        read_upload("a.txt", b"x" * (limit + 1))
    assert refusal.value.code == "too_large"


def test_nothing_but_the_pixels_is_kept():
    sent = photograph()
    assert PLACE in sent
    upload = read_upload("a.jpg", sent)
    assert PLACE not in upload.content
    assert PLACE not in upload.thumbnail
    with Image.open(io.BytesIO(upload.content)) as kept:
        assert kept.size == (upload.width, upload.height) == (30, 40)
        assert not kept.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(kept.info)


def test_png_texts_and_appended_files_are_dropped():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PLACE.decode())
    sent = picture(pnginfo=info) + archive({"a.txt": PLACE}, zipfile.ZIP_STORED)
    assert sent.count(PLACE) == 2
    assert PLACE not in read_upload("a.png", sent).content


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGBA", (255, 0, 0, 0)), ("LA", (9, 0)), ("P", 3), ("1", 1), ("I;16", 4000)]
)
def test_every_kind_of_pixels(mode, colour):
    upload = read_upload("a.png", picture(mode=mode, colour=colour))
    with Image.open(io.BytesIO(upload.content)) as kept:
        assert kept.has_transparency_data == (mode in ("RGBA", "LA"))


def test_large_pictures_are_made_smaller():
    upload = read_upload("a.jpg", picture("JPEG", size=(LONGEST_SIDE + 800, 1000)))
    assert upload.width == LONGEST_SIDE
    with Image.open(io.BytesIO(upload.thumbnail)) as small:
        assert small.format == "WEBP"
        assert max(small.size) == THUMBNAIL_SIDE


@given(
    st.binary(max_size=300),
    st.sampled_from([picture(), photograph(), DOCX, ODT, PDF, b""]),
    st.integers(0, 400),
)
def test_any_bytes_are_taken_or_refused(noise, content, at):
    try:
        upload = read_upload("a.txt", content[:at] + noise + content[at + len(noise) :])
    except Refused:
        return
    assert upload.content_type.startswith(("image/", "application/", "text/"))


# Keeping them


@pytest.mark.parametrize(
    ("kind", "kept_as"), [("PNG", "WEBP"), ("WEBP", "WEBP"), ("JPEG", "JPEG"), ("GIF", "WEBP")]
)
def test_a_picture_never_grows_past_the_limit(kind, kept_as):
    """Noise takes the most bytes; it comes in well packed, by which it grows when it is made anew."""
    noise = Image.effect_noise((600, 400), 100).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind, quality=5)
    limit = 40_000
    upload = remade_picture(out.getvalue(), pixel_limit=10**6, byte_limit=limit)
    assert len(upload.content) <= limit
    with Image.open(io.BytesIO(upload.content)) as kept:
        assert (kept.format, kept.size) == (kept_as, (upload.width, upload.height))
        assert f"image/{kept_as.lower()}" == upload.content_type
        assert kept.width / kept.height == pytest.approx(1.5, rel=0.05)
        assert kept.width > 100


def test_a_photograph_in_webp_stays_about_as_large():
    out = io.BytesIO()
    Image.effect_noise((600, 400), 100).convert("RGB").save(out, "WEBP", quality=80)
    upload = read_upload("a.webp", out.getvalue())
    assert len(upload.content) < 1.5 * len(out.getvalue())


@pytest.fixture
def add(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def add(person=house.anna, content=b"text", now=NOON, name="a.txt"):
        return actions.add_attachment(
            person=person, room=house.into(person), name=name, content=content, now=now
        )

    return add


def stored(tmp_path):
    return sorted(path.suffix for path in Path(tmp_path).rglob("*") if path.is_file())


def test_a_file_is_its_uploaders_until_a_message_carries_it(house, add):
    file = add()
    assert attachment_for(house.anna, file.pk) == file
    assert attachment_for(house.fiona, file.pk) is None
    room = house.into(house.anna)
    message = actions.post_message(person=house.anna, room=room, text="", files=[file.pk], now=NOON)
    assert attachment_for(house.fiona, file.pk) == file
    assert attachment_for(make_person(), file.pk) is None
    assert (message.text, message.lang) == ("", "en")


def test_a_message_takes_only_ones_own_fresh_uploads(house, add):
    mine, theirs = add(), add(house.boris)
    room = house.into(house.anna)
    actions.post_message(person=house.anna, room=room, text="x", files=[mine.pk], now=NOON)
    for file in (mine, theirs):
        with pytest.raises(Refused) as refusal, transaction.atomic():
            actions.post_message(person=house.anna, room=room, text="x", files=[file.pk], now=NOON)
        assert set(refusal.value.fields) == {"files"}


def test_stored_names_say_nothing(add, tmp_path):
    file = add(name="Salaries of Anna.png", content=picture())
    assert stored(tmp_path) == [".png", ".webp"]
    assert "Anna" not in file.file.name
    assert (file.width, file.height, file.size) == (40, 30, len(file.file.read()))
    file.file.close()


def test_there_is_a_quota(add, house, monkeypatch):
    monkeypatch.setattr("rooms.actions.attachments.UPLOADS_PER_HOUR", 2)
    add(), add(), add(house.boris)
    with pytest.raises(Refused) as refusal:
        add()
    assert refusal.value.code == "rate_limited"
    add(now=NOON + timedelta(hours=1, seconds=1))
    monkeypatch.setattr("rooms.actions.attachments.BYTES_PER_DAY", 15)
    with pytest.raises(Refused) as refusal:
        add(now=NOON + timedelta(hours=23))
    assert refusal.value.retry_after == 86_400


def test_the_quota_counts_what_is_kept(add, house, monkeypatch):
    padded = picture() + bytes(5_000)
    kept = add(content=padded).size
    assert kept < 1_000
    monkeypatch.setattr("rooms.actions.attachments.BYTES_PER_DAY", 2 * kept)
    add(content=padded)
    with pytest.raises(Refused):
        add(content=padded)


@pytest.mark.django_db(transaction=True)
def test_orphans_are_deleted_and_nothing_else(house, add, tmp_path):
    with_message, fresh, stale = (
        add(),
        add(now=NOON + timedelta(days=3)),
        add(content=picture(), name="b.png"),
    )
    room = house.into(house.anna)
    actions.post_message(person=house.anna, room=room, text="x", files=[with_message.pk], now=NOON)
    stray = Path(tmp_path) / "thumbnails/2026/01/lost.webp"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"lost")
    # The files themselves are from now, so they count as old only to who looks two days later.
    later = NOON + timedelta(days=3, hours=1)
    assert actions.delete_orphans(later) == (1, 0)
    assert set(Attachment.objects.all()) == {with_message, fresh}
    assert stored(tmp_path) == [".txt", ".txt", ".webp"]
    much_later = NOON.replace(year=2100)
    Attachment.objects.filter(pk=fresh.pk).update(at=much_later)
    assert actions.delete_orphans(much_later) == (0, 1)
    assert stored(tmp_path) == [".txt", ".txt"]
    assert stale.pk not in set(Attachment.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_a_message_takes_meanwhile_is_no_orphan(house, add, tmp_path):
    file, stale = add(), add()
    is_taken = threading.Event()

    def post():
        with transaction.atomic():
            room = house.into(house.anna)
            actions.post_message(person=house.anna, room=room, text="x", files=[file.pk], now=NOON)
            is_taken.set()
            time.sleep(0.3)
        connection.close()

    with ThreadPoolExecutor(1) as other:
        posting = other.submit(post)
        is_taken.wait(10)
        assert actions.delete_orphans(NOON + timedelta(days=2))[0] == 1
        posting.result()
    assert list(Attachment.objects.values_list("pk", flat=True)) == [file.pk] != [stale.pk]
    assert stored(tmp_path) == [".txt"]


def test_an_upload_that_waited_too_long_is_taken_by_no_message(house, add):
    file, late = add(), NOON + timedelta(hours=24, seconds=1)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        actions.post_message(
            person=house.anna, room=house.into(house.anna), text="x", files=[file.pk], now=late
        )
    assert set(refusal.value.fields) == {"files"}
    on_time = late - timedelta(seconds=1)
    actions.post_message(
        person=house.anna, room=house.into(house.anna), text="x", files=[file.pk], now=on_time
    )
