import io
import struct
import threading
import time
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from synergy.people.pictures import SIDE, opened_picture, square_picture

PIXELS = 40_000_000


def picture(kind="JPEG", size=(600, 400), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else (0, 128, 128, 0)).save(out, kind, **options)
    out.seek(0)
    return out


def opened(file):
    return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_square(kind):
    square = opened(square_picture(picture(kind), pixel_limit=PIXELS))
    assert (square.format, square.size, square.mode) == ("WEBP", (SIDE, SIDE), "RGB")


def test_metadata_does_not_come_along():
    exif = Image.Exif()
    exif[0x010E] = "at home, 52.2297 N 21.0122 E"
    taken = picture(exif=exif)
    assert opened(taken).getexif()
    taken.seek(0)
    kept = square_picture(taken, pixel_limit=PIXELS)
    assert b"at home" not in kept.read()
    kept.seek(0)
    assert not opened(kept).getexif()


def test_a_picture_taken_sideways_stands_upright():
    sideways = Image.new("RGB", (400, 200), "white")
    sideways.paste("black", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    sideways.save(out, "PNG", exif=exif)
    out.seek(0)
    square = opened(square_picture(out, pixel_limit=PIXELS))
    top, bottom = square.getpixel((128, 40)), square.getpixel((128, 216))
    assert sum(top) < 60
    assert sum(bottom) > 700


def test_what_can_be_seen_through_is_white():
    square = opened(square_picture(picture("PNG", mode="RGBA"), pixel_limit=PIXELS))
    assert min(square.getpixel((10, 10))) > 250


def bomb():
    """A PNG of a few bytes that says that it is 50,000 pixels wide and high."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize(
    "file",
    [
        bomb(),
        io.BytesIO(b"GIF89a"),
        io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        io.BytesIO(picture().getvalue()[:300]),
        io.BytesIO(b""),
    ],
    ids=["bomb", "cut gif", "svg", "cut jpeg", "empty"],
)
def test_what_is_not_a_picture_is_refused(file):
    with pytest.raises(ValidationError):
        square_picture(file, pixel_limit=PIXELS)


def test_only_a_few_are_unpacked_at_once():
    most, now, lock = [0], [0], threading.Lock()

    def work():
        with opened_picture(picture(), pixel_limit=PIXELS, side=SIDE):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.05)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=work) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]


def test_too_many_pixels():
    with pytest.raises(ValidationError, match="too many pixels"):
        square_picture(picture(size=(101, 100)), pixel_limit=10_000)
    square_picture(picture(size=(100, 100)), pixel_limit=10_000)
