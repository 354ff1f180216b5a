"""Somebody who writes in notes, with a Yjs document of their own.

# Note [What is heard too early]

A browser keeps an update aside until what it builds on is there. The library under pycrdt puts it in behind
a gap instead, and may lose it when the gap is filled in parts by one update after the other. Given all of
them as one it is right, which is also how the server reads them. So a writer who hears something begins
anew with everything, and sends only what they wrote themselves, as a browser does.
"""

from __future__ import annotations

from pycrdt import Doc, Text, merge_updates


class Writer:
    """Begins with these updates. Positions are characters; `take` gives what was written since the last time.

    `number` makes the same writing give the same bytes.
    """

    def __init__(self, *updates: bytes, number: int | None = None) -> None:
        self._number = number
        self._everything: list[bytes] = []
        self.updates: list[bytes] = []
        self._taken = 0
        self.apply(*updates)

    @property
    def text(self) -> str:
        return str(self._document["text"])

    @property
    def document(self) -> bytes:
        return self._document.get_update()

    def insert(self, at: int, text: str) -> None:
        self._document["text"].insert(self._bytes_to(at), text)

    def delete(self, at: int, length: int) -> None:
        del self._document["text"][self._bytes_to(at) : self._bytes_to(at + length)]

    def apply(self, *updates: bytes) -> None:
        """What others have written. See the Note [What is heard too early]."""
        self._everything += updates
        self._document: Doc[Text] = Doc({"text": Text()}, client_id=self._number)
        if self._everything:
            self._document.apply_update(merge_updates(*self._everything))
        self._watch = self._document.observe(lambda event: self._written(event.update))

    def _written(self, update: bytes) -> None:
        self._everything.append(update)
        self.updates.append(update)

    def take(self) -> list[bytes]:
        taken, self._taken = self._taken, len(self.updates)
        return self.updates[taken:]

    def take_merged(self) -> bytes | None:
        """As one update, as browsers send it; None when nothing was written."""
        some = self.take()
        return merge_updates(*some) if some else None

    def _bytes_to(self, at: int) -> int:
        return len(self.text[:at].encode())
