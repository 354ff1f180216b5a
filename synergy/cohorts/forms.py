from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from synergy.cohorts.models import Role
from synergy.people.forms import EmailField, LanguageField, NameField, TimeZoneField
from synergy.people.models import Country, Institution, Tier
from synergy.people.names import check_name, tidy_name
from synergy.people.queries import institutions

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Guest:
    """Somebody to invite."""

    name: str
    email: str


class InstitutionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=institutions(),
            label=gettext_lazy("Institution"),
            empty_label=gettext_lazy("Choose"),
            **options,
        )

    def label_from_instance(self, obj: Institution) -> str:
        return f"{obj.country} · {obj.name}"


class OfferForm(forms.Form):
    """What all forms that invite people ask for."""

    institution = InstitutionChoice()
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.PARTICIPANT)
    language = LanguageField(label=gettext_lazy("Language of the mail"))


class InvitationForm(OfferForm):
    name = NameField(label=gettext_lazy("Name"))
    email = EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    is_coordinator = forms.BooleanField(
        label=gettext_lazy("Co-ordinates the team of the institution"), required=False
    )
    field_order = ["name", "email", "institution", "role", "language", "is_coordinator"]


class InvitationsForm(OfferForm):
    """Many at once, one a line, as pasted from a mail or a spreadsheet."""

    guests = forms.CharField(
        label=gettext_lazy("Names and addresses, one person a line"),
        help_text=gettext_lazy("For example: Ilze Bērziņa, ilze.berzina@office.example"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    field_order = ["guests", "institution", "role", "language"]

    def clean_guests(self) -> list[Guest]:
        lines = [line for line in self.cleaned_data["guests"].splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(_("Invite at most %(number)s people at once.") % {"number": MOST_AT_ONCE})
        guests, errors = [], []
        for number, line in enumerate(lines, start=1):
            try:
                guests.append(_guest(line))
            except ValidationError as error:
                words = " ".join(error.messages)
                errors.append(_("Line %(number)s: %(words)s") % {"number": number, "words": words})
        if errors:
            raise ValidationError(errors)
        return list({guest.email: guest for guest in guests}.values())


class ColleagueForm(forms.Form):
    """Somebody of one's own institution whom the organisers should invite."""

    name = NameField(label=gettext_lazy("Name"))
    email = EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class InstitutionForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the institution"), max_length=200)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=Country.choices)
    tier = forms.ChoiceField(label=gettext_lazy("Kind of body"), choices=Tier.choices)


class SeatForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    is_coordinator = forms.BooleanField(label=gettext_lazy("Co-ordinator"), required=False)


class AcceptanceForm(forms.Form):
    name = NameField(help_text=gettext_lazy("As others see it, in your own letters and order."))
    time_zone = TimeZoneField(widget=forms.Select(attrs={"data-guess-zone": ""}))


def _guest(line: str) -> Guest:
    """ "Ilze Bērziņa <ilze@office.example>", or name and address with a comma, semicolon, tab or spaces between."""
    found = re.search(r"[^\s<>,;]+@[^\s<>,;]+", line)
    if not found:
        raise ValidationError(_("there is no e-mail address."))
    email = found[0].strip(".").lower()
    MaxLengthValidator(254)(email)
    validate_email(email)
    rest = re.sub(r"[<>,;\t\"]+", " ", line.replace(found[0], " "))
    name = tidy_name(rest)
    if not name:
        raise ValidationError(_("there is no name."))
    check_name(name)
    return Guest(name=name[:120], email=email)
