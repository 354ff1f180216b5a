from __future__ import annotations

from datetime import timedelta
from tempfile import TemporaryFile

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from synergy.audit.models import Act
from synergy.audit.trail import last_time, note
from synergy.people.own_data import write_zip
from synergy.people.views import person_of

ANSWERED_WITHIN = timedelta(days=31)


@require_GET
def your_data(request: HttpRequest) -> HttpResponse:
    """What is kept and who sees it; open to those, too, who have not signed in yet."""
    page: dict[str, object] = {"controller": settings.CONFIG.controller}
    if request.user.is_authenticated:
        asked_at = last_time(Act.ERASURE_ASKED, by=person_of(request).pk)
        is_new = asked_at is not None and asked_at > timezone.now() - ANSWERED_WITHIN
        page["erasure_asked_at"] = asked_at if is_new else None
    return render(request, "people/your_data.html", page)


@never_cache
@login_required
@require_POST
def download(request: HttpRequest) -> FileResponse:
    """One ZIP, made while the person waits, on the disk and not in memory."""
    now = timezone.now()
    archive = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_zip(person_of(request), archive, now)
    archive.seek(0)
    note(Act.OWN_DATA, by=person_of(request).pk, now=now)
    return FileResponse(archive, as_attachment=True, filename=f"synergy-your-data-{now:%Y-%m-%d}.zip")
