"""What the wall draws: dots of interest, words for codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rooms.events import PersonCard
from sessions.openspace.models import SpaceKind, Stage
from sessions.openspace.texts import Words, in_language

register = template.Library()

MOST_DOTS = 24
"""More are told by the number alone; static/src/wall/view/Interest.tsx draws as many."""
_IN_A_ROW = 8

_VOWELS = "aeiouyáéíóúýäöüőűāēīūąęôěàаеиоуъюяэы"
_LONG_WORD = re.compile(r"[^\W\d_]{15,}")
_BREAK = re.compile(
    rf"(?<=[^\W\d_]{{3}})([{_VOWELS}])(?=[^{_VOWELS}][{_VOWELS}][^\W\d_]{{2}})", re.IGNORECASE
)


@register.simple_tag
def dots(people: Iterable[PersonCard]) -> SafeString:
    """One dot per interested person, in the colour of their country; the number stands beside it as text."""
    drawn = list(people)[:MOST_DOTS]
    if not drawn:
        return SafeString("")
    columns, rows = min(len(drawn), _IN_A_ROW), -(-len(drawn) // _IN_A_ROW)
    circles = (
        (5 + 10 * (at % _IN_A_ROW), 5 + 10 * (at // _IN_A_ROW), person.country.lower())
        for at, person in enumerate(drawn)
    )
    return format_html(
        '<svg class="dots" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        columns * 10,
        rows * 10,
        columns * 9,
        rows * 9,
        format_html_join("", '<circle cx="{}" cy="{}" r="3.9" data-c="{}"/>', circles),
    )


@register.filter
def words(texts: Mapping[str, str]) -> Words:
    return in_language(texts)


@register.filter
def stage_name(stage: str) -> str:
    return str(Stage(stage).label)


@register.filter
def space_kind(kind: str) -> str:
    return str(SpaceKind(kind).label)


@register.filter
def softened(text: str) -> str:
    """Soft hyphens at the syllables of long words, as static/src/openspace/softened.ts puts them."""
    return _LONG_WORD.sub(lambda word: _BREAK.sub("\\1\u00ad", word[0]), text)
