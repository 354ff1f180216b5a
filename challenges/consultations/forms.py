"""What organisers write when they make a protocol of their own.

    forms = ProtocolForms(protocol, request.POST or None)
    if forms.is_valid():
        change_protocol(person=…, protocol=protocol, draft=forms.draft(), base=forms.base(), now=…)
    except Refused as refusal: forms.show(refusal)

`forms.head` is one form, `forms.phases` a formset with ORDER and DELETE. The action checks; here is only what
a browser needs for it, and each refusal goes to its field.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from challenges.consultations.actions.protocols import (
    ABOUT_LIMIT,
    DAYS,
    FEWEST,
    MINUTES,
    MOST,
    NAME_LIMIT,
    PHASES_LIMIT,
    Draft,
)
from challenges.consultations.events import PhaseCard
from challenges.consultations.models import Protocol, Speaks, Writes
from challenges.consultations.protocols.making import LISTENING
from synergy.live.refusals import Refused


class ProtocolForm(forms.Form):
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    """The revision that was shown."""
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=NAME_LIMIT)
    about = forms.CharField(
        label=_("What it is good for"),
        max_length=ABOUT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_asynchronous = forms.ChoiceField(
        label=_("How it is held"),
        choices=[("", _("At the same time, in minutes")), ("days", _("In writing, in days"))],
        required=False,
        widget=forms.RadioSelect,
    )
    ends_by_clock = forms.BooleanField(
        label=_("Steps end by themselves when their time is over"),
        required=False,
        help_text=_("Otherwise the time goes on as overtime, until who leads moves on."),
    )
    fewest = forms.IntegerField(label=_("People, at least"), min_value=FEWEST, max_value=MOST)
    most = forms.IntegerField(label=_("People, at most"), min_value=FEWEST, max_value=MOST)


class PhaseForm(forms.Form):
    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the step"), max_length=NAME_LIMIT)
    about = forms.CharField(
        label=_("What is done in it"),
        max_length=ABOUT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=MINUTES[1])
    days = forms.IntegerField(label=_("Days"), required=False, min_value=0, max_value=DAYS[1])
    speaks = forms.ChoiceField(label=_("Who speaks"), choices=Speaks.choices)
    writes = forms.ChoiceField(label=_("What is written"), choices=Writes.choices)
    silent_first = forms.BooleanField(
        label=_("Everybody writes in silence first"),
        required=False,
        help_text=_("Nobody reads what the others write until all is shown together."),
    )
    listening = forms.CharField(
        label=_("What the case giver reads while only the peers speak"),
        max_length=ABOUT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


PhaseForms = forms.formset_factory(
    PhaseForm, extra=0, can_order=True, can_delete=True, max_num=PHASES_LIMIT, absolute_max=PHASES_LIMIT + 5
)


class ProtocolForms:
    """The form of a protocol and those of its steps, together."""

    def __init__(self, protocol: Protocol, data: QueryDict | None = None) -> None:
        self.head = ProtocolForm(data, initial=_head(protocol))
        self.phases = PhaseForms(data, initial=protocol.phases, prefix="phases")
        self.problem = ""
        """What is wrong with the whole, when it is refused."""

    def is_valid(self) -> bool:
        is_head_valid = self.head.is_valid()
        return self.phases.is_valid() and is_head_valid

    def base(self) -> int:
        return int(self.head.cleaned_data["base"])

    def draft(self) -> Draft:
        """To be asked when they are valid."""
        head = self.head.cleaned_data
        return Draft(
            name=head["name"],
            about=head["about"],
            is_asynchronous=head["is_asynchronous"] == "days",
            ends_by_clock=head["ends_by_clock"],
            fewest=head["fewest"],
            most=head["most"],
            phases=[_phase(form.cleaned_data) for form in self._kept()],
        )

    def show(self, refusal: Refused) -> None:
        """Puts what is wrong beside the fields that it is about."""
        kept = self._kept()
        for field, detail in (refusal.fields or {}).items():
            first, _dot, rest = field.partition(".")
            if first == "phases" and rest:
                number, _dot, name = rest.partition(".")
                kept[int(number)].add_error(name, detail)
            elif field in self.head.fields:
                self.head.add_error(field, detail)
            else:
                self.problem = detail
        if not refusal.fields:
            self.problem = refusal.detail

    def _kept(self) -> list[Any]:
        """The forms of steps that stay, in their order; those that were added last have no number."""
        gone = self.phases.deleted_forms
        begun = [
            *self.phases.initial_forms,
            *(form for form in self.phases.extra_forms if form.has_changed()),
        ]
        living = [form for form in begun if form not in gone]
        unmoved = len(self.phases.forms) + 1
        return sorted(living, key=lambda form: form.cleaned_data.get("ORDER") or unmoved)


def _head(protocol: Protocol) -> dict[str, object]:
    return {
        "base": protocol.revision,
        "name": protocol.name,
        "about": protocol.about,
        "is_asynchronous": "days" if protocol.is_asynchronous else "",
        "ends_by_clock": protocol.ends_by_clock,
        "fewest": protocol.fewest,
        "most": protocol.most,
    }


def _phase(values: dict[str, Any]) -> PhaseCard:
    listening = values["listening"]
    if values["speaks"] == Speaks.PEERS and not listening:
        listening = LISTENING
    return PhaseCard(
        key=values["key"],
        name=values["name"],
        about=values["about"],
        minutes=values["minutes"] or 0,
        days=values["days"] or 0,
        speaks=values["speaks"],
        writes=values["writes"],
        silent_first=values["silent_first"],
        listening=listening if values["speaks"] == Speaks.PEERS else "",
    )
