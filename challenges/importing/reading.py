"""A file of challenges: a JSON list of records with texts in HTML."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from markdownify import MarkdownConverter

from rooms.text import clean_line, clean_text

Record = dict[str, str | list[str]]
_HTML = re.compile(r"<[a-z/!]|&#?\w+;", re.IGNORECASE)
SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes."""


class ImportFailed(Exception):
    """The file cannot be read, or nobody is there to bring its challenges. Nothing was changed."""


def read_records(content: bytes) -> list[Record]:
    """Each has a `challenge-id` of its own and a `challenge-title`. Raises ImportFailed."""
    if len(content) > SIZE_LIMIT:
        raise ImportFailed("the file is too large")
    try:
        records = msgspec.json.decode(content, type=list[Record])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ImportFailed(f"this is no list of challenges: {error}") from None
    for number, record in enumerate(records, start=1):
        for name in ("challenge-id", "challenge-title"):
            if not line_of(record.get(name, "")):
                raise ImportFailed(f"record {number} has no {name}")
    keys = [line_of(record["challenge-id"]) for record in records]
    for key in keys:
        if keys.count(key) > 1:
            raise ImportFailed(f"challenge-id {key} is there more than once")
    return records


def line_of(value: str | list[str]) -> str:
    """In one line; several values with commas."""
    whole = _joined(value)
    return clean_line(whole, len(whole))


def prose_of(value: str | list[str]) -> str:
    """HTML as Markdown: words, links, lists and tables stay, styles and scripts go."""
    whole = _joined(value)
    return clean_text(_TO_MARKDOWN.convert(whole) if _HTML.search(whole) else whole).strip()


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


class _ToMarkdown(MarkdownConverter):
    def convert_script(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return ""

    convert_style = convert_script


# An underscore inside a word, such as in an address, means nothing in Markdown.
_TO_MARKDOWN = _ToMarkdown(heading_style="ATX", bullets="-", escape_underscores=False)
