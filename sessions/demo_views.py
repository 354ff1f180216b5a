"""Signing in as an invented person. These addresses exist only in a demonstration."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sessions.demo.personas import invented_seats
from synergy.live.field_forms import whole_number
from synergy.people.models import Person
from synergy.people.sign_in import sign_in_as_invented, sign_out

View = Callable[[HttpRequest], HttpResponse]


def _demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.CONFIG.demo:
            raise Http404
        return view(request)

    return guarded


@_demo_only
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("person", "")
    invented = Person.objects.filter(is_active=True, seats__in=invented_seats()).distinct()
    person = get_object_or_404(invented, pk=whole_number(chosen))
    wanted = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    sign_out(request)
    return sign_in_as_invented(request, person, to=wanted if is_safe else reverse("home"))


@_demo_only
@never_cache
@require_GET
def all_personas(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "sessions/all_personas.html",
        {"seats": invented_seats(), "next": request.GET.get("next", "")},
    )
