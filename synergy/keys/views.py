"""Access for other programs: a person makes tokens, sees which are used, and ends them."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from synergy.keys import actions
from synergy.keys.forms import TokenForm
from synergy.keys.queries import tokens_of
from synergy.keys.scopes import labels_of
from synergy.keys.secrets import hash_of
from synergy.live.refusals import Refused
from synergy.people.views import person_of

ONCE_SECONDS = 24 * 3600


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The secret of a new token is in the answer to the form and nowhere else."""
    person, now = person_of(request), timezone.now()
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        # Loaded again, the answer to a form would make a second one.
        once = request.POST.get("once", "")
        if once and not cache.add(f"token-form:{person.pk}:{hash_of(once)}", 1, ONCE_SECONDS):
            messages.info(request, _("This token was made already. It is in the list below."))
            return redirect("keys:tokens")
        try:
            _token, secret = actions.make_token(person=person, now=now, **form.cleaned_data)
            form = TokenForm()
        except Refused as refusal:
            form.add_error(None, refusal.detail)
    rows = [
        {"token": token, "can": labels_of(token.scopes), "has_expired": token.expires_at <= now}
        for token in tokens_of(person)
    ]
    page = {"form": form, "rows": rows, "secret": secret, "once": token_urlsafe(12)}
    return render(request, "keys/tokens.html", page, status=400 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if actions.revoke_token(person=person_of(request), pk=pk, now=timezone.now()):
        messages.success(request, _("Ended. The program gets nothing any more."))
    return redirect("keys:tokens")
