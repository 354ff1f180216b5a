"""docs/protocol.md says what the code does."""

import re
from pathlib import Path
from typing import get_args

import pytest

from synergy.live import frames, limits, socket
from synergy.live.refusals import STATUS, Code

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text()


def op_of(frame):
    return frame.__struct_config__.tag


@pytest.mark.parametrize(
    "frame", [*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES], ids=lambda frame: frame.__name__
)
def test_every_frame_is_on_the_page(frame):
    assert f'{{"op":"{op_of(frame)}"' in PAGE or f"`{op_of(frame)}`" in PAGE


def test_the_page_has_no_other_frames():
    written = set(re.findall(r'\{"op":"(\w+)"', PAGE))
    assert written <= {op_of(frame) for frame in (*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES)}


@pytest.mark.parametrize(
    "frame", [*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES], ids=lambda frame: frame.__name__
)
def test_the_fields_of_a_frame_are_those_on_the_page(frame):
    rows = [row for row in PAGE.splitlines() if f'{{"op":"{op_of(frame)}"' in row]
    if not rows or "`{" not in rows[0]:
        return
    fields = set(frame.__struct_fields__)
    assert any(all(f'"{name}"' in row for name in fields) for row in rows), fields


def test_codes_and_their_status():
    assert set(STATUS) == set(get_args(Code))
    for code, status in STATUS.items():
        assert re.search(rf"{status} [^,.]*`{code}`", PAGE), code


def test_close_codes():
    for code in (
        socket.NOT_SIGNED_IN,
        socket.NOT_ALLOWED,
        socket.IDLE,
        socket.TOO_MANY,
        socket.TOO_LARGE,
        socket.FLOODING,
        socket.RESTARTING,
    ):
        assert str(code) in PAGE


def test_numbers():
    assert f"every {limits.HEARTBEAT:.0f} s" in PAGE
    assert f"up to {limits.PRESENCE_GATHER * 1000:.0f} ms" in PAGE
    assert f"up to {limits.CHUNK_EVENTS} of a replay" in PAGE
    assert f"limit={limits.POLL_EVENTS}" in PAGE
    assert f"wait={limits.POLL_WAIT:.0f}" in PAGE
    assert f"kept for {limits.RECEIPT_DAYS} days" in PAGE


def test_each_guarantee_has_a_test_named_after_it():
    tests = (ROOT / "tests" / "live" / "test_guarantees.py").read_text()
    for number, words in re.findall(r"^(\d)\. \*\*(.+?)\.?\*\*", PAGE, re.MULTILINE):
        assert f"def test_guarantee_{number}_" in tests, words
