"""The pages on which a code is asked for, as allauth has them, for when no mail can be sent."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from synergy.people.sign_in import MailNotSent


class RequestCodeView(RequestLoginCodeView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except MailNotSent as error:
            form.add_error(None, error)
            response = self.render_to_response(self.get_context_data(form=form), status=503)
        return response


class ConfirmCodeView(ConfirmLoginCodeView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """A code that was sent before stays good when a new one cannot be sent."""
        try:
            response: HttpResponse = super().form_valid(form)
        except MailNotSent as error:
            messages.error(self.request, error.message)
            again = self.passthrough_next_url(reverse("account_confirm_login_code"))
            response = HttpResponseRedirect(again)
        return response
