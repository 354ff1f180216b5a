"""Words that are kept in several languages: the theme, the givens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Words:
    """What somebody wrote, and the code of the language that it is in; "" when nobody knows."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def in_language(texts: Mapping[str, str], language: str | None = None) -> Words:
    """The text in the language, by default the reader's; else in English; else in any that there is."""
    wanted = (language or get_language() or "en").partition("-")[0]
    for code in (wanted, "en", *texts):
        if texts.get(code):
            return Words(texts[code], code)
    return Words("")
