"""What the form above a list asks for; it stays in the address, page by page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict


@dataclass(frozen=True)
class Asked:
    """`chosen`: {name: value}, of what is known; empty is all."""

    words: str
    chosen: dict[str, str]

    @classmethod
    def of(cls, query: QueryDict, **known: Collection[str]) -> Asked:
        words = query.get("words", "").strip()[:100].replace("\x00", "")
        given = {name: query.get(name, "") for name in known}
        return cls(words, {name: value for name, value in given.items() if value in known[name]})

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def query(self) -> str:
        """Without the number of the page."""
        return urlencode({"words": self.words, **self.chosen} if self.words else self.chosen)
