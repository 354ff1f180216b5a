"""Where a person switches on that notices are pushed to the browser they sit at, and the worker that shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from synergy.live.field_forms import whole_number
from synergy.live.refusals import Refused
from synergy.notices.forms import BrowserForm
from synergy.notices.push_actions import add_browser, remove_browser
from synergy.notices.push_key import push_key
from synergy.notices.queries import browsers_of
from synergy.notices.webpush import encoded, raw_public
from synergy.people.browsers import describe_browser
from synergy.people.models import Person
from synergy.people.views import person_of

WORKER = "push_worker.js"


def push_context(request: HttpRequest, person: Person) -> dict[str, Any]:
    """`push_key`: in base64url, empty when nothing is pushed by this server. `browsers`: those of the person; `is_pushed_here`: whether the one that asks is among them."""
    key = push_key()
    if key is None:
        return {"push_key": "", "browsers": []}
    own = request.session.session_key
    browsers = [
        {
            "browser": browser,
            "name": describe_browser(browser.session.user_agent),
            "is_this_one": browser.session.session_key == own,
        }
        for browser in browsers_of([person.pk], timezone.now())
    ]
    is_on = any(each["is_this_one"] for each in browsers)
    return {"push_key": encoded(raw_public(key)), "browsers": browsers, "is_pushed_here": is_on}


@login_required
@require_POST
def switch_on(request: HttpRequest) -> HttpResponse:
    """For the browser that asks."""
    if push_key() is None:
        raise Http404
    form = BrowserForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That did not work. Load the page again."))
        return redirect("notices:choices")
    person, key = person_of(request), request.session.session_key or ""
    try:
        add_browser(person=person, session_key=key, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Notices now show on this screen, too."))
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("notices:choices")


@login_required
@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    """For this browser or another one of the person."""
    remove_browser(person=person_of(request), browser=whole_number(request.POST.get("browser", "")))
    return redirect("notices:choices")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address from which it may speak for the whole site."""
    # Gathered; or as it was built, where files are served from there.
    found = staticfiles_storage.path(WORKER) if staticfiles_storage.exists(WORKER) else finders.find(WORKER)
    if not found:
        raise Http404
    answer = HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
