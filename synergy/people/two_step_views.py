"""The pages on which a second step is set up, shown and taken away. Loaded when first asked for."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.internal import flows as recovery_flows
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal import flows as passkey_flows
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache

from synergy.people.recent import after_recent_sign_in
from synergy.people.two_steps import codes_may_be_saved, passkeys_work_at, two_steps_of
from synergy.people.views import person_of


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    context = {
        "steps": two_steps_of(person_of(request)),
        "passkeys_work": passkeys_work_at(request.get_host()),
    }
    return render(request, "mfa/index.html", context)


def _has_just_shown(request: HttpRequest, kind: str) -> None:
    """Who sets up a step has shown it: its recovery codes come without asking again."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            words = _("This is not the code that the app shows now. Wait for the next one and type it.")
            raise ValidationError(words) from None
        return code


@method_decorator([never_cache, after_recent_sign_in], name="dispatch")
class SetUpAppView(ActivateTOTPView):  # type: ignore[misc]
    def get_form_class(self) -> type[AppForm]:
        return AppForm

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _has_just_shown(self.request, "totp")
        return answer


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey signs in alone, so it has to ask for a finger, a face or a PIN."""

    passwordless = None
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        required=False,
        help_text=_("So that you know it again in the list."),
    )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


@method_decorator([never_cache, after_recent_sign_in], name="dispatch")
class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    form_class = PasskeyForm

    def get_form_class(self) -> type[PasskeyForm]:
        return PasskeyForm

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _has_just_shown(self.request, "webauthn")
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = self.get_form()
        options = auth.begin_registration(self.request.user, passwordless=True)
        host = self.request.get_host()
        return {**kwargs, "view": self, "options": options, "passkeys_work": passkeys_work_at(host)}


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")


class PasskeySignInView(LoginWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponse = passkey_flows.perform_passwordless_login(self.request, authenticator, login)
        return answer


@method_decorator(never_cache, name="dispatch")
@method_decorator(
    login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login"), name="dispatch"
)
class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """Asks for the code of the app, a recovery code or a passkey, by what the person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        steps = two_steps_of(self.stage.login.user)
        return {**found, "steps": steps, "passkeys_work": passkeys_work_at(self.request.get_host())}


class PasskeyAgainView(ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        form = kwargs.get("form") or self.get_form()
        return {**found, "form": form, "passkeys_work": passkeys_work_at(self.request.get_host())}


@never_cache
@login_required
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The new codes as a text, for some minutes after they were shown."""
    if not codes_may_be_saved(person_of(request)):
        raise Http404
    codes, _shown_now = recovery_flows.view_recovery_codes(request)
    context = {"codes": codes.get_unused_codes()}
    answer = render(
        request, "mfa/recovery_codes/download.txt", context, content_type="text/plain; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="synergy-recovery-codes.txt"'
    return answer


@login_required
def passkeys(request: HttpRequest) -> HttpResponse:
    """allauth's own list; ours stands on the page of both steps."""
    return redirect("mfa_index")


set_up_app = SetUpAppView.as_view()
second_step = SecondStepView.as_view()
passkey_sign_in = PasskeySignInView.as_view()
passkey_again = PasskeyAgainView.as_view()
add_passkey = AddPasskeyView.as_view()
remove_passkey = RemovePasskeyView.as_view()
