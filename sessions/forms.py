from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.letters import LENGTH
from synergy.cohorts.forms import InstitutionChoice
from synergy.people.forms import EmailField, NameField, TimeZoneField


class JoinForm(forms.Form):
    """The letters on the screen and, from somebody who is not signed in, their address."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=LENGTH * 3,
        help_text=_("Six letters. Small or capital, with or without the dash."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-code": "",
            }
        ),
    )
    email = EmailField()

    def __init__(self, *args: Any, asks_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email"]


class NewSeatForm(forms.Form):
    name = NameField(help_text=_("As others see it, in your own letters and order."))
    institution = InstitutionChoice(help_text=_("Not in the list? Ask the facilitator to add it."))
    time_zone = TimeZoneField(widget=forms.Select(attrs={"data-guess-zone": ""}))


class JoinCodeForm(forms.Form):
    hours = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=lambda value: timedelta(hours=int(value)),
        choices=[("1", _("1 hour")), ("3", _("3 hours")), ("8", _("8 hours")), ("72", _("3 days"))],
        initial="8",
    )
    grants_seats = forms.BooleanField(label=_("Also let in people who have no seat yet"), required=False)

    def __init__(self, *args: Any, may_grant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_grant:
            del self.fields["grants_seats"]
