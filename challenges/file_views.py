"""Files of a challenge: read by who may read it, added and removed by its authors."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from challenges.actions import attach_file
from challenges.queries import attachment_for, challenge_stream
from challenges.sights import note_seen
from challenges.views import challenge_or_404
from rooms.file_views import private_file
from rooms.uploads import check_size
from synergy.audit.models import Act
from synergy.live.field_forms import tried, whole_number
from synergy.live.refusals import Refused
from synergy.people.views import person_of


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pictures are shown, documents downloaded."""
    attachment = attachment_for(person_of(request), pk)
    if attachment is None:
        raise Http404
    note_seen(
        request, attachment.challenge, Act.DOWNLOADED, of=f"file:{attachment.pk}", about=attachment.name
    )
    etag = f'"{attachment.sha256}"'
    return private_file(request, attachment.name, attachment.file, attachment.content_type, etag)


@login_required
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds the file of the form, and says on the form what became of it."""
    challenge = challenge_or_404(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file first."))
        return redirect("challenges:edit", pk)
    try:
        check_size(upload.size or 0)
        row = attach_file(
            person=person_of(request),
            challenge=challenge,
            name=upload.name or "",
            content=upload.read(),
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, _("%(name)s is attached.") % {"name": row.name})
    return redirect("challenges:edit", pk)


@login_required
@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a file for good."""
    challenge = challenge_or_404(request, pk)
    data = {"file": whole_number(request.POST.get("file", ""))}
    refused = tried(person_of(request), challenge_stream(challenge.pk), "challenge.detach", data)
    for refusal in refused.values():
        messages.error(request, refusal.detail)
    return redirect("challenges:edit", pk)
