from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from synergy.hooks.sources import all_sources


class HookForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the program"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://office.example/synergy", "autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it hears of"), choices=all_sources, widget=forms.CheckboxSelectMultiple
    )
