from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from synergy.keys.actions import DAYS
from synergy.keys.scopes import offered_scopes


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Which program"),
        max_length=80,
        help_text=_("A name by which you recognise it later, for example “Our reporting tool”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=offered_scopes,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    days = forms.TypedChoiceField(label=_("How long"), coerce=int, initial=90)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in DAYS
        ]
