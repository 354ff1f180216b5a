"""Which challenges resemble one another: by tags, and by the words of title and key question.

Simple and the same each time. Words are compared without case and accents and by their first letters, so
that the endings of our languages do not part what belongs together. Two languages share no words: there
tags connect.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from challenges.models import Challenge
from challenges.queries import challenges_for
from rooms.common_words import COMMON_WORDS
from synergy.people.models import Person
from synergy.search.words import folded

SHOWN = 5
STEM = 5
"""Words that begin with the same letters, so many, count as one word."""
SHORTEST = 4
WORDS_SHARED = 2
"""One word in common is chance."""
TAG_WEIGHT = 2

_WORD = re.compile(r"[^\W\d_]+")


class Resemblance(NamedTuple):
    challenge: Challenge
    words: list[str]
    """What they share: tags, then words as the other challenge writes them, in its order."""

    @property
    def why(self) -> str:
        return ", ".join(self.words)


def similar_to(challenge: Challenge, person: Person) -> list[Resemblance]:
    """Those that the person may see and that resemble it most, at most SHOWN. Five queries."""
    own_words, own_tags = _stems(challenge), {tag.name for tag in challenge.tags.all()}
    found: list[tuple[int, Resemblance]] = []
    for other in challenges_for(person):
        if other.pk == challenge.pk:
            continue
        tags = sorted(tag.name for tag in other.tags.all() if tag.name in own_tags)
        words = [word for stem, word in _stems(other).items() if stem in own_words]
        if tags or len(words) >= WORDS_SHARED:
            weight = TAG_WEIGHT * len(tags) + len(words)
            found.append((weight, Resemblance(other, [*tags, *words])))
    newest_first = sorted(found, key=lambda each: each[1].challenge.pk, reverse=True)
    best = sorted(newest_first, key=lambda each: each[0], reverse=True)
    return [resemblance for _weight, resemblance in best[:SHOWN]]


def _stems(challenge: Challenge) -> dict[str, str]:
    """{beginning of a word that says something: the word as it is written first}"""
    stems: dict[str, str] = {}
    for word in _WORD.findall(unicodedata.normalize("NFC", f"{challenge.title} {challenge.key_question}")):
        plain = folded(word)
        if len(plain) >= SHORTEST and plain not in _common_words():
            stems.setdefault(plain[:STEM], word.lower())
    return stems


@cache
def _common_words() -> frozenset[str]:
    return frozenset(folded(word) for words in COMMON_WORDS.values() for word in words.split())
