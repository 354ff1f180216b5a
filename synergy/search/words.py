"""Words as the index knows them: without case and accents, in any of our languages, the same on every database.

# Note [Endings]

Our languages inflect: who asks for "współpraca" means "współpracy", too. A word that is asked for finds all
words that begin with its first two thirds, at least four letters. Of what is found, the very word comes
before a longer one, and that before one that only begins alike. Words of up to three letters and numbers
have no endings. See docs/adr/0012 for what that finds, measured, and what dictionaries would have cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

MOST_TERMS = 8
MOST_WORDS = 4_000
"""Different words of one document; what comes after them is not found."""
LONGEST_WORD = 40
SHORTEST_STEM = 4
SHORTEST_ASKED = 2
"""A single letter alone is no question, and begins too many words."""

EXACT, BEGINS, ALIKE, NOT = 3, 2, 1, 0
"""How well a word answers a term."""

# What one reads as a word, with the accents that stand as marks of their own.
_READ_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_FOLDED_WORD = re.compile("[^\\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")
# Letters that Unicode does not take apart into letter and accent.
_WHOLE_LETTERS = (
    *(("ł", "l"), ("đ", "d"), ("ð", "d"), ("ø", "o"), ("ħ", "h"), ("ı", "i")),
    *(("æ", "ae"), ("œ", "oe"), ("þ", "th")),
)


class Span(NamedTuple):
    """A word of a text: where it stands, and how the index writes it."""

    start: int
    end: int
    word: str


@dataclass(frozen=True)
class Term:
    """One word of a question; the last may be the beginning of the word that is meant."""

    word: str
    is_last: bool

    @property
    def start(self) -> str:
        """What a word must begin with; see the Note [Endings]."""
        if len(self.word) < SHORTEST_STEM or self.word.isdecimal():
            return self.word
        return self.word[: max(SHORTEST_STEM, -(-2 * len(self.word) // 3))]

    @property
    def is_whole(self) -> bool:
        """Whether only the very word answers."""
        if self.is_last and len(self.word) >= SHORTEST_ASKED:
            return False
        return len(self.word) < SHORTEST_STEM or self.word.isdecimal()

    def answered_by(self, word: str) -> int:
        """EXACT, BEGINS, ALIKE or NOT."""
        if word == self.word:
            return EXACT
        if self.is_whole or not word.startswith(self.start):
            return NOT
        return BEGINS if word.startswith(self.word) else ALIKE

    def answered_in(self, words: Iterable[str]) -> int:
        """How well the best of them answers."""
        return max(map(self.answered_by, words), default=NOT)


def folded(text: str) -> str:
    """Without case and accents: "Łódź" and "lodz" are one."""
    if text.isascii():
        return text.lower()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()))
    for letter, plain in _WHOLE_LETTERS:
        text = text.replace(letter, plain)
    return text


def spans_of(text: str) -> Iterator[Span]:
    """The words of the text, each with its place in it."""
    for match in _READ_WORD.finditer(text):
        word = "".join(_FOLDED_WORD.findall(folded(match[0])))[:LONGEST_WORD]
        if word:
            yield Span(match.start(), match.end(), word)


def words_of(*texts: str) -> list[str]:
    """The different words of the texts, in their order, up to MOST_WORDS.

    All of a text is folded at once, which is several times as fast as word by word.
    """
    words = _FOLDED_WORD.findall(folded("\n".join(texts)))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in words))[:MOST_WORDS]


def terms_of(question: str) -> list[Term]:
    """What is asked for; nothing when there is no word of two letters or digits."""
    words = words_of(question)[:MOST_TERMS]
    if not any(len(word) >= SHORTEST_ASKED for word in words):
        return []
    goes_on = bool(question) and (question[-1].isalnum() or unicodedata.combining(question[-1]) > 0)
    last = words_of(question.split()[-1])[-1:]
    return [Term(word, is_last=goes_on and [word] == last) for word in words]
