"""Files of rooms, for those who may read the room."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from rooms.models import Attachment
from rooms.queries import attachment_for
from synergy.people.views import person_of


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pictures are shown, documents downloaded."""
    attachment = _attachment(request, pk)
    etag = f'"{attachment.sha256}"'
    return private_file(request, attachment.name, attachment.file, attachment.content_type, etag)


@login_required
@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    attachment = _attachment(request, pk)
    if not attachment.thumbnail:
        raise Http404
    etag = f'"{attachment.sha256}-small"'
    return private_file(request, attachment.name, attachment.thumbnail, "image/webp", etag)


def private_file(
    request: HttpRequest, name: str, stored: FieldFile, content_type: str, etag: str
) -> HttpResponseBase:
    """The file with headers that keep it from being anything but a picture or a download."""
    response = get_conditional_response(request, etag=etag) or _content(stored, content_type)
    is_picture = content_type.startswith("image/")
    disposition = content_disposition_header(not is_picture, name)
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=600"
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _attachment(request: HttpRequest, pk: int) -> Attachment:
    attachment = attachment_for(person_of(request), pk)
    if attachment is None:
        raise Http404
    return attachment


def _content(stored: FieldFile, content_type: str) -> HttpResponse:
    # In one piece: a file has a small limit, and of a FileResponse an ASGI server makes a list all the same.
    try:
        with stored.open("rb") as content:
            return HttpResponse(content.read(), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
