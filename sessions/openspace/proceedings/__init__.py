"""The book of proceedings: one structure, bound from what is kept, and drawn as page, DOCX, Markdown and JSON."""

from sessions.openspace.proceedings.binding import book_of
from sessions.openspace.proceedings.book import Book
from sessions.openspace.proceedings.data import as_json
from sessions.openspace.proceedings.docx import as_docx
from sessions.openspace.proceedings.markdown import as_markdown

__all__ = ["Book", "as_docx", "as_json", "as_markdown", "book_of"]
