"""The book of proceedings as a page, and as files to keep and to send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions.openspace.found import gathering_or_404
from sessions.openspace.models import Gathering
from sessions.openspace.proceedings import Book, as_docx, as_json, as_markdown, book_of, labels
from sessions.openspace.proceedings.book import Report
from sessions.openspace.rules import can_take_part
from synergy.journal import log
from synergy.people.models import Person
from synergy.people.views import person_of
from synergy.people.zones import zone_or_utc

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@login_required
@require_safe
def proceedings(request: HttpRequest, pk: int) -> HttpResponse:
    """The book as a page that prints as a book."""
    gathering = gathering_or_404(request, pk)
    book = _book(request, gathering)
    person = person_of(request)
    with labels.reader_of(book):
        page = {
            "gathering": gathering,
            "book": book,
            "labels": labels,
            "own_missing": [report for report in book.missing if _convenes(person, report)],
            "may_write": can_take_part(person, gathering),
            "languages": settings.LANGUAGES,
            **_lines(book),
        }
        return render(request, "openspace/proceedings.html", page)


def _lines(book: Book) -> dict[str, Any]:
    """What the book says of itself, in the language that is active."""
    return {
        "state_lines": labels.state_lines(book),
        "session_name": labels.session_name(book),
        "mode_name": labels.mode_name(book),
        "sponsor_line": labels.sponsor_line(book),
        "numbers_line": labels.numbers_line(book),
        "authors_line": labels.authors_line(),
    }


def _convenes(person: Person, report: Report) -> bool:
    conveners = [report.convener, *report.co_conveners]
    return any(member is not None and member.id == person.pk for member in conveners)


@never_cache
@login_required
@require_safe
def proceedings_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, as_docx, DOCX, "docx")


@never_cache
@login_required
@require_safe
def proceedings_markdown(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, as_markdown, "text/markdown; charset=utf-8", "md")


@never_cache
@login_required
@require_safe
def proceedings_json(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, as_json, "application/json", "json")


def _file(
    request: HttpRequest, pk: int, draw: Callable[[Book], bytes], content_type: str, ending: str
) -> HttpResponse:
    gathering = gathering_or_404(request, pk)
    response = HttpResponse(draw(_book(request, gathering)), content_type=content_type)
    name = f"proceedings-{gathering.on:%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _book(request: HttpRequest, gathering: Gathering) -> Book:
    """In the language that the address asks for, by default the reader's, and in the reader's zone."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"
    zone = zone_or_utc(timezone.get_current_timezone_name())
    with log.snapshot():
        return book_of(gathering, language, zone)
