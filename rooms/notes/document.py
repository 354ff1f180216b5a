"""What notes are made of: a Yjs document with one text, kept as an update in Yjs's first format.

# Note [Only text]

What a browser sends is read here before the library meets it, and lets through insertions into the one
text and deletions, nothing else: no hidden lists, pictures or formats that make the notes heavy and that
nobody sees. Strings are checked for being UTF-8, which the library takes for granted.

# Note [What came too early]

An update may build on one that is not there yet. The library keeps such a one aside and shows nothing of
it, and leaves it out of what it gives away; so what is kept aside is merged into the document again here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pycrdt

ROOT = "text"
"""The name of the text in the document; clients have the same."""
EMPTY = b"\0\0"
"""The document that nobody has written in; as an update it changes nothing."""
_NUMBER_LIMIT = 2**53
# Kinds of blocks, in the low bits of their first byte.
_GONE, _DELETED, _STRING, _SKIPPED = 0, 1, 4, 10
_HAS_LEFT, _HAS_RIGHT, _HAS_KEY = 0x80, 0x40, 0x20


class Document(NamedTuple):
    update: bytes
    """All of it as one update."""
    text: str


def check_update(update: bytes) -> None:
    """Raises ValueError when this is no update, or one that does more than write and delete text."""
    reader = _Reader(update)
    for _client in range(reader.number()):
        blocks, _author, _clock = reader.number(), reader.number(), reader.number()
        for _block in range(blocks):
            _check_block(reader)
    for _client in range(reader.number()):
        _author = reader.number()
        for _range in range(reader.number()):
            reader.numbers(2)
    if not reader.is_at_end:
        raise ValueError("something follows the update")
    _applied(update)


def merge(document: bytes, updates: Sequence[bytes]) -> Document:
    """The document with the updates, in whatever order they come and however often."""
    everything = pycrdt.merge_updates(document or EMPTY, *updates)
    merged = _applied(everything)
    early = pycrdt.get_update(everything, merged.get_state())
    # See the Note [What came too early]. PostgreSQL keeps no NUL.
    text = str(merged.get(ROOT, type=pycrdt.Text)).replace("\0", "")
    return Document(pycrdt.merge_updates(merged.get_update(), early), text)


def _applied(update: bytes) -> pycrdt.Doc[pycrdt.Text]:
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    try:
        document.apply_update(update)
    except BaseException as error:
        # A panic of the library is no Exception, and would end the thread.
        if type(error).__name__ == "PanicException":
            raise ValueError("the library cannot read this update") from None
        raise
    return document


def _check_block(reader: _Reader) -> None:
    """A run of letters, written or deleted, and where it stands."""
    info = reader.byte()
    kind = info & 0x1F
    if kind not in (_GONE, _SKIPPED):
        _check_place(reader, info)
    if kind == _STRING:
        reader.string()
    elif kind in (_GONE, _DELETED, _SKIPPED):
        reader.numbers(1)
    else:
        raise ValueError("this is no text")


def _check_place(reader: _Reader, info: int) -> None:
    if info & _HAS_LEFT:
        reader.numbers(2)
    if info & _HAS_RIGHT:
        reader.numbers(2)
    is_in_root = bool(info & (_HAS_LEFT | _HAS_RIGHT)) or (reader.number() == 1 and reader.string() == ROOT)
    if not is_in_root or info & _HAS_KEY:
        raise ValueError("this stands outside of the text")


class _Reader:
    """Goes through the bytes of an update. Raises ValueError at their end and at what is too large."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._content)

    def byte(self) -> int:
        if self.is_at_end:
            raise ValueError("the update ends too early")
        self._at += 1
        return self._content[self._at - 1]

    def number(self) -> int:
        """Seven bits a byte, lowest first; the eighth bit says that more follow."""
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 49:
                raise ValueError("a number is too large")
        if number >= _NUMBER_LIMIT:
            raise ValueError("a number is too large")
        return number

    def numbers(self, count: int) -> None:
        for _number in range(count):
            self.number()

    def string(self) -> str:
        end = self.number() + self._at
        if end > len(self._content):
            raise ValueError("the update ends too early")
        found = self._content[self._at : end].decode()
        self._at = end
        return found
