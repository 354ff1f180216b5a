"""Whether the person at the browser has shown who they are a short while ago."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from synergy.people.models import Person
from synergy.people.two_steps import has_second_step

LATELY_SECONDS = 15 * 60


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether the person has shown who they are in this browser within a quarter of an hour."""
    shown = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < LATELY_SECONDS for record in shown)


def ask_to_sign_in_again(request: HttpRequest, *, then: str) -> HttpResponse:
    """`then`: the path that they come back to."""
    return render(request, "people/sign_in_again.html", {"then": then}, status=403)


def after_recent_sign_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Whoever sits at a browser that was left open gives themselves no way in for later.

    Who has a password or a second step is asked for that instead, by allauth.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person):
            return redirect_to_login(request.get_full_path())
        shows_otherwise = person.has_usable_password() or has_second_step(person)
        if shows_otherwise or signed_in_lately(request):
            return view(request, *args, **kwargs)
        return ask_to_sign_in_again(request, then=request.path)

    return guarded
