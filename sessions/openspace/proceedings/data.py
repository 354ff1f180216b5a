"""The book as JSON, for other programs; `schema` and `version` say what stands in it."""

from __future__ import annotations

import msgspec

from sessions.openspace.proceedings.book import SCHEMA, VERSION, Book


class ProceedingsFile(msgspec.Struct, frozen=True):
    """Texts of people have `text` and `language`; long ones are Markdown. Moments are in UTC, days are ISO dates."""

    schema: str
    version: int
    book: Book


def as_json(book: Book) -> bytes:
    body = ProceedingsFile(SCHEMA, VERSION, book)
    return msgspec.json.format(msgspec.json.encode(body), indent=2)
