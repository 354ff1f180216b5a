"""Names in the order of the reader's alphabet, and found in any case: the same on both databases.

PostgreSQL orders as ICU does. SQLite is given collations of the same names that order by `sort_key`, which says for
our six languages what ICU says for names; the tailorings are those of Unicode CLDR 48, common/collation. (ICU 72, beside PostgreSQL 15, does not part ā, ē, ī, ū from a, e, i, u yet.) SQLite's own LIKE, by which `icontains` looks, knows
small and capital letters of English alone, so it is given another one, too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Collate
from django.utils.translation import get_language

LETTERS = {
    "bg": "",
    "en": "",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö, s sz, t ty, u ü, z zs",
    "lv": "a ā, c č, e ē, g ģ, i y ī, k ķ, l ļ, n ņ, o ō, r ŗ, s š, u ū, z ž",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "sk": "a ä, c č, h ch, o ô, r ř, s š, z ž",
}
"""Letters of their own: each comes after all words that go on with the letter before it."""
ALIKE = {"hu": {"ő": "ö", "ű": "ü"}}
"""Letters that part two words only when nothing else does."""
BARRED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=20_000)
def sort_key(text: str, language: str) -> tuple[Any, ...]:
    """Orders by letters, then by accents, then small before capital."""
    units, places = _alphabet(language)
    plain = unicodedata.normalize("NFC", text).lower()
    alike = ALIKE.get(language, {})
    letters = [alike.get(unit, unit) for cut in units.findall(plain) for unit in _undoubled(cut, places)]
    primary = [
        (_kind(base, language), base, behind)
        for letter in letters
        for bases, behind in [places.get(letter) or (_bases(letter), 0)]
        for base in bases
    ]
    return (primary, unicodedata.normalize("NFD", plain), text.swapcase())


def in_alphabet(text: str) -> tuple[Any, ...]:
    """To order a list by: its place in the alphabet of the current language."""
    return sort_key(text, _known(get_language()))


def alphabetical(field: str) -> Collate:
    """To order a query by: this field in the alphabet of the current language."""
    return Collate(field, _collation(_known(get_language())))


def teach_letters(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """To a new connection to SQLite."""
    if connection.vendor != "sqlite":
        return
    for language in LETTERS:

        def compare(one: str, other: str, language: str = language) -> int:
            first, second = sort_key(one, language), sort_key(other, language)
            return (first > second) - (first < second)

        connection.connection.create_collation(_collation(language), compare)
    connection.connection.create_function("like", 3, _like, deterministic=True)


def _like(pattern: Any, value: Any, escape: str) -> bool | None:
    """value LIKE pattern ESCAPE escape"""
    if pattern is None or value is None:
        return None
    return _looked_for(str(pattern), escape).fullmatch(str(value).casefold()) is not None


@lru_cache(maxsize=200)
def _looked_for(pattern: str, escape: str) -> re.Pattern[str]:
    signs = re.findall(rf"{re.escape(escape)}.|.", pattern.casefold(), re.DOTALL)
    any_text = {"%": ".*", "_": "."}
    return re.compile("".join(any_text.get(sign, re.escape(sign[-1])) for sign in signs), re.DOTALL)


def _collation(language: str) -> str:
    """As PostgreSQL calls those of ICU."""
    return f"{language}-x-icu"


def _known(language: str | None) -> str:
    return language if language in LETTERS else "en"


@cache
def _alphabet(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    """What cuts a word into letters, the longest first; and {letter: (the one before it, how far behind)}."""
    places = {}
    for group in filter(None, LETTERS[language].split(", ")):
        base, *behind = group.split(" ")
        places.update({letter: (base, place) for place, letter in enumerate(behind, start=1)})
    several = [letter for letter in places if len(letter) > 1]
    longest = sorted([*several, *(letter[0] + letter for letter in several)], key=len, reverse=True)
    return re.compile("|".join([*longest, "."]), re.DOTALL), places


def _undoubled(unit: str, places: dict[str, tuple[str, int]]) -> list[str]:
    """Hungarian writes sz + sz as "ssz"."""
    return [unit[1:]] * 2 if len(unit) > 2 and unit not in places else [unit]


def _bases(letter: str) -> str:
    """Without what stands on it, but й is a letter of its own."""
    if letter == "й":
        return letter
    return "".join(
        each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each)
    ).translate(BARRED)


def _kind(letter: str, language: str) -> int:
    """Signs before digits before letters; Latin letters first, in Bulgarian those after Cyrillic."""
    if not letter.isalpha():
        return 1 if letter.isdigit() else 0
    is_cyrillic = letter >= "\u0400"
    return 2 if is_cyrillic == (language == "bg") else 3
