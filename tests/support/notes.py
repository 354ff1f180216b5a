"""Somebody who writes in notes, with a Yjs document of their own."""

from __future__ import annotations

from pycrdt import Doc, Text, merge_updates


class Writer:
    """Begins with these updates. Positions are characters; `take` gives what was written since the last time.

    `number` makes the same writing give the same bytes.
    """

    def __init__(self, *updates: bytes, number: int | None = None) -> None:
        self._document: Doc[Text] = Doc({"text": Text()}, client_id=number)
        self.apply(*updates)
        self.updates: list[bytes] = []
        self._taken = 0
        self._watch = self._document.observe(lambda event: self.updates.append(event.update))

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
        """What others have written."""
        for update in updates:
            self._document.apply_update(update)

    def take(self) -> list[bytes]:
        taken, self._taken = self._taken, len(self.updates)
        return self.updates[taken:]

    def take_merged(self) -> bytes | None:
        """As one update, as browsers send it; None when nothing was written."""
        some = self.take()
        return merge_updates(*some) if some else None

    def _bytes_to(self, at: int) -> int:
        return len(self.text[:at].encode())
