from __future__ import annotations

from tempfile import TemporaryFile

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.people.own_data import write_zip
from synergy.people.views import person_of


@require_GET
def your_data(request: HttpRequest) -> HttpResponse:
    """What is kept and who sees it; open to those, too, who have not signed in yet."""
    return render(request, "people/your_data.html", {"controller": settings.CONFIG.controller})


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
