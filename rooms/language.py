"""Guessing the language of a message among the six of the programme.

A message is often three words long, so nothing is said by length alone. Three kinds of evidence
are added up: words that only one language uses all the time, letters that only it has, and how
usual the triples of letters are in it. What people write without accents is compared without
accents. The writer's own language tips the scales when they are level.

The triples in `trigrams.json` are the 2,000 commonest of each language, the commonest first,
counted over the word lists of simplemma 2.0 (each word of 2 to 14 letters once).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from rooms.common_words import COMMON_WORDS

LATIN = ("en", "pl", "lv", "hu", "sk")
LANGUAGES = frozenset((*LATIN, "bg"))

WORD_WEIGHT = 4.0
"""For a common word, shared by the languages that have it."""
FOLDED_WEIGHT = 2.8
"""For a common word without its accents."""
LETTER_WEIGHT = 3.0
"""For a letter, shared by the languages that have it."""
TRIPLES_RANGE = 5.0
"""The most that the triples of one word may speak against a language."""
PRIOR_WEIGHT = 1.5
MOST_WORDS = 40

_RANK_OFFSET = 60
_LETTERS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys("ąćęłńśźż", ("pl",)),
    **dict.fromkeys("āēīūģķļņ", ("lv",)),
    **dict.fromkeys("őűöü", ("hu",)),
    **dict.fromkeys("ľĺŕťďňôýä", ("sk",)),
    **dict.fromkeys("čšž", ("lv", "sk")),
    **dict.fromkeys("áéíú", ("hu", "sk")),
    "ó": ("hu", "sk", "pl"),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NO_LANGUAGE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\S+://\S+|\bwww\.\S+|\S+@\S+\.\S+", re.DOTALL)
_SIGNS_OF_NO_LANGUAGE = ("://", "www.", "@", "`")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def guess_language(text: str, prior: str) -> str:
    """The code of the likeliest language; `prior`, usually that of the writer, when there is nothing to go by."""
    prose = text[:2_000].lower()
    if any(sign in prose for sign in _SIGNS_OF_NO_LANGUAGE):
        prose = _NO_LANGUAGE.sub(" ", prose)
    words = _WORD.findall(prose)[:MOST_WORDS]
    letters = sum(map(len, words))
    if not letters:
        return prior
    if 2 * len(_CYRILLIC.findall(" ".join(words))) > letters:
        return "bg"
    evidence = [_by_word(word) for word in words]
    evidence += [_by_letter(letter) for letter in set(prose) if letter in _LETTERS]
    scores = {
        language: math.fsum(points)
        for language, points in zip(LATIN, zip(*evidence, strict=True), strict=True)
    }
    if prior in scores:
        scores[prior] += PRIOR_WEIGHT
    return max(scores, key=scores.__getitem__)


@lru_cache(maxsize=8_192)
def _by_word(word: str) -> tuple[float, ...]:
    """What one word says for each of LATIN."""
    common, folded = _common_words()
    holders, weight = common.get(word), WORD_WEIGHT
    if holders is None:
        holders, weight = folded.get(word, ()), FOLDED_WEIGHT
    usual = _usualness(f" {word} ") if len(word) > 2 else (0.0,) * len(LATIN)
    best = max(usual)
    return tuple(
        max(value - best, -TRIPLES_RANGE) + (weight / len(holders) if language in holders else 0)
        for language, value in zip(LATIN, usual, strict=True)
    )


@cache
def _by_letter(letter: str) -> tuple[float, ...]:
    holders = _LETTERS[letter]
    return tuple(LETTER_WEIGHT / len(holders) if language in holders else 0 for language in LATIN)


def _usualness(padded: str) -> tuple[float, ...]:
    models, rare = _triples()
    triples = [padded[start : start + 3] for start in range(len(padded) - 2)]
    return tuple(
        sum(models[language].get(triple, rare) for triple in triples) / len(triples) for language in LATIN
    )


@cache
def _common_words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """word → languages, as written and without accents."""
    common: dict[str, tuple[str, ...]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    for language, words in COMMON_WORDS.items():
        for word in dict.fromkeys(words.split()):
            common[word] = (*common.get(word, ()), language)
            plain = _without_accents(word)
            if language not in folded.get(plain, ()):
                folded[plain] = (*folded.get(plain, ()), language)
    return common, folded


@cache
def _triples() -> tuple[Mapping[str, Mapping[str, float]], float]:
    """Per language: triple → how usual it is, as a logarithm; and the same for a triple that is not listed."""
    lists: dict[str, str] = json.loads((Path(__file__).parent / "trigrams.json").read_text("utf-8"))
    models: dict[str, dict[str, float]] = {}
    count = len(lists["en"]) // 3
    total = sum(1 / (rank + _RANK_OFFSET) for rank in range(count))
    for language, joined in lists.items():
        models[language] = {
            joined[3 * rank : 3 * rank + 3]: -math.log((rank + _RANK_OFFSET) * total) for rank in range(count)
        }
    return models, -math.log((3 * count + _RANK_OFFSET) * total)


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.replace("ł", "l"))
    return "".join(part for part in parts if not unicodedata.combining(part))
