"""How a program comes in: who it is, what its token is good for, and how it is turned down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from synergy.keys.actions import note_use
from synergy.keys.models import AccessToken
from synergy.keys.queries import token_with
from synergy.live.frames import refused_frame
from synergy.live.limits import Rate
from synergy.live.rates import spend
from synergy.live.refusals import STATUS, Code, Refused
from synergy.people.models import Person

TOKEN_RATE = Rate(per_second=5, burst=100)
"""Of all programs of one person together, in each process."""
CODES: dict[int, Code] = {401: "forbidden", 403: "forbidden", 404: "not_found", 429: "rate_limited"}


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer syn_…`. Nothing a browser sends by itself, so no CSRF token is needed."""

    def authenticate(self, request: Request) -> tuple[Person, AccessToken] | None:
        """None when the request shows no token. Raises AuthenticationFailed, or Refused (`rate_limited`)."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        secret = words[1].decode("latin-1") if len(words) == 2 else ""
        now = timezone.now()
        token = token_with(secret, now)
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not known, has expired or was ended."))
        spend(token.person_id, "token", TOKEN_RATE)
        note_use(token, now)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Synergy"'


def needs(scope: str) -> type[BasePermission]:
    """Lets in who is signed in, and tokens that have the scope."""

    class HasScope(BasePermission):
        message = {"needs": scope}

        def has_permission(self, request: Request, view: APIView) -> bool:
            return not isinstance(request.auth, AccessToken) or scope in request.auth.scopes

    return HasScope


def for_programs(method: str, scope: str) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Makes a view of the API that takes tokens with this scope; one method to an address.

    What it raises as Refused is answered as the live doors do.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        view = authentication_classes([TokenAuthentication, SessionAuthentication])(view)
        view = permission_classes([IsAuthenticated, needs(scope)])(view)
        return api_view([method])(view)

    return decorate


def refusal_answer(error: Exception, context: Any) -> HttpResponse | None:
    """The exception handler of REST framework: the same body as at the live doors. None for what is a fault."""
    if isinstance(error, Refused):
        return _answer(error, STATUS[error.code], error.headers)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    refusal = Refused(CODES.get(error.status_code, "malformed"), _detail(error))
    return _answer(refusal, error.status_code, headers)


def _detail(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.NotAuthenticated):
        return _("Sign in first.")
    if isinstance(error.detail, dict) and "needs" in error.detail:
        return _("This token is not good for that. It needs %(scope)s.") % {"scope": error.detail["needs"]}
    return str(error.detail)


def _answer(refusal: Refused, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(refused_frame(refusal)),
        content_type="application/json",
        status=status,
        headers={"Cache-Control": "no-store", **headers},
    )
