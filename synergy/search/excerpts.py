"""Texts with the words marked that were asked for: at the very letters that the author wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from django.utils.html import format_html
from django.utils.safestring import SafeString

from synergy.search.words import NOT, Span, Term, spans_of

LENGTH = 220
"""Characters of an excerpt, about."""
BEFORE = 60
"""Characters before the first word that was found."""
SEEN = 20_000
"""Words of a text that are looked through."""
# Signs of Markdown that say nothing without their effect.
_SIGNS = re.compile(r"(?m)^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+|\*\*|__|`+")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])")


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """The text, escaped, with each word marked that answers a term."""
    return _with_marks(text, _answers(text, terms))


def excerpt(text: str, terms: Sequence[Term]) -> SafeString:
    """The place of the text around the first word that was found, in one line; its beginning when there is none."""
    line = " ".join(_EMPHASIS.sub(r"\2", _SIGNS.sub("", text)).split())
    answers = _answers(line, terms)
    start, end = _window(line, answers[0].start if answers else 0)
    inside = [
        Span(each.start - start, each.end - start, each.word) for each in answers if start <= each.start
    ]
    shown = _with_marks(line[start:end], [each for each in inside if each.end <= end - start])
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(line) else "")


def _answers(text: str, terms: Sequence[Term]) -> list[Span]:
    spans = islice(spans_of(text), SEEN)
    return [span for span in spans if any(term.answered_by(span.word) != NOT for term in terms)]


def _window(line: str, first: int) -> tuple[int, int]:
    """From where to where is shown: whole words around the place `first`."""
    start = max(0, first - BEFORE)
    if start:
        start = line.rfind(" ", 0, start) + 1
    end = min(len(line), start + LENGTH)
    if end < len(line):
        end = max(line.rfind(" ", start, end), min(first + 1, end)) if " " in line[first:end] else end
    return start, end


def _with_marks(text: str, spans: Sequence[Span]) -> SafeString:
    shown, place = SafeString(), 0
    for span in spans:
        before, word = text[place : span.start], text[span.start : span.end]
        shown += format_html("{}<mark>{}</mark>", before, word)
        place = span.end
    return shown + format_html("{}", text[place:])
